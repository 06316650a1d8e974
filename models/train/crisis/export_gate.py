"""Turns a checkpoint of `train_gate.py` into models/crisis: graph (int8), config.json, manifest.json.

    python export_gate.py --e5 e5-small-q4.bin --data DATA --work RUN --out ../../crisis

The thresholds are set here: the lowest at which at most `--false` of the second set's harmless lines and at most
`--everyday` of GoEmotions' dev sentences are flagged. What was chosen on them is not judged by them.
"""
from __future__ import annotations

import argparse
import hashlib
import json
import os
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from crisis_lines import CATEGORIES, read_everyday, read_second
from gate_net import EMOTION, MAX_TOKENS, GateNet, Rows
from e5_source import E5Source
from emotion_fuse import fuse_attention


class Exported(nn.Module):
    def __init__(self, net: GateNet):
        super().__init__()
        self.net = net

    def forward(self, words: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return self.net(words, mask).sigmoid()


def offset_of(file: Path, name: str) -> int:
    """Where a tensor's bytes lie in the file: found once, by its first rows."""
    tensor = next(t for t in onnx.load(file).graph.initializer if t.name == name)
    assert tensor.raw_data, name
    data = file.read_bytes()
    at = data.find(tensor.raw_data)
    assert at >= 0 and data.find(tensor.raw_data, at + 1) < 0, name
    return at


def read_all(file: Path, rows: Rows, texts: list[str]) -> np.ndarray:
    """One text a run, as the product does."""
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    found = []
    for text in texts:
        ids = rows.ids(text)
        found.append(session.run(["p"], {"words": rows.word[ids][None].numpy(), "mask": np.ones((1, len(ids)), np.float32)})[0][0])
    return np.array(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--e5", type=Path, default=os.environ.get("E5_BIN"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--false", type=float, default=0.05)
    parser.add_argument("--everyday", type=float, default=0.015)
    parser.add_argument("--version", default="1.0.0")
    args = parser.parse_args()
    state, rows, source = torch.load(args.work / "gate.pt", weights_only=True), Rows(), E5Source(args.e5)
    net = GateNet(source, state["layers"])
    net.load_state_dict(state["net"])
    args.out.mkdir(parents=True, exist_ok=True)
    plain, small = args.out / "plain.onnx", args.out / "gate.int8.onnx"
    words = rows.word[rows.ids("I cannot sleep")][None]
    axes = {name: {1: "length"} for name in ("words", "mask")}
    torch.onnx.export(Exported(net).eval(), (words, torch.ones(1, words.shape[1])), str(plain), input_names=["words", "mask"], output_names=["p"], opset_version=17, dynamic_axes=axes, dynamo=False)
    heads = [node.name for node in onnx.load(plain).graph.node if node.name.endswith("/head/Gemm")] + ["/net/head/Gemm_MatMul"]
    quantize_dynamic(plain, small, op_types_to_quantize=["MatMul", "Gemm"], nodes_to_exclude=heads, per_channel=True, weight_type=QuantType.QInt8)
    plain.unlink()
    fuse_attention(small, source.heads)

    second, everyday = read_second(), read_everyday(args.data, 2000, "dev")
    level = np.array([line.level for line in second])
    p, calm = read_all(small, rows, [line.text for line in second]), read_all(small, rows, everyday)
    thresholds = {
        name: round(float(max(np.quantile(p[level == 0, column], 1 - share), np.quantile(calm[:, column], 1 - everyday_share))), 4)
        for name, column, share, everyday_share in (("danger", 0, args.false, args.everyday), ("crisis", 1, args.false / 3, args.everyday / 3))
    }
    graph = EMOTION / "model.int8.onnx"
    digest = lambda file: hashlib.sha256(file.read_bytes()).hexdigest()
    (args.out / "config.json").write_text(json.dumps({
        "graph": small.name,
        "maxTokens": MAX_TOKENS,
        "emotionModel": {"sha256": digest(graph), "graph": graph.name, "width": 384, "rowsAt": offset_of(graph, "rows"), "scalesAt": offset_of(graph, "scale")},
        "thresholds": thresholds,
        "categories": CATEGORIES,
    }, indent=1) + "\n")
    metrics = {
        "secondSetDangerFound": round(float((p[level > 0, 0] >= thresholds["danger"]).mean()), 4),
        "secondSetHarmlessFlagged": round(float((p[level == 0, 0] >= thresholds["danger"]).mean()), 4),
        "secondSetCrisisFound": round(float((p[level > 1, 1] >= thresholds["crisis"]).mean()), 4),
        "everydayFlagged": round(float((calm[:, 0] >= thresholds["danger"]).mean()), 4),
        "everydayCrisis": round(float((calm[:, 1] >= thresholds["crisis"]).mean()), 4),
    }
    (args.out / "manifest.json").write_text(json.dumps({
        "name": "emoheal-crisis-gate",
        "version": args.version,
        "source": "the first layers of multilingual-e5-small (MIT), fine-tuned on our own lines (models/train/crisis/lines, CC0) and GoEmotions (CC BY 4.0) as everyday sentences",
        "licence": "Apache-2.0",
        "languages": ["de", "en", "es", "fr", "hi", "it", "ja", "ko", "nl", "pt", "ru", "zh"],
        "reads": digest(graph)[:16],
        "files": {name: {"sha256": digest(args.out / name), "bytes": (args.out / name).stat().st_size} for name in ("gate.int8.onnx", "config.json")},
        "metrics": metrics,
    }, indent=1) + "\n")
    print(json.dumps({**metrics, **thresholds}, indent=1), f"{small.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
