/* SPDX-License-Identifier: MIT */
/* Connections: Bluetooth Core Specification 5.3, Vol 4 Part E 7.1 (link control) and 7.8 (LE). */
#include "suites/bluetooth/emulator_internal.h"

#include <string.h>

#include "harness/kit.h"

/* Opcodes. */
enum {
	INQUIRY = 0x0401,
	CREATE_CONNECTION = 0x0405,
	DISCONNECT = 0x0406,
	CREATE_CONNECTION_CANCEL = 0x0408,
	ACCEPT_CONNECTION = 0x0409,
	REJECT_CONNECTION = 0x040a,
	AUTHENTICATION_REQUESTED = 0x0411,
	SET_CONNECTION_ENCRYPTION = 0x0413,
	REMOTE_NAME_REQUEST = 0x0419,
	READ_REMOTE_FEATURES = 0x041b,
	READ_REMOTE_EXTENDED_FEATURES = 0x041c,
	READ_REMOTE_VERSION = 0x041d,
	SETUP_SYNCHRONOUS = 0x0428,
	ACCEPT_SYNCHRONOUS = 0x0429,
	REJECT_SYNCHRONOUS = 0x042a,
	ENHANCED_SETUP_SYNCHRONOUS = 0x043d,
	ENHANCED_ACCEPT_SYNCHRONOUS = 0x043e,
	LE_SET_ADVERTISING_ENABLE = 0x200a,
	LE_SET_SCAN_ENABLE = 0x200c,
	LE_CREATE_CONNECTION = 0x200d,
	LE_CREATE_CONNECTION_CANCEL = 0x200e,
	LE_READ_REMOTE_FEATURES = 0x2016,
};

/* Events. */
enum {
	INQUIRY_COMPLETE = 0x01,
	CONNECTION_COMPLETE = 0x03,
	CONNECTION_REQUEST = 0x04,
	DISCONNECTION_COMPLETE = 0x05,
	AUTHENTICATION_COMPLETE = 0x06,
	REMOTE_NAME_COMPLETE = 0x07,
	ENCRYPTION_CHANGE = 0x08,
	REMOTE_FEATURES_COMPLETE = 0x0b,
	REMOTE_VERSION_COMPLETE = 0x0c,
	INQUIRY_RESULT_WITH_RSSI = 0x22,
	REMOTE_EXTENDED_FEATURES_COMPLETE = 0x23,
	SYNCHRONOUS_COMPLETE = 0x2c,
	LE_META = 0x3e,
	LE_CONNECTION_COMPLETE = 0x01,
	LE_ADVERTISING_REPORT = 0x02,
	LE_REMOTE_FEATURES_COMPLETE = 0x04,
};

/* Vol 1 Part F: error codes. */
enum {
	UNKNOWN_CONNECTION = 0x02,
	PAGE_TIMEOUT = 0x04,
	TERMINATED_BY_LOCAL_HOST = 0x16,
};

enum {
	SCAN_INQUIRIES = 1,
	SCAN_PAGES = 2,
	ADDRESS_SIZE = 6,
	NAME = 248,
	FEATURES = 8,
	/*
	 * To reach another device takes time, and the host counts on that: a connect() that the
	 * kernel learns to have failed before it waits for that, waits on (bt_sock_wait_state()).
	 */
	ASKING_MS = 50,
};

/* Vol 2 Part C 3.3: those of emulator_commands.c. */
extern const uint8_t emulator_features[FEATURES];

uint16_t link_handle(const struct link *link)
{
	return (uint16_t)(link - links + 1);
}

struct link *link_of(uint16_t handle)
{
	struct link *link;

	if (handle < 1 || handle > EMULATOR_LINKS)
		return NULL;
	link = &links[handle - 1];
	return link->used && link->established ? link : NULL;
}

struct link *link_make(enum link_type type, int from)
{
	for (int i = 0; i < EMULATOR_LINKS; i++) {
		if (!links[i].used) {
			links[i] = (struct link){.used = true,
						 .asked = type == LINK_LE,
						 .type = type,
						 .from = from,
						 .asks_ms = clock_ms() + ASKING_MS};
			return &links[i];
		}
	}
	return NULL;
}

struct link *link_pending(int to, bool synchronous)
{
	for (int i = 0; i < EMULATOR_LINKS; i++) {
		struct link *link = &links[i];

		if (link->used && link->asked && !link->established && link->from != to &&
		    link->type != LINK_LE && (link->type != LINK_ACL) == synchronous)
			return link;
	}
	return NULL;
}

static uint16_t take16(const uint8_t *at)
{
	return (uint16_t)(at[0] | at[1] << 8);
}

static void put_handle(uint8_t *at, const struct link *link)
{
	at[0] = (uint8_t)link_handle(link);
	at[1] = 0;
}

/* 7.7.3 */
static void connection_complete(int to, const struct link *link, uint8_t status)
{
	uint8_t event[11] = {status};

	put_handle(event + 1, link);
	memcpy(event + 3, emulator_addresses[!to], ADDRESS_SIZE);
	event[9] = (uint8_t)link->type;
	send_event(to, CONNECTION_COMPLETE, event, sizeof(event));
}

/* 7.7.35 */
static void synchronous_complete(int to, const struct link *link, uint8_t status)
{
	uint8_t event[17] = {status};

	put_handle(event + 1, link);
	memcpy(event + 3, emulator_addresses[!to], ADDRESS_SIZE);
	event[9] = (uint8_t)link->type;
	event[10] = 12; /* slots between packets */
	event[12] = EMULATED_SCO;
	event[14] = EMULATED_SCO;
	event[16] = link->voice & 3; /* Air_Mode: 2 CVSD, 3 transparent */
	send_event(to, SYNCHRONOUS_COMPLETE, event, sizeof(event));
}

/* 7.7.4 */
static void connection_request(int to, enum link_type type)
{
	uint8_t event[10];

	memcpy(event, emulator_addresses[!to], ADDRESS_SIZE);
	memcpy(event + 6, controllers[!to].class, sizeof(controllers[!to].class));
	event[9] = (uint8_t)type;
	send_event(to, CONNECTION_REQUEST, event, sizeof(event));
}

static void create_connection(int from, const uint8_t *address)
{
	struct link *link = link_make(LINK_ACL, from);

	if (link != NULL)
		memcpy(link->address, address, ADDRESS_SIZE);
}

/* A page: the other device hears it if it is the one, and scans for pages. */
static void page(struct link *link)
{
	uint8_t event[11] = {PAGE_TIMEOUT};
	int from = link->from;

	if (memcmp(link->address, emulator_addresses[!from], ADDRESS_SIZE) == 0 &&
	    (controllers[!from].scan & SCAN_PAGES) != 0) {
		connection_request(!from, LINK_ACL);
		return;
	}
	link->used = false;
	memcpy(event + 3, link->address, ADDRESS_SIZE);
	event[9] = LINK_ACL;
	send_event(from, CONNECTION_COMPLETE, event, sizeof(event));
}

int ask_for_links(void)
{
	int64_t now = clock_ms(), next = -1;

	for (int i = 0; i < EMULATOR_LINKS; i++) {
		struct link *link = &links[i];

		if (!link->used || link->asked)
			continue;
		if (link->asks_ms > now) {
			if (next < 0 || link->asks_ms - now < next)
				next = link->asks_ms - now;
			continue;
		}
		link->asked = true;
		if (link->type == LINK_ACL)
			page(link);
		else
			connection_request(!link->from, link->type);
	}
	return (int)next;
}

static void complete_pending(int to, bool synchronous, uint8_t status)
{
	struct link *link = link_pending(to, synchronous);

	if (link == NULL)
		return;
	link->established = status == 0;
	link->used = status == 0;
	for (int side = 0; side < EMULATED; side++) {
		if (synchronous)
			synchronous_complete(side, link, status);
		else
			connection_complete(side, link, status);
	}
}

static void disconnect_one(int from, struct link *link, uint8_t reason)
{
	uint8_t event[4] = {0};

	put_handle(event + 1, link);
	link->used = link->established = false;
	event[3] = TERMINATED_BY_LOCAL_HOST;
	send_event(from, DISCONNECTION_COMPLETE, event, sizeof(event));
	event[3] = reason;
	send_event(!from, DISCONNECTION_COMPLETE, event, sizeof(event));
}

/* The synchronous links are over the asynchronous one, and end with it. */
static void disconnect(int from, uint16_t handle, uint8_t reason)
{
	struct link *link = link_of(handle);

	if (link == NULL)
		return;
	for (int i = 0; i < EMULATOR_LINKS && link->type == LINK_ACL; i++) {
		if (links[i].used && links[i].established &&
		    (links[i].type == LINK_SCO || links[i].type == LINK_ESCO))
			disconnect_one(from, &links[i], reason);
	}
	disconnect_one(from, link, reason);
}

static void setup_synchronous(int from, uint16_t voice)
{
	struct link *link = link_make(LINK_ESCO, from);

	if (link != NULL)
		link->voice = voice;
}

/* 7.7.38 and 7.7.1 */
static void inquiry(int from)
{
	uint8_t event[15] = {1}, status = 0;

	if ((controllers[!from].scan & SCAN_INQUIRIES) != 0) {
		memcpy(event + 1, emulator_addresses[!from], ADDRESS_SIZE);
		event[7] = 1; /* pages are scanned for every 1.28 s */
		memcpy(event + 9, controllers[!from].class, sizeof(controllers[!from].class));
		event[14] = (uint8_t)-40; /* dBm */
		send_event(from, INQUIRY_RESULT_WITH_RSSI, event, sizeof(event));
	}
	send_event(from, INQUIRY_COMPLETE, &status, sizeof(status));
}

/* 7.7.65.1 */
static void le_connect(int from, bool advertising)
{
	struct link *link = advertising ? link_make(LINK_LE, from) : NULL;

	if (link == NULL)
		return;
	link->established = true;
	for (int side = 0; side < EMULATED; side++) {
		uint8_t event[19] = {LE_CONNECTION_COMPLETE, 0};

		put_handle(event + 2, link);
		event[4] = side == from ? 0 : 1; /* central, peripheral */
		memcpy(event + 6, emulator_addresses[!side], ADDRESS_SIZE);
		event[12] = 40; /* every 50 ms */
		event[16] = 42; /* 420 ms of silence */
		send_event(side, LE_META, event, sizeof(event));
	}
	controllers[!from].advertising = false;
}

/* 7.7.65.2: connectable, without data. */
static void le_report(int to)
{
	uint8_t event[12] = {LE_ADVERTISING_REPORT, 1, 0, 0};

	memcpy(event + 4, emulator_addresses[!to], ADDRESS_SIZE);
	event[11] = (uint8_t)-40; /* dBm */
	send_event(to, LE_META, event, sizeof(event));
}

/* What is known of the other device; every answer starts with a status and the handle. */
static void remote(int from, uint16_t opcode, const uint8_t *parameters)
{
	uint8_t event[255] = {0, parameters[0], parameters[1]};

	switch (opcode) {
	case REMOTE_NAME_REQUEST:
		memcpy(event + 1, parameters, ADDRESS_SIZE);
		memcpy(event + 7, controllers[!from].name, NAME);
		send_event(from, REMOTE_NAME_COMPLETE, event, 7 + NAME);
		break;
	case READ_REMOTE_FEATURES:
		memcpy(event + 3, emulator_features, FEATURES);
		send_event(from, REMOTE_FEATURES_COMPLETE, event, 3 + FEATURES);
		break;
	case READ_REMOTE_EXTENDED_FEATURES:
		event[3] = parameters[2]; /* the page, of 0 and 1 */
		event[4] = 1;
		if (parameters[2] == 0)
			memcpy(event + 5, emulator_features, FEATURES);
		send_event(from, REMOTE_EXTENDED_FEATURES_COMPLETE, event, 5 + FEATURES);
		break;
	case READ_REMOTE_VERSION:
		event[3] = 8;		    /* 4.2 */
		event[4] = event[5] = 0xff; /* Company_Identifier: none */
		send_event(from, REMOTE_VERSION_COMPLETE, event, 8);
		break;
	default: /* LE_READ_REMOTE_FEATURES: none of 7.8.21 */
		event[0] = LE_REMOTE_FEATURES_COMPLETE;
		event[1] = 0;
		event[2] = parameters[0];
		event[3] = parameters[1];
		send_event(from, LE_META, event, 4 + FEATURES);
		break;
	}
}

static void security(int from, uint16_t opcode, const uint8_t *parameters)
{
	uint8_t event[4] = {0, parameters[0], parameters[1], parameters[2]};

	if (opcode == AUTHENTICATION_REQUESTED) {
		send_event(from, AUTHENTICATION_COMPLETE, event, 3);
		return;
	}
	for (int side = 0; side < EMULATED; side++)
		send_event(side, ENCRYPTION_CHANGE, event, sizeof(event));
}

/* Those that are answered with a status, while what they ask for goes on. */
static bool goes_on(int from, uint16_t opcode, const uint8_t *parameters)
{
	switch (opcode) {
	case INQUIRY:
		inquiry(from);
		return true;
	case CREATE_CONNECTION:
		create_connection(from, parameters);
		return true;
	case DISCONNECT:
		disconnect(from, take16(parameters), parameters[2]);
		return true;
	case ACCEPT_CONNECTION:
		complete_pending(from, false, 0);
		return true;
	case REJECT_CONNECTION: /* of either kind */
		complete_pending(from, link_pending(from, false) == NULL, parameters[ADDRESS_SIZE]);
		return true;
	case SETUP_SYNCHRONOUS: /* behind a handle, two bandwidths and a latency */
		setup_synchronous(from, take16(parameters + 12));
		return true;
	case ENHANCED_SETUP_SYNCHRONOUS: /* Transmit_Coding_Format: 2 CVSD, 3 transparent */
		setup_synchronous(from, parameters[10]);
		return true;
	case ACCEPT_SYNCHRONOUS:
	case ENHANCED_ACCEPT_SYNCHRONOUS:
		complete_pending(from, true, 0);
		return true;
	case REJECT_SYNCHRONOUS:
		complete_pending(from, true, parameters[ADDRESS_SIZE]);
		return true;
	case AUTHENTICATION_REQUESTED:
	case SET_CONNECTION_ENCRYPTION:
		security(from, opcode, parameters);
		return true;
	case LE_CREATE_CONNECTION:
		le_connect(from, controllers[!from].advertising);
		return true;
	default:
		remote(from, opcode, parameters);
		return true;
	}
}

bool emulate_connection(int from, uint16_t opcode, const uint8_t *parameters, size_t size)
{
	static const uint16_t asynchronous[] = {
		INQUIRY,
		CREATE_CONNECTION,
		DISCONNECT,
		ACCEPT_CONNECTION,
		REJECT_CONNECTION,
		AUTHENTICATION_REQUESTED,
		SET_CONNECTION_ENCRYPTION,
		REMOTE_NAME_REQUEST,
		READ_REMOTE_FEATURES,
		READ_REMOTE_EXTENDED_FEATURES,
		READ_REMOTE_VERSION,
		SETUP_SYNCHRONOUS,
		ACCEPT_SYNCHRONOUS,
		REJECT_SYNCHRONOUS,
		ENHANCED_SETUP_SYNCHRONOUS,
		ENHANCED_ACCEPT_SYNCHRONOUS,
		LE_CREATE_CONNECTION,
		LE_READ_REMOTE_FEATURES,
	};

	for (size_t i = 0; i < sizeof(asynchronous) / sizeof(asynchronous[0]); i++) {
		bool about_a_link = opcode == DISCONNECT || opcode == AUTHENTICATION_REQUESTED ||
				    opcode == SET_CONNECTION_ENCRYPTION;

		if (asynchronous[i] != opcode)
			continue;
		if (size < 2 || (about_a_link && link_of(take16(parameters)) == NULL)) {
			command_status(from, opcode, UNKNOWN_CONNECTION);
			return true;
		}
		command_status(from, opcode, 0);
		return goes_on(from, opcode, parameters);
	}
	switch (opcode) {
	case LE_SET_ADVERTISING_ENABLE:
		command_complete(from, opcode, NULL, 0);
		controllers[from].advertising = size > 0 && parameters[0] != 0;
		return true;
	case LE_SET_SCAN_ENABLE:
		command_complete(from, opcode, NULL, 0);
		if (size > 0 && parameters[0] != 0 && controllers[!from].advertising)
			le_report(from);
		return true;
	default:
		return false;
	}
}
