"""Captions of the shipped catalogue in thirteen languages, for `npm run eval:music`: three things that a piece has more than the others.

    python describe.py ../../../media-index/starter/catalogue.json ../../../bench/music/captions.tsv

None of the pieces is trained on. Where a concept has four phrases or more, the one is taken that training never saw.
"""
from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import numpy as np

from captions import FRAMES, HEARD_AS, JOINS, tables, words
from train_music import ARC, TEXTURE_SOUNDS

CONCEPTS_EACH = 3


def places(pieces: list[dict], attributes: list[str]) -> np.ndarray:
    """Of each attribute its place among the pieces, -1..1, [pieces, attributes]; 0 where it is not known."""
    measured = {
        "onsetRate": "onsetRatePerSec", "tempo": "tempoBpm", "pulseClarity": "pulseClarity", "mode": "modeScore", "consonance": "keyClarity",
        "brightness": "brightnessHz", "register": "register", "loudness": "integratedLufs", "loudnessRange": "loudnessRangeLu",
        "valence": "valence", "arousal": "arousal",
    }
    found = np.zeros((len(pieces), len(attributes)))
    for column, attribute in enumerate(attributes):
        of = [p["analysis"].get(measured.get(attribute, "")) if attribute in measured else p["analysis"]["gems"][attribute] for p in pieces]
        there = [i for i, value in enumerate(of) if value is not None]
        values = np.array([of[i] for i in there], float)
        order = np.sort(values)
        found[there, column] = (np.searchsorted(order, values, "left") + np.searchsorted(order, values, "right")) / len(values) - 1
    return found


def main() -> None:
    catalogue, out = Path(sys.argv[1]), Path(sys.argv[2])
    attributes, concepts, _ = tables()
    by_language = words()
    concepts = {name: asks for name, asks in concepts.items() if all(name in known for known in by_language.values())}
    pieces = [t for t in json.loads(catalogue.read_text("utf8")) if t["origin"]["kind"] == "score"]
    place = places(pieces, attributes)
    fits = np.zeros((len(pieces), len(concepts)))
    for column, asks in enumerate(concepts.values()):
        sure = sum(confidence for _, confidence in asks.values())
        for attribute, (x, confidence) in asks.items():
            fits[:, column] += confidence * np.cos(ARC * (x - place[:, attributes.index(attribute)])) / sure
    # A concept that fits everything describes nothing: its place among the pieces counts.
    rank = fits.argsort(0).argsort(0) / len(pieces)
    names = list(concepts)
    lines = ["# piece TAB language TAB caption; written by models/train/music/describe.py"]
    for row, piece in enumerate(pieces):
        chosen: list[str] = []
        for column in np.argsort(-(rank[row] + 0.3 * fits[row])):
            about = set(concepts[names[column]])
            if all(about != set(concepts[c]) for c in chosen):
                chosen.append(names[column])
            if len(chosen) == CONCEPTS_EACH:
                break
        sounds = [s for s in HEARD_AS if any(w in piece.get("style", "") for w in TEXTURE_SOUNDS.get(s, []))]
        for language, known in by_language.items():
            chance = random.Random(f"{piece['id']} {language}")
            said = [known[c][-1] for c in [*sounds[:1], *chosen] if c in known]
            lines.append(f"{piece['id']}\t{language}\t{chance.choice(FRAMES[language]).format(JOINS.get(language, ', ').join(said))}")
    out.write_text("\n".join(lines) + "\n", "utf8")
    print(f"{len(pieces)} pieces, {len(lines) - 1} captions")


if __name__ == "__main__":
    main()
