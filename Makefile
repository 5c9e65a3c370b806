# copydesk: `make deps demo`, `make deps check`, `make install`.
#
# One non-recursive Makefile; what it makes goes to $(BUILD).  CMDS names the
# commands: a new one needs cmd/NAME.c, man/NAME.1 and tests/NAME.bats.  Sources,
# word lists, tests and fuzz targets are found by their places in the tree.

CMDS    = strip-boilerplate split-sentences tag-entities extract-quotes train-entities
VERSION := $(shell sed -n 's/^.define DESK_VERSION "\(.*\)"/\1/p' lib/copydesk.h)
SOVER   = 0
PREFIX  = /usr/local
BUILD   = build
PKGS    = libutf8proc libpcre2-8 zlib libzstd
DEPS    = gcc libc6-dev pkg-config libutf8proc-dev libpcre2-dev zlib1g-dev \
	libzstd-dev bats mandoc jq zstd gzip python3 time curl
JOBS    = -j$(shell nproc 2>/dev/null || echo 1)
PEERS   = python3

LIBDIR  = $(PREFIX)/lib
bindir  = $(DESTDIR)$(PREFIX)/bin
libdir  = $(DESTDIR)$(LIBDIR)
incdir  = $(DESTDIR)$(PREFIX)/include
sharedir = $(DESTDIR)$(PREFIX)/share

CFLAGS  = -O3 -g
WARN    = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wcast-qual -Wformat=2 -Wundef \
	-Wvla -Wimplicit-fallthrough -Wconversion -Wno-sign-conversion
HARDEN  = -fstack-protector-strong -D_FORTIFY_SOURCE=2
DEFS    = -std=c11 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 \
	-DPCRE2_CODE_UNIT_WIDTH=8 -Ilib -I$(BUILD)/gen \
	-ffile-prefix-map=$(CURDIR)=. -fPIC -fvisibility=hidden -pthread \
	-ffp-contract=off $(BARE)
# What sanitizers, coverage and profiles add opens files of its own at the end.
BARE    = $(if $(filter -fsanitize=% --coverage -fprofile-% -pg,$(CFLAGS)),-DDESK_NO_SANDBOX)
# Asked for when first needed, so that `make deps all` sees what deps brought.
PKGCFLAGS = $(eval PKGCFLAGS := $(shell pkg-config --cflags $(PKGS)))$(PKGCFLAGS)
PKGLIBS   = $(eval PKGLIBS := $(shell pkg-config --libs $(PKGS)))$(PKGLIBS)
COMPILE = $(CC) $(CFLAGS) $(WARN) $(WERROR) $(HARDEN) $(DEFS) $(PKGCFLAGS) -MMD -MP
LINK    = $(CC) $(CFLAGS) -pthread $(LDFLAGS)
Q       = @

SRCS  := $(sort $(wildcard lib/*/*.c))
OBJS  := $(filter-out $(BUILD)/lib/cli/%,$(SRCS:%.c=$(BUILD)/%.o))
CLI   := $(filter $(BUILD)/lib/cli/%,$(SRCS:%.c=$(BUILD)/%.o))
LISTS := $(sort $(wildcard lib/data/*.tsv))
RULES := $(sort $(wildcard lib/data/*.rules))
TREES := $(sort $(wildcard lib/data/*.trees))
INCS  := $(LISTS:lib/data/%.tsv=$(BUILD)/gen/%.inc) \
	$(RULES:lib/data/%.rules=$(BUILD)/gen/%.inc) \
	$(TREES:lib/data/%.trees=$(BUILD)/gen/%.inc) $(BUILD)/gen/tables.h \
	$(BUILD)/gen/view.inc
UNITS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(sort $(wildcard tests/unit/*.c)))
FUZZ  := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%, \
	$(filter-out %/main.c,$(sort $(wildcard tests/fuzz/*.c))))
BINS  := $(CMDS:%=$(BUILD)/bin/%)
MANS  := $(sort $(wildcard man/*.[137]))
LIBA  = $(BUILD)/libcopydesk.a
LIBSO = $(BUILD)/libcopydesk.so.$(VERSION)
CLIA  = $(BUILD)/cli.a
MODELS := $(patsubst lib/data/%,$(BUILD)/share/copydesk/%,$(sort \
	$(filter-out lib/data/quotes.model,$(wildcard lib/data/*.model))))
COMPS = $(CMDS:%=bash-completion/completions/%) $(CMDS:%=zsh/site-functions/_%) \
	$(CMDS:%=fish/vendor_completions.d/%.fish)
# What is installed below share: FILE=PLACE.
SHARED = $(foreach m,$(MANS),$m=man/man$(subst .,,$(suffix $m))/$(notdir $m)) \
	$(foreach m,$(notdir $(MODELS) $(MODELS:.model=.md)),lib/data/$m=copydesk/$m) \
	$(foreach c,$(COMPS),$(BUILD)/share/$c=$c) \
	$(foreach d,LICENSE README.md $(sort $(wildcard examples/*)),$d=doc/copydesk/$d)
PLACES = $(foreach f,$(SHARED),$(lastword $(subst =, ,$f)))
FUZZMAIN = $(BUILD)/tests/fuzz/main.o

all: $(BINS) $(LIBA) $(LIBSO) $(MODELS) $(BUILD)/share/completions

$(BINS): $(BUILD)/bin/%: $(BUILD)/cmd/%.o $(CLIA) $(LIBA)
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	$(Q)$(LINK) -pie -o $@ $^ $(PKGLIBS)

# Models lie beside the programs as they do when installed; a file that may be
# mapped is never written to.
$(MODELS): $(BUILD)/share/copydesk/%: lib/data/%
	@mkdir -p $(@D)
	$(Q)cp $< $@.new && mv $@.new $@

# What shells complete, from what --help says.
$(BUILD)/share/completions: lib/data/gen/completions $(BINS)
	@mkdir -p $(@D)
	$(Q)$< $(@D) $(BINS) && touch $@

# This one is part of the library.
$(BUILD)/lib/quotes/embedded.o: lib/data/quotes.model

# Where they are looked for when nothing tells.
$(BUILD)/lib/cli/data.o $(BUILD)/lib/entities/entities.o: \
	DEFS += -DDESK_DATA_DIR='"$(PREFIX)/share/copydesk"'

$(CLIA): $(CLI)
$(LIBA): $(OBJS)
$(LIBA) $(CLIA):
	@echo "  AR    $@"
	$(Q)rm -f $@ && $(AR) qcsD $@ $^

$(LIBSO): $(OBJS)
	@echo "  LINK  $@"
	$(Q)$(LINK) -shared -Wl,-soname,libcopydesk.so.$(SOVER) -Wl,-z,defs -o $@ $^ $(PKGLIBS)

$(BUILD)/%.o: %.c | $(INCS)
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(COMPILE) -c -o $@ $<

# Word lists, rules and trees become tables.
TABLERS = lexicon rules references trees
$(TABLERS:%=$(BUILD)/gen/%): $(BUILD)/gen/%: lib/data/gen/%.c lib/data/gen/list.h \
		lib/core/lexicon.c lib/core/lexicon.h lib/model/trees.h
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(COMPILE) -o $@ $(filter %.c,$^)

$(BUILD)/gen/%.inc: lib/data/%.tsv $(BUILD)/gen/lexicon
	@echo "  TABLE $<"
	$(Q)$(BUILD)/gen/lexicon $* <$< >$@.new && mv $@.new $@

$(BUILD)/gen/character_references.inc: $(BUILD)/gen/%.inc: lib/data/%.tsv $(BUILD)/gen/references
	@echo "  TABLE $<"
	$(Q)$(BUILD)/gen/references $* <$< >$@.new && mv $@.new $@

$(BUILD)/gen/%.inc: lib/data/%.rules $(BUILD)/gen/rules
	@echo "  TABLE $<"
	$(Q)$(BUILD)/gen/rules $* <$< >$@.new && mv $@.new $@

$(BUILD)/gen/%.inc: lib/data/%.trees $(BUILD)/gen/trees
	@echo "  TABLE $<"
	$(Q)$(BUILD)/gen/trees $* <$< >$@.new && mv $@.new $@

$(BUILD)/gen/%.inc: lib/data/%.css
	$(Q)sed 's/[\\"]/\\&/g; s/^[ \t]*//; s/.*/"&",/' <$< >$@.new && mv $@.new $@

# What --version says of the tables: a checksum of all data that makes them.
$(BUILD)/gen/tables.h: $(LISTS) $(RULES) $(TREES) lib/data/quotes.model
	@mkdir -p $(@D)
	$(Q)printf '#define DESK_TABLES "%08x"\n' $$(cat $(sort $^) | cksum | cut -d' ' -f1) >$@

# Tests.
$(UNITS): $(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(CLIA) $(LIBA)
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	$(Q)$(LINK) -pie -o $@ $^ $(PKGLIBS)

$(FUZZ): $(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/%.o $(FUZZMAIN) $(LIBA)
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	$(Q)$(LINK) -pie -o $@ $^ $(PKGLIBS)

include lib/data/models.mk

tests: all $(UNITS) $(FUZZ)

demo:
	@$(MAKE) -s $(JOBS) all
	@BUILD=$(BUILD) tests/demo

check:
	@$(MAKE) $(JOBS) WERROR=-Werror tests
	@BUILD=$(BUILD) tests/run

include $(wildcard tests/checks.mk)

install: all
	install -d $(bindir) $(libdir)/pkgconfig $(incdir)
	install -m 755 $(BINS) $(bindir)
	install -m 644 lib/copydesk.h $(incdir)
	install -m 644 $(LIBA) $(libdir)
	install -m 755 $(LIBSO) $(libdir)
	ln -sf libcopydesk.so.$(VERSION) $(libdir)/libcopydesk.so.$(SOVER)
	ln -sf libcopydesk.so.$(SOVER) $(libdir)/libcopydesk.so
	sed 's,@PREFIX@,$(PREFIX),; s,@LIBDIR@,$(LIBDIR:$(PREFIX)/%=$${prefix}/%),; s,@VERSION@,$(VERSION),; s,@PKGS@,$(PKGS),' \
		lib/copydesk.pc.in >$(libdir)/pkgconfig/copydesk.pc
	@for f in $(SHARED); do m=644; case $$f in examples/*) m=755; esac; \
		install -D -m $$m $${f%=*} $(sharedir)/$${f#*=} || exit 1; done

# Directories that may be ours alone go, too, where nothing else is in them.
uninstall:
	rm -f $(CMDS:%=$(bindir)/%) $(incdir)/copydesk.h $(libdir)/libcopydesk.a \
		$(libdir)/libcopydesk.so* $(libdir)/pkgconfig/copydesk.pc $(PLACES:%=$(sharedir)/%)
	for d in doc/copydesk/examples $(sort $(dir $(PLACES))) bash-completion fish zsh; do \
		rmdir $(sharedir)/$$d 2>/dev/null || true; done
	rmdir $(libdir)/pkgconfig 2>/dev/null || true

# Debian packages in $(BUILD)/deb; deb-check installs, uses and purges them.
deb:
	@BUILD=$(BUILD) tests/deb/build
deb-check: deb
	@BUILD=$(BUILD) tests/deb/check
deps-deb:
	@$(MAKE) deps DEPS='debhelper dpkg-dev fakeroot lintian debootstrap zsh fish'

# Installs what is missing, through apt; quick where nothing is.
deps:
	@.ci/deps $(DEPS)

# Writes what the commands print for the fixtures: read the diff.
golden: all
	@for in in $(sort $(wildcard tests/fixtures/*/*.in)); do \
		tool=$$(basename $$(dirname $$in)); \
		$(BUILD)/bin/$$tool <$$in >$${in%.in}.out || true; \
	done; git diff --stat tests/fixtures

fmt:
	clang-format-14 -i $(sort $(wildcard cmd/*.c lib/*.h lib/*/*.[ch] \
		lib/data/gen/*.[ch] tests/*/*.[ch]))

clean:
	rm -rf $(BUILD)

ifneq ($(filter deps demo check,$(MAKECMDGOALS)),)
.NOTPARALLEL:
endif
.PHONY: all tests golden deps demo check fmt install uninstall clean deb deb-check deps-deb
.SECONDARY:
-include $(shell find $(BUILD)/cmd $(BUILD)/lib $(BUILD)/gen $(BUILD)/tests -name '*.d' 2>/dev/null)
