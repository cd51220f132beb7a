"""What workers have in common, loaded once: by the process that they are forked from, which imports this.

Rule tables, detectors, models, dictionary and encoder take four seconds and 300 MB. Workers share that memory as long
as they only read it.
"""

import atexit
import gc
import os
import sys
from contextlib import suppress

from pipeline.scale.worker import prepare_process

MENU = "\n".join(f"Entry {number}" for number in range(20))
PAGE = f"""Tidewater Post
{MENU}
Published 3 May 2024 | 5 min read

The ferry company has closed the 闭环 with its partners, and the risk of 内卷 fell on all lines that it runs today.

Its новый director named no price, and the перспективы of the pier are what they were when he came.

La compagnia ha firmato un accordo con i suoi partner, e il traghetto torna in servizio.
"""
"""It has something for every part to do: a stamp, several languages, leftovers that are looked up and weighed, and
so many lines that the models of pages judge them."""


def warm() -> None:
    """Clean a page, so that all that cleaning takes is there."""
    import pyarrow as pa

    from pipeline.arrays import record_batch
    from pipeline.batch import PROGRAM_FAULTS, clean_batch

    page = record_batch([{"id": "", "text": PAGE}], pa.schema([("id", pa.string()), ("text", pa.string())]))
    # A worker will meet it again, and has somebody to tell.
    with suppress(*PROGRAM_FAULTS):
        clean_batch(page)


def is_server() -> bool:
    """Whether this process is the one that workers are forked from; whoever else imports this wants to live on."""
    return any("multiprocessing.forkserver" in argument for argument in sys.orig_argv)


if is_server():
    # It ends when the process does that has started it, and its workers end with it: at once, with nothing to tidy up.
    atexit.register(os._exit, 0)
    prepare_process()
    warm()
    # What is there to stay need not be searched for rubbish, which would have each worker copy it.
    gc.freeze()
