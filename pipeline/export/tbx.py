"""TBX-Basic (ISO 30042:2008): the lexicon as a termbase.

The edition of 2008 and not that of 2019, since that is what the tools at hand read. One entry a pair: that two
translations of a word mean the same is more than the pages say.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from pipeline.export.source import table_rows
from pipeline.export.xml import escaped
from pipeline.lookup import Row

HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<martif type="TBX-Basic" xml:lang="en">
  <martifHeader>
    <fileDesc>
      <sourceDesc><p>clean-corpus: words and the translations beside them in web pages</p></sourceDesc>
    </fileDesc>
    <encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc>
  </martifHeader>
  <text>
    <body>
"""

FOOT = """\
    </body>
  </text>
</martif>
"""

SHORT = '<termNote type="termType">shortForm</termNote>'


def lines(out: Path) -> Iterator[str]:
    """Yield the file in portions of whole lines, one entry a pair."""
    yield HEAD
    for number, row in enumerate(table_rows(out, "lexicon"), 1):
        yield _entry(number, row)
    yield FOOT


def _entry(number: int, row: Row) -> str:
    short = SHORT if row["origin"] == "abbreviation" else ""
    sides = (
        (row["term_language"], f"<term>{escaped(row['term'])}</term>"),
        (row["translation_language"], f"<term>{escaped(row['translation'])}</term>{short}"),
    )
    return "".join([
        f'      <termEntry id="pair-{number}">\n',
        *(f'        <admin type="source">{escaped(place)}</admin>\n' for place in _places(row)),
        f"        <note>in {row['n_documents']} documents, {row['n_occurrences']} times</note>\n",
        *(line for tag, group in groupby(sides, key=itemgetter(0)) for line in _language(tag, [t for _, t in group])),
        "      </termEntry>\n",
    ])  # fmt: skip


def _places(row: Row) -> Iterator[str]:
    yield from (f"{place['id']}:{place['start']}" for place in row["examples"])


def _language(tag: str, terms: list[str]) -> Iterator[str]:
    yield f'        <langSet xml:lang="{escaped(tag)}">\n'
    yield from (f"          <tig>{term}</tig>\n" for term in terms)
    yield "        </langSet>\n"
