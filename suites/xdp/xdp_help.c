/* SPDX-License-Identifier: MIT */
#include "suites/xdp/xdp_help.h"

#include <linux/bpf.h>
#include <linux/if_link.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "harness/kit.h"

uint8_t *xdp_memory(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	SETUP(memory == MAP_FAILED ? -1 : 0);
	return memory;
}

int xdp_register_here(int fd, const struct xdp_umem_reg *request)
{
	int result = setsockopt(fd, SOL_XDP, XDP_UMEM_REG, request, sizeof(*request));

	if (result != 0 && errno == ENOBUFS)
		SKIP("locked memory", "XDP_UMEM_REG: ENOBUFS, see RLIMIT_MEMLOCK");
	return result;
}

static struct xdp_ring map_ring(struct expect_at at, int fd, const struct xdp_ring_offset *where,
				size_t entry, off_t offset)
{
	struct xdp_ring ring = {NULL, NULL, NULL, NULL};
	uint8_t *memory = mmap(NULL, where->desc + XDP_RING * entry, PROT_READ | PROT_WRITE,
			       MAP_SHARED | MAP_POPULATE, fd, offset);

	expect_success(at, memory == MAP_FAILED ? -1 : 0);
	ring.producer = (uint32_t *)(void *)(memory + where->producer);
	ring.consumer = (uint32_t *)(void *)(memory + where->consumer);
	ring.flags = (uint32_t *)(void *)(memory + where->flags);
	ring.entries = memory + where->desc;
	return ring;
}

struct xdp_socket xdp_make_at(struct expect_at at)
{
	struct xdp_socket s = {.size = (size_t)XDP_CHUNK * XDP_CHUNKS};
	struct xdp_umem_reg request = {.len = s.size, .chunk_size = XDP_CHUNK};
	struct xdp_mmap_offsets offsets;
	socklen_t length = sizeof(offsets);

	s.memory = xdp_memory(s.size);
	request.addr = (uintptr_t)s.memory;
	s.fd = (int)expect_success(at, socket(AF_XDP, SOCK_RAW, 0));
	expect_success(at, xdp_register(s.fd, &request));
	expect_success(at, set_int(s.fd, SOL_XDP, XDP_UMEM_FILL_RING, XDP_RING));
	expect_success(at, set_int(s.fd, SOL_XDP, XDP_UMEM_COMPLETION_RING, XDP_RING));
	expect_success(at, set_int(s.fd, SOL_XDP, XDP_RX_RING, XDP_RING));
	expect_success(at, set_int(s.fd, SOL_XDP, XDP_TX_RING, XDP_RING));
	expect_success(at, getsockopt(s.fd, SOL_XDP, XDP_MMAP_OFFSETS, &offsets, &length));
	s.fill = map_ring(at, s.fd, &offsets.fr, sizeof(uint64_t), (off_t)XDP_UMEM_PGOFF_FILL_RING);
	s.completion = map_ring(at, s.fd, &offsets.cr, sizeof(uint64_t),
				(off_t)XDP_UMEM_PGOFF_COMPLETION_RING);
	s.rx = map_ring(at, s.fd, &offsets.rx, sizeof(struct xdp_desc), XDP_PGOFF_RX_RING);
	s.tx = map_ring(at, s.fd, &offsets.tx, sizeof(struct xdp_desc), XDP_PGOFF_TX_RING);
	return s;
}

int xdp_bind_here(int fd, int interface, unsigned int flags)
{
	struct sockaddr_xdp address = {.sxdp_family = AF_XDP,
				       .sxdp_ifindex = (uint32_t)interface,
				       .sxdp_flags = (uint16_t)flags};

	return bind(fd, (struct sockaddr *)&address, sizeof(address));
}

void xdp_put_tx(const struct xdp_socket *s, uint64_t offset, uint32_t length)
{
	struct xdp_desc *frames = s->tx.entries;
	uint32_t at = *s->tx.producer;

	frames[at % XDP_RING] = (struct xdp_desc){.addr = offset, .len = length};
	__atomic_store_n(s->tx.producer, at + 1, __ATOMIC_RELEASE);
}

void xdp_put_fill(const struct xdp_socket *s, uint64_t offset)
{
	uint64_t *offsets = s->fill.entries;
	uint32_t at = *s->fill.producer;

	offsets[at % XDP_RING] = offset;
	__atomic_store_n(s->fill.producer, at + 1, __ATOMIC_RELEASE);
}

bool xdp_take_completion(const struct xdp_socket *s, uint64_t *offset)
{
	const uint64_t *offsets = s->completion.entries;
	uint32_t at = *s->completion.consumer;

	if (__atomic_load_n(s->completion.producer, __ATOMIC_ACQUIRE) == at)
		return false;
	*offset = offsets[at % XDP_RING];
	__atomic_store_n(s->completion.consumer, at + 1, __ATOMIC_RELEASE);
	return true;
}

bool xdp_take_rx(const struct xdp_socket *s, struct xdp_desc *frame)
{
	const struct xdp_desc *frames = s->rx.entries;
	uint32_t at = *s->rx.consumer;

	if (__atomic_load_n(s->rx.producer, __ATOMIC_ACQUIRE) == at)
		return false;
	*frame = frames[at % XDP_RING];
	__atomic_store_n(s->rx.consumer, at + 1, __ATOMIC_RELEASE);
	return true;
}

static int bpf(int command, union bpf_attr *attributes, const char *what)
{
	int result = (int)syscall(SYS_bpf, command, attributes, sizeof(*attributes));

	if (result < 0)
		SKIP("bpf", "%s: errno %d", what, errno);
	return result;
}

void xdp_redirect_to(int fd, int interface)
{
	union bpf_attr map = {.map_type = BPF_MAP_TYPE_XSKMAP,
			      .key_size = sizeof(uint32_t),
			      .value_size = sizeof(uint32_t),
			      .max_entries = 1};
	union bpf_attr element, program, link;
	uint32_t key = 0, value = (uint32_t)fd;
	/* return bpf_redirect_map(&map, 0, XDP_PASS); the insn-set of filter.rst "eBPF" */
	struct bpf_insn code[] = {
		{.code = BPF_LD | BPF_DW | BPF_IMM, .dst_reg = 1, .src_reg = BPF_PSEUDO_MAP_FD},
		{.code = 0},
		{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 2, .imm = 0},
		{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 3, .imm = XDP_PASS},
		{.code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_redirect_map},
		{.code = BPF_JMP | BPF_EXIT},
	};
	int map_fd = bpf(BPF_MAP_CREATE, &map, "BPF_MAP_CREATE of an XSKMAP");

	code[0].imm = map_fd;
	memset(&program, 0, sizeof(program));
	program.prog_type = BPF_PROG_TYPE_XDP;
	program.insns = (uintptr_t)code;
	program.insn_cnt = sizeof(code) / sizeof(code[0]);
	program.license = (uintptr_t) "GPL";
	memset(&link, 0, sizeof(link));
	link.link_create.prog_fd =
		(uint32_t)bpf(BPF_PROG_LOAD, &program, "BPF_PROG_LOAD of an XDP program");
	link.link_create.target_ifindex = (uint32_t)interface;
	link.link_create.attach_type = BPF_XDP;
	link.link_create.flags = XDP_FLAGS_SKB_MODE;
	memset(&element, 0, sizeof(element));
	element.map_fd = (uint32_t)map_fd;
	element.key = (uintptr_t)&key;
	element.value = (uintptr_t)&value;
	bpf(BPF_MAP_UPDATE_ELEM, &element, "BPF_MAP_UPDATE_ELEM of an XSKMAP");
	/* Attached as long as the descriptor is open: to the end of the case. */
	bpf(BPF_LINK_CREATE, &link, "BPF_LINK_CREATE of an XDP program");
}
