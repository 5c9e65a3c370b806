/*
 * encodings.c - the labels of the WHATWG Encoding standard, as sorted pairs of
 * label and encoding.
 */
#include "html/encodings.h"

#include <string.h>

#include "core/slice.h"

const struct desk_encoding desk_encoding_utf8 = {
    "UTF-8", NULL, DESK_ENCODING_UTF8};
const struct desk_encoding desk_encoding_utf16le = {
    "UTF-16LE", NULL, DESK_ENCODING_UTF16LE};
const struct desk_encoding desk_encoding_utf16be = {
    "UTF-16BE", NULL, DESK_ENCODING_UTF16BE};
const struct desk_encoding desk_encoding_windows1252 = {
    "windows-1252", NULL, DESK_ENCODING_SINGLE};

enum {
	IBM866,
	ISO_8859_2,
	ISO_8859_3,
	ISO_8859_4,
	ISO_8859_5,
	ISO_8859_6,
	ISO_8859_7,
	ISO_8859_8,
	ISO_8859_8_I,
	ISO_8859_10,
	ISO_8859_13,
	ISO_8859_14,
	ISO_8859_15,
	ISO_8859_16,
	KOI8_R,
	KOI8_U,
	MACINTOSH,
	WINDOWS_874,
	WINDOWS_1250,
	WINDOWS_1251,
	WINDOWS_1253,
	WINDOWS_1254,
	WINDOWS_1255,
	WINDOWS_1256,
	WINDOWS_1257,
	WINDOWS_1258,
	X_MAC_CYRILLIC,
	GBK,
	GB18030,
	BIG5,
	EUC_JP,
	ISO_2022_JP,
	SHIFT_JIS,
	EUC_KR,
	REPLACEMENT,
	X_USER_DEFINED,
	COUNT
};

/* The names by which glibc's iconv knows them. */
static const struct desk_encoding encodings[COUNT] = {
    [IBM866] = {"IBM866", "IBM866", DESK_ENCODING_SINGLE},
    [ISO_8859_2] = {"ISO-8859-2", "ISO-8859-2", DESK_ENCODING_SINGLE},
    [ISO_8859_3] = {"ISO-8859-3", "ISO-8859-3", DESK_ENCODING_SINGLE},
    [ISO_8859_4] = {"ISO-8859-4", "ISO-8859-4", DESK_ENCODING_SINGLE},
    [ISO_8859_5] = {"ISO-8859-5", "ISO-8859-5", DESK_ENCODING_SINGLE},
    [ISO_8859_6] = {"ISO-8859-6", "ISO-8859-6", DESK_ENCODING_SINGLE},
    [ISO_8859_7] = {"ISO-8859-7", "ISO-8859-7", DESK_ENCODING_SINGLE},
    [ISO_8859_8] = {"ISO-8859-8", "ISO-8859-8", DESK_ENCODING_SINGLE},
    [ISO_8859_8_I] = {"ISO-8859-8-I", "ISO-8859-8", DESK_ENCODING_SINGLE},
    [ISO_8859_10] = {"ISO-8859-10", "ISO-8859-10", DESK_ENCODING_SINGLE},
    [ISO_8859_13] = {"ISO-8859-13", "ISO-8859-13", DESK_ENCODING_SINGLE},
    [ISO_8859_14] = {"ISO-8859-14", "ISO-8859-14", DESK_ENCODING_SINGLE},
    [ISO_8859_15] = {"ISO-8859-15", "ISO-8859-15", DESK_ENCODING_SINGLE},
    [ISO_8859_16] = {"ISO-8859-16", "ISO-8859-16", DESK_ENCODING_SINGLE},
    [KOI8_R] = {"KOI8-R", "KOI8-R", DESK_ENCODING_SINGLE},
    [KOI8_U] = {"KOI8-U", "KOI8-U", DESK_ENCODING_SINGLE},
    [MACINTOSH] = {"macintosh", "MACINTOSH", DESK_ENCODING_SINGLE},
    [WINDOWS_874] = {"windows-874", "CP874", DESK_ENCODING_SINGLE},
    [WINDOWS_1250] = {"windows-1250", "CP1250", DESK_ENCODING_SINGLE},
    [WINDOWS_1251] = {"windows-1251", "CP1251", DESK_ENCODING_SINGLE},
    [WINDOWS_1253] = {"windows-1253", "CP1253", DESK_ENCODING_SINGLE},
    [WINDOWS_1254] = {"windows-1254", "CP1254", DESK_ENCODING_SINGLE},
    [WINDOWS_1255] = {"windows-1255", "CP1255", DESK_ENCODING_SINGLE},
    [WINDOWS_1256] = {"windows-1256", "CP1256", DESK_ENCODING_SINGLE},
    [WINDOWS_1257] = {"windows-1257", "CP1257", DESK_ENCODING_SINGLE},
    [WINDOWS_1258] = {"windows-1258", "CP1258", DESK_ENCODING_SINGLE},
    [X_MAC_CYRILLIC] = {"x-mac-cyrillic", "MAC-UK", DESK_ENCODING_SINGLE},
    [GBK] = {"GBK", "GB18030", DESK_ENCODING_MULTI},
    [GB18030] = {"gb18030", "GB18030", DESK_ENCODING_MULTI},
    [BIG5] = {"Big5", "BIG5-HKSCS", DESK_ENCODING_MULTI},
    [EUC_JP] = {"EUC-JP", "EUC-JP-MS", DESK_ENCODING_MULTI},
    [ISO_2022_JP] = {"ISO-2022-JP", "EUC-JP-MS", DESK_ENCODING_JIS7},
    [SHIFT_JIS] = {"Shift_JIS", "CP932", DESK_ENCODING_MULTI},
    [EUC_KR] = {"EUC-KR", "UHC", DESK_ENCODING_MULTI},
    [REPLACEMENT] = {"replacement", NULL, DESK_ENCODING_NONE},
    [X_USER_DEFINED] = {"x-user-defined", NULL, DESK_ENCODING_USER},
};

struct label {
	const char *label;
	const struct desk_encoding *encoding;
};

/* Sorted by label. */
static const struct label labels[] = {
    {"866", &encodings[IBM866]},
    {"ansi_x3.4-1968", &desk_encoding_windows1252},
    {"arabic", &encodings[ISO_8859_6]},
    {"ascii", &desk_encoding_windows1252},
    {"asmo-708", &encodings[ISO_8859_6]},
    {"big5", &encodings[BIG5]},
    {"big5-hkscs", &encodings[BIG5]},
    {"chinese", &encodings[GBK]},
    {"cn-big5", &encodings[BIG5]},
    {"cp1250", &encodings[WINDOWS_1250]},
    {"cp1251", &encodings[WINDOWS_1251]},
    {"cp1252", &desk_encoding_windows1252},
    {"cp1253", &encodings[WINDOWS_1253]},
    {"cp1254", &encodings[WINDOWS_1254]},
    {"cp1255", &encodings[WINDOWS_1255]},
    {"cp1256", &encodings[WINDOWS_1256]},
    {"cp1257", &encodings[WINDOWS_1257]},
    {"cp1258", &encodings[WINDOWS_1258]},
    {"cp819", &desk_encoding_windows1252},
    {"cp866", &encodings[IBM866]},
    {"csbig5", &encodings[BIG5]},
    {"cseuckr", &encodings[EUC_KR]},
    {"cseucpkdfmtjapanese", &encodings[EUC_JP]},
    {"csgb2312", &encodings[GBK]},
    {"csibm866", &encodings[IBM866]},
    {"csiso2022jp", &encodings[ISO_2022_JP]},
    {"csiso2022kr", &encodings[REPLACEMENT]},
    {"csiso58gb231280", &encodings[GBK]},
    {"csiso88596e", &encodings[ISO_8859_6]},
    {"csiso88596i", &encodings[ISO_8859_6]},
    {"csiso88598e", &encodings[ISO_8859_8]},
    {"csiso88598i", &encodings[ISO_8859_8_I]},
    {"csisolatin1", &desk_encoding_windows1252},
    {"csisolatin2", &encodings[ISO_8859_2]},
    {"csisolatin3", &encodings[ISO_8859_3]},
    {"csisolatin4", &encodings[ISO_8859_4]},
    {"csisolatin5", &encodings[WINDOWS_1254]},
    {"csisolatin6", &encodings[ISO_8859_10]},
    {"csisolatin9", &encodings[ISO_8859_15]},
    {"csisolatinarabic", &encodings[ISO_8859_6]},
    {"csisolatincyrillic", &encodings[ISO_8859_5]},
    {"csisolatingreek", &encodings[ISO_8859_7]},
    {"csisolatinhebrew", &encodings[ISO_8859_8]},
    {"cskoi8r", &encodings[KOI8_R]},
    {"csksc56011987", &encodings[EUC_KR]},
    {"csmacintosh", &encodings[MACINTOSH]},
    {"csshiftjis", &encodings[SHIFT_JIS]},
    {"csunicode", &desk_encoding_utf16le},
    {"cyrillic", &encodings[ISO_8859_5]},
    {"dos-874", &encodings[WINDOWS_874]},
    {"ecma-114", &encodings[ISO_8859_6]},
    {"ecma-118", &encodings[ISO_8859_7]},
    {"elot_928", &encodings[ISO_8859_7]},
    {"euc-jp", &encodings[EUC_JP]},
    {"euc-kr", &encodings[EUC_KR]},
    {"gb18030", &encodings[GB18030]},
    {"gb2312", &encodings[GBK]},
    {"gb_2312", &encodings[GBK]},
    {"gb_2312-80", &encodings[GBK]},
    {"gbk", &encodings[GBK]},
    {"greek", &encodings[ISO_8859_7]},
    {"greek8", &encodings[ISO_8859_7]},
    {"hebrew", &encodings[ISO_8859_8]},
    {"hz-gb-2312", &encodings[REPLACEMENT]},
    {"ibm819", &desk_encoding_windows1252},
    {"ibm866", &encodings[IBM866]},
    {"iso-10646-ucs-2", &desk_encoding_utf16le},
    {"iso-2022-cn", &encodings[REPLACEMENT]},
    {"iso-2022-cn-ext", &encodings[REPLACEMENT]},
    {"iso-2022-jp", &encodings[ISO_2022_JP]},
    {"iso-2022-kr", &encodings[REPLACEMENT]},
    {"iso-8859-1", &desk_encoding_windows1252},
    {"iso-8859-10", &encodings[ISO_8859_10]},
    {"iso-8859-11", &encodings[WINDOWS_874]},
    {"iso-8859-13", &encodings[ISO_8859_13]},
    {"iso-8859-14", &encodings[ISO_8859_14]},
    {"iso-8859-15", &encodings[ISO_8859_15]},
    {"iso-8859-16", &encodings[ISO_8859_16]},
    {"iso-8859-2", &encodings[ISO_8859_2]},
    {"iso-8859-3", &encodings[ISO_8859_3]},
    {"iso-8859-4", &encodings[ISO_8859_4]},
    {"iso-8859-5", &encodings[ISO_8859_5]},
    {"iso-8859-6", &encodings[ISO_8859_6]},
    {"iso-8859-6-e", &encodings[ISO_8859_6]},
    {"iso-8859-6-i", &encodings[ISO_8859_6]},
    {"iso-8859-7", &encodings[ISO_8859_7]},
    {"iso-8859-8", &encodings[ISO_8859_8]},
    {"iso-8859-8-e", &encodings[ISO_8859_8]},
    {"iso-8859-8-i", &encodings[ISO_8859_8_I]},
    {"iso-8859-9", &encodings[WINDOWS_1254]},
    {"iso-ir-100", &desk_encoding_windows1252},
    {"iso-ir-101", &encodings[ISO_8859_2]},
    {"iso-ir-109", &encodings[ISO_8859_3]},
    {"iso-ir-110", &encodings[ISO_8859_4]},
    {"iso-ir-126", &encodings[ISO_8859_7]},
    {"iso-ir-127", &encodings[ISO_8859_6]},
    {"iso-ir-138", &encodings[ISO_8859_8]},
    {"iso-ir-144", &encodings[ISO_8859_5]},
    {"iso-ir-148", &encodings[WINDOWS_1254]},
    {"iso-ir-149", &encodings[EUC_KR]},
    {"iso-ir-157", &encodings[ISO_8859_10]},
    {"iso-ir-58", &encodings[GBK]},
    {"iso8859-1", &desk_encoding_windows1252},
    {"iso8859-10", &encodings[ISO_8859_10]},
    {"iso8859-11", &encodings[WINDOWS_874]},
    {"iso8859-13", &encodings[ISO_8859_13]},
    {"iso8859-14", &encodings[ISO_8859_14]},
    {"iso8859-15", &encodings[ISO_8859_15]},
    {"iso8859-2", &encodings[ISO_8859_2]},
    {"iso8859-3", &encodings[ISO_8859_3]},
    {"iso8859-4", &encodings[ISO_8859_4]},
    {"iso8859-5", &encodings[ISO_8859_5]},
    {"iso8859-6", &encodings[ISO_8859_6]},
    {"iso8859-7", &encodings[ISO_8859_7]},
    {"iso8859-8", &encodings[ISO_8859_8]},
    {"iso8859-9", &encodings[WINDOWS_1254]},
    {"iso88591", &desk_encoding_windows1252},
    {"iso885910", &encodings[ISO_8859_10]},
    {"iso885911", &encodings[WINDOWS_874]},
    {"iso885913", &encodings[ISO_8859_13]},
    {"iso885914", &encodings[ISO_8859_14]},
    {"iso885915", &encodings[ISO_8859_15]},
    {"iso88592", &encodings[ISO_8859_2]},
    {"iso88593", &encodings[ISO_8859_3]},
    {"iso88594", &encodings[ISO_8859_4]},
    {"iso88595", &encodings[ISO_8859_5]},
    {"iso88596", &encodings[ISO_8859_6]},
    {"iso88597", &encodings[ISO_8859_7]},
    {"iso88598", &encodings[ISO_8859_8]},
    {"iso88599", &encodings[WINDOWS_1254]},
    {"iso_8859-1", &desk_encoding_windows1252},
    {"iso_8859-15", &encodings[ISO_8859_15]},
    {"iso_8859-1:1987", &desk_encoding_windows1252},
    {"iso_8859-2", &encodings[ISO_8859_2]},
    {"iso_8859-2:1987", &encodings[ISO_8859_2]},
    {"iso_8859-3", &encodings[ISO_8859_3]},
    {"iso_8859-3:1988", &encodings[ISO_8859_3]},
    {"iso_8859-4", &encodings[ISO_8859_4]},
    {"iso_8859-4:1988", &encodings[ISO_8859_4]},
    {"iso_8859-5", &encodings[ISO_8859_5]},
    {"iso_8859-5:1988", &encodings[ISO_8859_5]},
    {"iso_8859-6", &encodings[ISO_8859_6]},
    {"iso_8859-6:1987", &encodings[ISO_8859_6]},
    {"iso_8859-7", &encodings[ISO_8859_7]},
    {"iso_8859-7:1987", &encodings[ISO_8859_7]},
    {"iso_8859-8", &encodings[ISO_8859_8]},
    {"iso_8859-8:1988", &encodings[ISO_8859_8]},
    {"iso_8859-9", &encodings[WINDOWS_1254]},
    {"iso_8859-9:1989", &encodings[WINDOWS_1254]},
    {"koi", &encodings[KOI8_R]},
    {"koi8", &encodings[KOI8_R]},
    {"koi8-r", &encodings[KOI8_R]},
    {"koi8-ru", &encodings[KOI8_U]},
    {"koi8-u", &encodings[KOI8_U]},
    {"koi8_r", &encodings[KOI8_R]},
    {"korean", &encodings[EUC_KR]},
    {"ks_c_5601-1987", &encodings[EUC_KR]},
    {"ks_c_5601-1989", &encodings[EUC_KR]},
    {"ksc5601", &encodings[EUC_KR]},
    {"ksc_5601", &encodings[EUC_KR]},
    {"l1", &desk_encoding_windows1252},
    {"l2", &encodings[ISO_8859_2]},
    {"l3", &encodings[ISO_8859_3]},
    {"l4", &encodings[ISO_8859_4]},
    {"l5", &encodings[WINDOWS_1254]},
    {"l6", &encodings[ISO_8859_10]},
    {"l9", &encodings[ISO_8859_15]},
    {"latin1", &desk_encoding_windows1252},
    {"latin2", &encodings[ISO_8859_2]},
    {"latin3", &encodings[ISO_8859_3]},
    {"latin4", &encodings[ISO_8859_4]},
    {"latin5", &encodings[WINDOWS_1254]},
    {"latin6", &encodings[ISO_8859_10]},
    {"logical", &encodings[ISO_8859_8_I]},
    {"mac", &encodings[MACINTOSH]},
    {"macintosh", &encodings[MACINTOSH]},
    {"ms_kanji", &encodings[SHIFT_JIS]},
    {"replacement", &encodings[REPLACEMENT]},
    {"shift-jis", &encodings[SHIFT_JIS]},
    {"shift_jis", &encodings[SHIFT_JIS]},
    {"sjis", &encodings[SHIFT_JIS]},
    {"sun_eu_greek", &encodings[ISO_8859_7]},
    {"tis-620", &encodings[WINDOWS_874]},
    {"ucs-2", &desk_encoding_utf16le},
    {"unicode", &desk_encoding_utf16le},
    {"unicode-1-1-utf-8", &desk_encoding_utf8},
    {"unicode11utf8", &desk_encoding_utf8},
    {"unicode20utf8", &desk_encoding_utf8},
    {"unicodefeff", &desk_encoding_utf16le},
    {"unicodefffe", &desk_encoding_utf16be},
    {"us-ascii", &desk_encoding_windows1252},
    {"utf-16", &desk_encoding_utf16le},
    {"utf-16be", &desk_encoding_utf16be},
    {"utf-16le", &desk_encoding_utf16le},
    {"utf-8", &desk_encoding_utf8},
    {"utf8", &desk_encoding_utf8},
    {"visual", &encodings[ISO_8859_8]},
    {"windows-1250", &encodings[WINDOWS_1250]},
    {"windows-1251", &encodings[WINDOWS_1251]},
    {"windows-1252", &desk_encoding_windows1252},
    {"windows-1253", &encodings[WINDOWS_1253]},
    {"windows-1254", &encodings[WINDOWS_1254]},
    {"windows-1255", &encodings[WINDOWS_1255]},
    {"windows-1256", &encodings[WINDOWS_1256]},
    {"windows-1257", &encodings[WINDOWS_1257]},
    {"windows-1258", &encodings[WINDOWS_1258]},
    {"windows-31j", &encodings[SHIFT_JIS]},
    {"windows-874", &encodings[WINDOWS_874]},
    {"windows-949", &encodings[EUC_KR]},
    {"x-cp1250", &encodings[WINDOWS_1250]},
    {"x-cp1251", &encodings[WINDOWS_1251]},
    {"x-cp1252", &desk_encoding_windows1252},
    {"x-cp1253", &encodings[WINDOWS_1253]},
    {"x-cp1254", &encodings[WINDOWS_1254]},
    {"x-cp1255", &encodings[WINDOWS_1255]},
    {"x-cp1256", &encodings[WINDOWS_1256]},
    {"x-cp1257", &encodings[WINDOWS_1257]},
    {"x-cp1258", &encodings[WINDOWS_1258]},
    {"x-euc-jp", &encodings[EUC_JP]},
    {"x-gbk", &encodings[GBK]},
    {"x-mac-cyrillic", &encodings[X_MAC_CYRILLIC]},
    {"x-mac-roman", &encodings[MACINTOSH]},
    {"x-mac-ukrainian", &encodings[X_MAC_CYRILLIC]},
    {"x-sjis", &encodings[SHIFT_JIS]},
    {"x-unicode20utf8", &desk_encoding_utf8},
    {"x-user-defined", &encodings[X_USER_DEFINED]},
    {"x-x-big5", &encodings[BIG5]},
};

/* What iconv has otherwise than the standard's indexes. */
static const struct {
	uint8_t encoding;
	unsigned char byte;
	uint32_t c;
} patches[] = {
    {KOI8_U, 0xAE, 0x045E},
    {KOI8_U, 0xBE, 0x040E},
    {MACINTOSH, 0xC6, 0x2206},
    {MACINTOSH, 0xF0, 0xF8FF},
    {WINDOWS_1255, 0xCA, 0x05BA},
    {X_MAC_CYRILLIC, 0xFF, 0x20AC},
    {GBK, 0x80, 0x20AC},
    {GB18030, 0x80, 0x20AC},
};

const uint16_t desk_windows_1252[32] = {0x20AC, 0x81, 0x201A, 0x0192, 0x201E,
    0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
    0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178};

uint32_t
desk_encoding_patch(const struct desk_encoding *e, unsigned char c)
{
	if (e == &desk_encoding_windows1252)
		return c >= 0x80 && c < 0xA0 ? desk_windows_1252[c - 0x80] : c;
	for (size_t i = 0; i < sizeof patches / sizeof *patches; i++)
		if (e == &encodings[patches[i].encoding] &&
		    c == patches[i].byte)
			return patches[i].c;
	return 0;
}

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

const struct desk_encoding *
desk_encoding_find(struct desk_slice label)
{
	char folded[32];
	while (label.len && blank(label.data[0]))
		label = desk_slice(label.data + 1, label.len - 1);
	while (label.len && blank(label.data[label.len - 1]))
		label.len--;
	if (!label.len || label.len >= sizeof folded)
		return NULL;
	for (size_t i = 0; i < label.len; i++) {
		char c = label.data[i];
		folded[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
		if (!c)
			return NULL;
	}
	folded[label.len] = '\0';
	size_t low = 0, high = sizeof labels / sizeof *labels;
	while (low < high) {
		size_t mid = (low + high) / 2;
		int order = strcmp(folded, labels[mid].label);
		if (!order)
			return labels[mid].encoding;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}
