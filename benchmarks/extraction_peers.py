"""Extractors that ours are measured beside: of HTML, and what can be done with plain text without learning."""

from collections.abc import Callable
from importlib.metadata import version
from itertools import accumulate

MIN_LINE, MAX_LINE = 40, 400
"""Code points that a line costs, and that it counts at most, in the longest run: the best of 18 settings on WCXB."""

Peer = Callable[[str], str]

_DISTRIBUTIONS = ("trafilatura", "trafipy", "resiliparse", "jusText")


def peer_versions() -> str:
    """Return the peers with their versions; raises PackageNotFoundError where the extra `bench` is not installed."""
    return ", ".join(f"{name} {version(name)}" for name in _DISTRIBUTIONS)


def everything(text: str) -> str:
    """Return `text`."""
    return text


def longest_run(text: str) -> str:
    r"""Return the run of lines with most text above what its lines cost (body text extraction).

    >>> longest_run("\n".join(["Home", "x" * 90, "y" * 60, "Imprint"])) == "x" * 90 + "\n" + "y" * 60
    True
    """
    lines = text.split("\n")
    sums = list(accumulate((min(len(line), MAX_LINE) - MIN_LINE for line in lines), initial=0))
    best, run, low = 0, (0, 0), 0
    for end, total in enumerate(sums):
        low = min(low, end, key=lambda i: sums[i])
        if total - sums[low] > best:
            best, run = total - sums[low], (low, end)
    return "\n".join(lines[run[0] : run[1]])


def trafilatura(html: str) -> str:
    """Return the main text by trafilatura, as it comes."""
    from trafilatura import extract  # the extra `bench`

    return extract(html) or ""


def trafipy(html: str) -> str:
    """Return the main text by rs-trafilatura."""
    import trafipy as peer

    return str(peer.extract(html).text)


def resiliparse(html: str) -> str:
    """Return the main text by resiliparse."""
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(html, main_content=True))


def justext(html: str) -> str:
    """Return the good paragraphs by jusText, with its English stop list: nearly all pages are English."""
    import justext as peer

    if not html.strip():
        return ""
    paragraphs = peer.justext(html, peer.get_stoplist("English"))
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


TEXT_PEERS: dict[str, Peer] = {"longest run of long lines": longest_run, "everything": everything}
HTML_PEERS: dict[str, Peer] = {
    "trafilatura": trafilatura, "rs-trafilatura (trafipy)": trafipy, "resiliparse": resiliparse, "jusText": justext,
}  # fmt: skip
