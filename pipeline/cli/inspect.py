"""`clean-corpus inspect`: a run in the terminal."""

import sys
from typing import Annotated

import typer

from pipeline.cli.arguments import OutFolder
from pipeline.cli.status import explained, until_closed
from pipeline.document import LABELS
from pipeline.errors import SettingsError

Id = Annotated[str | None, typer.Argument(metavar="ID", help="A document: its id, or a part that no other id has.")]
Language = Annotated[str | None, typer.Option(metavar="TAG", help="Only paragraphs in this language: it, zh, zh-Hant.")]
Label = Annotated[
    str | None, typer.Option(metavar="LABEL", help="Only paragraphs with this label: body, related_title.")
]
Fragments = Annotated[
    bool, typer.Option("--fragments", help="Only paragraphs with a fragment, and below each all that is known of it.")
]
Diff = Annotated[
    bool, typer.Option("--diff", help="The source against the clean text: only what is gone or was changed.")
]


def inspect(
    out: OutFolder,
    id: Id = None,
    language: Language = None,
    label: Label = None,
    fragments: Fragments = False,
    diff: Diff = False,
) -> None:
    """List the documents of a run, or show one paragraph by paragraph.

    The list gives language, status, segments kept and in all, fragments and title. A document is shown with
    a tag before every paragraph: + where it is kept, - where --strict held it back (the reason stands behind it),
    its language and label, each with a score from 0 to 1.
    Kept paragraphs are bright, page furniture is dim. Behind a fragment stand its language, its kind and, where
    there is one, the translation beside it (=) and what else might stand there (perhaps); the score is that of
    the translation or, without one, of the kind. Control characters are spelled out. With an option but no ID,
    the paragraphs of all documents are shown. With --diff, what is gone stands in [- -], what came in {+ +}, and
    behind a paragraph the rules that asked for it. On a terminal, the output goes through $PAGER, or else less.

    \b
    Examples:
      clean-corpus inspect out
      clean-corpus inspect out 000_d51b
      clean-corpus inspect out 000_d51b --label related_title
      clean-corpus inspect out 000_d51b --diff
      clean-corpus inspect out --language it
      clean-corpus inspect out --fragments

    \b
    Exit status: 0; 1 if OUT cannot be read; 2 if ID fits no document or several, or there is no such LABEL.
    """
    with explained():
        if label is not None and label not in LABELS:
            raise SettingsError(f"--label {label}: none of {', '.join(LABELS)}")
        from pipeline.lookup import check_tables
        from pipeline.report.inspect import Filter, find_document, print_list, print_paragraphs
        from pipeline.report.pager import open_paged_screen

        check_tables(out)
        shown = Filter(language, label, fragments, diff)
        document = None if id is None else find_document(out, id)
        with until_closed():
            with open_paged_screen() as screen:
                if id is None and not shown:
                    print_list(screen, out)
                    return
                number = print_paragraphs(screen, out, document, shown)
            if shown and not number:
                print("no paragraph fits", file=sys.stderr)
