/* SPDX-License-Identifier: MIT */
#include "reports/sniff/attach.h"

#include <errno.h>
#include <sys/socket.h>

/* include/uapi/linux/filter.h, whose names libpcap's header has as well. */
enum {
	ANCILLARY = -0x1000, /* SKF_AD_OFF */
	ANCILLARY_PROTOCOL = 0,
	ANCILLARY_PACKET_TYPE = 4,
	ANCILLARY_INTERFACE = 8,
	ANCILLARY_HARDWARE = 28,
	INSTRUCTIONS_MOST = 4096, /* BPF_MAXINSNS */
};

/* struct sock_fprog and struct sock_filter, which is laid out as libpcap's struct bpf_insn. */
struct kernel_program {
	unsigned short length;
	const struct bpf_insn *instructions;
};
_Static_assert(sizeof(struct bpf_insn) == 8, "an instruction of classic BPF");

static bool attach(int fd, const struct bpf_insn *instructions, unsigned int length)
{
	struct kernel_program program = {(unsigned short)length, instructions};

	return length <= INSTRUCTIONS_MOST &&
	       setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)) == 0;
}

bool attach_filter(int fd, const struct bpf_program *program)
{
	static const struct bpf_insn nothing[] = {{BPF_RET | BPF_K, 0, 0, 0}};
	char byte;

	if (!attach(fd, nothing, 1))
		return false;
	/* Nothing more comes in: what is there came before the filter. */
	while (recv(fd, &byte, 1, MSG_DONTWAIT | MSG_TRUNC) >= 0 || errno == EINTR)
		;
	return attach(fd, program->bf_insns, program->bf_len);
}

static bool uncook_offset(struct bpf_insn *instruction, enum frame_header header)
{
	static const struct {
		enum frame_header header;
		unsigned int offset, size;
		int ancillary;
	} fields[] = {
		{FRAME_COOKED, 0, BPF_H, ANCILLARY_PACKET_TYPE},
		{FRAME_COOKED, 2, BPF_H, ANCILLARY_HARDWARE},
		{FRAME_COOKED, 14, BPF_H, ANCILLARY_PROTOCOL},
		{FRAME_COOKED2, 0, BPF_H, ANCILLARY_PROTOCOL},
		{FRAME_COOKED2, 4, BPF_W, ANCILLARY_INTERFACE},
		{FRAME_COOKED2, 8, BPF_H, ANCILLARY_HARDWARE},
		{FRAME_COOKED2, 10, BPF_B, ANCILLARY_PACKET_TYPE},
	};
	unsigned int length = header == FRAME_COOKED ? 16 : 20;

	if (instruction->k >= length) {
		instruction->k -= length;
		return true;
	}
	for (unsigned int i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (fields[i].header == header && fields[i].offset == instruction->k &&
		    fields[i].size == BPF_SIZE(instruction->code) &&
		    BPF_MODE(instruction->code) == BPF_ABS) {
			instruction->k = (bpf_u_int32)(ANCILLARY + fields[i].ancillary);
			return true;
		}
	}
	return false;
}

bool attach_uncook(struct bpf_program *program, enum frame_header header)
{
	for (unsigned int i = 0; i < program->bf_len; i++) {
		struct bpf_insn *instruction = &program->bf_insns[i];
		unsigned int class = BPF_CLASS(instruction->code);
		unsigned int mode = BPF_MODE(instruction->code);

		if (class != BPF_LD && class != BPF_LDX)
			continue;
		/* The length counts the header here, and does not there. */
		if (mode == BPF_LEN)
			return false;
		if ((mode == BPF_ABS || mode == BPF_IND || mode == BPF_MSH) &&
		    !uncook_offset(instruction, header))
			return false;
	}
	return true;
}
