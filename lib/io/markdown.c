/*
 * markdown.c - documents as Markdown (CommonMark, tables as GitHub has them).
 *
 * Blocks become headings, items, quotations, fenced text and tables; blocks of
 * one kind with no blank line between them in the text belong together.  Text
 * is written so that it reads back as the same text: what could be taken for
 * markup gets a backslash.
 */
#include "core/slice.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "io/form.h"

enum {
	NESTED = 8, /* styles in styles; what is deeper is left plain */
	DEEP = 16   /* lists in lists */
};

struct open_style {
	uint32_t end;
	enum desk_style_kind kind;
	const struct desk_style *style;
};

struct writer {
	const struct desk_doc *doc;
	const struct desk_io_options *options;
	struct desk_buffer *out;
	size_t next; /* of the document's styles */
	const struct desk_style
	    *held[NESTED]; /* that began before, and go on */
	size_t held_count;
	bool cell;  /* in a table, where | has to be escaped */
	bool first; /* nothing of the block is written yet */
	struct open_style open[NESTED];
	size_t depth;

	size_t columns[DEEP + 1]; /* where items of each level begin */
	size_t numbers[DEEP + 1]; /* of the last item of a numbered list */
	size_t level;		  /* of the item before, 0: none */
	bool other; /* marks of another kind, which begin another list */
};

/* -- text ---------------------------------------------------------------- */

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
letter(char c)
{
	c |= 0x20;
	return c >= 'a' && c <= 'z';
}

/* The classes of the character before or behind a place; white space where
 * the text ends. */
static unsigned
class_before(const struct desk_doc *doc, size_t at)
{
	size_t size;
	const char *s = doc->text.data;
	return at ? desk_class(desk_utf8_before(s, s + at, &size)) : DESK_SPACE;
}

static unsigned
class_behind(const struct desk_doc *doc, size_t at)
{
	size_t size;
	return at < doc->text.len
		   ? desk_class(desk_utf8_decode(doc->text.data + at, &size))
		   : DESK_SPACE;
}

/* &name; or &#12; */
static bool
reference(const char *s, const char *end)
{
	const char *p = s + 1;
	if (p < end && *p == '#')
		p++;
	while (p < end && p - s < 40 && (letter(*p) || digit(*p)))
		p++;
	return p > s + 1 && p < end && *p == ';';
}

/* Whether a sign at s would be read as markup. */
static bool
special(const struct writer *w, const char *s, const char *end)
{
	const struct desk_doc *doc = w->doc;
	size_t at = (size_t)(s - doc->text.data);
	switch (*s) {
	case '\\':
	case '`':
	case '*':
	case '[':
	case ']':
	case '<':
		return true;
	case '_':
		return !(class_before(doc, at) & DESK_WORD &&
			 class_behind(doc, at + 1) & DESK_WORD);
	case '~':
		return (s + 1 < end && s[1] == '~') || (at && s[-1] == '~');
	case '&':
		return reference(s, end);
	case '#': /* at the end of a heading it is dropped */
		return s + 1 == end;
	case '|':
		return w->cell;
	default:
		return false;
	}
}

/* The length of what at the start of a block would make it another one, up to
 * the sign that is to be escaped; 0: nothing would. */
static size_t
marker(const char *s, size_t n)
{
	size_t i = 0;
	if (*s == '>')
		return 1;
	if (*s == '#' || *s == '+' || *s == '-')
		return n == 1 || s[1] == ' ' || s[1] == *s;
	while (i < n && i < 9 && digit(s[i]))
		i++;
	if (i && i < n && (s[i] == '.' || s[i] == ')') &&
	    (i + 1 == n || s[i + 1] == ' '))
		return i + 1;
	return 0;
}

static void
write_text(struct writer *w, size_t start, size_t end)
{
	const char *s = w->doc->text.data + start;
	const char *stop = w->doc->text.data + end, *from = s;
	if (s == stop)
		return;
	size_t mark = w->first ? marker(s, (size_t)(stop - s)) : 0;
	w->first = false;
	for (const char *p = s; p < stop; p++) {
		bool escape = mark && p == s + mark - 1;
		bool blank = *p == '\n' || *p == '\t';
		if (!escape && !blank && !special(w, p, stop))
			continue;
		desk_buffer_append(w->out, from, (size_t)(p - from));
		desk_buffer_byte(w->out, blank ? ' ' : '\\');
		from = p + blank;
	}
	desk_buffer_append(w->out, from, (size_t)(stop - from));
}

/* -- styles -------------------------------------------------------------- */

/* The longest run of backticks. */
static size_t
longest_run(const char *s, size_t n)
{
	size_t longest = 0, run = 0;
	for (size_t i = 0; i < n; i++) {
		run = s[i] == '`' ? run + 1 : 0;
		if (run > longest)
			longest = run;
	}
	return longest;
}

static void
repeat(struct desk_buffer *out, char c, size_t n)
{
	while (n--)
		desk_buffer_byte(out, c);
}

static void
write_code(struct writer *w, size_t start, size_t end)
{
	const char *s = w->doc->text.data + start;
	size_t n = end - start, ticks = longest_run(s, n) + 1;
	bool pad = *s == '`' || s[n - 1] == '`';
	w->first = false;
	repeat(w->out, '`', ticks);
	repeat(w->out, ' ', pad);
	for (size_t i = 0; i < n; i++) {
		if (w->cell && s[i] == '|')
			desk_buffer_byte(w->out, '\\');
		desk_buffer_byte(
		    w->out, s[i] == '\n' || s[i] == '\t' ? ' ' : s[i]);
	}
	repeat(w->out, ' ', pad);
	repeat(w->out, '`', ticks);
}

static void
write_href(struct desk_buffer *out, struct desk_slice href)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = 0; i < href.len; i++) {
		unsigned char c = (unsigned char)href.data[i];
		if (c > ' ' && c != 0x7F && !strchr("()<>\\|", c)) {
			desk_buffer_byte(out, (char)c);
			continue;
		}
		desk_buffer_byte(out, '%');
		desk_buffer_byte(out, hex[c >> 4]);
		desk_buffer_byte(out, hex[c & 15]);
	}
}

/* Whether stars at both ends of a stretch are read as marks: by the rules on
 * flanking, next to a sign only where white space or a sign is outside. */
static bool
flanked(const struct desk_doc *doc, size_t start, size_t end)
{
	unsigned loose = DESK_SPACE | DESK_PUNCT;
	return (!(class_behind(doc, start) & DESK_PUNCT) ||
		   class_before(doc, start) & loose) &&
	       (!(class_before(doc, end) & DESK_PUNCT) ||
		   class_behind(doc, end) & loose);
}

static bool
is_open(const struct writer *w, enum desk_style_kind kind)
{
	for (size_t i = 0; i < w->depth; i++)
		if (w->open[i].kind == kind)
			return true;
	return false;
}

static const char *
stars(enum desk_style_kind kind)
{
	return kind == DESK_STYLE_STRONG ? "**" : "*";
}

static void
close_style(struct writer *w)
{
	const struct open_style *o = &w->open[--w->depth];
	if (o->kind != DESK_STYLE_LINK) {
		desk_buffer_string(w->out, stars(o->kind));
		return;
	}
	desk_buffer_string(w->out, "](");
	write_href(w->out, o->style->href);
	desk_buffer_byte(w->out, ')');
}

/* A style's stretch within [start, end) and what is open, white space at its
 * ends left out. */
static struct desk_span
clip(const struct writer *w, const struct desk_style *style, size_t start,
    size_t end)
{
	size_t from = style->start > start ? style->start : start;
	size_t to = style->end < end ? style->end : end;
	if (w->depth && w->open[w->depth - 1].end < to)
		to = w->open[w->depth - 1].end;
	if (from < to)
		desk_trim(w->doc->text.data, &from, &to);
	return (struct desk_span){(uint32_t)from, (uint32_t)to};
}

/* Opens a style that can be; true: it was code, and is written. */
static bool
open_style(struct writer *w, const struct desk_style *style,
    struct desk_span span, size_t last)
{
	bool link = style->kind == DESK_STYLE_LINK;
	if (style->kind == DESK_STYLE_CODE) {
		write_code(w, span.start, span.end);
		return true;
	}
	if (w->depth == NESTED || is_open(w, style->kind) ||
	    (link && !(w->options->links && style->href.len)) ||
	    (!link &&
		(last == span.start || !flanked(w->doc, span.start, span.end))))
		return false;
	w->open[w->depth++] = (struct open_style){span.end, style->kind, style};
	/* Behind an exclamation mark it would be an image. */
	struct desk_buffer *out = w->out;
	if (link && out->len && !out->failed &&
	    out->data[out->len - 1] == '!') {
		out->data[out->len - 1] = '\\';
		desk_buffer_byte(out, '!');
	}
	desk_buffer_string(out, link ? "[" : stars(style->kind));
	w->first = false;
	return false;
}

/* Text up to a style, and the style's begin. */
static size_t
write_style(struct writer *w, const struct desk_style *style, size_t at,
    size_t end, size_t *last)
{
	while (w->depth && w->open[w->depth - 1].end <= style->start) {
		size_t stop = w->open[w->depth - 1].end;
		write_text(w, at, stop);
		close_style(w);
		*last = at = stop;
	}
	struct desk_span span = clip(w, style, at, end);
	if (span.start >= span.end)
		return at;
	write_text(w, at, span.start);
	return open_style(w, style, span, *last) ? span.end : span.start;
}

/* Text with its styles: those that go on, and those that begin in it. */
static void
write_inline(struct writer *w, size_t start, size_t end)
{
	const struct desk_doc *doc = w->doc;
	size_t at = start, last = SIZE_MAX; /* where stars were closed */
	size_t held = 0;
	for (size_t i = 0; i < w->held_count; i++)
		if (w->held[i]->end > start) {
			w->held[held++] = w->held[i];
			at = write_style(w, w->held[i], at, end, &last);
		}
	for (; w->next < doc->style_count; w->next++) {
		const struct desk_style *style = &doc->styles[w->next];
		if (style->start >= end)
			break;
		if (style->end <= start)
			continue;
		at = write_style(w, style, at, end, &last);
		if (style->end > end && held < NESTED)
			w->held[held++] = style;
	}
	w->held_count = held;
	while (w->depth) {
		size_t stop = w->open[w->depth - 1].end;
		write_text(w, at, stop);
		at = stop;
		close_style(w);
	}
	write_text(w, at, end);
}

/* -- blocks -------------------------------------------------------------- */

static void
write_item(struct writer *w, const struct desk_block *b)
{
	size_t level = b->level ? b->level : 1;
	if (level > w->level + 1)
		level = w->level + 1;
	if (level > DEEP)
		level = DEEP;
	if (level > w->level)
		w->numbers[level] = 0;
	w->level = level;
	size_t column = w->columns[level - 1], before = w->out->len;
	repeat(w->out, ' ', column);
	before += column;
	if (b->ordered) {
		desk_buffer_number(w->out, ++w->numbers[level]);
		desk_buffer_string(w->out, w->other ? ") " : ". ");
	} else {
		w->numbers[level] = 0;
		desk_buffer_string(w->out, w->other ? "* " : "- ");
	}
	w->columns[level] = column + (w->out->len - before);
	write_inline(w, b->start, b->end);
}

/* A row of so many cells; those that it does not have are empty. */
static void
write_row(struct writer *w, const struct desk_block *b, size_t cells)
{
	const char *s = w->doc->text.data;
	size_t at = b->start, stop = b->end;
	w->cell = true;
	for (size_t i = 0; i < cells; i++) {
		const char *tab =
		    at < stop ? memchr(s + at, '\t', stop - at) : NULL;
		size_t end = tab ? (size_t)(tab - s) : stop;
		desk_buffer_string(w->out, i ? " " : "| ");
		w->first = false;
		if (at < end)
			write_inline(w, at, end);
		desk_buffer_string(w->out, " |");
		at = tab ? end + 1 : stop;
	}
	w->cell = false;
}

static size_t
count_cells(const struct desk_doc *doc, const struct desk_block *b)
{
	size_t cells = 1;
	for (size_t i = b->start; i < b->end; i++)
		cells += doc->text.data[i] == '\t';
	return cells;
}

/* A table has as many columns as its first row: that is filled up to the
 * longest one, so that no cell is lost. */
static void
write_table(struct writer *w, const struct desk_block *b, size_t count)
{
	size_t cells = 0;
	for (size_t i = 0; i < count; i++) {
		size_t n = count_cells(w->doc, &b[i]);
		if (n > cells)
			cells = n;
	}
	for (size_t i = 0; i < count; i++) {
		write_row(w, &b[i], i ? count_cells(w->doc, &b[i]) : cells);
		desk_buffer_byte(w->out, '\n');
		for (size_t k = 0; !i && k < cells; k++)
			desk_buffer_string(w->out, k ? " --- |" : "| --- |");
		if (!i)
			desk_buffer_byte(w->out, '\n');
	}
}

/* Lines of text that is kept as it is, between two fences. */
static void
write_fenced(struct writer *w, const struct desk_block *b, size_t count)
{
	size_t start = b[0].start, end = b[count - 1].end;
	const char *s = w->doc->text.data + start;
	size_t ticks = longest_run(s, end - start) + 1;
	if (ticks < 3)
		ticks = 3;
	repeat(w->out, '`', ticks);
	desk_buffer_byte(w->out, '\n');
	desk_buffer_append(w->out, s, end - start);
	desk_buffer_byte(w->out, '\n');
	repeat(w->out, '`', ticks);
	desk_buffer_byte(w->out, '\n');
}

static void
write_block(struct writer *w, const struct desk_block *b)
{
	size_t level = b->level ? b->level : 2;
	w->first = true;
	if (b->kind == DESK_ITEM) {
		write_item(w, b);
	} else {
		if (b->kind == DESK_HEADING) {
			repeat(w->out, '#', level < 6 ? level : 6);
			desk_buffer_byte(w->out, ' ');
		} else if (b->kind == DESK_QUOTATION) {
			desk_buffer_string(w->out, "> ");
		}
		write_inline(w, b->start, b->end);
	}
	desk_buffer_byte(w->out, '\n');
}

/* Whether two blocks that follow one another make one table, list or fence:
 * the text has no blank line between them. */
static bool
joined(const struct desk_doc *doc, const struct desk_block *a,
    const struct desk_block *b)
{
	return a->kind == b->kind && a->keep == b->keep &&
	       b->start == a->end + 1 && doc->text.data[a->end] == '\n' &&
	       (a->kind == DESK_ITEM || a->kind == DESK_ROW ||
		   a->kind == DESK_PREFORMATTED);
}

/* What a page says of itself, as YAML: a JSON string is one of YAML. */
static void
write_front(const struct desk_record *record, struct desk_buffer *out)
{
	struct desk_meta_item items[DESK_META_COUNT];
	desk_meta_list(record, items);
	desk_buffer_string(out, "---\n");
	for (int i = 0; i < DESK_META_COUNT; i++) {
		if (!items[i].value.data)
			continue;
		desk_buffer_string(out, items[i].name);
		desk_buffer_string(out, ": ");
		desk_json_quote(out, items[i].value);
		desk_buffer_byte(out, '\n');
	}
	desk_buffer_string(out, "---\n");
}

void
desk_markdown_write(struct desk_record *record,
    const struct desk_io_options *options, struct desk_buffer *out)
{
	const struct desk_doc *doc = record->doc;
	struct writer w = {.doc = doc, .options = options, .out = out};
	const struct desk_block *b = doc->blocks;
	bool apart = options->meta && !record->frame.part;
	if (apart)
		write_front(record, out);
	for (size_t i = 0, n; i < doc->block_count; i += n) {
		for (n = 1; i + n < doc->block_count &&
			    joined(doc, &b[i + n - 1], &b[i + n]);)
			n++;
		if (!b[i].keep)
			continue;
		if (apart) {
			bool quoted = i && b[i].kind == DESK_QUOTATION &&
				      b[i - 1].kind == DESK_QUOTATION;
			desk_buffer_string(out, quoted ? ">\n" : "\n");
		}
		apart = true;
		w.level = 0;
		w.other = i && b[i - 1].kind == DESK_ITEM && !w.other;
		if (b[i].kind == DESK_ROW)
			write_table(&w, b + i, n);
		else if (b[i].kind == DESK_PREFORMATTED)
			write_fenced(&w, b + i, n);
		else
			for (size_t k = 0; k < n; k++)
				write_block(&w, &b[i + k]);
	}
}
