# copydesk: make deps demo | make deps check | make install
#
# One non-recursive Makefile.  Everything made goes to $(BUILD).  CMDS names the
# commands; a new one needs cmd/NAME.c, man/NAME.1 and tests/NAME.bats.

CMDS    = strip-boilerplate split-sentences tag-entities extract-quotes
VERSION := $(shell sed -n 's/^.define DESK_VERSION "\(.*\)"/\1/p' lib/copydesk.h)
SOVER   = 0
PREFIX  = /usr/local
BUILD   = build
PKGS    = libutf8proc libpcre2-8 zlib libzstd

CC     ?= cc
CFLAGS ?= -O2 -g
WARN    = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wcast-qual -Wformat=2 -Wundef \
	-Wvla -Wimplicit-fallthrough -Wconversion -Wno-sign-conversion
HARDEN  = -fstack-protector-strong -D_FORTIFY_SOURCE=2
DEFS    = -std=c11 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 \
	-DPCRE2_CODE_UNIT_WIDTH=8 -Ilib -I$(BUILD)/gen \
	-ffile-prefix-map=$(CURDIR)=. -fvisibility=hidden -pthread
PKGCFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKGLIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null)
COMPILE = $(CC) $(CFLAGS) $(WARN) $(WERROR) $(HARDEN) $(DEFS) $(PKGCFLAGS) -MMD -MP
LINK    = $(CC) $(CFLAGS) -pthread $(LDFLAGS)

SRCS  := $(sort $(wildcard lib/*/*.c))
OBJS  := $(SRCS:%.c=$(BUILD)/%.o)
LISTS := $(sort $(wildcard lib/data/*.tsv))
RULES := $(sort $(wildcard lib/data/*.rules))
INCS  := $(LISTS:lib/data/%.tsv=$(BUILD)/gen/%.inc) $(RULES:lib/data/%.rules=$(BUILD)/gen/%.inc)
UNITS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(sort $(wildcard tests/unit/*.c)))
FUZZ  := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(sort $(wildcard tests/fuzz/*.c)))
BINS  := $(CMDS:%=$(BUILD)/bin/%)
LIBA  = $(BUILD)/libcopydesk.a
LIBSO = $(BUILD)/libcopydesk.so.$(VERSION)

all: $(BINS) $(LIBA) $(LIBSO) $(BUILD)/copydesk.pc

$(BUILD)/bin/%: $(BUILD)/cmd/%.o $(LIBA)
	@mkdir -p $(@D)
	$(LINK) -pie -o $@ $^ $(PKGLIBS)

$(LIBA): $(OBJS)
	rm -f $@
	$(AR) rcsD $@ $^

$(LIBSO): $(OBJS)
	$(LINK) -shared -Wl,-soname,libcopydesk.so.$(SOVER) -Wl,-z,defs -o $@ $^ $(PKGLIBS)

$(BUILD)/%.o: %.c | $(INCS)
	@mkdir -p $(@D)
	$(COMPILE) -fPIC -c -o $@ $<

# Word lists and rules become tables.
$(BUILD)/gen/%: lib/data/gen/%.c lib/core/lexicon.c lib/core/lexicon.h
	@mkdir -p $(@D)
	$(COMPILE) -o $@ $(filter %.c,$^)

$(BUILD)/gen/%.inc: lib/data/%.tsv $(BUILD)/gen/lexicon
	$(BUILD)/gen/lexicon $* <$< >$@.new && mv $@.new $@

$(BUILD)/gen/%.inc: lib/data/%.rules $(BUILD)/gen/rules
	$(BUILD)/gen/rules $* <$< >$@.new && mv $@.new $@

$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(LIBA)
	@mkdir -p $(@D)
	$(LINK) -pie -o $@ $^ $(PKGLIBS)

clean:
	rm -rf $(BUILD)

fmt:
	clang-format-14 -i $(sort $(wildcard cmd/*.c lib/*.h lib/*/*.[ch] lib/data/gen/*.c tests/*/*.[ch]))

.PHONY: all deps demo check eval bench san fuzz cov fmt install uninstall clean
.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
