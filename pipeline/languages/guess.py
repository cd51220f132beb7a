"""What is thought of a text's language."""

from typing import NamedTuple

UNDETERMINED = "und"
NO_LANGUAGE = "zxx"


class Guess(NamedTuple):
    """A language (BCP 47, shortest form) and how sure it is, 0 to 1, with the runner-up where a choice was made.

    A named tuple, as all that is made anew for every line: a frozen dataclass takes twice as long.

    A score is the share of the answers given for the same reason that were right when `benchmarks.languages`
    measured it; the score of `und` is 0. The runner-up's score is lingua's own, at most what the first one left.
    """

    language: str
    score: float
    runner_up: str = ""
    runner_up_score: float = 0.0

    @property
    def is_language(self) -> bool:
        """Whether it names one."""
        return self.language not in (UNDETERMINED, NO_LANGUAGE)


NOTHING = Guess(UNDETERMINED, 0.0)
