"""How a command ends: its exit status, and one line for what went wrong."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import typer

from pipeline.errors import InputError, OutputError, PipelineError, SettingsError


class Status(IntEnum):
    """The exit statuses of all commands."""

    OK = 0
    FAILED = 1
    USAGE = 2
    REJECTS = 3


INTERRUPTED = 130
"""What a shell expects of who was interrupted: 128 and the number of the signal."""


@contextmanager
def explained() -> Iterator[None]:
    """Turn an error of ours into one line on standard error and the exit status that says who has to act."""
    try:
        yield
    except (InputError, SettingsError) as error:
        _explain(error)
        raise typer.Exit(Status.USAGE) from error
    except PipelineError as error:
        _explain(error)
        raise typer.Exit(Status.FAILED) from error
    except KeyboardInterrupt as error:
        print("clean-corpus: interrupted", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from error


def _explain(error: PipelineError) -> None:
    from pipeline.report.visible import visible

    # A file's name can be in the message, and with it whatever somebody put into that name.
    print(f"clean-corpus: error: {visible(str(error))}", file=sys.stderr)


@contextmanager
def until_closed() -> Iterator[None]:
    """End the block quietly when what reads our output, such as `head`, has seen enough.

    Raises OutputError where standard output cannot be written to, such as on a full disk.
    """
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        # What is still buffered would raise again when Python flushes it on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise OutputError(f"cannot write to standard output: {error.strerror or error}") from error
