"""The three parts of the joint model, two of them as ONNX files, with a manifest and a card."""
from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import torch

from captions import HERE

VERSION = "1.1.0"


def export(out: Path, audio: torch.nn.Module, words: torch.nn.Module, wish: torch.nn.Module, metrics: dict, emotion_sha: str, pieces: int, captions: int) -> None:
    out.mkdir(parents=True, exist_ok=True)
    measures = audio.rest.in_features - 100
    options = dict(opset_version=17, dynamo=False, output_names=["vector"])
    torch.onnx.export(
        audio, (torch.zeros(1, 7, 400), torch.zeros(1, 100), torch.zeros(1, measures), torch.ones(1, 7)), str(out / "audio.onnx"),
        input_names=["patches", "tags", "measures", "mask"], dynamic_axes={"patches": {1: "n"}, "mask": {1: "n"}}, **options,
    )
    torch.onnx.export(words, (torch.zeros(1, 768),), str(out / "words.onnx"), input_names=["trunk"], **options)
    # Read by media-index/mini/wish-network.ts: each layer's rows, then its shifts.
    layers = [t for layer in (wish.out[0], wish.out[2]) for t in (layer.weight, layer.bias)]
    np.concatenate([t.detach().numpy().reshape(-1) for t in layers]).astype("<f4").tofile(out / "wish.f32")
    names = ("audio.onnx", "words.onnx", "wish.f32")
    manifest = {
        "name": "emoheal-music-mini", "version": VERSION, "licence": "Apache-2.0",
        "source": "trained by us on music in Debian packages, pieces of our own composer and the music21 corpus; hears through MusicNN, reads through emoheal-emotion",
        "reads": emotion_sha, "languages": list(metrics["by language"]),
        "files": {n: {"sha256": hashlib.sha256((out / n).read_bytes()).hexdigest(), "bytes": (out / n).stat().st_size} for n in names},
        "metrics": {f"{of} {what}": metrics[of][what] for of in ("phrases seen", "phrases kept apart") for what in ("spearman", "recall@5")},
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf8")
    rows = "\n".join(f"| {language} | {m['spearman']} | {m['recall@5']} | {m['captions']} |" for language, m in metrics["by language"].items())
    (out / "README.md").write_text((HERE / "card.md").read_text("utf8").format(
        version=VERSION, pieces=pieces, captions=captions, apart=metrics["pieces"], rows=rows,
        seen=metrics["phrases seen"], kept=metrics["phrases kept apart"], size=sum(f["bytes"] for f in manifest["files"].values()) / 1e6,
    ), "utf8")
