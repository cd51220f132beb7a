"""The least a language tagger can do, to compare with: lingua for every line, and a scan for Chinese runs.

`python -m benchmarks.baseline FOLDER` does this for the .txt files of FOLDER and nothing else: no segments,
labels, repairs or tables.
"""

import sys
from collections import Counter
from pathlib import Path

import regex
from lingua import Language, LanguageDetectorBuilder

EXPECTED = (
    Language.ENGLISH,
    Language.CHINESE,
    Language.ITALIAN,
    Language.PORTUGUESE,
    Language.SPANISH,
    Language.FRENCH,
)
"""The six that `clean-corpus run` expects by default."""

HAN = regex.compile(r"\p{Han}+")


def main(folder: Path) -> None:
    """Print how many lines are in which language, and how many runs of Chinese characters there are."""
    detector = LanguageDetectorBuilder.from_languages(*EXPECTED).build()
    languages: Counter[str] = Counter()
    runs = 0
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if not line.strip():
                continue
            found = detector.detect_language_of(line)
            languages[found.name if found else "none"] += 1
            runs += sum(1 for _ in HAN.finditer(line))
    print(dict(sorted(languages.items())), "runs of Han:", runs)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
