"""The corpora that speed is measured on, and how what was measured is told."""

import gzip
import json
import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import throughput
from benchmarks.throughput import DATATROVE, FLOOR, LINGUA, ONE, TWO, Measured, ratios, table
from benchmarks.throughput_corpora import CHINESE, SEEDS, write_corpora, write_crawl
from benchmarks.throughput_process import CommandError, Cost, cost


def rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_the_same_size_gives_the_same_corpora(tmp_path: Path) -> None:
    found = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        kinds = write_corpora(tmp_path / name, None, 0.1)
        assert list(kinds) == [SEEDS, CHINESE]
        found.append([path.read_bytes() for path in kinds.values()])
    assert found[0] == found[1]
    assert all(10**5 <= len(data) < 2 * 10**5 for data in found[0])


def test_a_crawl_has_everything_in_it(tmp_path: Path) -> None:
    number = write_crawl(tmp_path, 0.003)
    found = [row for path in sorted(tmp_path.iterdir()) for row in rows(path)]
    assert [row["id"] for row in found] == [f"{n:09}" for n in range(number)]
    texts = Counter(row["text"] for row in found)
    assert texts[""] and any(count > 1 for text, count in texts.items() if text)
    assert any(text.endswith("One more line.\n") for text in texts) and any("\0" in text for text in texts)
    assert 3 * 10**6 <= sum(len(row["text"].encode()) for row in found) < 3.2 * 10**6


def test_what_a_command_costs_counts_its_children() -> None:
    busy = (
        "import subprocess as s, sys; s.run([sys.executable, '-c', 'x = bytearray(80_000_000); sum(range(2*10**7))'])"
    )
    found = cost([sys.executable, "-c", busy])
    assert found.wall > 0.1 and found.processor > 0.1
    assert found.together > 80 > found.largest - 80
    with pytest.raises(CommandError, match=r"status 1: (?s:.*)ZeroDivisionError"):
        cost([sys.executable, "-c", "1/0"])
    assert cost([sys.executable, "-c", "raise SystemExit(3)"], (0, 3)).wall > 0


def test_the_ratios_say_what_is_aimed_at() -> None:
    spent = {FLOOR: 0.01, LINGUA: 10.0, DATATROVE: 40.0, ONE: 5.0, TWO: 5.2}
    costs = {name: Cost(seconds / (2 if name == TWO else 1), seconds, 300, 200) for name, seconds in spent.items()}
    measured = [Measured(SEEDS, 10, costs), Measured(CHINESE, 10, costs)]
    assert list(ratios(measured)) == [
        f"| {SEEDS} | times lingua's cost | 0.50 | at most 0.6 |",
        f"| {SEEDS} | times as fast as datatrove | 8.00 | at least 3 |",
        f"| {SEEDS} | two workers, times one | 1.92 | at least 1.8 |",
        f"| {SEEDS} | MB in the largest process | 200 | at most 400 |",
        f"| {CHINESE} | seconds a MB | 0.50 | at most 0.3 |",
        f"| {CHINESE} | two workers, times one | 1.92 | at least 1.8 |",
        f"| {CHINESE} | MB in the largest process | 200 | at most 400 |",
    ]
    assert f"| {SEEDS} | {ONE} | 0.500 | 2.00 | 300 (200) |" in table(measured)


def test_it_measures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    tiny = [sys.executable, "-c", "print(1)"]
    monkeypatch.setattr(throughput, "run_command", lambda *_: tiny)
    monkeypatch.setattr(sys, "argv", ["throughput", "--megabytes", "0.01", "--crawl", "0.0001"])
    throughput.main()
    told = capsys.readouterr().out
    assert f"| {CHINESE} | {FLOOR} |" in told and f"| crawl, 0.0001 GB | {TWO} |" in told
    assert os.fspath(tmp_path) not in told
