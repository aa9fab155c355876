/* SPDX-License-Identifier: MIT */
#include "harness/packet/internal.h"

void packet_decode_hci_phdr(struct decoder *d)
{
	packet_decode_data(d);
}

static void show_hci_phdr(struct packet_view *v, const struct packet_layer *l)
{
	(void)v;
	(void)l;
}

static void line_hci_phdr(struct packet_out *out, const struct packet *p,
			  const struct packet_layer *l)
{
	(void)out;
	(void)p;
	(void)l;
}

const struct packet_protocol packet_protocol_hci_phdr = {
	.name = "HCI direction",
	.show = show_hci_phdr,
	.line = line_hci_phdr,
};

void packet_decode_hci_monitor(struct decoder *d)
{
	packet_decode_data(d);
}

static void show_hci_monitor(struct packet_view *v, const struct packet_layer *l)
{
	(void)v;
	(void)l;
}

static void line_hci_monitor(struct packet_out *out, const struct packet *p,
			     const struct packet_layer *l)
{
	(void)out;
	(void)p;
	(void)l;
}

const struct packet_protocol packet_protocol_hci_monitor = {
	.name = "HCI monitor",
	.show = show_hci_monitor,
	.line = line_hci_monitor,
};

void packet_decode_hci(struct decoder *d)
{
	packet_decode_data(d);
}

static void show_hci(struct packet_view *v, const struct packet_layer *l)
{
	(void)v;
	(void)l;
}

static void line_hci(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	(void)out;
	(void)p;
	(void)l;
}

const struct packet_protocol packet_protocol_hci = {
	.name = "HCI",
	.show = show_hci,
	.line = line_hci,
};
