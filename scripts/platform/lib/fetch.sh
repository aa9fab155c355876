# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# shellcheck disable=SC2154 # The launcher says what platform_cache is.
#
# Packages of any Debian suite, by name, from the mirror that this machine's own apt
# is set up with, checked by apt with Debian's keys, unpacked under build/platform/
# and never installed. The machine's apt is only read.

platform_keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# platform_skip REASON: this machine cannot have the platform. It is no failure.
platform_skip() {
	echo "${platform_name:-platform}: skipped: $*" >&2
	exit 77
}

# The URI of the machine's Debian archive, "" when it has none. Both formats of
# sources.list(5) are read; an archive is Debian's when it has a suite of Debian's name.
platform_archive() {
	local parts=/etc/apt/sources.list.d
	{
		cat "$parts"/*.sources /etc/apt/*.sources 2>/dev/null |
			awk 'function say() { if (types ~ /(^| )deb( |$)/ && enabled) print uris " | " suites }
				function start() { types = uris = suites = field = ""; enabled = 1 }
				BEGIN { start() }
				/^#/ { next }
				/^[ \t]*$/ || (tolower($1) == "types:" && types != "") { say(); start() }
				/^[^ \t]+:/ { field = tolower($1); sub(/^[^:]*:[ \t]*/, "") }
				field == "types:" { types = types " " $0 }
				field == "uris:" { uris = uris " " $0 }
				field == "suites:" { suites = suites " " $0 }
				field == "enabled:" && tolower($0) ~ /no|false|off|0/ { enabled = 0 }
				END { say() }'
		cat /etc/apt/sources.list "$parts"/*.list 2>/dev/null |
			sed -n -E 's/^[ \t]*deb[ \t]+(\[[^]]*\][ \t]*)?([^ \t]+)[ \t]+([^ \t]+).*/\2 | \3/p'
	} | awk -F ' [|] ' '$2 ~ /(^| )(bullseye|bookworm|trixie|forky|duke|sid|oldoldstable|oldstable|stable|testing|unstable)( |$)/ {
			split($1, uri, " "); print uri[1]; exit }'
}

# platform_apt SUITE COMMAND...: apt of that suite alone, with folders of its own.
platform_apt() {
	local suite=$1 tool=$2 base=$platform_cache/apt/$1
	shift 2
	# The configuration is read after the machine's, whose proxies stay; its hooks go.
	"$tool" -c "$base/apt.conf" -o "Dir::State=$base" -o "Dir::State::lists=$base/lists" -o "Dir::Cache=$base" \
		-o "Dir::State::status=$base/status" -o "Dir::Etc::sourcelist=$base/sources.list" -o "Dir::Etc::sourceparts=$base/none" \
		-o "Dir::Etc::preferences=$base/none" -o "Dir::Etc::preferencesparts=$base/none" -o APT::Get::List-Cleanup=0 \
		-o Acquire::Languages=none -o Acquire::Retries=2 -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 \
		-o Acquire::Check-Valid-Until=false -q -q "$@"
}

# platform_lists SUITE: the suite's lists are there. False, with a line on standard output, when they cannot be.
platform_lists() {
	local suite=$1 base=$platform_cache/apt/$1 archive keyring=$platform_keyring
	command -v apt-get >/dev/null || { echo "no apt-get to fetch packages with" && return 1; }
	[[ ! -e $base/fresh ]] || return 0
	archive=$(platform_archive)
	[[ -n $archive ]] || { echo "this machine's apt has no Debian archive" && return 1; }
	mkdir -p "$base/lists/partial" "$base/archives/partial"
	: >"$base/status"
	cat >"$base/apt.conf" <<-'END'
		#clear APT::Update::Pre-Invoke;
		#clear APT::Update::Post-Invoke;
		#clear APT::Update::Post-Invoke-Success;
		#clear DPkg::Post-Invoke;
	END
	[[ ! -e $platform_cache/keyring.gpg ]] || keyring=$platform_cache/keyring.gpg
	[[ -r $keyring ]] || { echo "Debian's keys are missing (package debian-archive-keyring)" && return 1; }
	echo "deb [signed-by=$keyring] $archive $suite main" >"$base/sources.list"
	if ! platform_apt "$suite" apt-get update >"$base/log" 2>&1 || grep -qE '^(E|W: GPG|Err)' "$base/log"; then
		echo "the archive gives no $suite: $(grep -m 1 -E '^(E|W|Err)' "$base/log")"
		return 1
	fi
	touch "$base/fresh"
}

# The newest keys that what is trusted already leads to: from the suites of this machine's keys.
platform_newer_keyring() {
	local suite folder
	for suite in trixie bookworm; do
		platform_lists "$suite" >/dev/null || continue
		folder=$(platform_unpacked "$suite" debian-archive-keyring) || continue
		cmp -s "$folder$platform_keyring" "$platform_cache/keyring.gpg" && return 1
		cp "$folder$platform_keyring" "$platform_cache/keyring.new"
		mv "$platform_cache/keyring.new" "$platform_cache/keyring.gpg"
		return 0
	done
	return 1
}

# platform_unpacked SUITE PACKAGE: the folder of the unpacked package; false, with a line instead, when there is none.
platform_unpacked() {
	local suite=$1 package=$2 base=$platform_cache/apt/$1 version file folder
	version=$(platform_apt "$suite" apt-cache policy "$package" | sed -n 's/^  Candidate: //p')
	[[ -n $version && $version != '(none)' ]] || { echo "$suite has no package $package" && return 1; }
	folder=$platform_cache/unpacked/${package}_${version//:/%3a}
	if [[ ! -d $folder ]]; then
		if ! (cd "$base/archives" && platform_apt "$suite" apt-get download "$package=$version") >"$base/log" 2>&1; then
			echo "$package $version cannot be fetched: $(grep -m 1 -E '^(E|W|Err)' "$base/log")"
			return 1
		fi
		for file in "$base/archives/${package}_"*.deb; do
			rm -rf "$folder.new"
			mkdir -p "$folder.new"
			if ! dpkg-deb -x "$file" "$folder.new" 2>"$base/log"; then
				echo "$package $version cannot be unpacked: $(tail -n 1 "$base/log")"
				return 1
			fi
			rm "$file"
			mv "$folder.new" "$folder"
		done
	fi
	echo "$folder"
}

# platform_depends SUITE PACKAGE PREFIX: the first package of that prefix that it depends on.
platform_depends() {
	local answer
	platform_fetch "$1" "$2" >/dev/null || exit
	answer=$(platform_apt "$1" apt-cache depends "$2" | sed -n "s/^ *Depends: \($3.*\)/\1/p" | head -n 1)
	[[ -n $answer ]] || platform_skip "$2 of $1 depends on no $3"
	echo "$answer"
}

# platform_fetch SUITE PACKAGE: prints the folder where the package's files are. Skips the
# platform when they cannot be had: folder=$(platform_fetch sid runsc) under set -e. What has
# been fetched once stays, and needs no network; PLATFORM_REFRESH=1 asks for newer versions.
platform_fetch() {
	local suite=$1 package=$2 base=$platform_cache/apt/$1 answer
	if [[ ${PLATFORM_REFRESH:-} != 1 && -e $base/have/$package ]]; then
		answer=$platform_cache/unpacked/$(<"$base/have/$package")
		[[ ! -d $answer ]] || { echo "$answer" && return; }
	fi
	mkdir -p "$base/have" "$base/none" "$platform_cache/unpacked"
	(
		flock 9
		[[ ${PLATFORM_REFRESH:-} != 1 ]] || find "$base" -name fresh -mmin +10 -delete
		if ! answer=$(platform_lists "$suite"); then
			if ! grep -q NO_PUBKEY "$base/log" 2>/dev/null || ! platform_newer_keyring; then platform_skip "$answer"; fi
			answer=$(platform_lists "$suite") || platform_skip "$answer"
		fi
		if ! answer=$(platform_unpacked "$suite" "$package"); then
			# The lists may be older than the archive's last change.
			find "$base" -name fresh -mmin +1 -delete
			answer=$(platform_lists "$suite") || platform_skip "$answer"
			answer=$(platform_unpacked "$suite" "$package") || platform_skip "$answer"
		fi
		basename "$answer" >"$base/have/$package"
		echo "$answer"
	) 9>"$platform_cache/lock"
}

# platform_tool PROGRAM PACKAGE: the program's path: the machine's own, else from the machine's suite's package.
platform_tool() {
	local path folder
	if path=$(PATH=$PATH:/usr/sbin:/sbin command -v "$1"); then
		echo "$path"
		return
	fi
	# shellcheck source=/dev/null
	folder=$(platform_fetch "$(. /etc/os-release && echo "${VERSION_CODENAME:-sid}")" "$2")
	for path in "$folder"{/usr,}{/bin,/sbin}/"$1"; do
		[[ -x $path ]] && echo "$path" && return
	done
	platform_skip "no program $1 (package $2)"
}

# What is indexed anew when this file does it in another way.
platform_index=6

# platform_modules FOLDER TREE [WANTED]: the modules in FOLDER/TREE (usr/lib/uml/modules) of an unpacked
# package, uncompressed and indexed; those that match WANTED, and what they need, if it is given. Prints a folder with
#   lib/modules/VERSION    the same, as modprobe -d wants it
#   names/NAME             what to load, in order, for a module or an alias of that name
platform_modules() {
	local base=$1/indexed wanted=${3:-.} version tree depmod
	if [[ ! -e $base/done.$platform_index ]]; then
		depmod=$(platform_tool depmod kmod) || exit
		(
			flock 9
			[[ ! -e $base/done.$platform_index ]] || exit 0
			mkdir -p "$base/lib"
			ln -sfn "../../$2" "$base/lib/modules"
			version=$(basename "$1/$2"/*)
			tree=$1/$2/$version
			platform_needed "$depmod" "$base" "$version" "$wanted"
			find "$tree" -name '*.ko.xz' -exec xz -d {} + || platform_skip "modules that xz cannot read"
			find "$tree" -name '*.ko.zst' -exec zstd -q -d --rm {} + || platform_skip "modules that zstd cannot read"
			"$depmod" -b "$base" "$version" >"$base/log" 2>&1 ||
				platform_skip "depmod fails: $(tail -n 1 "$base/log")"
			rm -rf "$base/names"
			mkdir "$base/names"
			platform_names "$tree" "$base/names" "$version"
			touch "$base/done.$platform_index"
		) 9>"$platform_cache/lock" || exit
	fi
	echo "$base"
}

# A small file for each name that a kernel may ask for: reading all of modules.alias costs a slow
# guest more than the module itself. Names with a wildcard are those of hardware.
# Some families cannot be had by their number alone: tipc.ko has no alias for it, and nothing loads the transport of
# RDS over TCP. Not on kernels that fail: with rds_tcp 5.10 and 7.2 panic, whose rds_tcp_listen_data_ready()
# calls itself without end, and 6.1 never ends a network after a connection; 6.1 panics when a network with a
# node of TIPC ends, in tipc_topsrv_exit_net(). There RDS is within one host, and TIPC is skipped, as absent.
# 6.1 never ends a process whose TCP sockets SMC took over (TCP_ULP "smc"): there is no SMC there.
platform_names() {
	(cd "$2" && awk -v version="$3" '
		function module(path) { sub(/.*\//, "", path); sub(/\.ko$/, "", path); gsub(/-/, "_", path); return path }
		# What is the module, or needs it, cannot be had.
		function without(name, key) {
			name = "(^|\n)" name " "
			for (key in load) if (load[key] ~ name) delete load[key]
			for (key in lists) if (lists[key] ~ name) delete lists[key]
		}
		FILENAME ~ /\.dep$/ {
			sub(/:$/, "", $1); name = module($1); all = ""
			for (i = NF; i >= 1; i--) all = all module($i) " " $i "\n"
			load[name] = all
		}
		FILENAME ~ /\.alias$/ && $1 == "alias" && $2 !~ /[*?[\/]/ { lists[$2] = lists[$2] load[$3] }
		END {
			split(version, part, "[.-]"); number = part[1] * 1000 + part[2]
			rds = number >= 6012 && number < 7000 && "rds_tcp" in load ? "rds_tcp" : "rds"
			if (rds in load) lists["net-pf-21"] = load[rds]
			if (rds == "rds") without("rds_tcp")
			if (number == 6001) without("smc")
			if (number >= 6012 && "tipc" in load) lists["net-pf-30"] = load["tipc"]
			for (name in load) lists[name] = lists[name] load[name]
			# Either of - and _ will do.
			for (name in lists) {
				other = name; gsub(/-/, "_", other); if (!(other in lists)) also[other] = lists[name]
				gsub(/_/, "-", other); if (!(other in lists)) also[other] = lists[name]
			}
			for (name in also) lists[name] = also[name]
			for (name in lists) { printf "%s", lists[name] >name; close(name) }
		}
	' "$1/modules.dep" "$1/modules.alias")
}

# platform_needed DEPMOD BASE VERSION WANTED: what is neither wanted nor needed by it is removed.
platform_needed() {
	[[ $4 != . ]] || return 0
	"$1" -b "$2" "$3" >"$2/log" 2>&1 || platform_skip "depmod fails: $(tail -n 1 "$2/log")"
	(
		cd "$2/lib/modules/$3" || exit
		awk -v wanted="$4" '{ sub(/:/, "", $1); for (i = 1; i <= NF; i++) seen[$i] = seen[$i] + ($1 ~ wanted) }
			END { for (path in seen) if (seen[path] == 0) print path }' modules.dep | xargs -r -d '\n' rm -f
	)
}
