/* SPDX-License-Identifier: MIT */
/*
 * Commands about the controller itself: Bluetooth Core Specification 5.3, Vol 4 Part E 7.3
 * (baseband), 7.4 (informational), 7.8 (LE). Those of which nothing comes back but a status
 * succeed without effect.
 */
#include "suites/bluetooth/emulator_internal.h"

#include <string.h>

enum {
	RESET = 0x0c03,
	WRITE_LOCAL_NAME = 0x0c13,
	READ_LOCAL_NAME = 0x0c14,
	WRITE_SCAN_ENABLE = 0x0c1a,
	READ_CLASS_OF_DEVICE = 0x0c23,
	WRITE_CLASS_OF_DEVICE = 0x0c24,
	READ_VOICE_SETTING = 0x0c25,
	WRITE_VOICE_SETTING = 0x0c26,
	READ_NUMBER_OF_IAC = 0x0c38,
	READ_CURRENT_IAC_LAP = 0x0c39,
	WRITE_LE_HOST_SUPPORT = 0x0c6d,
	READ_LOCAL_VERSION = 0x1001,
	READ_LOCAL_COMMANDS = 0x1002,
	READ_LOCAL_FEATURES = 0x1003,
	READ_LOCAL_EXTENDED_FEATURES = 0x1004,
	READ_BUFFER_SIZE = 0x1005,
	READ_BD_ADDR = 0x1009,
	READ_LOCAL_CODECS = 0x100b,
	READ_ENCRYPTION_KEY_SIZE = 0x1408,
	LE_READ_BUFFER_SIZE = 0x2002,
	LE_READ_FEATURES = 0x2003,
	LE_READ_ADVERTISING_POWER = 0x2007,
	LE_READ_ACCEPT_LIST_SIZE = 0x200f,
	LE_READ_SUPPORTED_STATES = 0x201c,
	COMMAND_COMPLETE = 0x0e,
	COMMAND_STATUS = 0x0f,
};

enum {
	ADDRESS = 6,
	NAME = 248,
	FEATURES = 8,
	COMMANDS = 64,
};

/*
 * Vol 2 Part C 3.3: packets of 3 and 5 slots, encryption, SCO with CVSD and transparent data,
 * EDR with 2 and 3 Mbit/s, inquiry with RSSI, eSCO, LE, packets that are not flushed. No
 * Secure Simple Pairing.
 */
extern const uint8_t emulator_features[FEATURES];
const uint8_t emulator_features[FEATURES] = {0xff, 0xff, 0x8f, 0xfe, 0xdb, 0xe1, 0x40, 0x80};

/* 6.27: the octets of commands whose presence the kernel looks at. */
static const struct {
	uint8_t octet, bits;
} supported[] = {
	{0, 0xff},  /* inquiry, connections */
	{1, 0xff},  /* authentication, encryption, names */
	{2, 0xff},  /* remote features, version */
	{5, 0x10},  /* Write Default Link Policy Settings */
	{9, 0x0c},  /* Read and Write Voice Setting: without, Linux since 6.11 has no SCO */
	{20, 0x10}, /* Read Encryption Key Size */
	{25, 0x3f}, /* LE: event mask, buffers, features, address, advertising */
	{26, 0xff}, /* LE: advertising, scanning, connections */
	{27, 0x3f}, /* LE: accept list, connection update, remote features */
	{28, 0x08}, /* LE: supported states */
	{29, 0x20}, /* Read Local Supported Codecs */
};

void command_complete(int to, uint16_t opcode, const void *parameters, size_t size)
{
	uint8_t event[255] = {1, (uint8_t)opcode, (uint8_t)(opcode >> 8), 0};

	if (size > 0)
		memcpy(event + 4, parameters, size);
	send_event(to, COMMAND_COMPLETE, event, 4 + size);
}

void command_status(int to, uint16_t opcode, uint8_t status)
{
	uint8_t event[4] = {status, 1, (uint8_t)opcode, (uint8_t)(opcode >> 8)};

	send_event(to, COMMAND_STATUS, event, sizeof(event));
}

static void reset(int which)
{
	controllers[which].scan = 0;
	controllers[which].advertising = controllers[which].le_host = false;
	controllers[which].voice = 0x0060;
	for (int i = 0; i < EMULATOR_LINKS; i++)
		links[i].used = links[i].established = false;
}

/* What is asked for. Returns false when it is nothing of this. */
static bool read_something(int from, uint16_t opcode, const uint8_t *parameters)
{
	struct controller *me = &controllers[from];
	uint8_t answer[NAME] = {0};

	switch (opcode) {
	case READ_LOCAL_NAME:
		command_complete(from, opcode, me->name, NAME);
		return true;
	case READ_CLASS_OF_DEVICE:
		command_complete(from, opcode, me->class, sizeof(me->class));
		return true;
	case READ_VOICE_SETTING:
		answer[0] = (uint8_t)me->voice;
		answer[1] = (uint8_t)(me->voice >> 8);
		command_complete(from, opcode, answer, 2);
		return true;
	case READ_NUMBER_OF_IAC:
		command_complete(from, opcode, "\1", 1);
		return true;
	case READ_CURRENT_IAC_LAP: /* the general one, 0x9e8b33 */
		command_complete(from, opcode, "\1\x33\x8b\x9e", 4);
		return true;
	case READ_LOCAL_VERSION: /* 4.2 twice, of no company */
		command_complete(from, opcode, "\x08\0\0\x08\xff\xff\0\0", 8);
		return true;
	case READ_LOCAL_COMMANDS:
		for (size_t i = 0; i < sizeof(supported) / sizeof(supported[0]); i++)
			answer[supported[i].octet] = supported[i].bits;
		command_complete(from, opcode, answer, COMMANDS);
		return true;
	case READ_LOCAL_FEATURES:
		command_complete(from, opcode, emulator_features, FEATURES);
		return true;
	case READ_LOCAL_EXTENDED_FEATURES: /* page 1: what the host switched on */
		answer[0] = parameters[0];
		answer[1] = 1;
		if (parameters[0] == 0)
			memcpy(answer + 2, emulator_features, FEATURES);
		else if (parameters[0] == 1)
			answer[2] = me->le_host ? 0x02 : 0;
		command_complete(from, opcode, answer, 2 + FEATURES);
		return true;
	case READ_BUFFER_SIZE:
		answer[0] = (uint8_t)EMULATED_ACL;
		answer[1] = EMULATED_ACL >> 8;
		answer[2] = EMULATED_SCO;
		answer[3] = EMULATED_ACL_PACKETS;
		answer[5] = EMULATED_SCO_PACKETS;
		command_complete(from, opcode, answer, 7);
		return true;
	case READ_BD_ADDR:
		command_complete(from, opcode, emulator_addresses[from], ADDRESS);
		return true;
	case READ_LOCAL_CODECS: /* CVSD, transparent, mSBC; none of vendors */
		command_complete(from, opcode, "\3\2\3\5\0", 5);
		return true;
	case READ_ENCRYPTION_KEY_SIZE:
		answer[0] = parameters[0];
		answer[1] = parameters[1];
		answer[2] = 16;
		command_complete(from, opcode, answer, 3);
		return true;
	case LE_READ_BUFFER_SIZE:
		answer[0] = EMULATED_LE;
		answer[2] = EMULATED_PIECES;
		command_complete(from, opcode, answer, 3);
		return true;
	case LE_READ_FEATURES:
		command_complete(from, opcode, answer, FEATURES);
		return true;
	case LE_READ_ADVERTISING_POWER:
	case LE_READ_ACCEPT_LIST_SIZE:
		answer[0] = 4;
		command_complete(from, opcode, answer, 1);
		return true;
	case LE_READ_SUPPORTED_STATES:
		memset(answer, 0xff, 8);
		command_complete(from, opcode, answer, 8);
		return true;
	default:
		return false;
	}
}

static void write_something(int from, uint16_t opcode, const uint8_t *parameters, size_t size)
{
	struct controller *me = &controllers[from];

	switch (opcode) {
	case RESET:
		reset(from);
		break;
	case WRITE_LOCAL_NAME:
		memcpy(me->name, parameters, size < NAME ? size : NAME);
		break;
	case WRITE_SCAN_ENABLE:
		me->scan = parameters[0];
		break;
	case WRITE_CLASS_OF_DEVICE:
		memcpy(me->class, parameters, sizeof(me->class));
		break;
	case WRITE_VOICE_SETTING:
		me->voice = (uint16_t)(parameters[0] | parameters[1] << 8);
		break;
	case WRITE_LE_HOST_SUPPORT:
		me->le_host = parameters[0] != 0;
		break;
	default:
		break;
	}
}

void emulate_command(int from, uint16_t opcode, const uint8_t *parameters, size_t size)
{
	if (read_something(from, opcode, parameters))
		return;
	write_something(from, opcode, parameters, size);
	command_complete(from, opcode, NULL, 0);
}
