"""The training data as token ids and targets, and the vocabulary that it needs.

Folders below --data: goemotions/ (train.tsv, dev.tsv: text, label ids, ...), goemotions-ko/ (the same in Korean),
brighter/train/*.csv (text and six columns, an empty one is unknown), xed/*.tsv (text, Plutchik ids 1..8), xed-parallel/pairs-*.txt, glasgow-norms/glasgow-norms.csv.
"""
from __future__ import annotations

import csv
import hashlib
import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from e5_source import E5Source

PREFIX, MAX_TOKENS = "", 64
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
    #: For rows of the GoEmotions head that a teacher reads: the English texts, and how much of the target is the teacher's.
    english: list[str] | None = None
    taught: float = 0


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


def read_brighter(folder: Path, files: str = "*.csv") -> tuple[list[str], np.ndarray, np.ndarray]:
    texts, targets, known = [], [], []
    for file in sorted(folder.glob(files)):
        with file.open(encoding="utf8", newline="") as lines:
            for row in csv.DictReader(lines):
                cells = [row.get(name) or "nan" for name in BRIGHTER]
                texts.append(row["text"])
                targets.append([0.0 if c == "nan" else float(float(c) > 0) for c in cells])
                known.append([float(c != "nan") for c in cells])
    return texts, np.array(targets, np.float32), np.array(known, np.float32)


def read_parallel(folder: Path, most: int = 12_000) -> tuple[list[str], list[str]]:
    """Aligned subtitle lines: English, and the same in German, Spanish, French, Italian, Dutch, Polish, Portuguese, Swedish."""
    english, foreign, chance = [], [], random.Random(7)
    for file in sorted(folder.glob("pairs-*.txt")):
        pairs = [c[-2:] for c in (line.split("\t") for line in file.read_text("utf8").split("\n")) if len(c) >= 6]
        pairs = [(a.strip(), b.strip()) for a, b in pairs if 3 < len(a) < 160 and 3 < len(b) < 200]
        for a, b in chance.sample(pairs, min(most, len(pairs))):
            english.append(a)
            foreign.append(b)
    return english, foreign


def kept_apart(text: str) -> bool:
    """One of our own lines in ten is never trained on, so that the others can be judged by it."""
    return hashlib.sha256(text.encode()).digest()[0] % 10 == 0


def read_night(folder: Path, labels: list[str], apart: bool, files: str = "*.tsv") -> tuple[list[str], np.ndarray]:
    """Our own lines of what people say at night: `label, label TAB text` in one file a language."""
    texts, targets = [], []
    for file in sorted(folder.glob(files)):
        for number, line in enumerate(file.read_text("utf8").split("\n"), 1):
            if not line.strip() or line.startswith("#"):
                continue
            names, text = line.split("\t")
            if kept_apart(text) != apart:
                continue
            row = np.zeros(len(labels), np.float32)
            for name in names.split(","):
                if name.strip() not in labels:
                    raise ValueError(f"{file}:{number}: no label {name!r}")
                row[labels.index(name.strip())] = 1
            texts.append(text)
            targets.append(row)
    return texts, np.array(targets)


def read_affect(folder: Path) -> tuple[list[str], np.ndarray]:
    """Words of the Glasgow norms (Scott et al. 2019) with valence and arousal, each as its place among all words, 0..1.

    Places, not the scale itself: ratings of arousal crowd round the middle, so the raw scale would call every word calm.
    """
    with (folder / "glasgow-norms.csv").open(encoding="utf8", newline="") as lines:
        cells = [row for row in csv.reader(lines)][2:]
    words = [row[0].split(" (")[0] for row in cells]
    # Columns: word, length, arousal (mean, sd, n), valence (mean, sd, n), ...
    rated = np.array([[float(row[5]), float(row[2])] for row in cells])
    places = rated.argsort(0).argsort(0) / (len(rated) - 1)
    return words, (0.02 + 0.96 * places).astype(np.float32)


def label_affect(file: Path) -> np.ndarray:
    """Valence and arousal of the 28 labels, 0..1, [28, 2]: the product's own table, read from `label-affect.ts`."""
    number = r"(-?[\d.]+)"
    found = re.findall(rf"(\w+): \{{ valence: {number}, arousal: {number} \}}", file.read_text("utf8"))
    if len(found) != 28:
        raise ValueError(f"{file}: {len(found)} labels instead of 28")
    return (np.array([[float(v), float(a)] for _, v, a in found], np.float32) + 1) / 2


def as_spoken(text: str) -> str:
    """Lower case without punctuation: what arrives from a speech recogniser."""
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s']", " ", text.lower())).strip()


def load(
    folder: Path, source: E5Source, keep: list[int] | None, dev_only: bool = False, fewest: int = 2, taught: float = 0.35
) -> tuple[dict[str, Rows], list[int]]:
    """Training rows by name, `dev`, and the kept piece ids (`keep`, or those that the data uses `fewest` times or more).

    `taught` is how much of a target of GoEmotions is the teachers'.
    """
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
    pair_english, foreign = read_parallel(folder / "xed-parallel")
    labels = (folder / "goemotions/labels.txt").read_text().split()
    night, target_night = read_night(Path(__file__).parent / "night", labels, apart=False)
    texts = {"en": english, "spoken": [as_spoken(t) for t in english], "ko": korean, "br": brighter, "xed": xed, "dev": dev}
    texts |= {"par": foreign, "night": night}
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
        keep = sorted({i for i, n in count.items() if n >= fewest} | letters | {0, 1, 2, 3})
    cut = source.tokenizer(keep)

    def ids(some: list[str]) -> list[list[int]]:
        encoded = cut.encode_batch([PREFIX + t for t in some], add_special_tokens=False)
        return [[source.bos, *e.ids[: MAX_TOKENS - 2], source.eos] for e in encoded]

    rows = {
        "en": Rows("goemotions", ids(english), target, ones(target), ids(texts["spoken"]), english, taught),
        "ko": Rows("goemotions", ids(korean), target_ko, ones(target_ko), None, english, taught),
        "br": Rows("brighter", ids(brighter), target_br, known_br),
        "xed": Rows("plutchik", ids(xed), np.concatenate(target_xed), ones(np.concatenate(target_xed))),
        "dev": Rows("goemotions", ids(dev), target_dev, ones(target_dev)),
    }
    none = np.zeros((len(foreign), 28), np.float32)
    rows["par"] = Rows("goemotions", ids(foreign), none, ones(none), ids([as_spoken(t) for t in foreign]), pair_english, 1)
    rows["sub"] = Rows("goemotions", ids(pair_english), none.copy(), ones(none), ids([as_spoken(t) for t in pair_english]), None, 1)
    if night:
        rows["night"] = Rows("goemotions", ids(night), target_night, ones(target_night), ids([as_spoken(t) for t in night]))
    words, rated = read_affect(folder / "glasgow-norms")
    framed = [*words, *(f"I feel {w}" for w in words)]
    rows["va"] = Rows("affect", ids(framed), np.concatenate([rated, rated]), np.ones((len(framed), 2), np.float32))
    return rows, keep


def add_sentences_with_affect(rows: dict[str, Rows], of_label: np.ndarray, most: int = 20_000) -> None:
    """Sentences for the affect head: valence and arousal of their labels (softened by the teachers), weighted by squared
    probability as the product mixes them. The words of the norms then tell apart what one label holds together."""
    task, chance = rows["va"], random.Random(11)
    for name, count in (("en", most), ("night", most)):
        source = rows[name]
        chosen = chance.sample(range(len(source.ids)), min(count, len(source.ids)))
        share = source.target[chosen] ** 2
        mixed = (share @ of_label) / share.sum(1, keepdims=True).clip(min=1e-6)
        task.ids = task.ids + [source.ids[i] for i in chosen]
        task.target = np.concatenate([task.target, mixed.astype(np.float32)])
    task.known = np.ones_like(task.target)


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
