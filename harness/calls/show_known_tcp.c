/* SPDX-License-Identifier: MIT */
/* Structures of TCP options. Of struct tcp_info the kernel gives as much as it knows and there is
 * room for. */
#include "harness/calls/show_known.h"

#include "harness/calls/show.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <linux/tcp.h>

/* tcp(7); the numbers are the kernel's (include/net/tcp_states.h). */
static const char *const states[] = {
	NULL,
	"TCP_ESTABLISHED",
	"TCP_SYN_SENT",
	"TCP_SYN_RECV",
	"TCP_FIN_WAIT1",
	"TCP_FIN_WAIT2",
	"TCP_TIME_WAIT",
	"TCP_CLOSE",
	"TCP_CLOSE_WAIT",
	"TCP_LAST_ACK",
	"TCP_LISTEN",
	"TCP_CLOSING",
};

static const struct {
	const char *name;
	size_t offset;
} fields[] = {
	{"tcpi_rto", offsetof(struct tcp_info, tcpi_rto)},
	{"tcpi_snd_mss", offsetof(struct tcp_info, tcpi_snd_mss)},
	{"tcpi_rcv_mss", offsetof(struct tcp_info, tcpi_rcv_mss)},
	{"tcpi_unacked", offsetof(struct tcp_info, tcpi_unacked)},
	{"tcpi_sacked", offsetof(struct tcp_info, tcpi_sacked)},
	{"tcpi_lost", offsetof(struct tcp_info, tcpi_lost)},
	{"tcpi_retrans", offsetof(struct tcp_info, tcpi_retrans)},
	{"tcpi_pmtu", offsetof(struct tcp_info, tcpi_pmtu)},
	{"tcpi_rtt", offsetof(struct tcp_info, tcpi_rtt)},
	{"tcpi_snd_ssthresh", offsetof(struct tcp_info, tcpi_snd_ssthresh)},
	{"tcpi_snd_cwnd", offsetof(struct tcp_info, tcpi_snd_cwnd)},
	{"tcpi_advmss", offsetof(struct tcp_info, tcpi_advmss)},
	{"tcpi_total_retrans", offsetof(struct tcp_info, tcpi_total_retrans)},
};

bool known_tcp_info(struct text *t, const void *bytes, size_t length)
{
	const uint8_t *byte = bytes;

	if (length < 1)
		return false;
	text_string(t, "{tcpi_state=");
	text_name(t, byte[0] < sizeof(states) / sizeof(states[0]) ? states[byte[0]] : NULL,
		  byte[0]);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		uint32_t value;

		if (fields[i].offset + sizeof(value) > length)
			break;
		memcpy(&value, byte + fields[i].offset, sizeof(value));
		text_string(t, ", ");
		text_string(t, fields[i].name);
		text_char(t, '=');
		text_unsigned(t, value);
	}
	text_string(t, ", ...}");
	return true;
}

/* struct tcp_repair_opt, as many as there are: the option's kind and its value. */
bool known_tcp_repair_options(struct text *t, const void *bytes, size_t length)
{
	struct tcp_repair_opt value;

	text_char(t, '[');
	for (size_t at = 0; at + sizeof(value) <= length && !t->cut; at += sizeof(value)) {
		memcpy(&value, (const char *)bytes + at, sizeof(value));
		text_string(t, at > 0 ? ", {opt_code=" : "{opt_code=");
		text_unsigned(t, value.opt_code);
		text_string(t, ", opt_val=");
		text_unsigned(t, value.opt_val);
		text_char(t, '}');
	}
	text_char(t, ']');
	return true;
}

/* struct tcp_zerocopy_receive: what its first form had, and the flags. */
bool known_tcp_zerocopy(struct text *t, const void *bytes, size_t length)
{
	/* Its later members are in no header of older systems. */
	enum { FLAGS_OFFSET = 36 };
	uint64_t address;
	uint32_t counts[2], flags;

	if (length < sizeof(address) + sizeof(counts))
		return false;
	memcpy(&address, bytes, sizeof(address));
	memcpy(counts, (const char *)bytes + sizeof(address), sizeof(counts));
	text_string(t, "{address=");
	text_hex(t, address);
	text_string(t, ", length=");
	text_unsigned(t, counts[0]);
	text_string(t, ", recv_skip_hint=");
	text_unsigned(t, counts[1]);
	if (length >= FLAGS_OFFSET + sizeof(flags)) {
		memcpy(&flags, (const char *)bytes + FLAGS_OFFSET, sizeof(flags));
		text_string(t, ", flags=");
		show_flags(t, &names_tcp_zerocopy_flags, flags);
	}
	text_char(t, '}');
	return true;
}

/* struct tcp_md5sig; its members by offset: older headers lack some. The key is the case's own. */
bool known_tcp_md5sig(struct text *t, const void *bytes, size_t length)
{
	enum { PREFIX = 129, KEY_LENGTH = 130, KEY = 136, V4 = 16, V6 = 28, FAMILY_V6 = 10 };
	const uint8_t *byte = bytes;
	uint16_t family, key_length;

	if (length < KEY)
		return false;
	memcpy(&family, byte, sizeof(family));
	memcpy(&key_length, byte + KEY_LENGTH, sizeof(key_length));
	text_string(t, "{tcpm_addr=");
	show_address(t, bytes, family == FAMILY_V6 ? V6 : V4);
	text_string(t, ", tcpm_prefixlen=");
	text_unsigned(t, byte[PREFIX]);
	text_string(t, ", tcpm_keylen=");
	text_unsigned(t, key_length);
	if (key_length <= length - KEY) {
		text_string(t, ", tcpm_key=<");
		text_hex_bytes(t, byte + KEY, key_length);
		text_char(t, '>');
	}
	text_char(t, '}');
	return true;
}
