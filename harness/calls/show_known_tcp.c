/* SPDX-License-Identifier: MIT */
/* struct tcp_info, of which the kernel gives as much as it knows and there is room for. */
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
