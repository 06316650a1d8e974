"""Scores of the music21 corpus (PyPI `music21`), arranged for sets of instruments, as the product's own score files.

    pip install music21==10.5.1
    python corpus_scores.py OUT_FOLDER [--pieces 110]

Each piece is written three times for other instruments, at another pace, pitch and loudness: the same notes, so that the
model that is trained on them learns to hear how a thing is played. `features.js OUT.jsonl --scores OUT_FOLDER` listens to them.
"""
from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from music21 import chord, corpus, note, tempo

#: Collections of old music and traditional tunes, and how many pieces of each.
COLLECTIONS = {
    "bach": 26, "palestrina": 12, "monteverdi": 8, "trecento": 5, "ryansMammoth": 18, "oneills1850": 8, "essenFolksong": 4, "airdsAirs": 2,
    "beethoven": 9, "mozart": 7, "haydn": 5, "josquin": 3, "schumann_robert": 4, "schumann_clara": 3, "chopin": 1, "corelli": 1, "joplin": 1,
    "schubert": 1, "handel": 1, "cpebach": 1, "weber": 1, "verdi": 1, "beach": 1,
}
#: What a set of instruments is called (the words tell `train_music.py` which sounds are in it) and its General MIDI programmes, high to low.
ARRANGEMENTS = {
    "piano": [0], "piano bright": [1], "harpsichord": [6], "electric pianos": [4], "church organs": [19], "accordion": [21], "music-box bells": [10, 14],
    "vibraphone": [11], "marimba": [12], "guitar nylon": [24], "guitar steel": [25], "guitar overdriven": [29, 29, 33], "harp": [46],
    "string quartet": [40, 40, 41, 42], "string adagio": [48], "pizzicato": [45], "choir": [52], "choir oohs": [53], "flute wind quartet": [73, 68, 71, 70],
    "recorder wind consort": [74, 74, 71, 70], "brass": [56, 60, 57, 58], "saxophones": [64, 65, 66, 67], "pad": [89], "pad warm": [91], "synth lead": [81, 80, 87],
    "banjo": [105], "kalimba bell": [108], "flute and harp": [73, 46, 46], "flute and guitar": [73, 24, 24], "string and choir": [48, 52, 52, 48],
}
MOST_SEC = 60.0
REST_SEC = 2.5


def lines_of(path: Path) -> tuple[list[list[tuple[float, float, int]]], float]:
    """The voices of a piece as (start, length, pitch) in quarter notes, high to low, and its pace in quarters a minute."""
    work = corpus.parse(path)
    if hasattr(work, "scores"):
        work = work.scores[0]
    marks = list(work.recurse().getElementsByClass(tempo.MetronomeMark))
    pace = next((m.getQuarterBPM() for m in marks if m.getQuarterBPM()), 96.0)
    voices = []
    for part in work.parts[:8] if work.parts else [work]:
        voice = []
        for element in part.stripTies().flatten().notes:
            pitches = element.pitches if isinstance(element, (note.Note, chord.Chord)) else []
            voice += [(float(element.offset), float(element.quarterLength), p.midi) for p in pitches if element.quarterLength > 0]
        if voice:
            voices.append(voice)
    return sorted(voices, key=lambda v: -sum(p for _, _, p in v) / len(v)), float(min(220, max(40, pace)))


def arranged(name: str, voices: list, pace: float, style: str, chance: random.Random) -> dict | None:
    """One arrangement as a score of the product; None where nothing would sound."""
    programmes = ARRANGEMENTS[style]
    pace *= chance.uniform(0.6, 1.35)
    shift = chance.randint(-5, 4)
    force = chance.randint(48, 104)
    second = 60 / pace
    parts = []
    for at, voice in enumerate(voices):
        notes = []
        for start, length, pitch in voice:
            begins = start * second
            if begins > MOST_SEC - 1 or not 24 <= pitch + shift <= 104:
                continue
            # A little unevenness, as players have.
            velocity = max(20, min(120, force + chance.randint(-7, 7)))
            notes.append([round(max(0.0, begins + chance.uniform(0, 0.015)), 4), round(min(length * second * 0.96, MOST_SEC - begins), 4), pitch + shift, velocity])
        if notes:
            programme = programmes[min(len(programmes) - 1, at * len(programmes) // len(voices))]
            pan = (at / max(1, len(voices) - 1) - 0.5) * 0.8 if len(voices) > 1 else 0.0
            parts.append({"name": f"{style} {at + 1}", "program": programme, "pan": round(pan, 2), "volume": 0.8, "reverb": 0.35, "notes": sorted(notes), "controls": []})
    if not parts:
        return None
    end = max(n[0] + n[1] for p in parts for n in p["notes"])
    return {
        "version": 1, "id": name, "title": name, "texture": style, "seed": 0, "tempoBpm": pace, "keyTonic": 0, "modeName": "major",
        "durationSec": round(end + REST_SEC, 3), "lowPassHz": None, "parts": parts,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pieces", type=int, default=110)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    chance = random.Random(args.seed)
    paths = sorted(Path(p) for p in corpus.getPaths())
    chosen = []
    for collection, count in COLLECTIONS.items():
        of = [p for p in paths if p.parts[p.parts.index("corpus") + 1] == collection]
        chosen += [(collection, p) for p in chance.sample(of, min(count, len(of)))]
    chance.shuffle(chosen)
    written = 0
    for collection, path in chosen[: args.pieces]:
        name = f"{collection}-{path.stem}"
        try:
            voices, pace = lines_of(path)
        except Exception as error:  # A corpus of many encoders: what cannot be read is passed over.
            print(f"{name}: passed over ({type(error).__name__})", flush=True)
            continue
        for style in chance.sample(list(ARRANGEMENTS), 3):
            score = arranged(f"corpus-{name}-{style.replace(' ', '-')}", voices, pace, style, chance)
            if score:
                (args.out / f"{score['id']}.json").write_text(json.dumps({**score, "set": f"corpus-{name}"}), "utf8")
                written += 1
    print(f"{written} scores of {len(chosen[: args.pieces])} pieces in {args.out}")


if __name__ == "__main__":
    main()
