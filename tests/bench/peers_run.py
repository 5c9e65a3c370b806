#!/usr/bin/env python3
"""One peer over one input, in a process of its own; peers.py calls it.

peers_run.py TASK IN OUT    IN: JSON Lines of id and text, or of id and html (a
path); OUT: JSON Lines of what the scorers of ../shared/eval read.  The last line
printed is JSON: the processor seconds of the work alone, without imports, models,
reading and writing.  Documents pass through one by one, so that memory is the
peer's own.

spaCy's model is what PEERS_MODEL names.  Where that cannot be had, a pipeline of
the same layers and sizes is set up with random weights: its speed is that of the
model nearly, as the sums are the same; what it finds means nothing.
"""
import json
import os
import sys
import time

BATCH = 32
LABELS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
ONTONOTES = ("CARDINAL DATE EVENT FAC GPE LANGUAGE LAW LOC MONEY NORP ORDINAL ORG PERCENT PERSON PRODUCT "
             "QUANTITY TIME WORK_OF_ART").split()
DEPS = ("acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj dative dep det "
        "dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss preconj "
        "predet prep prt punct quantmod relcl xcomp").split()
TAGS = ("CC CD DT EX FW IN JJ JJR JJS LS MD NN NNP NNPS NNS PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG "
        "VBN VBP VBZ WDT WP WP$ WRB . , : HYPH XX NFP ADD AFX $ -LRB- -RRB- `` ''").split()


spent = {"cpu": 0.0}


def read(path):
    with open(path, encoding="utf-8") as f:
        for line in f:
            yield json.loads(line)


def timed(function, item):
    begin = time.process_time()
    result = function(item)
    spent["cpu"] += time.process_time() - begin
    return result


def pages(rows, extract):
    for row in rows:
        with open(row["html"], "rb") as f:
            page = f.read()
        yield {"id": row["id"], "text": timed(extract, page) or ""}


def trafilatura(rows, fast=False):
    from trafilatura import extract
    return pages(rows, lambda page: extract(page, include_comments=False, fast=fast))


def trafilatura_fast(rows):
    return trafilatura(rows, True)


def resiliparse(rows):
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    return pages(rows, lambda page: extract_plain_text(
        bytes_to_str(page, detect_encoding(page)), main_content=True, alt_texts=False))


def sentences(rows, split):
    for row in rows:
        sents = timed(split, row["text"])
        yield {"id": row["id"], "output": "\n".join(" ".join(s.split()) for s in sents if s.strip())}


def pysbd(rows):
    import pysbd as library
    return sentences(rows, library.Segmenter(language="en", clean=False).segment)


def sentencex(rows):
    import sentencex as library
    return sentences(rows, lambda text: library.segment("en", text))


def blingfire(rows):
    import blingfire as library
    return sentences(rows, lambda text: library.text_to_sentences(text).split("\n"))


def untrained(parts):
    """The layers and sizes of en_core_web_sm 3, with random weights."""
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example

    def words():
        return {"@architectures": "spacy.Tok2Vec.v2",
                "embed": {"@architectures": "spacy.MultiHashEmbed.v2", "width": 96, "include_static_vectors": False,
                          "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
                          "rows": [5000, 1000, 2500, 2500, 50, 50]},
                "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4,
                           "window_size": 1, "maxout_pieces": 3}}

    def transitions(kind, tok2vec):
        return {"model": {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": kind,
                          "extra_state_tokens": False, "hidden_width": 64, "maxout_pieces": 2, "use_upper": True,
                          "nO": None, "tok2vec": tok2vec}}

    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    nlp = spacy.blank("en")
    if "ner" in parts:
        ner = nlp.add_pipe("ner", config=transitions("ner", words()))
        for label in ONTONOTES:
            ner.add_label(label)
    if "parser" in parts:
        nlp.add_pipe("tok2vec", config={"model": words()})
        tagger = nlp.add_pipe("tagger", config={"model": {
            "@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False, "tok2vec": listener}})
        parser = nlp.add_pipe("parser", config=transitions("parser", listener))
        for tag in TAGS:
            tagger.add_label(tag)
        for dep in DEPS:
            parser.add_label(dep)
    facts = {"words": ["Ana", "Lima", "spoke", "."], "tags": ["NNP", "NNP", "VBD", "."], "heads": [1, 2, 2, 2],
             "deps": ["compound", "nsubj", "ROOT", "punct"], "entities": ["B-PERSON", "L-PERSON", "O", "O"]}
    nlp.initialize(lambda: [Example.from_dict(Doc(nlp.vocab, words=facts["words"]), facts)])
    return nlp


def pipeline(parts):
    """The trained pipeline with these parts alone, or an untrained one; and whether it is trained."""
    import spacy
    try:
        nlp = spacy.load(os.environ.get("PEERS_MODEL", "en_core_web_sm"))
    except OSError:
        return untrained(parts), None
    keep = set(parts)
    for part in parts:
        model = nlp.config["components"].get(part, {}).get("model", {})
        if "Listener" in model.get("tok2vec", {}).get("@architectures", ""):
            keep.add("tok2vec")
    for name in list(nlp.component_names):
        if name not in keep:
            nlp.remove_pipe(name)
    return nlp, f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"


def parsed(nlp, rows):
    """Pairs of row and document; batches are small, or memory would be that of hundreds of articles."""
    docs = nlp.pipe(((row["text"], row) for row in rows), as_tuples=True, batch_size=BATCH)
    while pair := timed(lambda items: next(items, None), docs):
        yield pair[1], pair[0]


def spacy_ner(rows):
    nlp, spent["trained"] = pipeline(["ner"])
    for row, doc in parsed(nlp, rows):
        yield {"id": row["id"], "ents": [{"start": e.start_char, "end": e.end_char, "label": LABELS[e.label_]}
                                         for e in doc.ents if e.label_ in LABELS]}


def place(tokens):
    """Start, end and parts of a list of tokens."""
    runs = []
    for token in sorted(tokens, key=lambda t: t.i):
        if runs and runs[-1][2] + 1 == token.i:
            runs[-1][1:] = [token.idx + len(token), token.i]
        else:
            runs.append([token.idx, token.idx + len(token), token.i])
    return {"start": runs[0][0], "end": runs[-1][1], "parts": [run[:2] for run in runs]}


def textacy(rows):
    """The seconds of both, and of textacy's own part: on text that is tagged and parsed already."""
    from textacy.extract.triples import direct_quotations
    nlp, spent["trained"] = pipeline(["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"])
    spent.update(alone=0.0, lost=0)
    for row, doc in parsed(nlp, rows):
        before, found = spent["cpu"], []
        try:
            found = timed(lambda d: list(direct_quotations(d)), doc)
        except ValueError:
            spent["lost"] += 1
        spent["alone"] += spent["cpu"] - before
        yield {"id": row["id"], "quotes": [
            {"start": content.start_char, "end": content.end_char, "kind": "direct", "cue": place(cue),
             "speaker": place(speaker)} for speaker, cue, content in found]}


TASKS = {f.__name__: f for f in (trafilatura, trafilatura_fast, resiliparse, pysbd, sentencex, blingfire, spacy_ner,
                                 textacy)}


def main():
    task, source, result = sys.argv[1:]
    with open(result, "w", encoding="utf-8") as f:
        for row in TASKS[task](read(source)):
            f.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(json.dumps(spent))


if __name__ == "__main__":
    main()
