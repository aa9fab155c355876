/* SPDX-License-Identifier: MIT */
/*
 * What the files of Bluetooth share; not installed.
 *
 * Commands and events are lists of fixed fields, so they are
 * described by tables: the decoder adds up the sizes, the printer walks over the fields.
 */
#ifndef SOCKATLAS_PACKET_BLUETOOTH_INTERNAL_H
#define SOCKATLAS_PACKET_BLUETOOTH_INTERNAL_H

#include "harness/packet/internal.h"

enum bluetooth_how {
	BLUETOOTH_NUMBER,
	BLUETOOTH_HEX,
	BLUETOOTH_NAMED,   /* `names` has the values from 0 on, and ends with NULL */
	BLUETOOTH_SIGNED,  /* one byte */
	BLUETOOTH_ADDRESS, /* 6 bytes, the least significant one first */
	BLUETOOTH_BYTES,
	BLUETOOTH_TEXT, /* ends with the first NUL */
	BLUETOOTH_STATUS,
	BLUETOOTH_PENDING, /* a status whose 0 says that there is more to come */
	BLUETOOTH_OPCODE,
	BLUETOOTH_PSM,
	BLUETOOTH_SLOTS,    /* units of 0.625 ms */
	BLUETOOTH_INTERVAL, /* 1.25 ms */
	BLUETOOTH_TIMEOUT,  /* 10 ms */
	BLUETOOTH_INQUIRY,  /* 1.28 s */
	BLUETOOTH_MICROSECONDS,
};

/* Little-endian. A size of 0: all that is left. A list of them ends with the name NULL. */
struct bluetooth_field {
	const char *name;
	uint8_t size;
	uint8_t how; /* enum bluetooth_how */
	const char *const *names;
};

/* How many bytes the fields have at least, and in *open whether there may be more. */
uint32_t packet_bluetooth_size(const struct bluetooth_field *fields, bool *open);
/* Shows the fields that are whole in [at, end), then what is left there as `rest`. */
void packet_show_bluetooth(struct packet_view *v, const struct bluetooth_field *fields, uint32_t at,
			   uint32_t end, const char *rest);
void packet_show_bd_addr(struct packet_view *v, const char *name, uint32_t offset);
/* Bytes up to the first NUL, which is part of them, as text; in the line or as a field. */
void packet_put_bluetooth_text(struct packet_out *out, const uint8_t *bytes, uint32_t length);
void packet_show_bluetooth_text(struct packet_view *v, const char *name, uint32_t offset,
				uint32_t length);

/* Turns the 6 bytes of an address as they stand in a packet into those that are written. */
static inline void packet_bd_addr(uint8_t out[6], const uint8_t *b)
{
	for (unsigned int i = 0; i < 6; i++)
		out[i] = b[5 - i];
}

/* Whether packets of this capture start with the type byte of H4. */
static inline bool packet_is_h4(const struct decoder *d)
{
	return d->p->link_type != PACKET_LINK_BLUETOOTH_LINUX_MONITOR;
}

/* The type byte of a layer that has one. */
void packet_show_h4(struct packet_view *v, const struct packet_layer *l, uint8_t type);

/* Error codes, Core specification Vol 1 Part F; NULL for one that is not assigned. */
const char *packet_name_bluetooth_error(uint8_t code);
/* Protocol/service multiplexers of the assigned numbers. */
const char *packet_name_psm(uint32_t psm);

struct hci_command {
	uint16_t opcode;
	const char *name;
	const struct bluetooth_field *parameters; /* NULL: shown as bytes */
	const struct bluetooth_field *returns;	  /* behind Status in Command Complete; or NULL */
};
/* NULL for an opcode that is not in the table. */
const struct hci_command *packet_hci_command(uint16_t opcode);
/* "Reset", "vendor specific", ...; NULL when nothing is known. */
const char *packet_name_hci_opcode(uint16_t opcode);

struct hci_event {
	uint8_t code;
	const char *name;
	const struct bluetooth_field *parameters; /* NULL: shown as bytes */
	const struct bluetooth_field *record;	  /* of a list behind them, or NULL */
};
/* Events, and subevents of LE Meta; NULL for a code that is not in the table. */
const struct hci_event *packet_hci_event(uint8_t code);
const struct hci_event *packet_hci_subevent(uint8_t code);

/* Codes of events, and of the subevents of LE Meta. */
enum {
	HCI_COMMAND_COMPLETE = 0x0e,
	HCI_COMMAND_STATUS = 0x0f,
	HCI_LE_META = 0x3e,
	HCI_LE_ADVERTISING_REPORT = 0x02,
	HCI_LE_EXTENDED_ADVERTISING_REPORT = 0x0d,
};
/* The table's entry of an event: that of the subevent, if it has one. */
const struct hci_event *packet_hci_event_of(const struct packet_hci *hci);
/* Where the parameters that the table describes start. */
uint32_t packet_hci_described(const struct packet_hci *hci);
void packet_show_hci(struct packet_view *v, const struct packet_layer *l);
void packet_line_hci(struct packet_out *out, const struct packet *p, const struct packet_layer *l);

/* Tables that several files use. */
extern const char *const packet_bluetooth_roles[];
extern const char *const packet_bluetooth_address_types[];
extern const char *const packet_bluetooth_switch[]; /* disabled, enabled */

/* A command of the signalling channels of L2CAP: signalling_commands.c. */
struct l2cap_description {
	const char *name;
	uint16_t least, most; /* bytes of data */
	const struct bluetooth_field *fields;
	const char *channels; /* the name of each of the channels that follow */
};
/* NULL for a code that is not in the table. */
const struct l2cap_description *packet_l2cap_description(uint8_t code);

/* The signalling channels of L2CAP: signalling.c. */
void packet_decode_l2cap_commands(struct decoder *d);
void packet_walk_l2cap_commands(struct packet_walk *walk, const struct packet_layer *l);
void packet_show_l2cap_commands(struct packet_view *v, const struct packet_layer *l);
void packet_line_l2cap_commands(struct packet_out *out, const struct packet *p,
				const struct packet_layer *l);
void packet_show_l2cap_options(struct packet_view *v, const struct packet_walk *commands,
			       const struct packet_l2cap_command *command);

/* Whether what a dynamic channel carries is an RFCOMM frame: rfcomm.c. */
bool packet_is_rfcomm(const uint8_t *frame, uint32_t length);
void packet_decode_rfcomm_commands(struct decoder *d);
void packet_walk_rfcomm_commands(struct packet_walk *walk, const struct packet_layer *l);
void packet_show_rfcomm_commands(struct packet_view *v, const struct packet_layer *l);
void packet_line_rfcomm_commands(struct packet_out *out, const struct packet *p,
				 const struct packet_layer *l);

#endif
