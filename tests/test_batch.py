import hashlib

import pyarrow as pa
import pytest
import stub_plan

from pipeline.batch import Harvest, clean_batch, sketch_batch
from pipeline.errors import InputError, RuleError, SettingsError
from pipeline.schema import CLEANED
from pipeline.settings import Settings
from pipeline.tables import Reject

BAD = {"boom": b"BOOM", "empty": b"", "large": b"x" * 200, "null": None}
GOOD = {"one": "Grüße.".encode(), "two": "lang=zh-Hans 国".encode()}
SMALL = Settings(max_document_bytes=100)


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    stub_plan.install(monkeypatch)


def batch(pages: dict[str, bytes | None], kind: pa.DataType | None = None) -> pa.RecordBatch:
    raw = pa.array(list(pages.values()), kind or pa.binary())
    name = "raw" if kind is None else "text"
    return pa.RecordBatch.from_pydict({"id": list(pages), name: raw})


def test_a_bad_document_does_not_touch_its_neighbours() -> None:
    mixed = clean_batch(batch({"one": GOOD["one"], **BAD, "two": GOOD["two"]}), settings=SMALL).to_pylist()
    alone = clean_batch(batch(dict(GOOD)), settings=SMALL).to_pylist()
    assert [row["id"] for row in mixed] == ["one", *BAD, "two"]
    assert [mixed[0], mixed[-1]] == alone
    assert [row["corpus"]["text"] for row in alone] == ["Grüße.", "lang=zh-Hans 国"]
    rejects = {row["id"]: row["reject"] for row in mixed[1:-1]}
    assert rejects["boom"] == {
        "id": "boom",
        "source": "",
        "stage": "clean",
        "error": "StubError",
        "message": "boom went off",
        "source_sha256": hashlib.sha256(b"BOOM").hexdigest(),
    }
    assert [rejects[name]["stage"] for name in ("empty", "large", "null")] == ["read"] * 3
    assert "200 bytes" in rejects["large"]["message"]


def test_the_schema_is_always_the_same() -> None:
    for pages in ({}, dict(GOOD), dict(BAD)):
        assert clean_batch(batch(pages)).schema.equals(CLEANED)


def test_a_text_column_gives_the_rows_of_its_bytes() -> None:
    texts = batch({name: raw.decode() for name, raw in GOOD.items()}, pa.large_string())  # type: ignore[misc]
    assert clean_batch(texts).equals(clean_batch(batch(dict(GOOD))))


def test_the_stage_that_failed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    scope = {"__name__": "pipeline.stages.some_stage"}
    exec("def read(text, **_): raise ValueError('lone \\ud800')", scope)
    monkeypatch.setattr(stub_plan, "read", scope["read"])
    (row,) = clean_batch(batch({"a": b"text"})).to_pylist()
    assert (row["reject"]["stage"], row["reject"]["error"]) == ("some_stage", "ValueError")
    assert row["reject"]["message"] == "lone \\ud800"


@pytest.mark.parametrize("fault", [RuleError, SettingsError, ModuleNotFoundError])
def test_a_fault_of_the_program_is_no_reject(monkeypatch: pytest.MonkeyPatch, fault: type[Exception]) -> None:
    def broken(text: str, **_: object) -> None:
        raise fault("broken")

    monkeypatch.setattr(stub_plan, "read", broken)
    monkeypatch.setattr(stub_plan, "sketch", broken)
    with pytest.raises(fault):
        clean_batch(batch({"a": b"text"}))
    with pytest.raises(fault):
        list(sketch_batch(batch({"a": b"text"})))


def test_a_value_that_arrow_refuses_is_a_reject_too(monkeypatch: pytest.MonkeyPatch) -> None:
    real = stub_plan.read
    monkeypatch.setattr(stub_plan, "read", lambda text, **how: real("\ud800" if "x" in text else text, **how))
    bad, good = clean_batch(batch({"a": b"x", "b": b"fine"})).to_pylist()
    assert bad["reject"]["error"] == "UnicodeEncodeError"
    assert good["corpus"]["text"] == "fine"


def test_an_error_that_says_nothing_is_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(text: str, **_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(stub_plan, "read", full)
    (row,) = clean_batch(batch({"a": b"text"})).to_pylist()
    assert (row["reject"]["error"], row["reject"]["message"]) == ("MemoryError", "MemoryError")


def test_undecodable_bytes_are_rejected_at_decoding() -> None:
    (row,) = clean_batch(batch({"a": b"\x00\x01\x02\xff\xfe\x00" * 50})).to_pylist()
    assert row["reject"]["stage"] == "decode"


def test_the_sketch_harvests_or_says_why_not() -> None:
    pages = {"a": "红利 (dividend)".encode(), "b": b"BOOM", "c": b""}
    found = dict(sketch_batch(batch(dict(pages))))
    assert isinstance(found["a"], Harvest) and found["a"].sketch is not None
    assert [gloss.translation for gloss in found["a"].sketch.glosses] == ["dividend"]
    assert isinstance(found["b"], Harvest) and found["b"].sketch is not None and found["b"].sketch.glosses == ()
    assert isinstance(found["c"], Reject)


def test_other_columns_are_refused() -> None:
    with pytest.raises(InputError, match="id and one of raw, text, html"):
        clean_batch(pa.RecordBatch.from_pydict({"id": ["a"]}))
