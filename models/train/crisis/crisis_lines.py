"""The lines that the crisis gate learns from, is tuned on, and is judged by."""
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
    file: str = ""


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
                found.setdefault(text.strip().lower(), Line(text.strip(), LEVELS.index(level), category, language, kind, f"{language}-{scene}", file.stem))
    return list(found.values())


def read_dev() -> list[Line]:
    """Whole themes that are never trained on: thresholds are set with these."""
    return read_lines(HERE / "dev")


def read_judges() -> list[Line]:
    """Written before rules and networks of their time: for judging only."""
    rows = [row.split("\t") for name in ("second-set", "third-set", "fourth-set") for row in (HERE / f"{name}.tsv").read_text("utf8").splitlines()[1:]]
    return [Line(text, LEVELS.index(level), category, language, kind, scene) for text, level, category, language, kind, scene in rows]


def read_everyday(data: Path | None, most: int, split: str = "train") -> list[str]:
    """Sentences of GoEmotions that nobody wrote in danger, as far as anybody looked: with a small weight."""
    if data is None or not (data / "goemotions" / f"{split}.tsv").exists():
        return []
    texts = [row.split("\t")[0] for row in (data / "goemotions" / f"{split}.tsv").read_text("utf8").splitlines()]
    texts.sort(key=lambda text: hashlib.sha256(text.encode()).digest())
    return texts[:most]
