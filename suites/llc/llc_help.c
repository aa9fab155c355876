/* SPDX-License-Identifier: MIT */
#include "suites/llc/llc_help.h"

#include <string.h>

#include "harness/kit.h"

struct sockaddr_llc llc_address(uint8_t interface, uint8_t sap)
{
	const uint8_t mac[IFHWADDRLEN] = {2, 0, 0, 0, 0, interface};
	struct sockaddr_llc address = {
		.sllc_family = AF_LLC, .sllc_arphrd = ARPHRD_ETHER, .sllc_sap = sap};

	memcpy(address.sllc_mac, mac, sizeof(mac));
	return address;
}

int llc_bound_at(struct expect_at at, int type, uint8_t interface, uint8_t sap)
{
	const struct sockaddr_llc address = llc_address(interface, sap);
	int fd = (int)expect_success(at, socket(AF_LLC, type, 0));

	expect_success(at, bind(fd, LLC(address)));
	return fd;
}

struct llc_ends llc_connected_at(struct expect_at at)
{
	const struct sockaddr_llc to = llc_address(ETH_B, SAP_B);
	struct llc_ends ends;

	ends.listener = llc_bound_at(at, SOCK_STREAM, ETH_B, SAP_B);
	expect_success(at, listen(ends.listener, 1));
	ends.client = llc_bound_at(at, SOCK_STREAM, ETH_A, SAP_A);
	expect_success(at, connect(ends.client, LLC(to)));
	ends.server = (int)expect_success(at, accept(ends.listener, NULL, NULL));
	return ends;
}
