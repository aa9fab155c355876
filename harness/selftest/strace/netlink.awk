# SPDX-License-Identifier: MIT
#
# Messages of netlink(7) in one notation. The record has their contents by name, strace their
# lengths, and bytes: it does not know which protocol a socket of another network
# namespace has. What both have is compared: of each message, and of the request that an
# error quotes, type, flags, sequence number and port; the error; how many messages there are.

BEGIN {
	# linux/rtnetlink.h: four types for each thing.
	split("NEW DEL GET SET", netlink_verb, " ")
	n = split("LINK ADDR ROUTE NEIGH RULE QDISC TCLASS TFILTER ACTION PREFIX MULTICAST ANYCAST NEIGHTBL " \
		"NDUSEROPT ADDRLABEL DCB NETCONF MDB NSID STATS CACHEREPORT CHAIN NEXTHOP LINKPROP VLAN " \
		"NEXTHOPBUCKET TUNNEL", words, " ")
	for (i = 1; i <= n; i++)
		for (k = 1; k <= 4; k++)
			netlink_number["RTM_" netlink_verb[k] words[i]] = 16 + 4 * (i - 1) + k - 1
	# linux/xfrm.h, linux/netfilter/nf_tables.h
	n = split("NEWSA DELSA GETSA NEWPOLICY DELPOLICY GETPOLICY ALLOCSPI ACQUIRE EXPIRE UPDPOLICY UPDSA POLEXPIRE " \
		"FLUSHSA FLUSHPOLICY NEWAE GETAE REPORT MIGRATE NEWSADINFO GETSADINFO NEWSPDINFO GETSPDINFO MAPPING", words, " ")
	for (i = 1; i <= n; i++)
		netlink_number["XFRM_MSG_" words[i]] = 15 + i
	n = split("NEWTABLE GETTABLE DELTABLE NEWCHAIN GETCHAIN DELCHAIN NEWRULE GETRULE DELRULE NEWSET GETSET DELSET " \
		"NEWSETELEM GETSETELEM DELSETELEM NEWGEN GETGEN TRACE NEWOBJ GETOBJ DELOBJ", words, " ")
	for (i = 1; i <= n; i++)
		netlink_number["nftables " words[i]] = 2559 + i
	# linux/netlink.h, linux/sock_diag.h, linux/genetlink.h, linux/netfilter/nfnetlink.h, linux/audit.h. The upper flags have several names a bit.
	n = split("NLMSG_NOOP 1 NLMSG_ERROR 2 NLMSG_DONE 3 NLMSG_OVERRUN 4 SOCK_DIAG_BY_FAMILY 20 SOCK_DESTROY 21 nlctrl 16 BATCH_BEGIN 16 BATCH_END 17 AUDIT_GET 1000 AUDIT_SET 1001 " \
		"NLM_F_REQUEST 1 NLM_F_MULTI 2 NLM_F_ACK 4 NLM_F_ECHO 8 NLM_F_DUMP_INTR 16 NLM_F_DUMP_FILTERED 32 " \
		"NLM_F_ROOT 256 NLM_F_MATCH 512 NLM_F_ATOMIC 1024 NLM_F_DUMP 768 NLM_F_REPLACE 256 NLM_F_EXCL 512 " \
		"NLM_F_CREATE 1024 NLM_F_APPEND 2048 NLM_F_NONREC 256 NLM_F_BULK 512 NLM_F_CAPPED 256 " \
		"NLM_F_ACK_TLVS 512", words, " ")
	for (i = 1; i < n; i += 2)
		netlink_number[words[i]] = words[i + 1]
}

# "0x12", "18", "-1", "RTM_GETLINK" as an unsigned number; a name that is not known stays one.
function netlink_value(s) {
	sub(/ \(.*/, "", s)
	if (s in netlink_number)
		s = netlink_number[s]
	if (s ~ /^0x[0-9a-f]+$/)
		s = hexadecimal(substr(s, 3))
	if (s !~ /^-?[0-9]+$/)
		return s
	return sprintf("%.0f", s < 0 ? s + 4294967296 : s + 0)
}

# Flags have no bit twice, so that their numbers may be added; NLM_F_DUMP is two bits.
function netlink_flags(s, list, n, i, sum) {
	n = split(s, list, "|")
	sum = 0
	for (i = 1; i <= n; i++)
		sum += netlink_value(list[i])
	return sum
}

function netlink_header(type, flags, seq, pid) {
	return netlink_value(type) " " netlink_flags(flags) " " netlink_value(seq) " " netlink_value(pid)
}

function is_netlink_of_strace(s) {
	return s ~ /^\[?\[?[{]nlmsg_len=/
}

# "[{TYPE, FLAGS, seq=1, pid=0, ...}]"; of a message that is cut, its length comes after the type.
function is_netlink_of_record(s) {
	return s ~ /^\[[{][^][{},=]+, (len=[0-9]+, )?[^,=]+, seq=[0-9]+, pid=/
}

# strace's "{nlmsg_len=16, ...}" at the start of s.
function netlink_header_of_strace(s, list, n, i, at, member) {
	s = substr(s, index(s, "{") + 1)
	sub(/}.*/, "", s)
	n = split(s, list, ", ")
	for (i = 1; i <= n; i++) {
		at = index(list[i], "=")
		member[substr(list[i], 1, at - 1)] = substr(list[i], at + 1)
	}
	return netlink_header(member["nlmsg_type"], member["nlmsg_flags"], member["nlmsg_seq"], member["nlmsg_pid"])
}

# One message: its header, or "[" header ", " payload "]".
function netlink_message_of_strace(s, out, quoted) {
	out = netlink_header_of_strace(s)
	if (out !~ /^2 / || !match(s, /error=-?[A-Z0-9]+/))
		return out
	quoted = substr(s, RSTART + RLENGTH)
	out = out " " substr(s, RSTART, RLENGTH)
	sub(/error=-/, "error=", out)
	if (match(quoted, /^, msg=\[?[{]nlmsg_len=/))
		out = out " of " netlink_header_of_strace(quoted)
	return out
}

function netlink_of_strace(s, list, n, i, out) {
	n = s ~ /^\[/ ? parts(substr(s, 2, length(s) - 2), list) : 0
	# A list of messages, or the two parts of one.
	if (!(s ~ /^\[\[/ || (n > 1 && list[2] ~ /^\[?[{]nlmsg_len=/)))
		return "netlink " netlink_message_of_strace(s)
	out = "netlink"
	for (i = 1; i <= n; i++)
		out = out (i > 1 ? "; " : " ") (is_netlink_of_strace(list[i]) ? netlink_message_of_strace(list[i]) : list[i])
	return out
}

function netlink_of_record(s, list, n, i, field, count, at, out, quoted) {
	# Longer ones are cut after a number of bytes.
	sub(/ \([0-9]+ bytes\)$/, "", s)
	n = parts(substr(s, 2, length(s) - 2), list)
	out = "netlink"
	for (i = 1; i <= n; i++) {
		if (list[i] == "...")
			return out "..."
		count = parts(substr(list[i], 2, length(list[i]) - 2), field)
		at = field[2] ~ /^len=/ ? 3 : 2
		out = out (i > 1 ? "; " : " ") netlink_header(field[1], field[at], substr(field[at + 1], 5), substr(field[at + 2], 5))
		if (field[1] != "NLMSG_ERROR" || field[at + 3] !~ /^error=/)
			continue
		out = out " " field[at + 3]
		if (field[at + 4] !~ /^Request(=[^{]+)? [{]type=/)
			continue
		quoted = field[at + 4]
		quoted = substr(quoted, index(quoted, "{") + 1)
		count = parts(substr(quoted, 1, length(quoted) - 1), field)
		out = out " of " netlink_header(substr(field[1], 6), field[2], substr(field[3], 5), substr(field[4], 5))
	}
	return out
}

# Where strace sees no address of netlink(7) it shows bytes.
function netlink_of_bytes(s, at, out, size, separator) {
	s = substr(s, 7)
	out = "netlink"
	separator = " "
	for (at = 1; at + 31 <= length(s); at += 2 * int((size + 3) / 4) * 4) {
		size = number_in_bytes(s, at, 4) + 0
		out = out separator netlink_header_in_bytes(s, at)
		separator = "; "
		if (number_in_bytes(s, at + 8, 2) == 2) {
			out = out " error=" error_name(4294967296 - number_in_bytes(s, at + 32, 4))
			if (at + 71 <= length(s))
				out = out " of " netlink_header_in_bytes(s, at + 40)
		}
		if (size < 16)
			break
	}
	return out
}

function netlink_header_in_bytes(s, at) {
	return netlink_header(number_in_bytes(s, at + 8, 2), number_in_bytes(s, at + 12, 2), number_in_bytes(s, at + 16, 4), \
		number_in_bytes(s, at + 24, 4))
}

# Of the bytes that begin at the digit `at`.
function number_in_bytes(s, at, size) {
	return sprintf("%.0f", integer("bytes " substr(s, at, 2 * size)))
}

function error_name(code, name) {
	for (name in number)
		if (name ~ /^E[A-Z0-9]+$/ && number[name] == code)
			return name
	return code == 4294967296 ? "0" : code
}

# A value of the record that is cut in a message: as if it were cut after the last header.
function netlink_closed(s, rest, end) {
	rest = s
	end = 0
	while (match(rest, /, seq=[0-9]+, pid=[0-9]+, /)) {
		end += RSTART + RLENGTH - 1
		rest = substr(rest, RSTART + RLENGTH)
	}
	return substr(s, 1, end - 2) "}, ...]" (s ~ /^[{]/ ? ", 0}]}" : "")
}

# What strace takes for a message may be a text, as of the kernel's events of devices: its bytes.
function netlink_bytes(s, list, n, header, out) {
	n = parts(substr(s, 2, length(s) - 2), list)
	if (!match(s, /nlmsg_len=[0-9]+/) || (s ~ /^\[/ && (n != 2 || list[2] !~ /^"/)))
		return s
	out = little_endian(substr(s, RSTART + 10, RLENGTH - 10), 4)
	split(netlink_header_of_strace(s), header, " ")
	out = out little_endian(header[1], 2) little_endian(header[2], 2) little_endian(header[3], 4) little_endian(header[4], 4)
	# Of one that says it has no more than a header, strace shows no more.
	return "bytes " out (s ~ /^\[/ ? substr(bytes_of(list[2]), 7) : "...")
}

function little_endian(number, size, out) {
	for (out = ""; size > 0; size--) {
		out = out sprintf("%02x", number % 256)
		number = int(number / 256)
	}
	return out
}
