# What is learned, from the corpora; the same bytes every time and everywhere.
CORPORA = ../shared/eval/entities
PAGES = ../shared/eval/boilerplate

$(BUILD)/gen/fit_pages: $(addprefix lib/data/gen/,fit_pages.c align.c corpus.c \
		measure.c corpus.h) $(LIBA) | $(INCS)
	@echo "  CC    $<"
	$(Q)$(COMPILE) -o $@ $(filter %.c %.a,$^) $(PKGLIBS) -lm

$(BUILD)/gen/fit_lines: $(addprefix lib/data/gen/,fit_lines.c texts.c align.c corpus.c \
		texts.h corpus.h) $(LIBA) | $(INCS)
	@echo "  CC    $<"
	$(Q)$(COMPILE) -o $@ $(filter %.c %.a,$^) $(PKGLIBS) -lm

$(BUILD)/gen/fit_quotes: lib/data/gen/fit_quotes.c $(LIBA) | $(INCS)
	@echo "  CC    $<"
	$(Q)$(COMPILE) -o $@ $< $(LIBA) $(PKGLIBS)

models:
	@if [ ! -d $(CORPORA) ] || [ ! -d $(PAGES) ]; then \
		echo "make models needs the corpora in $(CORPORA) and $(PAGES): skipped"; exit 0; fi; \
	$(MAKE) $(JOBS) all $(BUILD)/gen/fit_pages $(BUILD)/gen/fit_lines \
		$(BUILD)/gen/fit_quotes && \
	BUILD=$(BUILD) lib/data/gen/train_models && \
	$(BUILD)/gen/fit_pages --out=$(BUILD) $(PAGES)/html $(PAGES)/wcxb && \
	$(BUILD)/gen/fit_lines --out=$(BUILD)/lines.trees $(PAGES)/html $(PAGES)/wcxb \
		$(PAGES)/text/full.jsonl.gz $(PAGES)/text/crop.jsonl.gz && \
	$(BUILD)/gen/fit_quotes ../shared/eval/quotes/polnear-train.jsonl.gz \
		>$(BUILD)/quotes.model && \
	cp $(BUILD)/en.model $(BUILD)/en-open.model $(BUILD)/quotes.model \
		$(BUILD)/page_*.trees $(BUILD)/lines.trees lib/data

# What holds on sites that a model has not seen: five folds.
cross: $(BUILD)/gen/fit_pages $(BUILD)/gen/fit_lines
	@if [ ! -d $(PAGES) ]; then \
		echo "make cross needs the pages in $(PAGES): skipped"; exit 0; fi; \
	$(BUILD)/gen/fit_pages --scores $(PAGES)/html $(PAGES)/wcxb && \
	$(BUILD)/gen/fit_lines --scores=1 $(PAGES)/html $(PAGES)/wcxb \
		$(PAGES)/text/full.jsonl.gz $(PAGES)/text/crop.jsonl.gz

.PHONY: models cross
