# SPDX-License-Identifier: MIT
#
# make check       build, run every suite on this kernel, write build/report/
# make selftest    the project's own tests
# make help        the other targets
SHELL = /bin/bash
VERSION = 0.1.0
REVISION := $(shell git rev-parse --short HEAD 2>/dev/null || echo unknown)

CC = gcc
# V=1 shows the commands.
Q = $(if $(V),,@)
BUILD = build
prefix = /usr/local
CFLAGS = -O2 -g
# A row of variants leaves out what it does not need: the rest is NULL.
WARNINGS = -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla -Wno-missing-field-initializers
# A fortified recv() is another symbol, which the recorder would not see.
ALL_CFLAGS = -std=gnu11 -D_GNU_SOURCE -fno-pie -U_FORTIFY_SOURCE -I. $(WARNINGS) $(CFLAGS) $(SANITIZERS)
LINK = $(CC) -no-pie $(CFLAGS) $(SANITIZERS) $(LDFLAGS)

ifeq ($(SANITIZE),1)
BUILD = build/sanitize
SANITIZERS = -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
# LeakSanitizer needs ptrace, which a sandbox's processes do not have; a case ends with _exit().
export ASAN_OPTIONS = detect_leaks=0:handle_segv=0:handle_abort=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0
# Instrumented code is slower; deadlines are not what this build tests.
RUN_OPTIONS = --timeout-scale 4
endif
ifeq ($(FUZZ),1)
BUILD = build/fuzz
CC = clang
SANITIZERS = -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
endif
ifeq ($(COVERAGE),1)
BUILD = build/coverage
SANITIZERS = --coverage -fprofile-update=atomic
endif
ifeq ($(STATIC),1)
BUILD = build/static
LDFLAGS += -static
BUILD_KIND = static
ifdef TARGET
BUILD = build/static-$(TARGET)
CC = $(TARGET)-gcc
STATIC_CUNIT = $(BUILD)/cunit/libcunit.a
ALL_CFLAGS += -isystem $(BUILD)/cunit/include
LDFLAGS += -L$(BUILD)/cunit
ifeq ($(TARGET),musl)
# Without the headers of the machine's C library there are none of the kernel either.
STATIC_KERNEL = $(BUILD)/kernel
ALL_CFLAGS += -idirafter $(STATIC_KERNEL)
endif
endif
endif
BUILD_KIND ?= dynamic

PACKET_SOURCES := $(wildcard harness/packet/*.c harness/packet/*/*.c)
PACKET_HEADERS := $(filter-out %/internal.h %/put.h %/parameters.h,$(wildcard harness/packet/*.h harness/packet/*/*.h))
HARNESS_SOURCES := $(wildcard harness/*.c $(patsubst %,harness/%/*.c,names known calls deviate sandbox probe capture results run))
MAIN_SOURCE = harness/run/main.c
SUITE_SOURCES := $(sort $(wildcard suites/*/*.c))
ATLAS_SOURCES := $(filter-out reports/selftest/% reports/fuzz/%,$(wildcard reports/*.c reports/*/*.c))
# Frames are completed in the same way for a report and for a case.
ATLAS_SOURCES += harness/capture/frame.c harness/capture/message.c
SELFTEST_SOURCES := $(wildcard harness/selftest/*.c harness/selftest/packet/*.c reports/selftest/*.c)
STRAY_SOURCES := $(wildcard harness/selftest/cases/*.c)

objects = $(patsubst %.c,$(BUILD)/%.o,$(1))
HARNESS_OBJECTS := $(call objects,$(filter-out $(MAIN_SOURCE),$(HARNESS_SOURCES))) $(BUILD)/known_files.o
comma := ,
WRAP := $(addprefix -Wl$(comma)--wrap=,$(shell sed -e 's/\#.*//' harness/calls/wrapped.list))

GOLDEN_OBJECTS := $(call objects,$(wildcard harness/selftest/packet/build*.c harness/selftest/packet/golden_*.c))

# Every case is a fork of the runner: each symbol still to be bound is bound in each
# case, and each mapping and page that start-up had
# to relocate is copied twice.
FORK_CHEAPLY = -Wl,-z,now -Wl,-z,noseparate-code -Wl,-z,norelro
CUNIT = $(if $(STATIC),-lcunit,-Wl$(comma)-Bstatic -lcunit -Wl$(comma)-Bdynamic)

ALL = $(BUILD)/sockatlas $(BUILD)/atlas
.PHONY: all
all: needs-build $(ALL)

# Installed for programs that may be position-independent.
$(call objects,$(PACKET_SOURCES)): ALL_CFLAGS += -fPIC -fvisibility=hidden
$(BUILD)/libsockpacket.a: $(call objects,$(PACKET_SOURCES))
$(BUILD)/libharness.a: $(HARNESS_OBJECTS)
$(BUILD)/%.a:
	@rm -f $@
	@ar rcs $@ $^

$(BUILD)/sockatlas: $(call objects,$(SUITE_SOURCES) $(MAIN_SOURCE)) $(BUILD)/libharness.a $(BUILD)/libsockpacket.a
	$(if $(V),,@echo '  link $@')
	$(Q)$(LINK) $(FORK_CHEAPLY) $(WRAP) -o $@ $^ $(CUNIT)
$(BUILD)/atlas: $(call objects,$(ATLAS_SOURCES)) $(BUILD)/libsockpacket.a
	$(if $(V),,@echo '  link $@')
	$(Q)$(LINK) -o $@ $^ -ljansson -lpcap
# Cases that misbehave on purpose, to see what the runner makes of them.
$(BUILD)/stray: $(call objects,$(STRAY_SOURCES) $(MAIN_SOURCE)) $(BUILD)/libharness.a $(BUILD)/libsockpacket.a
	$(if $(V),,@echo '  link $@')
	$(Q)$(LINK) $(FORK_CHEAPLY) $(WRAP) -o $@ $^ $(CUNIT)
$(BUILD)/selftest: $(call objects,$(SELFTEST_SOURCES) $(filter-out reports/atlas.c,$(ATLAS_SOURCES))) $(BUILD)/no_cases.o $(BUILD)/libharness.a $(BUILD)/libsockpacket.a
	$(if $(V),,@echo '  link $@')
	$(Q)$(LINK) $(WRAP) -o $@ $^ -lcunit -ljansson -lpcap

# The sections of a program that has no case of its own.
$(BUILD)/no_cases.o:
	@mkdir -p $(@D)
	@echo 'const void *const __start_sockatlas_cases[1], *const __stop_sockatlas_cases[1];' | $(CC) -x c -c -o $@ -

# Each file of known differences is inside the program: there is no list to keep.
KNOWN_FILES := $(sort $(wildcard fixtures/platforms/*.json))
$(BUILD)/known_files.o: $(KNOWN_FILES) fixtures/platforms harness/embed.h harness/known/entries.h
	@mkdir -p $(@D)
	@{ echo '#include "harness/embed.h"'; echo '#include "harness/known/entries.h"'; i=0; \
		for file in $(KNOWN_FILES); do echo "EMBED(known_$$i, \"$$file\");"; i=$$((i + 1)); done; \
		echo 'const struct known_file known_files[] = {'; i=0; \
		for file in $(KNOWN_FILES); do echo "{\"$$file\", known_$$i, known_$${i}_end},"; i=$$((i + 1)); done; \
		echo '{0}};'; } | $(CC) $(ALL_CFLAGS) -x c -c -o $@ -

# Files embedded by .incbin are not in the compiler's dependencies.
$(BUILD)/harness/sandbox/topology.o: $(wildcard fixtures/topologies/*)
$(BUILD)/harness/sandbox/files.o: $(wildcard fixtures/etc/*)
$(call objects,$(wildcard suites/golden/*.c)): $(wildcard fixtures/packets/*)
$(BUILD)/reports/coverage/catalogue.o: $(wildcard fixtures/catalogue/*.tsv)
$(BUILD)/reports/html/assets.o: $(wildcard reports/html/*.css reports/html/*.js)
$(BUILD)/harness/results/header.o $(BUILD)/harness/run/main.o $(BUILD)/harness/run/options.o $(BUILD)/reports/atlas.o: $(BUILD)/revision
$(BUILD)/harness/results/header.o $(BUILD)/harness/run/main.o $(BUILD)/harness/run/options.o $(BUILD)/reports/atlas.o: ALL_CFLAGS += \
	-DSOCKATLAS_VERSION='"$(VERSION)"' -DSOCKATLAS_REVISION='"$(REVISION)"' -DSOCKATLAS_BUILD='"$(BUILD_KIND)"'

.PHONY: revision-changed
$(BUILD)/revision: revision-changed
	@mkdir -p $(@D)
	@echo '$(REVISION)' | cmp -s - $@ || echo '$(REVISION)' > $@

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(if $(V),,@echo '  cc $<')
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Not what launchers unpack.
-include $(shell find $(BUILD) -path build/platform -prune -o -name '*.d' -print 2>/dev/null)

# ------------------------------------------------------------------- set-up
# What is there is found by using it, so that any distribution will do; what is
# missing is installed by scripts/setup, or named when that may not be done.
HAVE_BUILD = printf '\#include <CUnit/CUnit.h>\n\#include <jansson.h>\n\#include <pcap/pcap.h>\n' | \
	$(CC) -E - >/dev/null 2>&1 && PATH="$$PATH:/usr/sbin:/sbin" command -v ip >/dev/null
HAVE_TEST = PATH="$$PATH:/usr/sbin:/sbin"; for tool in jq pgrep strace tcpdump tshark chromium node npm; do \
	command -v $$tool >/dev/null || exit 1; done
HAVE_LINT = for tool in clang clang-tidy clang-format cppcheck shellcheck mandoc; do \
	command -v $$tool >/dev/null || exit 1; done
HAVE_FUZZ = echo 'int LLVMFuzzerTestOneInput(const void *d, long n) { return d == 0 && n > 0; }' | \
	clang -x c -fsanitize=fuzzer,address,undefined -o /dev/null - 2>/dev/null
HAVE_COVERAGE = command -v lcov >/dev/null

.PHONY: needs-build needs-test needs-lint needs-fuzz needs-coverage
needs-build:
	@( $(HAVE_BUILD) ) || scripts/setup build
needs-test: needs-build
	@( $(HAVE_TEST) ) || scripts/setup test
needs-lint: needs-build
	@( $(HAVE_LINT) ) || scripts/setup lint
needs-fuzz: needs-build
	@( $(HAVE_FUZZ) ) || scripts/setup fuzz
needs-coverage: needs-build
	@( $(HAVE_COVERAGE) ) || scripts/setup coverage
$(call objects,$(HARNESS_SOURCES) $(PACKET_SOURCES) $(SUITE_SOURCES) $(ATLAS_SOURCES) $(SELFTEST_SOURCES) $(STRAY_SOURCES)): | needs-build
$(call objects,$(HARNESS_SOURCES) $(PACKET_SOURCES) $(SUITE_SOURCES)): | $(STATIC_CUNIT)

# ---------------------------------------------------------------- what users run
REPORT = $(BUILD)/report
CASES =

# The option and the file, when this revision wrote the file; else nothing.
of_revision = if head -n 1 $(2) 2>/dev/null | grep -qF '"revision":"$(REVISION)"'; then echo $(1) $(2); fi
report = $(BUILD)/atlas report $$($(call of_revision,,$(REPORT)/results.jsonl)) \
	$$($(call of_revision,--deviations,$(REPORT)/deviations.jsonl)) -o $(REPORT)

# The run's exit status is the target's: 0 passed, 1 failed, 2 error.
.PHONY: check
check: $(ALL)
	@mkdir -p $(REPORT)
	@status=0; $(BUILD)/sockatlas run -o $(REPORT)/results.jsonl $(RUN_OPTIONS) $(CASES) || status=$$?; \
	if [ -e $(REPORT)/results.jsonl ]; then \
		$(report) || exit 2; \
		echo "report: $(REPORT)/index.html"; \
	fi; exit $$status

# Whether some case notices when a call misbehaves. What is left is judged by atlas, which knows
# what is explained; an error of sockatlas remains one. Whether cases pass is for make check to say.
.PHONY: deviations
deviations: $(ALL)
	@mkdir -p $(REPORT)
	@rm -f $(REPORT)/deviations.jsonl
	@status=0; $(BUILD)/sockatlas deviations -q $(if $(SAMPLE),--sample $(SAMPLE)) -o $(REPORT)/deviations.jsonl $(RUN_OPTIONS) $(CASES) || status=$$?; \
	[ -e $(REPORT)/deviations.jsonl ] || exit 2; \
	if [ $$status = 1 ]; then status=0; fi; \
	$(BUILD)/atlas deviations --explained fixtures/deviations/explained.tsv $(REPORT)/deviations.jsonl || status=$$?; \
	if [ -n "$$($(call of_revision,-,$(REPORT)/results.jsonl))" ]; then $(report) || exit 2; fi; exit $$status

# Every platform that this machine can have; PLATFORMS=, CASES=.
.PHONY: matrix
matrix: $(ALL)
	@BUILD=$(BUILD) PLATFORMS='$(PLATFORMS)' CASES='$(CASES)' scripts/matrix

.PHONY: selftest
selftest: needs-test $(ALL) $(BUILD)/stray $(BUILD)/selftest
	@BUILD=$(BUILD) scripts/selftest

# ------------------------------------------------------------------ for developers
.PHONY: bench
bench: $(ALL) $(BUILD)/bare bench-decoders
	@echo
	@BUILD=$(BUILD) scripts/bench
.PHONY: bench-decoders
bench-decoders: $(ALL) $(BUILD)/traffic $(BUILD)/decoders $(BUILD)/cost
	@BUILD=$(BUILD) scripts/bench-decoders
$(BUILD)/cost: $(BUILD)/harness/bench/cost.o
	$(if $(V),,@echo '  link $@')
	$(Q)$(LINK) -o $@ $^
$(BUILD)/bare: $(BUILD)/harness/bench/bare.o $(BUILD)/no_cases.o $(BUILD)/libharness.a $(BUILD)/libsockpacket.a
	$(if $(V),,@echo '  link $@')
	$(Q)$(LINK) $(WRAP) -o $@ $^ -lcunit
$(BUILD)/traffic: $(BUILD)/harness/bench/traffic.o $(GOLDEN_OBJECTS) $(BUILD)/libsockpacket.a
	$(if $(V),,@echo '  link $@')
	$(Q)$(LINK) -o $@ $^
$(BUILD)/decoders: $(BUILD)/harness/bench/decoders.o $(BUILD)/libsockpacket.a
	$(if $(V),,@echo '  link $@')
	$(Q)$(LINK) -o $@ $^ -lpcap

# Each fuzzer has the main() of libFuzzer.
FUZZERS = $(addprefix build/fuzz/fuzz_,packet results capture known)
.PHONY: fuzz
fuzz: needs-fuzz
	@$(MAKE) --no-print-directory FUZZ=1 $(FUZZERS) build/fuzz/seeds
	@scripts/fuzz
build/fuzz/fuzz_%: $(BUILD)/libsockpacket.a
	$(if $(V),,@echo '  link $@')
	$(Q)$(LINK) -fsanitize=fuzzer -o $@ $(filter %.o,$^) $(filter %.a,$^) -ljansson -lpcap
build/fuzz/fuzz_packet: $(GOLDEN_OBJECTS) $(call objects,harness/fuzz/packet.c harness/selftest/packet/holds.c $(wildcard harness/selftest/packet/walks*.c))
build/fuzz/fuzz_results: $(call objects,reports/fuzz/results.c $(filter-out reports/atlas.c,$(ATLAS_SOURCES)))
build/fuzz/fuzz_capture: $(call objects,reports/fuzz/capture.c $(filter-out reports/atlas.c,$(ATLAS_SOURCES)))
build/fuzz/fuzz_known: $(call objects,harness/fuzz/known.c harness/run/pattern.c harness/run/verdict_name.c harness/results/json_read.c harness/results/utf8.c $(wildcard harness/known/[epv]*.c harness/names/*.c))
build/fuzz/seeds: $(GOLDEN_OBJECTS) $(BUILD)/harness/fuzz/seeds.o $(BUILD)/libsockpacket.a
	$(if $(V),,@echo '  link $@')
	$(Q)$(LINK) -o $@ $^

# All of it 50 times beside another load: RUNS=, CASES=.
.PHONY: stability
stability: needs-test $(ALL)
	@BUILD=$(BUILD) CASES='$(CASES)' scripts/stability

# TARGET=musl for another C library, TARGET=s390x-linux-gnu for another processor: what $(TARGET)-gcc builds for.
.PHONY: static
static:
	@$(MAKE) --no-print-directory STATIC=1 build/static$(addprefix -,$(TARGET))/sockatlas
	@echo build/static$(addprefix -,$(TARGET))/sockatlas
ifdef STATIC_CUNIT
$(STATIC_CUNIT):
	$(if $(V),,@echo '  build $@')
	$(Q)scripts/platform/lib/cunit $(@D) $(CC)
$(STATIC_CUNIT): | $(STATIC_KERNEL)
endif
build/static-musl/kernel:
	@mkdir -p $@
	@for name in linux asm asm-generic; do \
		ln -s "$$(echo "#include <$$name/types.h>" | gcc -E - | sed -n "s|^# [0-9]* \"\(.*/$$name\)/types.h\".*|\1|p;T;q")" $@/$$name || exit 2; done
	@ln -s "$$(dirname "$$(readlink $@/linux)")/rdma" $@/rdma

.PHONY: coverage
coverage: needs-coverage
	@scripts/coverage

.PHONY: lint
lint: needs-lint
	@CFLAGS='$(ALL_CFLAGS)' scripts/lint

DESTDIR =
.PHONY: install
install: $(ALL)
	install -d $(DESTDIR)$(prefix)/bin $(DESTDIR)$(prefix)/lib $(DESTDIR)$(prefix)/include/sockatlas $(DESTDIR)$(prefix)/share/man/man1
	install $(BUILD)/sockatlas $(BUILD)/atlas $(DESTDIR)$(prefix)/bin
	install -m 644 $(BUILD)/libsockpacket.a $(DESTDIR)$(prefix)/lib
	cd harness/packet && install -m 644 -D -t $(DESTDIR)$(prefix)/include/sockatlas packet.h
	cd harness/packet && for header in $(patsubst harness/packet/%,%,$(filter-out harness/packet/packet.h,$(PACKET_HEADERS))); do \
		install -m 644 -D $$header $(DESTDIR)$(prefix)/include/sockatlas/$$header; done
	install -m 644 harness/run/sockatlas.1 reports/atlas.1 $(DESTDIR)$(prefix)/share/man/man1

.PHONY: clean
clean:
	rm -rf build

.PHONY: help
help:
	@echo 'make check [CASES=...]   run the suites on this kernel; report in build/report/'
	@echo 'make matrix              the suites on every platform of scripts/platform/; PLATFORMS=..., CASES=...'
	@echo 'make selftest            the tests of the harness, the decoders and the reports'
	@echo 'make deviations          whether the cases notice calls that misbehave; CASES=..., SAMPLE=8 is quicker'
	@echo 'make check SANITIZE=1    the same with AddressSanitizer and UBSan'
	@echo 'make fuzz                the decoders and readers against any bytes, FUZZ_SECONDS=60 each'
	@echo 'make bench               what a case and a packet cost; writes build/bench.json'
	@echo 'make stability           everything 50 times under load: which verdicts are not always the same'
	@echo 'make static              one file for any target: build/static/sockatlas; TARGET=musl or s390x-linux-gnu'
	@echo 'make coverage            which lines of the harness, decoders and reports are tested'
	@echo 'make lint                compilers, clang-tidy, cppcheck, shellcheck, mandoc'
	@echo 'make install             to $$(DESTDIR)$$(prefix)'
