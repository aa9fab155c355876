/* SPDX-License-Identifier: MIT */
/* What the parts of the emulator share. */
#ifndef SOCKATLAS_SUITES_BLUETOOTH_EMULATOR_INTERNAL_H
#define SOCKATLAS_SUITES_BLUETOOTH_EMULATOR_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "suites/bluetooth/emulator.h"

enum { EMULATOR_LINKS = 8 };

/* Link types of 7.7.3, and a fourth kind for LE. */
enum link_type { LINK_SCO = 0, LINK_ACL = 1, LINK_ESCO = 2, LINK_LE = 0x80 };

struct controller {
	int fd;
	uint8_t scan; /* 7.3.18: 1 inquiries, 2 pages */
	bool advertising, le_host;
	uint8_t name[248], class[3];
	uint16_t voice;
};

/* Its handle, the same on both sides, is its place in the array and one. */
struct link {
	bool used, established;
	bool asked; /* the other controller has been, or was not reached */
	enum link_type type;
	int from;	    /* the controller that asked for it */
	uint16_t voice;	    /* of a synchronous one */
	uint8_t address[6]; /* of an asynchronous one: whom it is to reach */
	int64_t asks_ms;    /* by clock_ms(): when it is, or is not, reached */
};

extern struct controller controllers[EMULATED];
extern struct link links[EMULATOR_LINKS];

uint16_t link_handle(const struct link *link);
/* The established link of this handle, or NULL. */
struct link *link_of(uint16_t handle);
/* A new one, or NULL. */
struct link *link_make(enum link_type type, int from);
/* One that a controller has to accept or to reject, of BR/EDR: synchronous or not. */
struct link *link_pending(int to, bool synchronous);

void send_event(int to, uint8_t code, const void *parameters, size_t size);
/* 7.7.14, with Status 0 in front of the return parameters. */
void command_complete(int to, uint16_t opcode, const void *parameters, size_t size);
/* 7.7.15 */
void command_status(int to, uint16_t opcode, uint8_t status);

/*
 * Of emulator_links.c: asks for the links whose time has come. Returns milliseconds until the
 * next, or -1.
 */
int ask_for_links(void);
/* Of emulator_links.c: a command about connections. Returns false for any other command. */
bool emulate_connection(int from, uint16_t opcode, const uint8_t *parameters, size_t size);
/* Of emulator_commands.c: everything else. */
void emulate_command(int from, uint16_t opcode, const uint8_t *parameters, size_t size);

#endif
