# checks.mk - what is run besides `make check`: quality, speed, sanitizers, fuzzing.

eval: all
	@BUILD=$(BUILD) python3 tests/eval.py

bench: all
	@BUILD=$(BUILD) python3 tests/bench/bench.py
	@BUILD=$(BUILD) python3 tests/bench/sentences.py
	@BUILD=$(BUILD) $(PEERS) tests/bench/pages.py

scale-check: all
	@BUILD=$(BUILD) tests/scale/run

bench-peers: all $(BUILD)/gen/fit_pages
	@BUILD=$(BUILD) tests/bench/peers

view-check: all
	@BUILD=$(BUILD) tests/view/run

san:
	@$(MAKE) BUILD=$(BUILD)/san HARDEN= DESK_SLOW=1 CFLAGS='-O1 -g \
		-fsanitize=address,undefined -fno-sanitize-recover=all' check

tsan:
	@$(MAKE) $(JOBS) BUILD=$(BUILD)/tsan HARDEN= CFLAGS='-O1 -g -fsanitize=thread' all
	@BUILD=$(BUILD)/tsan DESK_SLOW=1 TSAN_OPTIONS=halt_on_error=1 bats tests/threads.bats
memcheck: all
	@BUILD=$(BUILD) tests/memcheck
soak: all
	@BUILD=$(BUILD) tests/soak $(SIZE)

fuzz:
	@$(MAKE) $(JOBS) BUILD=$(BUILD)/fuzzing CC=clang HARDEN= FUZZMAIN= \
		LDFLAGS=-fsanitize=fuzzer CFLAGS='-O1 -g \
		-fsanitize=address,undefined,fuzzer-no-link \
		-fno-sanitize-recover=all' fuzz-targets
	@BUILD=$(BUILD)/fuzzing tests/fuzz/run

fuzz-targets: $(FUZZ) $(MODELS)

cov:
	@$(MAKE) $(JOBS) BUILD=$(BUILD)/cov HARDEN= \
		CFLAGS='-O1 -g --coverage -fno-inline' tests
	@BUILD=$(BUILD)/cov tests/cov

.PHONY: eval bench scale-check bench-peers view-check san tsan memcheck soak fuzz \
	fuzz-targets cov
