"""What a cold start costs: processor time of whole processes, beside a plain baseline in the same run.

`python -m benchmarks.start [--rounds N] [--save]`
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.record import ROOT, Quote, render, save

BARE = "bare interpreter"
HELP = "`clean-corpus --help`"
SEEDS = "`clean-corpus run seeds`"
TWICE = "the same twice in one process"
BASELINE = "baseline: lingua and a Han scan"

ROUNDS = 5

Times = Mapping[str, Sequence[float]]

NOTES = r"""
User and system time of a fresh process, in seconds, its start and its imports included. The processes take turns,
after one uncounted round that fills the file cache and the bytecode cache: so this is a start on a machine that has
run the program before. The baseline is `python -m benchmarks.baseline seeds`: lingua with the six expected languages
for every line that is not blank, and a search for `\p{Han}+`. It makes no segments, labels, repairs or tables."""


def commands(out: Path) -> dict[str, list[str]]:
    """Return what is measured; the tables go to `out`."""
    python = sys.executable
    # The module is what the installed command calls; this way it is this checkout's.
    program = [python, "-m", "pipeline.cli"]
    return {
        BARE: [python, "-c", "pass"],
        HELP: [*program, "--help"],
        SEEDS: [*program, "run", "seeds", "--out", str(out)],
        TWICE: [python, "-c", f"from pipeline.run import run; [run(['seeds'], {str(out)!r}) for _ in range(2)]"],
        BASELINE: [python, "-m", "benchmarks.baseline", "seeds"],
    }


def processor_seconds(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Return user plus system time of `command` and its children; raises CalledProcessError if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def measure(rounds: int) -> Times:
    """Return the processor time of every command in each of `rounds` rounds."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        # All start from compiled bytecode, wherever they live and whether or not it may be written there.
        environment["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        todo = commands(Path(folder) / "out")
        turns = [
            {name: processor_seconds(command, environment) for name, command in todo.items()}
            for _ in range(rounds + 1)
        ]  # fmt: skip
    return {name: [turn[name] for turn in turns[1:]] for name in todo}


def table(times: Times) -> str:
    """Return the figures as a table; the last column compares medians."""
    unit = median(times[BASELINE])
    rows = [
        f"| {name} | {min(all_):.2f} | {median(all_):.2f} | {max(all_):.2f} | {median(all_) / unit:.2f} |"
        for name, all_ in times.items()
    ]
    rounds = len(times[BASELINE])
    head = f"| processor time, {rounds} rounds | min s | median s | max s | times the baseline |"
    return "\n".join([head, "|---|--:|--:|--:|--:|", *rows])


def quotes(times: Times) -> tuple[Quote, ...]:
    """Return what README repeats."""
    seeds, unit = median(times[SEEDS]), median(times[BASELINE])
    return (
        Quote(
            "processor time of the five seeds, start included; lingua over the lines and a Han scan alone being 1",
            f"{seeds / unit:.2f}",
        ),
    )


def main() -> None:
    """Measure, print and, if asked, save."""
    parser = argparse.ArgumentParser(description="Measure what a cold start costs.")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often each is started ({ROUNDS})")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/start.md and README's rows")
    options = parser.parse_args()
    times = measure(max(1, options.rounds))
    page = render("start", "A cold start", table(times) + "\n" + NOTES)
    print(page, end="")
    if options.save:
        save("start", page, quotes(times))


if __name__ == "__main__":
    main()
