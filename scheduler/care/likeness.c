/*
 * likeness.c - see likeness.h
 *
 * What is counted is in how many replies a feature stands: of those without a
 * flag, of those with one, and of each flag. Features are kept as hashes of 63
 * bits: that two of a million share one happens once in eighteen million times.
 */
#include "care/likeness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/reply_text.h"

#define NAMES_MAX 32
#define UNSEEN 0.1 /* of a reply that a feature counts as seen in, unseen */

/* So many times likelier with a flag than without, as a logarithm, before it
 * counts; how well that hears, test_likeness measures. Harmless replies that
 * it has learned stay so far below. */
#define ALARMING 5.0
#define MARGIN 2.0
#define PASSES 3

struct feature {
	uint64_t hash; /* 0: this place is empty */
	unsigned harmless, alarming;
	unsigned short of[NAMES_MAX]; /* of alarming, by flag */
	double weight;
};

/* The features of a reply, each once. */
struct features {
	uint64_t *hashes;
	int len;
	int size;
};

/* What is known of one flag. */
struct known {
	struct red_flag flag;
	unsigned replies;
	unsigned features;
};

struct likeness {
	struct feature *table; /* open addressing */
	size_t size; /* a power of two */
	size_t len;
	unsigned harmless, alarming; /* features in all such replies */
	struct known known[NAMES_MAX];
	int known_len;
	struct features *quiet; /* of the harmless, until all are learned */
	int quiet_len, quiet_size;
};

struct likeness *
likeness_new(void)
{
	struct likeness *likeness = xcalloc(1, sizeof(*likeness));

	likeness->size = 1 << 14;
	likeness->table = xcalloc(likeness->size, sizeof(*likeness->table));
	return likeness;
}

static void
forget_quiet(struct likeness *likeness)
{
	for (int i = 0; i < likeness->quiet_len; i++)
		free(likeness->quiet[i].hashes);
	free(likeness->quiet);
	likeness->quiet = NULL;
	likeness->quiet_len = likeness->quiet_size = 0;
}

void
likeness_free(struct likeness *likeness)
{
	if (likeness == NULL)
		return;
	forget_quiet(likeness);
	free(likeness->table);
	free(likeness);
}

/* FNV-1a, with what came before it. */
static uint64_t
mix(uint64_t hash, unsigned char byte)
{
	return (hash ^ byte) * UINT64_C(1099511628211);
}

static void
add(struct features *features, uint64_t hash)
{
	if (features->len == features->size) {
		features->size = 2 * features->size + 64;
		features->hashes = xrealloc(features->hashes,
		    (size_t)features->size, sizeof(*features->hashes));
	}
	features->hashes[features->len++] = hash | 1;
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The hash of the next word from *p on; 0 at the end. A number is one word,
 * whichever it is, and "can't" is "cant". */
static uint64_t
next_word(const char **p)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	const char *c = *p;

	while (*c != '\0' && !is_letter(*c) && !is_digit(*c))
		c++;
	if (*c == '\0')
		return 0;
	if (is_digit(*c)) {
		while (is_digit(*c))
			c++;
		hash = mix(hash, '#');
	} else {
		for (; is_letter(*c) || *c == '\''; c++)
			if (*c != '\'')
				hash = mix(hash, (unsigned char)*c);
	}
	*p = c;
	return hash;
}

static int
by_hash(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static struct features
features_of(const char *folded)
{
	struct features features = { 0 };
	uint64_t word, last = mix(0, '^');
	int kept = 0;

	while ((word = next_word(&folded)) != 0) {
		add(&features, word);
		add(&features, mix(last, ' ') ^ word);
		last = word;
	}
	if (features.len > 0)
		qsort(features.hashes, (size_t)features.len,
		    sizeof(*features.hashes), by_hash);
	for (int i = 0; i < features.len; i++)
		if (i == 0 || features.hashes[i] != features.hashes[i - 1])
			features.hashes[kept++] = features.hashes[i];
	features.len = kept;
	return features;
}

/* Where it stands, or would. */
static struct feature *
find(const struct likeness *likeness, uint64_t hash)
{
	size_t at = (hash >> 1) & (likeness->size - 1);

	while (
	    likeness->table[at].hash != 0 && likeness->table[at].hash != hash)
		at = (at + 1) & (likeness->size - 1);
	return &likeness->table[at];
}

static void
grow(struct likeness *likeness)
{
	struct feature *old = likeness->table;
	size_t old_size = likeness->size;

	likeness->size *= 2;
	likeness->table = xcalloc(likeness->size, sizeof(*likeness->table));
	for (size_t i = 0; i < old_size; i++)
		if (old[i].hash != 0)
			*find(likeness, old[i].hash) = old[i];
	free(old);
}

/* A flag's number, or NAMES_MAX where there is no room. */
static int
number_of(struct likeness *likeness, const struct red_flag *flag)
{
	int i;

	for (i = 0; i < likeness->known_len; i++)
		if (likeness->known[i].flag.level == flag->level &&
		    strcmp(likeness->known[i].flag.name, flag->name) == 0)
			return i;
	if (i < NAMES_MAX)
		likeness->known[likeness->known_len++].flag = *flag;
	return i;
}

static void
count(struct likeness *likeness, uint64_t hash, bool alarming, int number)
{
	struct feature *feature;

	if (4 * likeness->len > 3 * likeness->size)
		grow(likeness);
	feature = find(likeness, hash);
	if (feature->hash == 0)
		likeness->len++;
	feature->hash = hash;
	if (!alarming) {
		feature->harmless++;
		likeness->harmless++;
		return;
	}
	feature->alarming++;
	likeness->alarming++;
	if (number < NAMES_MAX) {
		feature->of[number]++;
		likeness->known[number].features++;
	}
}

static void
keep_quiet(struct likeness *likeness, struct features features)
{
	if (likeness->quiet_len == likeness->quiet_size) {
		likeness->quiet_size = 2 * likeness->quiet_size + 64;
		likeness->quiet = xrealloc(likeness->quiet,
		    (size_t)likeness->quiet_size, sizeof(*likeness->quiet));
	}
	likeness->quiet[likeness->quiet_len++] = features;
}

void
likeness_learn(
    struct likeness *likeness, const char *text, const struct red_flag *flag)
{
	char *folded = reply_fold(text);
	struct features features = features_of(folded);
	int number = flag == NULL ? NAMES_MAX : number_of(likeness, flag);

	for (int i = 0; i < features.len; i++)
		count(likeness, features.hashes[i], flag != NULL, number);
	if (number < NAMES_MAX)
		likeness->known[number].replies++;
	if (flag == NULL)
		keep_quiet(likeness, features);
	else
		free(features.hashes);
	free(folded);
}

/* How likely a feature is in such replies, as a logarithm. */
static double
likelihood(const struct likeness *likeness, unsigned seen, unsigned all)
{
	return log((seen + UNSEEN) / (all + UNSEEN * (double)likeness->len));
}

static double
alarm(const struct likeness *likeness, const struct features *features)
{
	double sum = 0;

	for (int i = 0; i < features->len; i++)
		sum += find(likeness, features->hashes[i])->weight;
	return sum;
}

/* What a person called harmless is: its words are lowered until it is. */
static void
hush(struct likeness *likeness, const struct features *features)
{
	double over = alarm(likeness, features) - (ALARMING - MARGIN);

	for (int i = 0; over > 0 && i < features->len; i++)
		find(likeness, features->hashes[i])->weight -=
		    over / features->len;
}

void
likeness_finish(struct likeness *likeness)
{
	for (size_t i = 0; i < likeness->size; i++) {
		struct feature *feature = &likeness->table[i];

		if (feature->hash != 0)
			feature->weight =
			    likelihood(likeness, feature->alarming,
				likeness->alarming) -
			    likelihood(likeness, feature->harmless,
				likeness->harmless);
	}
	for (int pass = 0; pass < PASSES; pass++)
		for (int i = 0; i < likeness->quiet_len; i++)
			hush(likeness, &likeness->quiet[i]);
	forget_quiet(likeness);
}

static const struct red_flag *
likeliest(const struct likeness *likeness, const struct features *features)
{
	const struct red_flag *best = NULL;
	double most = 0;

	for (int i = 0; i < likeness->known_len; i++) {
		const struct known *known = &likeness->known[i];
		double sum = log(known->replies);

		for (int j = 0; j < features->len; j++) {
			const struct feature *feature =
			    find(likeness, features->hashes[j]);
			if (feature->hash != 0)
				sum += likelihood(
				    likeness, feature->of[i], known->features);
		}
		if (best == NULL || sum > most) {
			best = &known->flag;
			most = sum;
		}
	}
	return best;
}

bool
likeness_flag(
    const struct likeness *likeness, const char *folded, struct red_flag *flag)
{
	const struct red_flag *found = NULL;
	struct features features;

	if (likeness == NULL)
		return false;
	features = features_of(folded);
	if (alarm(likeness, &features) > ALARMING)
		found = likeliest(likeness, &features);
	free(features.hashes);
	if (found != NULL)
		*flag = *found;
	return found != NULL;
}
