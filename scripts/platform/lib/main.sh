# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# What every launcher in scripts/platform/ does: it brings a platform up, has sockatlas run
# there with the arguments given, brings its results back, prints what it printed, ends with
# its status, and leaves nothing. A launcher sources this (or uml.sh, qemu.sh), defines
#
#   platform_prepare   optional: what it needs is fetched and made, or platform_skip REASON
#   platform_launch    the platform: runs `sh "$work/job"` there, with $work/out (the same
#                      path, or the path in $platform_out) writable, and returns when that
#                      is over. It runs in a process group of its own.
#   platform_died      optional: prints why, when it ended without a status
#
# may set platform_sockatlas=(COMMAND...), and ends with platform_main "$@".
set -euo pipefail

platform_name=$(basename "$0")
platform_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
platform_cache=$platform_root/build/platform
# The program for the platform; made when it is empty.
platform_sockatlas=()
# Where the job finds $work/out.
platform_out=
# What one run takes while it lasts.
platform_cores=1 platform_mib=${platform_mib:-256}
# Of a whole run, as measured: what lasts longest is started first.
platform_seconds=60
# It says that it lives, in $work/out/alive, once in two seconds or so.
platform_alive=0
# It is a machine that is thrown away: cases may use its own network too.
platform_guest=0
# Seconds until the platform must be up, for all of the run, and of silence. A platform that a busy
# machine brings up slowly has more for all: so many times what it took to come up.
platform_boot_limit=120 platform_limit=900 platform_silence=60 platform_limit_boots=60
# What is run instead of sockatlas.
platform_command=
# Of the deadlines of cases.
platform_timeout_scale=auto
# Cases at once; 0: as many as sockatlas finds good for its processors.
platform_jobs=0

# shellcheck source=scripts/platform/lib/fetch.sh
source "$platform_root/scripts/platform/lib/fetch.sh"

platform_usage() {
	cat <<-END
		usage: scripts/platform/$platform_name [OPTION...] SOCKATLAS-ARGUMENT...
		Runs sockatlas on this platform, for instance: scripts/platform/$platform_name run -q inet
		  -o FILE      write the results there (the same as run -o FILE)
		  -t SECONDS   give it so long ($platform_limit, or $platform_limit_boots times what it took to come up), then end it
		  -s SECONDS   a guest kernel that gives no sign of life for so long has failed ($platform_silence)
		  -m MIB       memory of a guest kernel ($platform_mib)
		  -c COMMAND   run this shell command there instead of sockatlas
		  -f FILE      write figures of the run there, a name and a value a line
		  --takes      print what a run takes: cores, MiB, and about how many seconds
		Exit status: that of sockatlas; 77 when this machine cannot have the platform;
		3 when the platform failed (panic, hang, no memory, no status); 2 for wrong usage.
	END
}

# The platform failed: its error, with the last of its console, and status 3.
platform_error() {
	platform_kill
	{
		echo "$platform_name: error: $*"
		if [[ -s $work/console ]]; then
			echo "$platform_name: its console ends:"
			# Without escape sequences, carriage returns, and the calls and registers of a backtrace: the reason is above them.
			sed -E 's/\x1b\[[0-9;?]*[A-Za-z]//g; s/\r//g' "$work/console" | tr -cd '\n\t -~' |
				grep -vE '^ *$|^ *\[<[0-9a-f]+>\]|\] +(\? )?[A-Za-z0-9_.]+\+0x|\] (Code|[A-Z][A-Z0-9]{1,2}):|\]  *</?TASK>' | tail -n 15 | sed 's/^/    /'
		fi
	} >&2
	exit 3
}

platform_now() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }

# What is left of the platform is killed; what it had printed is printed.
platform_kill() {
	[[ -n ${platform_group:-} ]] || return 0
	kill -KILL -- "-$platform_group" 2>/dev/null || true
	wait "$platform_group" "${platform_tails[@]}" 2>/dev/null || true
	platform_group=
}

platform_leave() {
	local status=$?
	trap "" INT TERM HUP
	platform_kill
	platform_bring || true
	rm -rf "$work"
	exit "$status"
}

# The results, also those of a run that did not end, to where they were asked for.
platform_bring() {
	[[ -s $work/out/results && -n $platform_output ]] || return 0
	cp "$work/out/results" "$platform_output" || return 2
	rm -f "$work/out/results"
}

platform_facts() {
	[[ -n $platform_facts_file ]] || return 0
	cat >"$platform_facts_file" <<-END
		kernel ${platform_kernel:-}
		start_ms ${platform_start_ms:-0}
		run_ms ${platform_run_ms:-0}
		stop_ms ${platform_stop_ms:-0}
		status $1
	END
}

# The command line of sockatlas: its own -o FILE is where the launcher brings the results.
platform_arguments() {
	local takes_results=0
	case ${1:-} in
	run | deviations)
		takes_results=1
		platform_args=("$1" --platform "$platform_name" --timeout-scale "$platform_timeout_scale")
		((!platform_jobs)) || platform_args+=(--jobs "$platform_jobs")
		((!platform_guest)) || platform_args+=(--own-machine)
		shift
		;;
	*) platform_args=() ;;
	esac
	while (($#)); do
		case $1 in
		-o | --output)
			platform_output=${2:-}
			shift $(($# > 1 ? 2 : 1))
			;;
		-o*) platform_output=${1#-o} && shift ;;
		--output=*) platform_output=${1#*=} && shift ;;
		--)
			platform_args+=("$@")
			break
			;;
		*) platform_args+=("$1") && shift ;;
		esac
	done
	((takes_results)) || return 0
	# A terminal wants text; a pipe gets the results, as sockatlas would write them.
	if [[ -n $platform_output || -t 1 ]]; then
		platform_args=("${platform_args[0]}" -o "$platform_out/results" "${platform_args[@]:1}")
	fi
}

# The shell script that the platform runs.
platform_job() {
	local text='' program=("${platform_sockatlas[@]}")
	if [[ -n $platform_command ]]; then
		text="/bin/sh -c ${platform_command@Q}"
	else
		text="${program[*]@Q} ${platform_args[*]@Q}"
	fi
	# Quoted for the simplest of shells, which knows no $'...'.
	[[ $text != *\$\'* ]] || { echo "$platform_name: control characters in an argument" >&2 && exit 2; }
	cat >"$work/job" <<-END
		out=${platform_out@Q}
		uname -r >"\$out/up"
		$text >"\$out/stdout" 2>"\$out/stderr" </dev/null
		status=\$?
		echo \$status >"\$out/status"
	END
}

# Waits for the platform to say its status. Sets platform_status, and the times.
platform_wait() {
	local began now up=0 up_at beat=0 beat_size='' size limit=$platform_limit
	began=$(platform_now)
	exec {platform_pause}<> <(:)
	while :; do
		now=$(platform_now)
		if ((!up)) && [[ -s $work/out/up ]]; then
			up=1 up_at=$now beat=$now
			platform_kernel=$(<"$work/out/up")
			platform_start_ms=$((now - began))
			((limit * 1000 >= platform_start_ms * platform_limit_boots)) ||
				limit=$((platform_start_ms * platform_limit_boots / 1000))
		fi
		if [[ -s $work/out/status ]]; then
			platform_status=$(<"$work/out/status")
			platform_run_ms=$((now - up_at))
			break
		fi
		if ! kill -0 "$platform_group" 2>/dev/null; then
			[[ ! -s $work/out/status ]] || continue
			# Bash would tell of a signal that ended it.
			{ wait "$platform_group" && size=0 || size=$?; } 2>/dev/null
			platform_kill
			platform_error "$(platform_died "$size")"
		fi
		((up || now - began < platform_boot_limit * 1000)) ||
			platform_error "it did not come up within $platform_boot_limit s"
		((now - began < limit * 1000)) || platform_error "it was not done within $limit s"
		if ((up && platform_alive)); then
			size=$(stat -c %s "$work/out/alive" 2>/dev/null || echo 0)
			[[ $size == "$beat_size" ]] || beat=$now beat_size=$size
			((now - beat < platform_silence * 1000)) || platform_error "it gave no sign of life for $platform_silence s"
		fi
		read -r -t 0.05 -u "$platform_pause" || true
	done
	# It has said all; it may take the time to go down by itself.
	began=$(platform_now)
	while kill -0 "$platform_group" 2>/dev/null && (($(platform_now) - began < 10000)); do
		read -r -t 0.02 -u "$platform_pause" || true
	done
	platform_stop_ms=$(($(platform_now) - began))
	platform_kill
}

# A guest has one core, and what makes it up (its kernel and each of its processes, or the
# threads of an emulator) waits for one another: on one core they change places, on two each
# change wakes a sleeping core, which takes far longer in a virtual machine. Sets platform_core,
# to one that no other guest has, if there is.
platform_own_core() {
	local part core cores=() lock
	for part in $(sed -n "s/^Cpus_allowed_list://p" /proc/self/status | tr , " "); do
		for ((core = ${part%-*}; core <= ${part#*-}; core++)); do cores+=("$core"); done
	done
	platform_core=${cores[RANDOM % ${#cores[@]}]}
	# All at once, so that what a guest leaves does not depend on which it got.
	touch "${cores[@]/#/$platform_cache/core.}"
	for core in "$platform_core" "${cores[@]}"; do
		# The guest holds it as long as it runs.
		exec {lock}>"$platform_cache/core.$core"
		if flock -n "$lock"; then
			platform_core=$core
			return
		fi
		exec {lock}>&-
	done
}

platform_prepare() { :; }
platform_died() { echo "it ended with status $1 before sockatlas did"; }

platform_main() {
	platform_output='' platform_facts_file='' platform_args=()
	local option
	while [[ ${1:-} == -* ]]; do
		option=$1
		case $option in
		--takes) echo "$platform_cores $platform_mib $platform_seconds" && exit 0 ;;
		-h | --help) platform_usage && exit 0 ;;
		-o | -t | -s | -m | -c | -f)
			(($# > 1)) || { echo "$platform_name: $option wants a value" >&2 && exit 2; }
			case $option in
			-o) platform_output=$2 ;;
			-t) platform_limit=$2 platform_limit_boots=0 ;;
			-s) platform_silence=$2 ;;
			-m) platform_mib=$2 ;;
			-c) platform_command=$2 ;;
			-f) platform_facts_file=$2 ;;
			esac
			shift 2
			;;
		*) platform_usage >&2 && exit 2 ;;
		esac
	done
	[[ "$platform_limit $platform_silence $platform_mib" =~ ^[0-9]+\ [0-9]+\ [0-9]+$ ]] || { platform_usage >&2 && exit 2; }
	[[ -n $platform_command || $# -gt 0 ]] || { platform_usage >&2 && exit 2; }

	mkdir -p "$platform_cache"
	work=$(mktemp -d "${TMPDIR:-/tmp}/sockatlas.XXXXXX")
	trap platform_leave EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM

	if [[ ${#platform_sockatlas[@]} == 0 && -n ${SOCKATLAS:-} ]]; then
		platform_sockatlas=("$SOCKATLAS")
	elif [[ ${#platform_sockatlas[@]} == 0 ]]; then
		if ! flock "$platform_root/Makefile" make -s -C "$platform_root" static >"$work/make" 2>&1; then
			cat "$work/make" >&2
			exit 2
		fi
		platform_sockatlas=("$platform_root/build/static/sockatlas")
	fi
	mkdir "$work/out"
	: >"$work/out/stdout"
	: >"$work/out/stderr"
	[[ -n $platform_out ]] || platform_out=$work/out
	platform_prepare
	platform_arguments "$@"
	platform_job
	# With job control, what runs in the background is a process group.
	set -m
	platform_launch <&- >"$work/console" 2>&1 </dev/null &
	platform_group=$!
	set +m
	tail --pid="$platform_group" -c +1 -s 0.1 -f "$work/out/stdout" &
	platform_tails=($!)
	tail --pid="$platform_group" -c +1 -s 0.1 -f "$work/out/stderr" >&2 &
	platform_tails+=($!)
	platform_wait
	platform_bring || exit 2
	platform_facts "$platform_status"
	exit "$platform_status"
}
