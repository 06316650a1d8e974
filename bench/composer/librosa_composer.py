"""The same question as eval-composer.ts, asked of an independent library.

    pip install librosa==0.11.0 pyloudnorm==0.2.0
    npm run eval:composer -- --keep FOLDER
    python bench/composer/librosa_composer.py FOLDER

librosa has no meter of loudness, so that one figure is pyloudnorm's. Writes heard.jsonl beside the excerpts, one line each, goes on where it was stopped, and
with --follow waits for excerpts that are still being made. `npm run eval:composer -- --table FOLDER` puts both judges into one table.
"""
from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import librosa
import numpy as np
import pyloudnorm

# Probe-tone ratings: Krumhansl & Kessler 1982.
MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])
OCTAVES = 7


def mode_of(chroma: np.ndarray) -> tuple[str, float]:
    best = {
        name: max(np.corrcoef(chroma, np.roll(profile, tonic))[0, 1] for tonic in range(12))
        for name, profile in (("major", MAJOR), ("minor", MINOR))
    }
    return max(best, key=best.get), best["major"] - best["minor"]


def measured(file: Path) -> dict[str, object]:
    y, rate = librosa.load(file, sr=None)
    envelope = librosa.onset.onset_strength(y=y, sr=rate)
    magnitude = np.abs(librosa.stft(y))
    loud = np.sqrt((magnitude**2).sum(0))
    centroid = librosa.feature.spectral_centroid(S=magnitude, sr=rate)[0]
    tones = np.abs(librosa.cqt(y, sr=rate, hop_length=1024, bins_per_octave=36, n_bins=36 * OCTAVES))
    pitch = librosa.hz_to_midi(librosa.cqt_frequencies(36 * OCTAVES, fmin=librosa.note_to_hz("C1"), bins_per_octave=36))
    mean = tones.mean(1)
    mode, lead = mode_of(librosa.feature.chroma_cqt(C=tones, sr=rate, bins_per_octave=36).mean(1))
    return {
        "onsetRatePerSec": len(librosa.onset.onset_detect(onset_envelope=envelope, sr=rate)) / (len(y) / rate),
        "tempoBpm": float(librosa.feature.tempo(onset_envelope=envelope, sr=rate)[0]),
        "brightnessHz": float((centroid * loud).sum() / max(1e-9, loud.sum())),
        "lufs": float(pyloudnorm.Meter(rate).integrated_loudness(y)),
        "register": float((mean * pitch).sum() / mean.sum()),
        "mode": mode,
        "modeLead": float(lead),
    }


def main() -> None:
    folder = Path(sys.argv[1])
    out = folder / "heard.jsonl"
    done = {json.loads(line)["file"] for line in out.read_text("utf8").splitlines()} if out.exists() else set()
    while True:
        asked = [json.loads(line) for line in (folder / "asked.jsonl").read_text("utf8").splitlines()]
        waiting = [line["file"] for line in asked if line["file"] not in done]
        with out.open("a", encoding="utf8") as lines:
            for file in waiting:
                lines.write(json.dumps({"file": file, **measured(folder / file)}) + "\n")
                lines.flush()
                done.add(file)
        if "--follow" not in sys.argv or (folder / "complete").exists():
            break
        time.sleep(20)
    print(f"{len(done)} excerpts heard: {out}")


if __name__ == "__main__":
    main()
