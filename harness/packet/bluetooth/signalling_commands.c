/* SPDX-License-Identifier: MIT */
/* The commands of L2CAP: Core specification Vol 3 Part A 4.1 to 4.28. */
#include "harness/packet/bluetooth/parameters.h"

#define CID(n)                                                                                     \
	{                                                                                          \
		n, 2, BLUETOOTH_HEX, NULL                                                          \
	}
#define PSM                                                                                        \
	{                                                                                          \
		"PSM", 2, BLUETOOTH_PSM, NULL                                                      \
	}
#define SPSM                                                                                       \
	{                                                                                          \
		"SPSM", 2, BLUETOOTH_PSM, NULL                                                     \
	}

static const char *const reasons[] = {"command not understood", "signalling MTU exceeded",
				      "invalid CID in request", NULL};
static const char *const results[] = {
	"connection successful",
	"connection pending",
	"refused - PSM not supported",
	"refused - security block",
	"refused - no resources",
	"refused - controller ID not supported",
	"refused - invalid Source CID",
	"refused - Source CID already allocated",
	NULL,
};
static const char *const le_results[] = {
	"connection successful",
	"reserved",
	"refused - SPSM not supported",
	"reserved",
	"refused - no resources",
	"refused - insufficient authentication",
	"refused - insufficient authorization",
	"refused - encryption key size too short",
	"refused - insufficient encryption",
	"refused - invalid Source CID",
	"refused - Source CID already allocated",
	"refused - unacceptable parameters",
	"refused - invalid parameters",
	"pending",
	"pending - authentication",
	"pending - authorization",
	NULL,
};
static const char *const statuses[] = {"no further information", "authentication pending",
				       "authorization pending", NULL};
static const char *const configure_results[] = {"success",
						"failure - unacceptable parameters",
						"failure - rejected",
						"failure - unknown options",
						"pending",
						"failure - flow spec rejected",
						NULL};
static const char *const information_types[] = {"reserved", "connectionless MTU",
						"extended features", "fixed channels", NULL};
static const char *const information_results[] = {"success", "not supported", NULL};
static const char *const move_results[] = {"success", "pending", "refused", NULL};
static const char *const update_results[] = {"accepted", "rejected", NULL};
static const char *const reconfigure_results[] = {"successful",
						  "failed - MTU reduced",
						  "failed - MPS reduced",
						  "failed - invalid CID",
						  "failed - unacceptable parameters",
						  NULL};

FIELDS(reject) = {NAMED("Reason", 2, reasons), END};
FIELDS(connection_request) = {PSM, CID("Source CID"), END};
FIELDS(connection_response) = {CID("Destination CID"), CID("Source CID"),
			       NAMED("Result", 2, results), NAMED("Status", 2, statuses), END};
FIELDS(configuration_request) = {CID("Destination CID"), CID("Flags"), END};
FIELDS(configuration_response) = {CID("Source CID"), CID("Flags"),
				  NAMED("Result", 2, configure_results), END};
FIELDS(disconnection) = {CID("Destination CID"), CID("Source CID"), END};
FIELDS(none) = {END};
FIELDS(information_request) = {NAMED("InfoType", 2, information_types), END};
FIELDS(information_response) = {NAMED("InfoType", 2, information_types),
				NAMED("Result", 2, information_results), END};
FIELDS(create_request) = {
	PSM, CID("Source CID"), {"Controller ID", 1, BLUETOOTH_NUMBER, NULL}, END};
FIELDS(move_request) = {
	CID("Initiator CID"), {"Destination Controller ID", 1, BLUETOOTH_NUMBER, NULL}, END};
FIELDS(move_response) = {CID("Initiator CID"), NAMED("Result", 2, move_results), END};
FIELDS(move_confirmation) = {CID("Initiator CID"), END};
FIELDS(update_request) = {{"Interval Min", 2, BLUETOOTH_INTERVAL, NULL},
			  {"Interval Max", 2, BLUETOOTH_INTERVAL, NULL},
			  NUMBER("Latency", 2),
			  {"Timeout", 2, BLUETOOTH_TIMEOUT, NULL},
			  END};
FIELDS(update_response) = {NAMED("Result", 2, update_results), END};
FIELDS(le_request) = {
	SPSM, CID("Source CID"), NUMBER("MTU", 2), NUMBER("MPS", 2), NUMBER("Initial Credits", 2),
	END};
FIELDS(le_response) = {CID("Destination CID"),
		       NUMBER("MTU", 2),
		       NUMBER("MPS", 2),
		       NUMBER("Initial Credits", 2),
		       NAMED("Result", 2, le_results),
		       END};
FIELDS(flow_credit) = {CID("CID"), NUMBER("Credits", 2), END};
FIELDS(credit_request) = {SPSM, NUMBER("MTU", 2), NUMBER("MPS", 2), NUMBER("Initial Credits", 2),
			  END};
FIELDS(credit_response) = {NUMBER("MTU", 2), NUMBER("MPS", 2), NUMBER("Initial Credits", 2),
			   NAMED("Result", 2, le_results), END};
FIELDS(reconfigure_request) = {NUMBER("MTU", 2), NUMBER("MPS", 2), END};
FIELDS(reconfigure_response) = {NAMED("Result", 2, reconfigure_results), END};

/* How many bytes the data has; at most 5 channels follow (4.25 to 4.27). */
enum { ANY = 0xffff, CHANNELS = 10 };

/* Number 1 is the first. */
static const struct l2cap_description descriptions[] = {
	{"Command Reject", 2, 6, reject, NULL},
	{"Connection Request", 4, 4, connection_request, NULL},
	{"Connection Response", 8, 8, connection_response, NULL},
	{"Configuration Request", 4, ANY, configuration_request, NULL},
	{"Configuration Response", 6, ANY, configuration_response, NULL},
	{"Disconnection Request", 4, 4, disconnection, NULL},
	{"Disconnection Response", 4, 4, disconnection, NULL},
	{"Echo Request", 0, ANY, none, NULL},
	{"Echo Response", 0, ANY, none, NULL},
	{"Information Request", 2, 2, information_request, NULL},
	{"Information Response", 4, ANY, information_response, NULL},
	{"Create Channel Request", 5, 5, create_request, NULL},
	{"Create Channel Response", 8, 8, connection_response, NULL},
	{"Move Channel Request", 3, 3, move_request, NULL},
	{"Move Channel Response", 4, 4, move_response, NULL},
	{"Move Channel Confirmation Request", 4, 4, move_response, NULL},
	{"Move Channel Confirmation Response", 2, 2, move_confirmation, NULL},
	{"Connection Parameter Update Request", 8, 8, update_request, NULL},
	{"Connection Parameter Update Response", 2, 2, update_response, NULL},
	{"LE Credit Based Connection Request", 10, 10, le_request, NULL},
	{"LE Credit Based Connection Response", 10, 10, le_response, NULL},
	{"Flow Control Credit Indication", 4, 4, flow_credit, NULL},
	{"Credit Based Connection Request", 10, 8 + CHANNELS, credit_request, "Source CID"},
	{"Credit Based Connection Response", 8, 8 + CHANNELS, credit_response, "Destination CID"},
	{"Credit Based Reconfigure Request", 6, 4 + CHANNELS, reconfigure_request,
	 "Destination CID"},
	{"Credit Based Reconfigure Response", 2, 2, reconfigure_response, NULL},
};

const struct l2cap_description *packet_l2cap_description(uint8_t code)
{
	if (code == 0 || code > sizeof(descriptions) / sizeof(descriptions[0]))
		return NULL;
	return &descriptions[code - 1];
}
