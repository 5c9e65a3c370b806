/*
 * scores.c - sums of features, group by group.
 *
 * A group whose key repeats all over a text lies in a small table; one whose
 * key holds for some cells in a row is kept until it changes.
 */
#include "quotes/scores.h"

#include <string.h>

/* The sum of one group, kept as long as its key stays. */
struct run {
	uint64_t key;
	int16_t scores[DESK_QUOTE_WIDTH];
};

static const uint64_t no_key = UINT64_MAX;

/* Whether a key is new; then there is nothing yet. */
static bool
renew(struct run *r, uint64_t key)
{
	if (r->key == key)
		return false;
	memset(r, 0, sizeof *r);
	r->key = key;
	return true;
}

/* The sum kept for a key; *fresh where it is to be made. */
static int16_t *
find(struct desk_kept *k, uint64_t key, bool *fresh)
{
	key |= UINT64_C(1) << 63;
	size_t at = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 55);
	int16_t *scores = k->scores[at % DESK_KEPT];
	*fresh = k->keys[at % DESK_KEPT] != key;
	if (*fresh) {
		k->keys[at % DESK_KEPT] = key;
		memset(scores, 0, sizeof k->scores[0]);
	}
	return scores;
}

static void
add_kinds(struct desk_kept *kinds, const struct desk_crf *crf,
    const struct desk_passage *g, size_t i, int16_t *to)
{
	uint32_t features[DESK_QUOTE_FEATURES];
	bool fresh;
	int16_t *kept = find(kinds, desk_features_kinds_key(g, i), &fresh);
	if (fresh)
		desk_crf_add(
		    crf, features, desk_features_kinds(g, i, features), kept);
	desk_crf_sum(crf, kept, to);
}

/* What holds for some cells in a row. */
static void
add_runs(struct run *frame, struct run *beside, const struct desk_crf *crf,
    const struct desk_passage *g, size_t i, int16_t *to)
{
	uint32_t features[DESK_QUOTE_FEATURES];
	size_t n;
	if (renew(frame, desk_features_frame_key(g, i))) {
		n = desk_features_frame(g, i, features);
		desk_crf_add(crf, features, n, frame->scores);
	}
	desk_crf_sum(crf, frame->scores, to);
	if (renew(beside, desk_features_beside_key(g, i))) {
		n = desk_features_beside(g, i, features);
		desk_crf_add(crf, features, n, beside->scores);
	}
	desk_crf_sum(crf, beside->scores, to);
}

static size_t
block_end(size_t a, size_t b)
{
	return b - a > DESK_CRF_BLOCK_TOKENS ? a + DESK_CRF_BLOCK_TOKENS : b;
}

void
desk_scores_first(struct desk_scorer *s, const struct desk_crf *crf,
    const struct desk_passage *g, int16_t *scores)
{
	struct run frame = {.key = no_key}, beside = {.key = no_key};
	struct desk_crf_block block;
	for (size_t a = 0, b; a < g->count; a = b) {
		b = block_end(a, g->count);
		block.tokens = 0;
		for (size_t i = a; i < b; i++) {
			uint32_t *to = desk_crf_block_room(&block);
			size_t n = desk_features_words(g, i, to);
			n += desk_features_place(g, i, to + n);
			desk_crf_block_take(&block, crf, n);
		}
		for (size_t i = a; i < b; i++) {
			int16_t *to = scores + i * crf->width;
			add_kinds(&s->first_kinds, crf, g, i, to);
			add_runs(&frame, &beside, crf, g, i, to);
		}
		desk_crf_add_block(crf, &block, scores + a * crf->width);
	}
}

void
desk_scores_own(struct desk_scorer *s, const struct desk_crf *crf,
    const struct desk_passage *g, size_t from, size_t end, int16_t *scores)
{
	struct desk_crf_block block;
	for (size_t a = from, b; a < end; a = b) {
		b = block_end(a, end);
		block.tokens = 0;
		for (size_t i = a; i < b; i++) {
			uint32_t *to = desk_crf_block_room(&block);
			desk_crf_block_take(
			    &block, crf, desk_features_words(g, i, to));
		}
		int16_t *to = scores;
		for (size_t i = a; i < b; i++, to += crf->width)
			add_kinds(&s->second_kinds, crf, g, i, to);
		desk_crf_add_block(crf, &block, scores);
		scores = to;
	}
}

/* Sums that hold for one cue. */
struct outlook {
	struct run cue[3][4][2], turn, clause;
};

/* What differs by the cell's kind. */
static void
add_kind(struct desk_scorer *s, const struct desk_crf *crf,
    const struct desk_view *view, const struct desk_seen *w, unsigned kind,
    int16_t *to)
{
	uint32_t features[DESK_QUOTE_FEATURES];
	bool fresh;
	int16_t *kept =
	    find(&s->counts, desk_features_counts_key(w, kind), &fresh);
	if (fresh)
		desk_crf_add(crf, features,
		    desk_features_counts(w, kind, features), kept);
	desk_crf_sum(crf, kept, to);
	kept = find(
	    &s->sentence, desk_features_sentence_key(view, w, kind), &fresh);
	if (fresh)
		desk_crf_add(crf, features,
		    desk_features_sentence(view, w, kind, features), kept);
	desk_crf_sum(crf, kept, to);
}

static void
add_outlook(struct outlook *o, const struct desk_crf *crf,
    const struct desk_passage *g, const struct desk_view *view,
    const struct desk_seen *w, size_t i, int16_t *to)
{
	uint32_t features[DESK_QUOTE_FEATURES];
	size_t n;
	struct run *cue = &o->cue[w->side][w->sentences][w->place != 0];
	if (renew(cue, 0)) {
		n = desk_features_cue(view, w, features);
		desk_crf_add(crf, features, n, cue->scores);
	}
	desk_crf_sum(crf, cue->scores, to);
	if (renew(&o->turn, desk_features_turn_key(g, w, i))) {
		n = desk_features_turn(g, view, w, i, features);
		desk_crf_add(crf, features, n, o->turn.scores);
	}
	desk_crf_sum(crf, o->turn.scores, to);
	if (renew(&o->clause, desk_features_clause_key(w))) {
		n = desk_features_clause(view, w, features);
		desk_crf_add(crf, features, n, o->clause.scores);
	}
	desk_crf_sum(crf, o->clause.scores, to);
}

void
desk_scores_seen(struct desk_scorer *s, const struct desk_crf *crf,
    const struct desk_passage *g, const struct desk_view *view, size_t a,
    size_t b, int16_t *scores)
{
	struct outlook o;
	struct desk_seen seen;
	struct desk_crf_block block;
	memset(&o, 0xFF, sizeof o);
	for (size_t from = a, to; from < b; from = to) {
		int16_t *first = scores;
		to = block_end(from, b);
		block.tokens = 0;
		for (size_t i = from; i < to; i++, scores += crf->width) {
			desk_seen_set(&seen, g, view, i);
			desk_crf_block_take(&block, crf,
			    desk_features_seen(g, view, &seen, i,
				desk_crf_block_room(&block)));
			add_kind(s, crf, view, &seen, g->cells[i].kind, scores);
			add_outlook(&o, crf, g, view, &seen, i, scores);
		}
		desk_crf_add_block(crf, &block, first);
	}
}
