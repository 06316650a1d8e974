"""The training data as token ids and targets, and the vocabulary that it needs.

Folders below --data: goemotions/ (train.tsv, dev.tsv: text, label ids, ...), goemotions-ko/ (the same in Korean),
brighter/train/*.csv (text and six columns, an empty one is unknown), xed/*.tsv (text, Plutchik ids 1..8).
"""
from __future__ import annotations

import csv
import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from e5_source import E5Source

PREFIX, MAX_TOKENS = "query: ", 64
BRIGHTER = ("anger", "disgust", "fear", "joy", "sadness", "surprise")


@dataclass
class Rows:
    head: str
    ids: list[list[int]]
    target: np.ndarray
    #: 1 where the target is known; BRIGHTER leaves out an emotion in some languages.
    known: np.ndarray
    #: The same texts as a speech recogniser writes them, or none.
    spoken: list[list[int]] | None = None


def read_ids(file: Path, labels: int, first: int) -> tuple[list[str], np.ndarray]:
    """Lines `text TAB id, id`; `first` is the id of label 0. A line that is not of this form is left out."""
    texts, targets = [], []
    for line in file.read_text("utf8").split("\n"):
        cells = line.split("\t")
        if len(cells) < 2 or not re.fullmatch(r"[\d, ]+", cells[1].strip()):
            continue
        row = np.zeros(labels, np.float32)
        for cell in cells[1].split(","):
            if cell.strip() and first <= int(cell) < first + labels:
                row[int(cell) - first] = 1
        texts.append(cells[0])
        targets.append(row)
    return texts, np.array(targets)


def read_brighter(folder: Path) -> tuple[list[str], np.ndarray, np.ndarray]:
    texts, targets, known = [], [], []
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf8", newline="") as lines:
            for row in csv.DictReader(lines):
                cells = [row.get(name) or "nan" for name in BRIGHTER]
                texts.append(row["text"])
                targets.append([0.0 if c == "nan" else float(float(c) > 0) for c in cells])
                known.append([float(c != "nan") for c in cells])
    return texts, np.array(targets, np.float32), np.array(known, np.float32)


def as_spoken(text: str) -> str:
    """Lower case without punctuation: what arrives from a speech recogniser."""
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s']", " ", text.lower())).strip()


def load(folder: Path, source: E5Source, keep: list[int] | None, dev_only: bool = False) -> tuple[dict[str, Rows], list[int]]:
    """Training rows by name, `dev`, and the kept piece ids (`keep`, or those that the data uses twice or more)."""
    dev, target_dev = read_ids(folder / "goemotions/dev.tsv", 28, 0)
    ones = np.ones_like
    if dev_only:
        encoded = source.tokenizer(keep).encode_batch([PREFIX + t for t in dev], add_special_tokens=False)
        ids = [[source.bos, *e.ids[: MAX_TOKENS - 2], source.eos] for e in encoded]
        return {"dev": Rows("goemotions", ids, target_dev, ones(target_dev))}, keep or []
    english, target = read_ids(folder / "goemotions/train.tsv", 28, 0)
    korean, target_ko = read_ids(folder / "goemotions-ko/train.tsv", 28, 0)
    brighter, target_br, known_br = read_brighter(folder / "brighter/train")
    xed, target_xed = [], []
    for file in sorted((folder / "xed").glob("*.tsv")):
        texts, targets = read_ids(file, 8, 1)
        xed += texts
        target_xed.append(targets)
    texts = {"en": english, "spoken": [as_spoken(t) for t in english], "ko": korean, "br": brighter, "xed": xed, "dev": dev}
    if keep is None:
        full = source.tokenizer()
        count = Counter(
            i for some in texts.values() for e in full.encode_batch([PREFIX + t for t in some], add_special_tokens=False) for i in e.ids
        )
        # Single letters stay, so that unseen words can be spelt; ideographs and syllable blocks are too many for that.
        letters = {
            i for i, p in enumerate(source.pieces)
            if len(p) == 1 and not (0x3400 <= ord(p) <= 0x9FFF or 0xAC00 <= ord(p) <= 0xD7A3)
        }
        keep = sorted({i for i, n in count.items() if n >= 2} | letters | {0, 1, 2, 3})
    cut = source.tokenizer(keep)

    def ids(some: list[str]) -> list[list[int]]:
        encoded = cut.encode_batch([PREFIX + t for t in some], add_special_tokens=False)
        return [[source.bos, *e.ids[: MAX_TOKENS - 2], source.eos] for e in encoded]

    rows = {
        "en": Rows("goemotions", ids(english), target, ones(target), ids(texts["spoken"])),
        "ko": Rows("goemotions", ids(korean), target_ko, ones(target_ko)),
        "br": Rows("brighter", ids(brighter), target_br, known_br),
        "xed": Rows("plutchik", ids(xed), np.concatenate(target_xed), ones(np.concatenate(target_xed))),
        "dev": Rows("goemotions", ids(dev), target_dev, ones(target_dev)),
    }
    return rows, keep


def batches(lengths: list[int], size: int, chance: random.Random):
    """Row numbers, for ever: shuffled, then sorted by length within fifty batches, so that padding is small."""
    while True:
        order = list(range(len(lengths)))
        chance.shuffle(order)
        found = []
        for start in range(0, len(order), size * 50):
            near = sorted(order[start : start + size * 50], key=lengths.__getitem__)
            found += [near[i : i + size] for i in range(0, len(near) - size + 1, size)]
        chance.shuffle(found)
        yield from found
