/* SPDX-License-Identifier: MIT */
#include "harness/packet/internal.h"

void packet_decode_hci_acl(struct decoder *d)
{
	packet_decode_data(d);
}

static void show_hci_acl(struct packet_view *v, const struct packet_layer *l)
{
	(void)v;
	(void)l;
}

static void line_hci_acl(struct packet_out *out, const struct packet *p,
			 const struct packet_layer *l)
{
	(void)out;
	(void)p;
	(void)l;
}

const struct packet_protocol packet_protocol_hci_acl = {
	.name = "HCI ACL",
	.show = show_hci_acl,
	.line = line_hci_acl,
};

void packet_decode_hci_sco(struct decoder *d)
{
	packet_decode_data(d);
}

static void show_hci_sco(struct packet_view *v, const struct packet_layer *l)
{
	(void)v;
	(void)l;
}

static void line_hci_sco(struct packet_out *out, const struct packet *p,
			 const struct packet_layer *l)
{
	(void)out;
	(void)p;
	(void)l;
}

const struct packet_protocol packet_protocol_hci_sco = {
	.name = "HCI SCO",
	.show = show_hci_sco,
	.line = line_hci_sco,
};

void packet_decode_hci_iso(struct decoder *d)
{
	packet_decode_data(d);
}

static void show_hci_iso(struct packet_view *v, const struct packet_layer *l)
{
	(void)v;
	(void)l;
}

static void line_hci_iso(struct packet_out *out, const struct packet *p,
			 const struct packet_layer *l)
{
	(void)out;
	(void)p;
	(void)l;
}

const struct packet_protocol packet_protocol_hci_iso = {
	.name = "HCI ISO",
	.show = show_hci_iso,
	.line = line_hci_iso,
};
