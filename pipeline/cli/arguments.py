"""Arguments that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

OutFolder = Annotated[Path, typer.Argument(metavar="OUT", help="Folder that a run has written.")]
