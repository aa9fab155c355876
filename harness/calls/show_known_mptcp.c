/* SPDX-License-Identifier: MIT */
/* Structures of the options of Multipath TCP. */
#include "harness/calls/show_fields.h"

#include "harness/calls/show.h"

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/mptcp.h>

#define TAKE(value, bytes, length)                                                                 \
	((length) >= sizeof(value) && memcpy(&(value), bytes, sizeof(value)) != NULL)

static void field(struct text *t, const char *name, uint64_t value)
{
	text_string(t, name);
	text_unsigned(t, value);
}

/* Kernels differ in how much they know. */
SHOW_STRUCTURE(known_mptcp_info, FIELD(mptcp_info, mptcpi_subflows),
	       FIELD(mptcp_info, mptcpi_add_addr_signal),
	       FIELD(mptcp_info, mptcpi_add_addr_accepted), FIELD(mptcp_info, mptcpi_subflows_max),
	       FIELD_FLAG(mptcp_info, mptcpi_flags, names_mptcp_info_flags),
	       FIELD_BITS(mptcp_info, mptcpi_token), FIELD_BITS(mptcp_info, mptcpi_write_seq),
	       FIELD_BITS(mptcp_info, mptcpi_snd_una), FIELD_BITS(mptcp_info, mptcpi_rcv_nxt));

/* The head of a list of subflows; returns how many elements of the asked size follow. */
static uint32_t subflow_head(struct text *t, const struct mptcp_subflow_data *head, size_t length)
{
	size_t room = length - sizeof(*head);
	uint32_t count = head->num_subflows;

	field(t, "{size_subflow_data=", head->size_subflow_data);
	field(t, ", num_subflows=", head->num_subflows);
	field(t, ", size_kernel=", head->size_kernel);
	field(t, ", size_user=", head->size_user);
	if (head->size_user == 0)
		return 0;
	return count < room / head->size_user ? count : (uint32_t)(room / head->size_user);
}

bool known_mptcp_tcpinfo(struct text *t, const void *bytes, size_t length)
{
	struct mptcp_subflow_data head;
	uint32_t count;

	if (!TAKE(head, bytes, length))
		return false;
	count = subflow_head(t, &head, length);
	for (uint32_t i = 0; i < count && !t->cut; i++) {
		text_string(t, ", ");
		known_tcp_info(t, (const char *)bytes + sizeof(head) + (size_t)i * head.size_user,
			       head.size_user);
	}
	text_char(t, '}');
	return true;
}

bool known_mptcp_addresses(struct text *t, const void *bytes, size_t length)
{
	struct mptcp_subflow_data head;
	uint32_t count;

	if (!TAKE(head, bytes, length))
		return false;
	count = subflow_head(t, &head, length);
	for (uint32_t i = 0; i < count && !t->cut; i++) {
		const char *one = (const char *)bytes + sizeof(head) + (size_t)i * head.size_user;

		if (head.size_user < sizeof(struct mptcp_subflow_addrs))
			break;
		text_string(t, ", {");
		known_group_address(t, one + offsetof(struct mptcp_subflow_addrs, ss_local),
				    sizeof(struct sockaddr_storage));
		text_string(t, ", ");
		known_group_address(t, one + offsetof(struct mptcp_subflow_addrs, ss_remote),
				    sizeof(struct sockaddr_storage));
		text_char(t, '}');
	}
	text_char(t, '}');
	return true;
}

/* struct mptcp_full_info, since Linux 6.5: six numbers, two pointers, struct mptcp_info. */
bool known_mptcp_full_info(struct text *t, const void *bytes, size_t length)
{
	static const char *const names[] = {
		"{size_tcpinfo_kernel=", ", size_tcpinfo_user=", ", size_sfinfo_kernel=",
		", size_sfinfo_user=",	 ", num_subflows=",	 ", size_arrays_user=",
	};
	uint32_t numbers[6];
	uint64_t pointers[2];
	size_t fixed = sizeof(numbers) + sizeof(pointers);

	if (length < fixed)
		return false;
	memcpy(numbers, bytes, sizeof(numbers));
	memcpy(pointers, (const char *)bytes + sizeof(numbers), sizeof(pointers));
	for (size_t i = 0; i < 6; i++)
		field(t, names[i], numbers[i]);
	text_string(t, ", subflow_info=");
	text_hex(t, pointers[0]);
	text_string(t, ", tcp_info=");
	text_hex(t, pointers[1]);
	if (length > fixed) {
		text_string(t, ", mptcp_info=");
		if (!known_mptcp_info(t, (const char *)bytes + fixed, length - fixed))
			text_string(t, "...");
	}
	text_char(t, '}');
	return true;
}
