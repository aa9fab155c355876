# SPDX-License-Identifier: MIT
#
# Reads RECORD and TRACE, and takes a line of the trace apart.

FILENAME == ARGV[1] {
	count = ++records[$1]
	key = $1 SUBSEP count
	record_call[key] = $2
	record_result[key] = $3
	record_errno[key] = $4
	record_returned[key] = $5
	record_arguments[key] = $6
	if (!($1 in thread_known)) {
		thread_known[$1] = 1
		threads[++thread_count] = $1
	}
	next
}

# "fd<path>" becomes "fd", and the kind is kept: "s" socket, "e" epoll, "f" anything else.
function without_paths(s, out, i, c, quoted, size, end) {
	out = kinds = ""
	quoted = 0
	size = length(s)
	for (i = 1; i <= size; i++) {
		c = substr(s, i, 1)
		if (quoted) {
			if (c == "\\") {
				out = out c
				c = substr(s, ++i, 1)
			} else if (c == "\"") {
				quoted = 0
			}
		} else if (c == "\"") {
			quoted = 1
		} else if (c == "<" && substr(s, i - 1, 1) ~ /[0-9]/) {
			end = index(substr(s, i), ">")
			c = substr(s, i, end)
			kinds = kinds (c ~ /^<socket:/ ? "s" : c ~ /eventpoll/ ? "e" : "f")
			i += end - 1
			if (substr(s, i + 1, 9) == "(deleted)")
				i += 9
			continue
		}
		out = out c
	}
	return out
}

{
	at = index($0, " ")
	pid = substr($0, 1, at - 1)
	line = trim(substr($0, at))
	# Memory that is nobody else's: of libc, for a thread or a large allocation.
	if (line ~ /^mmap\(.*MAP_ANONYMOUS/) {
		delete open_place[pid]
		next
	}
	# Others were faster: the rest of this call comes in another line.
	if (line ~ / <unfinished \.\.\.>$/) {
		sub(/ <unfinished \.\.\.>$/, "", line)
		first_seen(pid)
		place = ++lines[pid]
		text[pid, place] = line
		open_place[pid] = place
		next
	}
	if (line ~ /^<\.\.\. [a-z0-9_]+ resumed>/) {
		sub(/^<\.\.\. [a-z0-9_]+ resumed>/, "", line)
		if (pid in open_place)
			text[pid, open_place[pid]] = text[pid, open_place[pid]] line
		next
	}
	if (line !~ /^[a-z0-9_]+\(/)
		next
	text[pid, ++lines[pid]] = line
	first_seen(pid)
}

function first_seen(pid) {
	if (!(pid in order)) {
		pids[++pid_count] = pid
		order[pid] = pid_count
	}
	# The case's own process begins here; those that come after it are its children.
	if (line ~ /^chdir\("\/tmp"/ && case_began == 0)
		case_began = order[pid]
}

# Sets call_name, call_result, call_note, call_kinds and argument[1..arguments].
function parse(line, s, at, rest, depth, quoted, i, c, size) {
	# A process that is killed leaves its last call as it stands.
	sub(/ *<unfinished \.\.\.>.*/, "", line)
	s = without_paths(line)
	call_kinds = kinds
	# What a number would be, if strace knew: "0x1000 /* SOCK_??? */".
	gsub(/ \/\* [A-Z0-9_]+\?+ \*\//, "", s)
	at = index(s, "(")
	call_name = substr(s, 1, at - 1)
	quoted = 0
	depth = 0
	size = length(s)
	for (i = at; i <= size; i++) {
		c = substr(s, i, 1)
		if (quoted) {
			if (c == "\\")
				i++
			else if (c == "\"")
				quoted = 0
		} else if (c == "\"") {
			quoted = 1
		} else if (index("([{", c)) {
			depth++
		} else if (index(")]}", c)) {
			if (--depth == 0)
				break
		}
	}
	arguments = parts(substr(s, at + 1, i - at - 1), argument)
	rest = trim(substr(s, i + 1))
	sub(/^= /, "", rest)
	call_note = rest
	call_result = rest
	sub(/ .*/, "", call_result)
	sub(/^[^ ]* ?/, "", call_note)
	call_errno = call_result == "-1" ? call_note : ""
	sub(/ .*/, "", call_errno)
}

