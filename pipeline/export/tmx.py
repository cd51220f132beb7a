"""TMX 1.4: the pairs of the lexicon as a translation memory.

Only the lexicon holds pairs that somebody aligned: whoever wrote the page put one beside the other. Nothing else in
the tables is in two languages, and none is made up here.
"""

from collections.abc import Iterator
from pathlib import Path

from pipeline.export.source import table_rows
from pipeline.export.xml import escaped
from pipeline.lookup import Row
from pipeline.schema import VERSION

HEAD = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
  <header creationtool="clean-corpus" creationtoolversion="schema-{VERSION}" segtype="phrase" o-tmf="lexicon"
    adminlang="en" srclang="*all*" datatype="plaintext"/>
  <body>
"""

FOOT = """\
  </body>
</tmx>
"""


def lines(out: Path) -> Iterator[str]:
    """Yield the file in portions of whole lines, one unit a pair."""
    yield HEAD
    for number, row in enumerate(table_rows(out, "lexicon"), 1):
        yield _unit(number, row)
    yield FOOT


def _unit(number: int, row: Row) -> str:
    properties = {"origin": row["origin"], "documents": row["n_documents"], "occurrences": row["n_occurrences"]}
    places = [f"{place['id']}:{place['start']}" for place in row["examples"]]
    told = [*properties.items(), *(("example", place) for place in places)]
    sides = ((row["term_language"], row["term"]), (row["translation_language"], row["translation"]))
    return "".join([
        f'    <tu tuid="{number}">\n',
        *(f'      <prop type="x-{name}">{escaped(str(value))}</prop>\n' for name, value in told),
        *(f'      <tuv xml:lang="{escaped(tag)}"><seg>{escaped(text)}</seg></tuv>\n' for tag, text in sides),
        "    </tu>\n",
    ])  # fmt: skip
