"""What a page of Markdown shows, as tests run it: fenced blocks, and what they are said to print."""

import ast
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

CUT = "…"
"""Stands in an excerpt for what was left out of a line or, alone, for lines."""


@dataclass(frozen=True)
class Fence:
    """A fenced block, the comment above it, the line it begins on, and the output that follows with nothing between."""

    kind: str
    body: str
    line: int
    comment: str | None
    output: str | None

    @property
    def commands(self) -> list[str]:
        """The commands of a block for the shell, without their remarks."""
        lines = (line.partition("#")[0].strip() for line in self.body.splitlines())
        return [line for line in lines if line]


def fences(text: str) -> list[Fence]:
    """Return the blocks of a page in order; those that are the output of another have kind `text`, too."""
    found = list(re.finditer(r"(?:^<!-- (.*?) -->\n)?^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    made = []
    for fence, after in zip_longest(found, found[1:]):
        told = after and after[2] == "text" and not after[1] and not text[fence.end() : after.start()].strip()
        line = text.count("\n", 0, fence.start()) + 1
        made.append(Fence(fence[2], fence[3], line, fence[1], after[3] if after and told else None))
    return made


def imports(code: str) -> set[str]:
    """Return the packages that `code` imports."""
    nodes = list(ast.walk(ast.parse(code)))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return {name.partition(".")[0] for name in names}


def call(*arguments: str, place: Path, scratch: Path, package: Path) -> str:
    """Run Python with `arguments` in `place`, with the package that lies in `package`; return what it prints."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(package),
        "PYTHONIOENCODING": "utf-8",
        "HF_HOME": str(scratch),
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
    }
    command = [sys.executable, "-W", "error::SyntaxWarning", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=place, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def assert_excerpt(excerpt: str, printed: str) -> None:
    """Check that `printed` has the lines of `excerpt` in order, all but the scores, which move with every rule."""
    lines = iter(_unscored(printed).splitlines())
    for line in _unscored(excerpt).splitlines():
        parts = [re.escape(part.strip()) for part in line.split(CUT) if part.strip()]
        found = not parts or any(re.search(".*?".join(parts), other) for other in lines)
        assert found, f"no longer printed here: {line}"


def _unscored(text: str) -> str:
    return re.sub(r"\b[01]\.\d\d\b", "0.00", text)
