"""HTML as text: what becomes a line, what its markup says, and that no page brings the reader down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.html.markup import Element, LineMarkup
from pipeline.html.page import MAX_DEPTH, read_html


def lines(html: str) -> list[str]:
    page = read_html(html)
    return [page.raw[line.start : line.end] for line in page.markup.lines]


def line(html: str, starts: str) -> tuple[LineMarkup, list[Element]]:
    page = read_html(html)
    found = next(line for line in page.markup.lines if page.raw[line.start :].startswith(starts))
    return found, list(page.markup.around(found.element))


def test_blocks_are_lines_and_groups_stand_apart() -> None:
    page = (
        "<title>A &amp; B</title><style>p{}</style><script>x()</script><h1>Head</h1><p>One <b>bold</b>\n word."
        "<ul><li>a<li>b<ol><li>c</ol></ul><p>Two<br>lines"
    )
    assert read_html(page).raw == "A & B\n\nHead\n\nOne bold word.\n\n- a\n- b\n\n- c\n\nTwo\n\nlines\n"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        # Broken markup is read as browsers read it.
        ("<p>one<div>two</p>three", ["one", "two", "three"]),
        ("<b><p>one</b>two", ["onetwo"]),
        ("</div></p>text</body></html><p>after", ["text", "after"]),
        ("<p>a<!-- <p>b -->c<!-->d", ["acd"]),
        ("<p>1 < 2 <3 & 4 &lt 5", ["1 < 2 <3 & 4 < 5"]),
        ("plain", ["plain"]),
        ("<p title='>'>x<p", ["x"]),
        # Tables are read row by row, also inside of each other, and what stands astray in them comes before them.
        ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", ["a\tb", "1\t2"]),
        ("<table><tr><td>a<table><tr><td>b<td>c</table>d<td>e</table>", ["a", "b\tc", "d\te"]),
        ("<table><tr><td><p>a<p>b<td>c</table>", ["a", "b", "c"]),
        ("<table>stray<tr><td>cell</table>", ["stray", "cell"]),
        # Words of neighbours in a line do not run together; parts of a word do not fall apart.
        ("<a>one</a><a>two</a>", ["one two"]),
        ("<p><span>W</span>ord <b>bo</b><i>th</i>", ["Word both"]),
        ("<p>a<wbr>b&shy;c", ["ab\u00adc"]),
        # Preformatted text keeps its lines and blanks.
        ("<pre>\n  a  b\n\n    c</pre>", ["  a  b", "    c"]),
        # What is not read out: how Han characters sound, and what a form offers.
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>を", ["漢字を"]),
        ("<p>a<select><option>b</select><textarea>c</textarea>", ["a"]),
        ("<p>a<svg><text>b</text></svg>c", ["ac"]),
        # Character references, also broken ones, as the standard maps them.
        ("<p>&#x80;&#0;&#x110000;&notit;&euro;&#x1F600;", ["€\ufffd\ufffd¬it;€😀"]),
        ("<p>a\0b\x0cc\x1cd\u2028e", ["ab c d e"]),
        ("<p dir=rtl>مرحبا <bdi>abc</bdi> \u200fعالم", ["مرحبا abc \u200fعالم"]),
        ("<p>山田\u3000太郎&nbsp;氏", ["山田\u3000太郎 氏"]),
        ("", []),
        ("<p> <br>&nbsp;<p>", []),
        ("<frameset><frame src=x></frameset>", []),
    ],
)
def test_what_becomes_of_pages(html: str, expected: list[str]) -> None:
    assert lines(html) == expected


def test_what_readers_without_scripts_get_is_read_once() -> None:
    posts = "<noscript><p>A post that scripts would load.</p></noscript>"
    assert lines(f"<div id=app></div>{posts}") == ["A post that scripts would load."]
    assert lines(f"<p>A post that scripts would load.</p>{posts}") == ["A post that scripts would load."]
    # A frame that is not closed must not swallow the page.
    assert lines("<noscript><iframe src=x></noscript><p>İstanbul?") == ["İstanbul?"]
    assert lines("<noscript><IFRAME src=x></noscript><p>text") == ["text"]


def test_the_markup_of_a_line() -> None:
    html = (
        "<html><body class=single><nav role=navigation><ul><li><a href=/>Home page</a></ul></nav><article id=main>"
        "<p>It <a href=x>rained</a> <strong>hard</strong> on <time datetime=2026-05-29>Friday</time>.</p>"
        "<div style='display: none'><p>Folded</div></article>"
    )
    home, around = line(html, "- Home")
    assert home.linked == len("Home page")
    assert [e.tag for e in around] == ["a", "li", "ul", "nav", "body", "html"]
    assert around[3].names == "navigation" and around[4].names == "single"
    rained, around = line(html, "It rained")
    assert (rained.linked, rained.strong, rained.timed) == (len("rained"), len("hard"), True)
    assert [e.tag for e in around] == ["p", "article", "body", "html"]
    _, around = line(html, "Folded")
    assert [e.hidden for e in around] == [False, True, False, False, False]


def test_only_elements_with_text_are_kept() -> None:
    page = read_html("<div><span></span><script>x</script><p><img></div><section><p>x</section>")
    assert [e.tag for e in page.markup.elements] == ["html", "body", "section", "p"]


def test_hostile_pages_end_soon() -> None:
    with pytest.raises(InputError, match="within each other"):
        read_html("<div>" * 10**6)
    assert lines("<div>" * (MAX_DEPTH - 1) + "deep") == ["deep"]
    assert lines("<p>x" * 50_000)[-1] == "x"
    assert lines("<b>" * 15_000 + "x") == ["x"]
    assert lines("<p>" + "&amp;" * 10**6) == ["&" * 10**6]
    assert lines("<p>" + "a b " * 1_250_000) == [("a b " * 1_250_000).strip()]  # 5 MB in a line
    assert lines("<noscript>" * 4_000 + "x") == ["x"]
    assert lines("<" * 10**6 + "p>x")[0].startswith("<<")


PIECES = (
    "<p> </p> <div> </div> <li> <ul> </ul> <table> <tr> <td> </table> <a> </a> <b> </b> <pre> </pre> <br> <ruby> <rt> "
    "<noscript> </noscript> <iframe> <svg> </svg> <select> <title> <!-- --> <template> &amp; &#0; a 漢 ع \n \t < \0 "
    "\ud800 <head> <body> </body> <html> <frameset> <textarea> <math> <script> </script> <caption>"
)
HTML = st.lists(st.sampled_from(PIECES.split(" ")), max_size=40).map("".join)


@given(HTML)
def test_lines_are_where_they_are_said_to_be(html: str) -> None:
    page = read_html(html)
    assert page == read_html(html)
    end = 0
    for each in page.markup.lines:
        text = page.raw[each.start : each.end]
        assert text.strip() and len(text.splitlines()) == 1
        assert not page.raw[end : each.start].strip()
        assert 0 <= each.element < len(page.markup.elements)
        assert 0 <= each.linked <= len(text)
        end = each.end
    assert page.raw[end:] == ("\n" if end else "")
    assert all(element.parent < place for place, element in enumerate(page.markup.elements))
