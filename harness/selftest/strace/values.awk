# SPDX-License-Identifier: MIT
#
# Values of the record and of strace in one notation, which can be compared as text.

BEGIN {
	for (i = 0; i < 256; i++)
		hex_of[sprintf("%c", i)] = sprintf("%02x", i)
	for (i = 0; i < 256; i++)
		value_of[sprintf("%02x", i)] = i
}

# Splits s at the commas that are not inside brackets or strings. Returns how many parts.
function parts(s, into, i, c, depth, quoted, count, from, size) {
	split("", into)
	count = depth = quoted = 0
	from = 1
	size = length(s)
	if (size == 0)
		return 0
	for (i = 1; i <= size; i++) {
		c = substr(s, i, 1)
		if (quoted) {
			if (c == "\\")
				i++
			else if (c == "\"")
				quoted = 0
		} else if (c == "\"") {
			quoted = 1
		} else if (index("[{(", c)) {
			depth++
		} else if (index("]})", c)) {
			depth--
		} else if (c == "," && depth == 0) {
			into[++count] = trim(substr(s, from, i - from))
			from = i + 1
		}
	}
	into[++count] = trim(substr(s, from))
	return count
}

function trim(s) {
	sub(/^ +/, "", s)
	sub(/ +$/, "", s)
	return s
}

# A C string as hexadecimal digits: strace escapes in octal, the record in hexadecimal.
function bytes_of(s, i, c, out, digits, size, n) {
	out = ""
	size = length(s)
	for (i = 2; i <= size; i++) {
		c = substr(s, i, 1)
		if (c == "\"")
			break
		if (c != "\\") {
			out = out hex_of[c]
			continue
		}
		c = substr(s, ++i, 1)
		if (c == "x") {
			out = out substr(s, i + 1, 2)
			i += 2
		} else if (c ~ /[0-7]/) {
			# One to three digits.
			digits = c
			for (n = 1; n < 3 && substr(s, i + 1, 1) ~ /[0-7]/; n++)
				digits = 8 * digits + substr(s, ++i, 1)
			out = out sprintf("%02x", digits)
		} else if (index("ntvfr", c)) {
			out = out substr("0a090b0c0d", 2 * index("ntvfr", c) - 1, 2)
		} else {
			out = out hex_of[c]
		}
	}
	return "bytes " out (substr(s, i + 1, 3) == "..." ? "..." : "")
}

function sorted_flags(s, list, n, i, j, swap) {
	if (s !~ /^[A-Za-z0-9_]+([|][A-Za-z0-9_]+)+$/)
		return s
	n = split(s, list, "|")
	for (i = 2; i <= n; i++)
		for (j = i; j > 1 && list[j] < list[j - 1]; j--) {
			swap = list[j]
			list[j] = list[j - 1]
			list[j - 1] = swap
		}
	s = list[1]
	for (i = 2; i <= n; i++)
		s = s "|" list[i]
	return s
}

# strace's socket address in the record's words. Of other families only the family is
# compared: the two have no notation in common.
function address(family, member, address_text, scope, path) {
	# Of an interface: the record shows no type of it, and six bytes.
	if (family ~ /^ARPHRD_/)
		return substr(member["sa_data"], 1, 17)
	if (family == "AF_INET" && ("sin_port" in member) && ("sin_addr" in member)) {
		address_text = member["sin_addr"]
		gsub(/inet_addr\("|"\)/, "", address_text)
		return "{AF_INET, " address_text ":" number_in(member["sin_port"]) "}"
	}
	if (family == "AF_INET6" && ("sin6_port" in member) && ("sin6_addr" in member)) {
		scope = member["sin6_scope_id"]
		# strace asks for the interface's name in its own network.
		if (scope !~ /^[0-9]+$/)
			scope = "*"
		return "{AF_INET6, [" member["sin6_addr"] "]:" number_in(member["sin6_port"]) \
			flow(number_in(member["sin6_flowinfo"])) (scope == "" ? "" : ", scope " scope) "}"
	}
	if (family == "AF_UNIX") {
		path = member["sun_path"]
		if (path == "")
			return "{AF_UNIX}"
		path = path ~ /^@/ ? "bytes 40" substr(bytes_of(substr(path, 2)), 7) : bytes_of(path)
		# strace reads no more than the 108 bytes of sun_path.
		return "{AF_UNIX, " path (length(path) >= 6 + 2 * 107 ? "..." : "") "}"
	}
	if (family ~ /^0x/)
		family = hexadecimal(substr(family, 3))
	for (path in member)
		if (path != "sa_family")
			return "{" family ", *}"
	return "{" family "}"
}

function number_in(s) {
	gsub(/^[a-z]+\(|\)$/, "", s)
	return s
}

function flow(s) {
	return s == "0" || s == "" ? "" : ", flowinfo " (s ~ /^[0-9]+$/ ? sprintf("0x%x", s) : s)
}

# One value in the notation of both. `s` may be nested.
function canon(s, list, member, n, i, key, out, at, named) {
	s = trim(s)
	if (s ~ /^"/)
		return strace_side && record_has_netlink ? netlink_of_bytes(bytes_of(s)) : bytes_of(s)
	if (is_netlink_of_strace(s))
		return record_has_netlink ? netlink_of_strace(s) : netlink_bytes(s)
	if (is_netlink_of_record(s))
		return netlink_of_record(s)
	# The record's bytes of an option that it does not know.
	if (s ~ /^<[0-9a-f ]*(\.\.\.)?>$/) {
		gsub(/[<> ]/, "", s)
		return "bytes " s
	}
	if (s ~ /^\[.*\]$/) {
		# In a list of bits strace marks those that are not set: ~[...]
		n = parts(substr(s, 2, length(s) - 2), list)
		out = ""
		for (i = 1; i <= n; i++)
			out = out (i > 1 ? ", " : "") canon(list[i])
		return "[" out "]"
	}
	if (s !~ /^[{]/)
		return sorted_flags(s)
	n = parts(substr(s, 2, length(s) - 2), list)
	split("", member)
	out = ""
	named = 0
	for (i = 1; i <= n; i++) {
		if (list[i] ~ /^inet_pton\(AF_INET6, "/) {
			member["sin6_addr"] = list[i]
			sub(/^inet_pton\(AF_INET6, "/, "", member["sin6_addr"])
			sub(/".*/, "", member["sin6_addr"])
			continue
		}
		at = match(list[i], /^[a-z_0-9]+=/)
		if (at) {
			key = substr(list[i], 1, RLENGTH - 1)
			member[key] = substr(list[i], RLENGTH + 1)
			out = out (i > 1 ? ", " : "") key "=" canon(member[key])
		} else {
			out = out (i > 1 ? ", " : "") canon(list[i])
		}
	}
	if ("sa_family" in member)
		return address(member["sa_family"], member)
	# The record shows an address that is too short for its family as bytes.
	if (n > 1 && list[1] ~ /^AF_/ && (list[1] !~ /^AF_(INET|INET6|UNIX)$/ || list[2] ~ /^[0-9a-f][0-9a-f]( |$)/))
		return "{" list[1] ", *}"
	if (n == 2 && list[1] ~ /^[0-9]+$/ && list[2] ~ /^([0-9a-f][0-9a-f] )+[0-9a-f][0-9a-f]$/)
		return "{" list[1] ", *}"
	if ("iov_base" in member)
		return "{" canon(member["iov_base"]) ", " member["iov_len"] "}"
	# What was not sent or received has no length.
	if (("msg_hdr" in member) && !("msg_len" in member))
		return canon(member["msg_hdr"])
	if ("msg_hdr" in member)
		return "{" canon(member["msg_hdr"]) ", len=" member["msg_len"] "}"
	if ("cmsg_level" in member)
		return "{" member["cmsg_level"] ", " control_type(member["cmsg_level"], member["cmsg_type"]) control_data(member["cmsg_type"], member["cmsg_data"]) "}"
	if ("ifr_name" in member || "ifr_ifindex" in member)
		return interface_request(list, n)
	if ("ifc_len" in member) {
		sub(/.* => /, "", member["ifc_len"])
		sub(/ .*/, "", member["ifc_len"])
		return "{" member["ifc_len"] ", " canon(member["ifc_buf"]) "}"
	}
	if ("u64" in member)
		return member["u64"]
	if (("msg_iov" in member) || ("msg_namelen" in member))
		return message(member)
	return "{" out "}"
}

# ioctl()'s requests of interfaces: the record has the name first, and no names of members.
function interface_request(list, n, name, value, i, key) {
	name = "*"
	value = ""
	for (i = 1; i <= n; i++) {
		key = list[i]
		sub(/=.*/, "", key)
		sub(/^[a-z_]+=/, "", list[i])
		if (key == "ifr_name") {
			name = canon(list[i])
			continue
		}
		# strace asks for the interface's name in its own network.
		if (list[i] ~ /^if_nametoindex/)
			list[i] = "*"
		# Nobody has used the last two for long.
		if (key == "ifr_map")
			gsub(/^[{]|, dma=.*/, "", list[i])
		value = value ", " canon(list[i])
	}
	# Without a name in either, or with one that the record alone shows.
	if (name == "*" && value !~ /[*]/)
		return "{*" substr(value, 3) "}"
	return "{" (name == "*" ? name : name value) "}"
}

# The record's names of control messages.
function control_type(level, type) {
	return ((level " " type) in control_name) ? control_name[level " " type] : type
}

# Only descriptors and single numbers are written by both in the same way.
function control_data(type, s) {
	if (type == "SCM_RIGHTS")
		return ", " canon(s)
	return s ~ /^\[-?[0-9]+\]$/ ? ", " substr(s, 2, length(s) - 2) : ", *"
}

function message(member, out) {
	out = "{"
	if ((member["msg_name"] != "NULL" && member["msg_name"] != "") || member["msg_namelen"] !~ /^0$/)
		out = out "name=" canon(member["msg_name"]) ", "
	# Of a call that failed, strace shows no more than the length of the name.
	if (!("msg_iov" in member))
		return "{*}"
	out = out "iov=" (member["msg_iov"] == "NULL" ? "[]" : canon(member["msg_iov"]))
	if (("msg_control" in member) && member["msg_control"] != "NULL")
		out = out ", control=" canon(member["msg_control"])
	# sendmsg() does not look at msg_flags.
	return out (record_call[current] ~ /^send/ ? "" : ", flags=" canon(member["msg_flags"])) "}"
}

# Whether the record's value says the same as strace's, both canonical. A "..." ends a value
# that was cut, "*" stands for something that is not compared.
function same(r, s, at, pieces, n, i) {
	if (r == s)
		return 1
	at = index(r, "...")
	i = index(s, "...")
	if (at == 0 || (i > 0 && i < at))
		at = i
	if (at > 0)
		return substr(r, 1, at - 1) == substr(s, 1, at - 1)
	n = split(s, pieces, "*")
	if (n < 2 || index(r, pieces[1]) != 1)
		return 0
	for (i = 1; i <= n; i++) {
		at = index(r, pieces[i])
		if (at == 0)
			return 0
		r = substr(r, at + length(pieces[i]))
	}
	return 1
}

