"""Keep what was measured: a file below results/, and the rows of README that quote it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.provenance import machine, today, versions

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
RESULTS = Path("benchmarks") / "results"


@dataclass(frozen=True, slots=True)
class Quote:
    """A figure that README repeats."""

    what: str
    figure: str


def render(name: str, title: str, body: str) -> str:
    """Return the page of benchmark `name`: what was measured when, with what, on what."""
    return "\n".join([
        f"# {title}",
        "",
        f"- command: `python -m benchmarks.{name}`",
        f"- date: {today()}",
        f"- machine: {machine()}",
        f"- versions: {versions()}",
        "",
        body,
        "",
    ])  # fmt: skip


def keep(name: str, page: str) -> None:
    """Write `page` to results/."""
    (ROOT / RESULTS / f"{name}.md").write_text(page, encoding="utf-8")


def save(name: str, page: str, quotes: Sequence[Quote]) -> None:
    """Write `page` to results/ and put `quotes` into README."""
    keep(name, page)
    README.write_text(quoted(README.read_text(encoding="utf-8"), name, quotes), encoding="utf-8")


def quoted(readme: str, name: str, quotes: Sequence[Quote]) -> str:
    """Return `readme` with its table rows of benchmark `name` replaced by `quotes`.

    Raises ValueError where it has no such row: there is then no telling where they belong.
    """
    mark = f"[`python -m benchmarks.{name}`]({RESULTS.as_posix()}/{name}.md) |"
    lines = readme.split("\n")
    at = [number for number, line in enumerate(lines) if line.endswith(mark)]
    if not at:
        raise ValueError(f"README has no row that ends with {mark}")
    rows = [f"| {quote.what} | {quote.figure} | {today()} | {mark}" for quote in quotes]
    before = [line for line in lines[: at[0]]]
    after = [line for line in lines[at[0] :] if not line.endswith(mark)]
    return "\n".join([*before, *rows, *after])
