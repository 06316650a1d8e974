"""The lines that the crisis gate learns from."""
from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
LEVELS = ["none", "concern", "crisis"]
CATEGORIES = ["suicide", "self-harm", "harm-to-others", "abuse", "medical", "overdose", "child-danger"]


@dataclass
class Line:
    text: str
    level: int
    category: str
    language: str
    kind: str
    scene: str


def read_lines(folder: Path = HERE / "lines") -> list[Line]:
    """`[level category language kind scene]`, then its lines. The same text twice is read once."""
    found: dict[str, Line] = {}
    for file in sorted(folder.glob("*.txt")):
        head: list[str] = []
        for text in file.read_text("utf8").splitlines():
            if text.startswith("["):
                head = text.strip("[]").split()
                assert len(head) == 5 and head[0] in LEVELS, f"{file.name}: {text}"
            elif text.strip():
                level, category, language, kind, scene = head
                found.setdefault(text.strip().lower(), Line(text.strip(), LEVELS.index(level), category, language, kind, f"{language}-{scene}"))
    return list(found.values())


def read_second(file: Path = HERE / "second-set.tsv") -> list[Line]:
    """Written in one go before rules and classifier: for judging only."""
    rows = [row.split("\t") for row in file.read_text("utf8").splitlines()[1:]]
    return [Line(text, LEVELS.index(level), category, language, kind, scene) for text, level, category, language, kind, scene in rows]


def read_everyday(data: Path | None, most: int, split: str = "train") -> list[str]:
    """Sentences of GoEmotions that nobody wrote in danger, as far as anybody looked: with a small weight."""
    if data is None or not (data / "goemotions" / f"{split}.tsv").exists():
        return []
    texts = [row.split("\t")[0] for row in (data / "goemotions" / f"{split}.tsv").read_text("utf8").splitlines()]
    texts.sort(key=lambda text: hashlib.sha256(text.encode()).digest())
    return texts[:most]

