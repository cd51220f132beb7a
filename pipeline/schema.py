"""The tables of OUT: the one place where their columns are written down."""

import pyarrow as pa

VERSION = "2"
"""Goes up whenever a column changes its name, type or meaning."""

PARAGRAPHS = pa.list_(pa.struct([("segment", pa.int32()), ("label", pa.string()), ("text", pa.string())]))
EXAMPLES = pa.list_(pa.struct([("id", pa.string()), ("start", pa.int64())]))

SENTENCES = pa.list_(
    pa.struct([("start", pa.int64()), ("end", pa.int64()), ("language", pa.string()), ("language_score", pa.float32())])
)

STATED = pa.list_(pa.struct([("field", pa.string()), ("source", pa.string())]))

CORPUS = pa.schema([
    ("id", pa.string()), ("source", pa.string()), ("language", pa.string()), ("title", pa.string()),
    ("publisher", pa.string()), ("author", pa.string()), ("published", pa.date32()),
    ("updated", pa.date32()), ("summary", pa.string()), ("text", pa.string()),
    ("paragraphs", PARAGRAPHS), ("n_residue", pa.int32()), ("text_hans", pa.string()),
    ("text_hant", pa.string()), ("source_sha256", pa.string()),
])  # fmt: skip

DOCUMENTS = pa.schema([
    ("id", pa.string()), ("source", pa.string()), ("language", pa.string()), ("status", pa.string()),
    ("chrome_languages", pa.list_(pa.string())), ("title", pa.string()), ("publisher", pa.string()),
    ("author", pa.string()), ("published", pa.date32()), ("updated", pa.date32()),
    ("n_segments", pa.int32()), ("n_kept", pa.int32()), ("n_fragments", pa.int32()),
    ("duplicate_of", pa.string()), ("source_sha256", pa.string()), ("n_chars", pa.int64()),
    ("page_type", pa.string()), ("page_type_score", pa.float32()),
    ("url", pa.string()), ("stated", STATED),
])  # fmt: skip

SEGMENTS = pa.schema([
    ("id", pa.string()), ("segment", pa.int32()), ("start", pa.int64()), ("end", pa.int64()),
    ("line", pa.int32()), ("label", pa.string()), ("keep", pa.bool_()), ("language", pa.string()),
    ("language_score", pa.float32()), ("script", pa.string()), ("rule", pa.string()),
    ("score", pa.float32()), ("raw", pa.string()), ("text", pa.string()),
    ("runner_up", pa.string()), ("runner_up_score", pa.float32()), ("sentences", SENTENCES),
])  # fmt: skip

FRAGMENTS = pa.schema([
    ("id", pa.string()), ("segment", pa.int32()), ("start", pa.int64()), ("end", pa.int64()),
    ("text", pa.string()), ("kind", pa.string()), ("language", pa.string()),
    ("host_language", pa.string()), ("gloss", pa.string()), ("gloss_start", pa.int64()),
    ("gloss_end", pa.int64()), ("proposal", pa.string()), ("applied", pa.bool_()),
    ("source", pa.string()), ("confidence", pa.float32()), ("alternatives", pa.list_(pa.string())),
])  # fmt: skip

LEDGER = pa.schema([
    ("id", pa.string()), ("step", pa.int32()), ("start", pa.int64()), ("old", pa.string()),
    ("new", pa.string()), ("rule", pa.string()),
])  # fmt: skip

LEXICON = pa.schema([
    ("term", pa.string()), ("term_language", pa.string()), ("translation", pa.string()),
    ("translation_language", pa.string()), ("n_documents", pa.int32()), ("n_occurrences", pa.int32()),
    ("examples", EXAMPLES), ("origin", pa.string()),
])  # fmt: skip

REJECTS = pa.schema([
    ("id", pa.string()), ("source", pa.string()), ("stage", pa.string()), ("error", pa.string()),
    ("message", pa.string()), ("source_sha256", pa.string()),
])  # fmt: skip

TABLES: dict[str, pa.Schema] = {
    "corpus": CORPUS,
    "documents": DOCUMENTS,
    "segments": SEGMENTS,
    "fragments": FRAGMENTS,
    "ledger": LEDGER,
    "lexicon": LEXICON,
    "rejects": REJECTS,
}
"""Folder name to schema; `corpus` is written once a language, as `corpus/en` and `corpus/zh`."""

CORPUS_LANGUAGES = ("en", "zh")
"""Primary language tags that have a corpus folder; documents in others are in `documents/` only."""

GLOSSES = pa.schema([
    ("term", pa.string()), ("term_language", pa.string()), ("translation", pa.string()),
    ("translation_language", pa.string()), ("start", pa.int64()), ("origin", pa.string()),
])  # fmt: skip

CLEANED = pa.schema([
    *DOCUMENTS,
    pa.field("corpus", pa.struct(list(CORPUS))),
    pa.field("segments", pa.list_(pa.struct(list(SEGMENTS)))),
    pa.field("fragments", pa.list_(pa.struct(list(FRAGMENTS)))),
    pa.field("ledger", pa.list_(pa.struct(list(LEDGER)))),
    pa.field("glosses", pa.list_(pa.struct(list(GLOSSES)))),
    pa.field("reject", pa.struct(list(REJECTS))),
])  # fmt: skip
"""What `clean_batch` returns: one row an input document, its rows of every table nested in it.

A reject has its id and source, empty lists and `reject`; anything else has `reject` null. `corpus` is
null where the document has no body in a corpus language.
"""
