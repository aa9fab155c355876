/* SPDX-License-Identifier: MIT */
/* The table of attempts, for probe.c. */
#ifndef SOCKATLAS_ATTEMPTS_H
#define SOCKATLAS_ATTEMPTS_H

#include "harness/probe/probe.h"

extern const struct probe probe_attempts[];
extern const size_t probe_attempts_count;

/* The reason of a call that failed with errno. Returns false, as an attempt then does. */
bool attempt_refused(char *reason, size_t size, const char *call);

/* A socket, to be closed by the caller; -1 with the reason. `call` is the call as written. */
int attempt_socket(int family, int type, int protocol, const char *call, char *reason, size_t size);

/* Closes it. Returns whether there was one. */
bool attempt_done(int fd);

/* For the body of an attempt, whose reason and size it takes. */
#define ATTEMPT_SOCKET(family, type, protocol)                                                     \
	attempt_socket(family, type, protocol, "socket(" #family ", " #type ", " #protocol ")",    \
		       reason, size)

/*
 * For the attempts at families that are in the machine's own network only: goes there, or
 * returns false with the reason.
 */
bool attempt_own_machine(char *reason, size_t size);

/* Whether such a socket can be opened there. For the body of an attempt. */
#define ATTEMPT_OWN_SOCKET(family, type, protocol)                                                 \
	(attempt_own_machine(reason, size) && attempt_done(ATTEMPT_SOCKET(family, type, protocol)))

/* Those of attempts_bluetooth.c; each as in struct probe. */
bool attempt_bluetooth(char *reason, size_t size);
bool attempt_vhci(char *reason, size_t size);
bool attempt_bluetooth_l2cap(char *reason, size_t size);
bool attempt_bluetooth_rfcomm(char *reason, size_t size);
bool attempt_bluetooth_sco(char *reason, size_t size);
bool attempt_bluetooth_bnep(char *reason, size_t size);
bool attempt_bluetooth_cmtp(char *reason, size_t size);
bool attempt_bluetooth_hidp(char *reason, size_t size);
bool attempt_bluetooth_link_loss(char *reason, size_t size);
bool attempt_bluetooth_iso(char *reason, size_t size);

/* Those of attempts_netlink.c; each as in struct probe. */
bool attempt_inet_diag(char *reason, size_t size);
bool attempt_udp_diag(char *reason, size_t size);
bool attempt_unix_diag(char *reason, size_t size);
bool attempt_netlink_diag(char *reason, size_t size);
bool attempt_packet_diag(char *reason, size_t size);
bool attempt_sock_destroy(char *reason, size_t size);
bool attempt_genl_policy(char *reason, size_t size);
bool attempt_bridge_vlan(char *reason, size_t size);
bool attempt_qdisc(char *reason, size_t size);
bool attempt_neighbour_get(char *reason, size_t size);
bool attempt_netlink_strict(char *reason, size_t size);

/* Those of attempts_sctp.c. */
bool attempt_sctp(char *reason, size_t size);
bool attempt_sctp_encapsulation(char *reason, size_t size);
bool attempt_sctp_probe_interval(char *reason, size_t size);
/* Those of attempts_alg.c. */
bool attempt_alg(char *reason, size_t size);
bool attempt_alg_hash(char *reason, size_t size);
bool attempt_alg_hmac(char *reason, size_t size);
bool attempt_alg_skcipher(char *reason, size_t size);
bool attempt_alg_aead(char *reason, size_t size);
bool attempt_alg_rng(char *reason, size_t size);
bool attempt_alg_key_serial(char *reason, size_t size);
bool attempt_alg_drbg_entropy(char *reason, size_t size);
/* Those of attempts_optional.c. */
bool attempt_nlmon(char *reason, size_t size);
bool attempt_etf(char *reason, size_t size);
bool attempt_tls(char *reason, size_t size);
bool attempt_idn(char *reason, size_t size);
/* Those of attempts_machine.c; each as in struct probe. */
bool attempt_appletalk(char *reason, size_t size);
bool attempt_llc(char *reason, size_t size);
bool attempt_ax25(char *reason, size_t size);
bool attempt_ax25_kiss(char *reason, size_t size);
bool attempt_ax25_accept(char *reason, size_t size);
bool attempt_netrom(char *reason, size_t size);
bool attempt_ieee802154(char *reason, size_t size);
bool attempt_rose(char *reason, size_t size);
bool attempt_atm(char *reason, size_t size);
bool attempt_atm_switched(char *reason, size_t size);
bool attempt_atm_device(char *reason, size_t size);
bool attempt_decnet(char *reason, size_t size);
bool attempt_nfc(char *reason, size_t size);
bool attempt_nfc_devices(char *reason, size_t size);
bool attempt_qrtr(char *reason, size_t size);
bool attempt_x25(char *reason, size_t size);
bool attempt_x25_line(char *reason, size_t size);

/* Those of attempts_rare.c. */
bool attempt_kcm(char *reason, size_t size);
bool attempt_pfkey(char *reason, size_t size);
bool attempt_l2tp(char *reason, size_t size);
bool attempt_l2tp_ip(char *reason, size_t size);
bool attempt_caif(char *reason, size_t size);
bool attempt_phonet(char *reason, size_t size);
bool attempt_rxrpc(char *reason, size_t size);
bool attempt_pppoe(char *reason, size_t size);

/* Those of attempts_can.c. */
bool attempt_can_raw(char *reason, size_t size);
bool attempt_can_bcm(char *reason, size_t size);
bool attempt_can_isotp(char *reason, size_t size);
bool attempt_can_j1939(char *reason, size_t size);
bool attempt_can_xl(char *reason, size_t size);
bool attempt_can_vcid(char *reason, size_t size);
bool attempt_vcan(char *reason, size_t size);
bool attempt_vxcan(char *reason, size_t size);
bool attempt_sctp_fair(char *reason, size_t size);
/* Those of attempts_tipc.c. */
bool attempt_tipc(char *reason, size_t size);
bool attempt_tipc_node(char *reason, size_t size);

/* Those of attempts_rds.c. */
bool attempt_rds(char *reason, size_t size);
bool attempt_rds_tcp(char *reason, size_t size);

/* Those of attempts_smc.c. */
bool attempt_smc(char *reason, size_t size);
bool attempt_smc_protocol(char *reason, size_t size);
bool attempt_smc_ulp(char *reason, size_t size);
bool attempt_smc_limit_hs(char *reason, size_t size);
bool attempt_smc_diag(char *reason, size_t size);
bool attempt_smc_without_device(char *reason, size_t size);

#endif
