/* SPDX-License-Identifier: MIT */
/*
 * Options of the protocols of AF_CAN (Documentation/networking/can.rst), and the
 * values they take.
 */
#include "harness/names/table.h"

#include <sys/socket.h>
#include <linux/can.h>
#include <linux/can/raw.h>
#include <linux/can/isotp.h>
#include <linux/can/j1939.h>
#include <linux/can/bcm.h>
#include <linux/can/error.h>

/* Newer than some headers: 6.2 (a whole frame of CAN XL), 6.9 and 6.0. */
#ifndef CAN_RAW_XL_VCID_OPTS
#define CAN_RAW_XL_VCID_OPTS 8
#endif
#ifndef CANXL_XLF
#define CANXL_XLF 0x80
#endif
#ifndef CANXL_SEC
#define CANXL_SEC 0x01
#endif
#ifndef CAN_RAW_XL_VCID_TX_SET
#define CAN_RAW_XL_VCID_TX_SET	  0x01
#define CAN_RAW_XL_VCID_TX_PASS	  0x02
#define CAN_RAW_XL_VCID_RX_FILTER 0x04
#endif
#ifndef CAN_ERR_CNT
#define CAN_ERR_CNT 0x00000200U
#endif

static const struct name options_can_raw_list[] = {
	NAME(CAN_RAW_FILTER),	     NAME(CAN_RAW_ERR_FILTER),	 NAME(CAN_RAW_LOOPBACK),
	NAME(CAN_RAW_RECV_OWN_MSGS), NAME(CAN_RAW_FD_FRAMES),	 NAME(CAN_RAW_JOIN_FILTERS),
	NAME(CAN_RAW_XL_FRAMES),     NAME(CAN_RAW_XL_VCID_OPTS),
};
NAME_TABLE(names_options_can_raw, "option-can", options_can_raw_list);

static const struct name options_can_isotp_list[] = {
#ifdef CAN_ISOTP_OPTS
	NAME(CAN_ISOTP_OPTS),
#endif
#ifdef CAN_ISOTP_RECV_FC
	NAME(CAN_ISOTP_RECV_FC),
#endif
#ifdef CAN_ISOTP_TX_STMIN
	NAME(CAN_ISOTP_TX_STMIN),
#endif
#ifdef CAN_ISOTP_RX_STMIN
	NAME(CAN_ISOTP_RX_STMIN),
#endif
#ifdef CAN_ISOTP_LL_OPTS
	NAME(CAN_ISOTP_LL_OPTS),
#endif
};
NAME_TABLE(names_options_can_isotp, "option-can", options_can_isotp_list);

static const struct name options_can_j1939_list[] = {
	NAME(SO_J1939_FILTER),
	NAME(SO_J1939_PROMISC),
	NAME(SO_J1939_SEND_PRIO),
	NAME(SO_J1939_ERRQUEUE),
};
NAME_TABLE(names_options_can_j1939, "option-socket", options_can_j1939_list);

static const struct name cmsgs_can_j1939_list[] = {
	NAME(SCM_J1939_DEST_ADDR),
	NAME(SCM_J1939_DEST_NAME),
	NAME(SCM_J1939_PRIO),
	NAME(SCM_J1939_ERRQUEUE),
};
NAME_TABLE(names_cmsgs_can_j1939, "cmsg", cmsgs_can_j1939_list);

static const struct name cmsgs_can_raw_list[] = {
	NAME(SCM_CAN_RAW_ERRQUEUE),
};
NAME_TABLE(names_cmsgs_can_raw, "cmsg", cmsgs_can_raw_list);

static const struct name can_isotp_flags_list[] = {
#ifdef CAN_ISOTP_LISTEN_MODE
	NAME(CAN_ISOTP_LISTEN_MODE),
#endif
#ifdef CAN_ISOTP_EXTEND_ADDR
	NAME(CAN_ISOTP_EXTEND_ADDR),
#endif
#ifdef CAN_ISOTP_TX_PADDING
	NAME(CAN_ISOTP_TX_PADDING),
#endif
#ifdef CAN_ISOTP_RX_PADDING
	NAME(CAN_ISOTP_RX_PADDING),
#endif
#ifdef CAN_ISOTP_CHK_PAD_LEN
	NAME(CAN_ISOTP_CHK_PAD_LEN),
#endif
#ifdef CAN_ISOTP_CHK_PAD_DATA
	NAME(CAN_ISOTP_CHK_PAD_DATA),
#endif
#ifdef CAN_ISOTP_HALF_DUPLEX
	NAME(CAN_ISOTP_HALF_DUPLEX),
#endif
#ifdef CAN_ISOTP_FORCE_TXSTMIN
	NAME(CAN_ISOTP_FORCE_TXSTMIN),
#endif
#ifdef CAN_ISOTP_FORCE_RXSTMIN
	NAME(CAN_ISOTP_FORCE_RXSTMIN),
#endif
#ifdef CAN_ISOTP_RX_EXT_ADDR
	NAME(CAN_ISOTP_RX_EXT_ADDR),
#endif
#ifdef CAN_ISOTP_WAIT_TX_DONE
	NAME(CAN_ISOTP_WAIT_TX_DONE),
#endif
#ifdef CAN_ISOTP_SF_BROADCAST
	NAME(CAN_ISOTP_SF_BROADCAST),
#endif
#ifdef CAN_ISOTP_CF_BROADCAST
	NAME(CAN_ISOTP_CF_BROADCAST),
#endif
#ifdef CAN_ISOTP_DYN_FC_PARMS
	NAME(CAN_ISOTP_DYN_FC_PARMS),
#endif
};
NAME_TABLE(names_can_isotp_flags, "option-can", can_isotp_flags_list);

static const struct name can_isotp_defaults_list[] = {
#ifdef CAN_ISOTP_DEFAULT_EXT_ADDRESS
	NAME(CAN_ISOTP_DEFAULT_EXT_ADDRESS),
#endif
#ifdef CAN_ISOTP_DEFAULT_FLAGS
	NAME(CAN_ISOTP_DEFAULT_FLAGS),
#endif
#ifdef CAN_ISOTP_DEFAULT_FRAME_TXTIME
	NAME(CAN_ISOTP_DEFAULT_FRAME_TXTIME),
#endif
#ifdef CAN_ISOTP_DEFAULT_LL_MTU
	NAME(CAN_ISOTP_DEFAULT_LL_MTU),
#endif
#ifdef CAN_ISOTP_DEFAULT_LL_TX_DL
	NAME(CAN_ISOTP_DEFAULT_LL_TX_DL),
#endif
#ifdef CAN_ISOTP_DEFAULT_LL_TX_FLAGS
	NAME(CAN_ISOTP_DEFAULT_LL_TX_FLAGS),
#endif
#ifdef CAN_ISOTP_DEFAULT_PAD_CONTENT
	NAME(CAN_ISOTP_DEFAULT_PAD_CONTENT),
#endif
#ifdef CAN_ISOTP_DEFAULT_RECV_BS
	NAME(CAN_ISOTP_DEFAULT_RECV_BS),
#endif
#ifdef CAN_ISOTP_DEFAULT_RECV_STMIN
	NAME(CAN_ISOTP_DEFAULT_RECV_STMIN),
#endif
#ifdef CAN_ISOTP_DEFAULT_RECV_WFTMAX
	NAME(CAN_ISOTP_DEFAULT_RECV_WFTMAX),
#endif
#ifdef CAN_ISOTP_FRAME_TXTIME_ZERO
	NAME(CAN_ISOTP_FRAME_TXTIME_ZERO),
#endif
};
NAME_TABLE(names_can_isotp_defaults, "option-can", can_isotp_defaults_list);

static const struct name can_id_flags_list[] = {
#ifdef CAN_EFF_FLAG
	NAME(CAN_EFF_FLAG),
#endif
#ifdef CAN_RTR_FLAG
	NAME(CAN_RTR_FLAG),
#endif
#ifdef CAN_ERR_FLAG
	NAME(CAN_ERR_FLAG),
#endif
};
NAME_TABLE(names_can_id_flags, "can", can_id_flags_list);

static const struct name can_fd_flags_list[] = {
#ifdef CANFD_BRS
	NAME(CANFD_BRS),
#endif
#ifdef CANFD_ESI
	NAME(CANFD_ESI),
#endif
#ifdef CANFD_FDF
	NAME(CANFD_FDF),
#endif
};
NAME_TABLE(names_can_fd_flags, "can", can_fd_flags_list);

/*
 * <linux/can/bcm.h> has these without the prefix, which is that of the catalogue.
 */
static const struct name can_bcm_operations_list[] = {
	NAME_AS(CAN_BCM_TX_SETUP, TX_SETUP),	 NAME_AS(CAN_BCM_TX_DELETE, TX_DELETE),
	NAME_AS(CAN_BCM_TX_READ, TX_READ),	 NAME_AS(CAN_BCM_TX_SEND, TX_SEND),
	NAME_AS(CAN_BCM_RX_SETUP, RX_SETUP),	 NAME_AS(CAN_BCM_RX_DELETE, RX_DELETE),
	NAME_AS(CAN_BCM_RX_READ, RX_READ),	 NAME_AS(CAN_BCM_TX_STATUS, TX_STATUS),
	NAME_AS(CAN_BCM_TX_EXPIRED, TX_EXPIRED), NAME_AS(CAN_BCM_RX_STATUS, RX_STATUS),
	NAME_AS(CAN_BCM_RX_TIMEOUT, RX_TIMEOUT), NAME_AS(CAN_BCM_RX_CHANGED, RX_CHANGED),
};
NAME_TABLE(names_can_bcm_operations, "option-can", can_bcm_operations_list);

static const struct name can_bcm_flags_list[] = {
	NAME_AS(CAN_BCM_SETTIMER, SETTIMER),
	NAME_AS(CAN_BCM_STARTTIMER, STARTTIMER),
	NAME_AS(CAN_BCM_TX_COUNTEVT, TX_COUNTEVT),
	NAME_AS(CAN_BCM_TX_ANNOUNCE, TX_ANNOUNCE),
	NAME_AS(CAN_BCM_TX_CP_CAN_ID, TX_CP_CAN_ID),
	NAME_AS(CAN_BCM_RX_FILTER_ID, RX_FILTER_ID),
	NAME_AS(CAN_BCM_RX_CHECK_DLC, RX_CHECK_DLC),
	NAME_AS(CAN_BCM_RX_NO_AUTOTIMER, RX_NO_AUTOTIMER),
	NAME_AS(CAN_BCM_RX_ANNOUNCE_RESUME, RX_ANNOUNCE_RESUME),
	NAME_AS(CAN_BCM_TX_RESET_MULTI_IDX, TX_RESET_MULTI_IDX),
	NAME_AS(CAN_BCM_RX_RTR_FRAME, RX_RTR_FRAME),
	NAME_AS(CAN_BCM_CAN_FD_FRAME, CAN_FD_FRAME),
#ifdef CAN_FD_FRAME
	NAME(CAN_FD_FRAME),
#endif
};
NAME_TABLE(names_can_bcm_flags, "option-can", can_bcm_flags_list);

static const struct name can_masks_list[] = {
	NAME(CAN_SFF_MASK),
	NAME(CAN_EFF_MASK),
	NAME(CAN_ERR_MASK),
};
NAME_TABLE(names_can_masks, "can", can_masks_list);

static const struct name can_sizes_list[] = {
	NAME(CAN_MTU),
	NAME(CANFD_MTU),
};
NAME_TABLE(names_can_sizes, "can", can_sizes_list);

static const struct name can_limits_list[] = {
	NAME(CAN_RAW_FILTER_MAX), NAME(CANFD_MAX_DLC),	 NAME(CANFD_MAX_DLEN),
	NAME(CAN_SFF_ID_BITS),	  NAME(CAN_EFF_ID_BITS),
};
NAME_TABLE(names_can_limits, "can", can_limits_list);

/* Classes of errors: the identifier of an error frame, and CAN_RAW_ERR_FILTER. */
static const struct name can_error_classes_list[] = {
	NAME(CAN_ERR_TX_TIMEOUT), NAME(CAN_ERR_LOSTARB),  NAME(CAN_ERR_CRTL),
	NAME(CAN_ERR_PROT),	  NAME(CAN_ERR_TRX),	  NAME(CAN_ERR_ACK),
	NAME(CAN_ERR_BUSOFF),	  NAME(CAN_ERR_BUSERROR), NAME(CAN_ERR_RESTARTED),
	NAME(CAN_ERR_CNT),
};
NAME_TABLE(names_can_error_classes, "can", can_error_classes_list);

static const struct name can_xl_flags_list[] = {NAME(CANXL_XLF), NAME(CANXL_SEC)};
NAME_TABLE(names_can_xl_flags, "can", can_xl_flags_list);

static const struct name can_vcid_flags_list[] = {NAME(CAN_RAW_XL_VCID_TX_SET),
						  NAME(CAN_RAW_XL_VCID_TX_PASS),
						  NAME(CAN_RAW_XL_VCID_RX_FILTER)};
NAME_TABLE(names_can_vcid_flags, "option-can", can_vcid_flags_list);

static const struct name j1939_addresses_list[] = {NAME(J1939_NO_ADDR), NAME(J1939_IDLE_ADDR)};
NAME_TABLE(names_j1939_addresses, "can", j1939_addresses_list);

static const struct name j1939_groups_list[] = {NAME(J1939_NO_PGN), NAME(J1939_PGN_REQUEST),
						NAME(J1939_PGN_ADDRESS_CLAIMED),
						NAME(J1939_PGN_ADDRESS_COMMANDED)};
NAME_TABLE(names_j1939_groups, "can", j1939_groups_list);
