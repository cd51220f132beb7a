"""What the elements of HTML are to a text: which break lines, which part words, which hold none of it."""

DROPPED = frozenset({
    "script", "style", "template", "svg", "math", "iframe", "object", "embed", "canvas", "audio", "video", "map",
    "area", "param", "source", "track", "textarea", "select", "datalist", "head", "rt", "rp", "applet", "noframes",
})  # fmt: skip
"""Elements whose text is none of the page's: code, media, what a form offers, and how Han characters are read."""

BLOCKS = frozenset({
    "html", "body", "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "legend", "li", "listing", "main", "menu", "nav", "noscript", "ol", "optgroup", "option",
    "p", "plaintext", "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
    "xmp",
})  # fmt: skip

CELLS = frozenset({"td", "th"})

PHRASES = frozenset({
    "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark",
    "q", "rb", "ruby", "s", "samp", "small", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
})  # fmt: skip
"""Elements inside sentences, and no reason to part words where two of them touch."""

PREFORMATTED = frozenset({"pre", "listing", "plaintext", "xmp"})

TOGETHER = frozenset({"ul", "ol", "dl", "menu", "dir", "table"}) | PREFORMATTED
"""Elements whose lines follow each other without a blank line."""

STRONG = frozenset({"b", "strong", "em", "i"})

INLINE = PHRASES | {"a", "span", "time", "button", "label"}
"""Elements that are passed by in the search for the block that a line belongs to."""
