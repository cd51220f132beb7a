"""Croissant 1.0 (MLCommons): what is in the files, for tools that look for data sets and load them.

Columns that hold lists of records are left out: the format can tell of them, but its own reader cannot read them.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.export.source import TABLE_FOLDERS, table_schema
from pipeline.io.card import describe_columns, describe_row

Node = dict[str, Any]

CONTEXT: Node = {
    "@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/", "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "citeAs": "cr:citeAs", "column": "cr:column", "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"}, "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "equivalentProperty": "cr:equivalentProperty", "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract", "field": "cr:field", "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path",
    "recordSet": "cr:recordSet", "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated",
    "replace": "cr:replace", "samplingRate": "cr:samplingRate", "separator": "cr:separator", "source": "cr:source",
    "subField": "cr:subField", "transform": "cr:transform",
}  # fmt: skip
"""That of the specification, word for word: its validator asks for it."""

_TYPES = {
    pa.string(): "sc:Text", pa.int32(): "sc:Integer", pa.int64(): "sc:Integer", pa.float32(): "sc:Float",
    pa.bool_(): "sc:Boolean", pa.date32(): "sc:Date",
}  # fmt: skip


def render_croissant(folder: Path, files: Mapping[str, Sequence[str]]) -> str:
    """Return croissant.json of `folder`; `files` are the paths in it, by table (a key of `TABLE_FOLDERS`)."""
    told = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "clean-corpus",
        "description": "Web text without its page furniture, as written by clean-corpus, and how it was found.",
        "distribution": [_file(folder, name) for names in files.values() for name in names],
        "recordSet": [record for table, names in files.items() for record in _records(table, names)],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _file(folder: Path, name: str) -> Node:
    with (folder / name).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{(folder / name).stat().st_size} B",
        "encodingFormat": "application/x-parquet",
        "sha256": digest,
    }


def _records(table: str, names: Sequence[str]) -> Iterator[Node]:
    """Yield a set of records a file of `table`."""
    for number, name in enumerate(names):
        id = table if len(names) == 1 else f"{table}-{number:05}"
        yield {
            "@type": "cr:RecordSet",
            "@id": id,
            "name": id,
            "description": describe_row(TABLE_FOLDERS[table]),
            "field": [*_fields(table, id, name)],
        }


def _fields(table: str, id: str, file: str) -> Iterator[Node]:
    said = describe_columns()[TABLE_FOLDERS[table].partition("/")[0]]
    for field in table_schema(table):
        many = pa.types.is_list(field.type)
        kind = _TYPES.get(field.type.value_type if many else field.type)
        if kind:
            yield {
                "@type": "cr:Field",
                "@id": f"{id}/{field.name}",
                "name": field.name,
                "description": said[field.name],
                "dataType": kind,
                **({"repeated": True} if many else {}),
                "source": {"fileObject": {"@id": file}, "extract": {"column": field.name}},
            }
