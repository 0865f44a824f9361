# keepmoving - one Makefile, no configure step. `make help` has a line a target.
#
# A variant is a tree of objects of its own: "obj" (what is shipped), "asan"
# (address and undefined behaviour sanitizers), "tsan" (threads), "fuzz"
# (libFuzzer and sanitizers) and "clang". On a bare machine nothing but make is
# there yet, so compilers and pkg-config are asked only when something is
# compiled.

PREFIX = /usr/local
DESTDIR =
sysconfdir = /etc
localstatedir = /var

bindir = $(PREFIX)/bin
libexecdir = $(PREFIX)/libexec
mandir = $(PREFIX)/share/man
sharedir = $(PREFIX)/share/keepmoving
compdir = $(PREFIX)/share/bash-completion/completions
statedir = $(localstatedir)/lib/keepmoving

B = build
VARIANT = obj
CC_obj = gcc
CC_asan = gcc
CC_tsan = gcc
CC_clang = clang
CC_fuzz = clang
OPT_obj = -O2 -g
OPT_asan = -O1 -g -fsanitize=address,undefined \
	-fno-sanitize-recover=undefined -fno-omit-frame-pointer
OPT_tsan = -O1 -g -fsanitize=thread -fno-omit-frame-pointer
OPT_clang = -O2 -g
OPT_fuzz = -O1 -g -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=undefined -fno-omit-frame-pointer

CC = $(CC_$(VARIANT))
CFLAGS = $(OPT_$(VARIANT))
WARN = -Wall -Wextra -Wshadow -Wconversion
WERROR =
LIBS = libcurl libconfig sqlite3 libical gmime-3.0 libcmark jansson \
	libcrypto libcrypt glib-2.0

# Asked once, when the first command needs it. What libraries declare is not
# ours to warn about, hence -isystem.
LIB_CFLAGS = $(eval LIB_CFLAGS := $$(subst -I,-isystem , \
	$$(shell pkg-config --cflags $(LIBS))))$(LIB_CFLAGS)
LIB_LIBS = $(eval LIB_LIBS := $$(shell pkg-config --libs $(LIBS)) -lm)$(LIB_LIBS)
COMPILE = $(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(WERROR) $(CFLAGS) \
	-Ischeduler -I$(B)/gen $(LIB_CFLAGS)
LINK = $(CC) $(CFLAGS) $(LDFLAGS)

O = $(B)/$(VARIANT)
# A program of its own, so that a tick does not load what it needs.
CHART_SRC = scheduler/review/chart_program.c
SRC = $(sort $(filter-out $(CHART_SRC),$(wildcard scheduler/*.c scheduler/*/*.c)))
OBJ = $(SRC:%.c=$(O)/%.o)
# A file as a string of C.
AS_C = sed -e 's/[\\"]/\\&/g' -e 's/.*/"&\\n"/'
GEN = $(B)/gen/store/schema_sql.h $(B)/gen/store/migrations_sql.h \
	$(B)/gen/review/page_css.h
# Each leads to the version that is its name: 2.sql, 3.sql, ...
MIGRATIONS = $(shell ls scheduler/store/migrations/*.sql 2>/dev/null | sort -V)
LIB = $(O)/libkeepmoving.a
SETTINGS = $(O)/tests/check_settings
PROGRAM_obj = $(B)/keepmoving
PROGRAM = $(or $(PROGRAM_$(VARIANT)),$(B)/keepmoving-$(VARIANT))
CHART = $(B)/keepmoving-chart

# tests/ROOM/test_NAME.c is a program; any other .c there helps such programs.
ROOM = *
TEST_SRC = $(sort $(wildcard tests/$(ROOM)/test_*.c))
TESTS = $(TEST_SRC:%.c=$(O)/%)
# These wait for a wire, so they begin: the others are busy beside them.
WAITING = $(filter $(O)/tests/post/%,$(TESTS))
TEST_HELP = $(filter-out $(wildcard tests/*/test_*.c tests/journeys/*.c \
	tests/bench/*.c tests/fuzz/*.c), $(wildcard tests/*/*.c))
TEST_LIB = $(O)/tests/libhelp.a
# tests/fuzz/fuzz_NAME.c reads one kind of input; replay.c gives it the corpus
# NAME again, libFuzzer goes on from it.
FUZZ_SRC = $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZ_DRIVER = tests/fuzz/replay.c
FUZZERS = $(FUZZ_SRC:%.c=$(O)/%)
FUZZ_MAIN_fuzz = -fsanitize=fuzzer
FUZZ_MAIN = $(or $(FUZZ_MAIN_$(VARIANT)),$(FUZZ_DRIVER:%.c=$(O)/%.o))
MINUTES = 10
JOURNEYS = $(filter-out %/lib.sh %/persona.sh, \
	$(sort $(wildcard tests/journeys/*.sh)))
MAN = $(wildcard scheduler/*.[17] config/*.5 templates/*.7)

# What install puts into sharedir, and where the example's paths then lead.
SHARED = $(shell find templates/*/ config/plans config/words \
	config/rehearsals -type f) \
	config/keepmoving.cfg config/cohort.cfg cron.example
CONFIG = $(sysconfdir)/keepmoving/keepmoving.cfg
SETTLED = -e '/^templates = /s,".*","$(sharedir)/templates",' \
	-e '/^plans = /s,".*","$(sharedir)/plans",' \
	-e '/^words = /s,".*","$(sharedir)/words",' \
	-e '/^database = /s,".*","$(statedir)/keepmoving.db",' \
	-e 's,path = "spool",path = "$(statedir)/spool",'

# PARTIAL=1 leaves out what does not compile: a half-written room should not
# keep the tests of another one from running.
PARTIAL =
OR_LEAVE_OUT = $(if $(PARTIAL),|| { rm -f $@; echo "left out: $<"; })

.DELETE_ON_ERROR:
.PHONY: all test journeys storm fuzz fuzzers replay check demo bench install \
	uninstall clean help \
	warnings programs tidy format

all: $(PROGRAM) $(CHART) ## the program, build/keepmoving

$(PROGRAM): $(O)/scheduler/main.o $(LIB)
	@mkdir -p $(@D)
	$(LINK) -o $@ $(O)/scheduler/main.o $(LIB) $(LIB_LIBS)

$(CHART): $(CHART_SRC)
	@mkdir -p $(@D)
	$(CC_obj) -std=c11 $(WARN) $(WERROR) $(OPT_obj) -o $@ $< $$(pkg-config \
		--cflags --libs librsvg-2.0 | sed 's/-I/-isystem /g')

$(LIB): $(filter-out %/scheduler/main.o,$(OBJ))
	@rm -f $@
	@ar rcs $@ $(if $(PARTIAL),$$(ls $^ 2>/dev/null),$^)

$(O)/%.o: %.c | $(GEN)
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c -o $@ $< $(OR_LEAVE_OUT)

$(B)/gen/store/schema_sql.h: scheduler/store/schema.sql
	@mkdir -p $(@D)
	{ echo 'static const char schema_sql[] ='; $(AS_C) $<; echo ';'; } >$@

$(B)/gen/store/migrations_sql.h: $(MIGRATIONS) scheduler/store/migrations
	@mkdir -p $(@D)
	{ echo 'const struct migration migrations[] = {'; \
	for file in $(MIGRATIONS); do \
		version=$${file##*/}; echo "{ $${version%.sql},"; \
		$(AS_C) $$file; echo '},'; done; \
	echo '{ 0, NULL } };'; } >$@

$(B)/gen/review/page_css.h: scheduler/review/page.css
	@mkdir -p $(@D)
	{ echo 'static const char page_css[] ='; $(AS_C) $<; echo ';'; } >$@

$(TEST_LIB): $(TEST_HELP:%.c=$(O)/%.o)
	@mkdir -p $(@D)
	@rm -f $@
	@ar rcs $@ $^

$(TESTS) $(SETTINGS): %: %.o $(TEST_LIB) $(LIB)
	$(LINK) -o $@ $^ $(LIB_LIBS) -lcmocka $(OR_LEAVE_OUT)

$(FUZZERS): %: %.o $(O)/tests/fuzz/common.o $(FUZZ_DRIVER:%.c=$(O)/%.o) \
		$(TEST_LIB) $(LIB)
	$(LINK) -o $@ $< $(O)/tests/fuzz/common.o $(FUZZ_MAIN) $(TEST_LIB) \
		$(LIB) $(LIB_LIBS) -lcmocka $(OR_LEAVE_OUT)

# The transfers of a tick alone, to be measured beside it.
$(B)/bench/loop: $(O)/tests/bench/loop.o $(LIB)
	@mkdir -p $(@D)
	$(LINK) -o $@ $^ $(LIB_LIBS)

# What tests/check_all.sh asks for. A file is looked at by clang-tidy again when
# it, or a header of it, has changed: that is, when its object is newer.
warnings: $(PROGRAM) $(CHART) $(TESTS) $(SETTINGS) $(FUZZERS)
programs: $(TESTS)
tidy: $(patsubst %.c,$(O)/%.tidy,$(SRC) $(TEST_SRC) $(TEST_HELP) \
	$(wildcard tests/fuzz/*.c))
fuzzers: $(FUZZERS)
replay: $(FUZZERS)
	@tests/run units $(FUZZERS)

$(O)/%.tidy: %.c $(O)/%.o .clang-tidy tests/.clang-tidy
	@clang-tidy --quiet $< -- $(filter-out $(CC),$(COMPILE)) 2>$@.log \
		|| { grep -v 'warnings\? generated' $@.log; exit 1; }
	@touch $@

format: ## lays out the .c files as .clang-format says
	clang-format -i $(SRC) $(TEST_SRC) $(TEST_HELP) \
		$(wildcard tests/fuzz/*.c)

test: programs ## the unit tests (ROOM=care: of one room), under 20 seconds
	@tests/run units $(WAITING) $(filter-out $(WAITING),$(TESTS))

journeys: $(PROGRAM) $(CHART) ## whole stories, each in a clinic of its own
	@KEEPMOVING=$(abspath $(PROGRAM)) tests/run journeys $(JOURNEYS)

fuzz: ## hostile input for MINUTES=10 each, on from tests/fuzz (ONLY=mail)
	@$(MAKE) -s -j"$$(nproc)" VARIANT=fuzz fuzzers
	@MINUTES=$(MINUTES) OUT=$(B)/fuzz tests/fuzz/run \
		$(patsubst %.c,$(B)/fuzz/%,$(if $(ONLY), \
		$(ONLY:%=tests/fuzz/fuzz_%.c),$(FUZZ_SRC)))

storm: $(PROGRAM) ## harm at every call of a tick, and storms of weeks (SEED=)
	@KEEPMOVING=$(abspath $(PROGRAM)) tests/storm

check: ## everything: warnings, tests, sanitizers, lint, manual pages
	@MAKE='$(MAKE)' tests/check_all.sh

demo: ## installs what is missing, builds, and shows ten weeks of a clinic
	@contrib/install-deps
	@$(MAKE) -j"$$(nproc)" all
	@contrib/demo

bench: ## how fast it is, as ratios to others in the same run (ONLY=idle)
	@contrib/install-deps --bench
	@$(MAKE) -s -j"$$(nproc)" all $(B)/bench/loop
	@KEEPMOVING=$(abspath $(PROGRAM)) tests/bench/all.sh

install: $(PROGRAM) $(CHART) ## under DESTDIR, PREFIX; a configuration if there is none
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(bindir)/keepmoving
	install -D -m 755 $(CHART) \
		$(DESTDIR)$(libexecdir)/keepmoving/keepmoving-chart
	install -D -m 644 contrib/completions/keepmoving.bash \
		$(DESTDIR)$(compdir)/keepmoving
	for page in $(MAN); do install -D -m 644 $$page \
		$(DESTDIR)$(mandir)/man$${page##*.}/$${page##*/} || exit; done
	@for file in $(SHARED); do install -D -m 644 $$file \
		$(DESTDIR)$(sharedir)/$${file#config/} || exit; done
	install -d -m 700 $(DESTDIR)$(statedir)
	install -d $(DESTDIR)$(sysconfdir)/keepmoving
	[ -e $(DESTDIR)$(CONFIG) ] || sed $(SETTLED) config/keepmoving.cfg \
		>$(DESTDIR)$(CONFIG)

uninstall: ## takes away what install brought; configuration and data stay
	rm -f $(DESTDIR)$(bindir)/keepmoving $(DESTDIR)$(compdir)/keepmoving
	rm -rf $(DESTDIR)$(libexecdir)/keepmoving
	for page in $(MAN); do \
		rm -f $(DESTDIR)$(mandir)/man$${page##*.}/$${page##*/}; done
	rm -rf $(DESTDIR)$(sharedir)

clean: ## removes what was built
	rm -rf $(B)

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 12

-include $(OBJ:.o=.d) $(TEST_SRC:%.c=$(O)/%.d) $(TEST_HELP:%.c=$(O)/%.d) \
	$(patsubst %.c,$(O)/%.d,$(wildcard tests/fuzz/*.c)) \
	$(SETTINGS).d
