"""Holds our analysis against an independent library, librosa, over real recordings.

    pip install librosa==0.11.0
    python bench/music/librosa_report.py FEATURES.jsonl FOLDER [--most 80]

FEATURES.jsonl and FOLDER are those of models/train/music/features.ts (our analysis of the first 90 seconds of each file).
Writes bench/results/analysis-librosa.md.
"""
from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path

import librosa
import numpy as np
from scipy.stats import spearmanr

RATE, SECONDS = 22050, 90


def sound(file: Path) -> np.ndarray:
    run = subprocess.run(
        ["ffmpeg", "-v", "error", "-t", str(SECONDS), "-i", str(file), "-ac", "1", "-ar", str(RATE), "-f", "f32le", "-"],
        check=True, capture_output=True,
    )
    return np.frombuffer(run.stdout, np.float32)


def measured(y: np.ndarray) -> dict[str, float]:
    envelope = librosa.onset.onset_strength(y=y, sr=RATE)
    onsets = librosa.onset.onset_detect(onset_envelope=envelope, sr=RATE)
    magnitude = np.abs(librosa.stft(y))
    loud = np.sqrt((magnitude**2).sum(0))
    centroid = librosa.feature.spectral_centroid(S=magnitude, sr=RATE)[0]
    chroma = librosa.feature.chroma_cqt(y=y, sr=RATE).mean(1)
    major = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
    minor = np.array([6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])
    best = lambda profile: max(np.corrcoef(chroma, np.roll(profile, k))[0, 1] for k in range(12))
    return {
        "tempo": float(np.atleast_1d(librosa.feature.tempo(onset_envelope=envelope, sr=RATE))[0]),
        "onsets": len(onsets) / (len(y) / RATE),
        "brightness": float((centroid * loud).sum() / max(1e-9, loud.sum())),
        "loudness": float(20 * np.log10(np.sqrt((y**2).mean()) + 1e-9)),
        "mode": best(major) - best(minor),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("features", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=80)
    args = parser.parse_args()
    lines = [json.loads(line) for line in args.features.read_text("utf8").splitlines()]
    lines = [line for line in lines if (args.folder / line["name"]).exists()]
    chosen = [lines[i] for i in np.unique(np.linspace(0, len(lines) - 1, min(args.most, len(lines))).astype(int))]
    ours, theirs = [], []
    for line in chosen:
        y = sound(args.folder / line["name"])
        if len(y) > 5 * RATE and np.abs(y).max() > 1e-3:
            ours.append(line["analysis"])
            theirs.append(measured(y))
    of = lambda rows, name: np.array([np.nan if row[name] is None else row[name] for row in rows], float)
    rho = lambda a, b: spearmanr(of(ours, a), of(theirs, b), nan_policy="omit").statistic
    octaves = np.log2(of(ours, "tempoBpm") / of(theirs, "tempo"))
    octaves = octaves[~np.isnan(octaves)]
    safe = np.abs(octaves - np.round(octaves)) < 0.06
    clear = np.abs(of(ours, "modeScore")) > 0.2
    agree = (np.sign(of(ours, "modeScore")) == np.sign(of(theirs, "mode")))[clear]
    text = f"""# Our analysis against librosa {librosa.__version__}

{len(ours)} recordings of all kinds (music of games in Debian), their first {SECONDS} seconds. Repeat with `python bench/music/librosa_report.py`.

| what | agreement |
|---|---|
| onsets a second, rank correlation | {rho("onsetRatePerSec", "onsets"):.2f} |
| brightness (mean spectral centroid), rank correlation | {rho("brightnessHz", "brightness"):.2f} |
| loudness (ours LUFS, theirs RMS), rank correlation | {rho("integratedLufs", "loudness"):.2f} |
| tempo, the same but for octaves within 4 %, of the {len(octaves)} in which we feel a beat | {safe.mean():.0%} |
| mode, where ours is clear ({clear.sum()}): the same by librosa's chroma and the same key profiles | {agree.mean():.0%} |
"""
    print(text)
    (Path(__file__).parents[1] / "results" / "analysis-librosa.md").write_text(text, "utf8")


if __name__ == "__main__":
    main()
