"""The same question as eval-composer.ts, asked of an independent library.

    pip install librosa==0.11.0
    npm run eval:composer -- --n 60 --keep FOLDER
    python bench/composer/librosa_composer.py FOLDER

Prints rank correlations of what was asked and what librosa measures.
"""
from __future__ import annotations

import json
import sys
from pathlib import Path

import librosa
import numpy as np
from scipy.stats import spearmanr


def measured(file: Path) -> dict[str, float]:
    y, rate = librosa.load(file, sr=None)
    envelope = librosa.onset.onset_strength(y=y, sr=rate)
    magnitude = np.abs(librosa.stft(y))
    loud = np.sqrt((magnitude**2).sum(0))
    centroid = librosa.feature.spectral_centroid(S=magnitude, sr=rate)[0]
    bins = librosa.midi_to_hz(np.arange(36, 100))
    tones = np.abs(librosa.cqt(y, sr=rate, fmin=bins[0], n_bins=64)).mean(1)
    return {
        "onsetRatePerSec": len(librosa.onset.onset_detect(onset_envelope=envelope, sr=rate)) / (len(y) / rate),
        "brightness": float((centroid * loud).sum() / max(1e-9, loud.sum())),
        "loudnessLufs": float(20 * np.log10(np.sqrt((y**2).mean()) + 1e-9)),
        "register": float((tones * np.arange(36, 100)).sum() / tones.sum()),
    }


def main() -> None:
    folder = Path(sys.argv[1])
    lines = [json.loads(line) for line in (folder / "asked.jsonl").read_text("utf8").splitlines()]
    theirs = [measured(folder / line["file"]) for line in lines]
    for dial in theirs[0]:
        rho = spearmanr([line["profile"][dial] for line in lines], [row[dial] for row in theirs]).statistic
        print(f"{dial}: {rho:.2f}")


if __name__ == "__main__":
    main()
