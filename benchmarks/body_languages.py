"""The body found in ten languages: fifty pages that nobody learnt from, made of `body_languages.toml`.

`python -m benchmarks.body_languages [--save]`
"""

import argparse
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path

import numpy as np

from benchmarks.record import keep, render
from pipeline.body.model import predict_body
from pipeline.plan import clean

NOTES = """\
Mean F1 by character (spaces aside) of what is kept against the story's own lines, its title left out. Five stories in
each language, each laid out as another kind of site: news, blog with comments, magazine with cards, guide, portal. The
texts and layouts were written for this benchmark; neither rules nor model were made or tuned with them. `model alone`
is what `predict_body` gives for the lines, `product` what the whole plan keeps.
"""

TEXTS = Path(__file__).with_name("body_languages.toml")


@dataclass(frozen=True, slots=True)
class Site:
    """What a site in one language puts around its stories, and the stories: title first, then the body."""

    site: str
    date: str
    by: str
    menu: Sequence[str]
    share: Sequence[str]
    related: str
    newsletter: str
    comments: str
    said: Sequence[str]
    popular: str
    cookies: str
    legal: str
    foot: Sequence[str]
    stories: Sequence[Sequence[str]]

    def others(self, number: int) -> list[Sequence[str]]:
        """Return the stories but the one at `number`."""
        return [story for i, story in enumerate(self.stories) if i != number]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A page: the lines above the body, the body, and the lines below it."""

    above: Sequence[str]
    body: Sequence[str]
    below: Sequence[str]

    @property
    def lines(self) -> list[str]:
        """All lines, in order."""
        return [*self.above, *self.body, *self.below]


@cache
def sites() -> Mapping[str, Site]:
    """Return the sites by language."""
    return {language: Site(**table) for language, table in tomllib.loads(TEXTS.read_text(encoding="utf-8")).items()}


def pages(language: str) -> Iterator[LaidOut]:
    """Yield the pages in `language`, one of each layout."""
    site = sites()[language]
    for number, layout in enumerate(LAYOUTS):
        title, *body = site.stories[number]
        lines = [line.removeprefix("# ") for line in body]
        above, below = layout(site, title, site.others(number))
        yield LaidOut(above, lines, below)


Sides = tuple[list[str], list[str]]


def _news(site: Site, title: str, others: Sequence[Sequence[str]]) -> Sides:
    dated = chain.from_iterable((story[0], site.date) for story in others)
    return (
        [f"{title} | {site.site}", *site.menu, title, site.date, site.by, *site.share],
        [*site.share, site.related, *dated, site.cookies, *site.foot],
    )


def _blog(site: Site, title: str, others: Sequence[Sequence[str]]) -> Sides:
    said = chain.from_iterable((site.by, site.date, text) for text in site.said)
    titles = [story[0] for story in others]
    return [site.site, *site.menu, site.date, title], [site.comments, *said, site.popular, *titles, *site.foot]


def _magazine(site: Site, title: str, others: Sequence[Sequence[str]]) -> Sides:
    cards = chain.from_iterable((story[0], story[1]) for story in others)
    return (
        [*site.menu, site.menu[3], title, f"{site.by} · {site.date}"],
        [site.newsletter, site.related, *cards, site.legal, *site.foot],
    )


def _guide(site: Site, title: str, others: Sequence[Sequence[str]]) -> Sides:
    trail = [f"{site.menu[0]} > {site.menu[3]} > {title}", title]
    return [*(f"- {entry}" for entry in site.menu), *trail], [others[0][0], others[1][0], *site.share, *site.foot]


def _portal(site: Site, title: str, others: Sequence[Sequence[str]]) -> Sides:
    ranked = chain.from_iterable((str(n), story[0]) for n, story in enumerate(others, start=1))
    ticker = [entry for pair in zip_longest(site.menu, (s[0] for s in others)) for entry in pair if entry]
    return (
        [site.cookies, *ticker, title, site.by, site.date],
        [*site.share, site.popular, *ranked, site.newsletter, site.legal, *site.foot],
    )


LAYOUTS: tuple[Callable[[Site, str, Sequence[Sequence[str]]], Sides], ...] = (_news, _blog, _magazine, _guide, _portal)


def body_f1(page: LaidOut, kept: Sequence[bool]) -> float:
    """Return the F1, by character, of the `kept` lines of `page`."""
    sizes = np.array([len("".join(line.split())) for line in page.lines])
    is_body = np.zeros(len(sizes), dtype=bool)
    is_body[len(page.above) : len(page.above) + len(page.body)] = True
    chosen = np.array(kept)
    return float(2 * sizes[chosen & is_body].sum() / (sizes[chosen].sum() + sizes[is_body].sum()))


def kept_by_product(page: LaidOut) -> list[bool]:
    """Return whether each line of `page` has a kept segment."""
    doc = clean("\n".join(page.lines))
    lines = {segment.line for segment in doc.segments if segment.keep}
    return [number in lines for number in range(1, len(page.lines) + 1)]


def table() -> str:
    """Return the figures as Markdown."""
    rows = ["| language | pages | model alone | product |", "|---|--:|--:|--:|"]
    model, product = [], []
    for language in sites():
        found = list(pages(language))
        model += [[body_f1(page, predict_body(page.lines).is_body) for page in found]]
        product += [[body_f1(page, kept_by_product(page)) for page in found]]
        rows.append(f"| {language} | {len(found)} | {np.mean(model[-1]):.3f} | {np.mean(product[-1]):.3f} |")
    count = sum(map(len, product))
    rows.append(f"| all | {count} | {np.mean(model):.3f} | {np.mean(product):.3f} |")
    return "\n".join(rows)


def main() -> None:
    """Find, score, print and, if asked, save."""
    parser = argparse.ArgumentParser(description="Score the bodies found on pages in ten languages.")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/body_languages.md")
    options = parser.parse_args()
    page = render("body_languages", "The body in ten languages", f"{table()}\n\n{NOTES}")
    print(page, end="")
    if options.save:
        keep("body_languages", page)


if __name__ == "__main__":
    main()
