"""Turns checkpoints of `train_gate.py` into models/crisis: graph (int8), config.json, manifest.json.

    python export_gate.py --e5 e5-small-q4.bin --data DATA --work RUN [--work RUN2] --out ../../crisis

Of several runs the mean of their weights is taken, or with `--work RUN=0.3` so much of each; an earlier export
(`gate.int8.onnx`) is a run as well. The thresholds are set here, on our dev lines and on sentences of
GoEmotions train that no run has read: the lowest at which at most so many of the harmless ones are flagged. The judging sets
are not looked at.
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

from crisis_lines import CATEGORIES, ROOT, read_dev, read_everyday, read_judges, read_lines
import word_score
from gate_earlier import start_from
from gate_net import EMOTION, MAX_TOKENS, E5Source, GateNet, Rows
from emotion_fuse import fuse_attention
from train_gate import as_compared


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
    """One window a run and the highest of a text's windows, as the product does."""
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    found = []
    for text in texts:
        runs = [session.run(["p"], {"words": rows.word[ids][None].numpy(), "mask": np.ones((1, len(ids)), np.float32)})[0][0] for ids in rows.windows(text)]
        found.append(np.max(runs, 0))
    return np.array(found)


def fit_words(out: Path, data: Path) -> tuple[list, dict]:
    """Words and letters of the same lines and of some everyday sentences; the newer files count three times."""
    away = {as_compared(line.text) for line in [*read_dev(), *read_judges()]}
    lines, calm = [line for line in read_lines() if as_compared(line.text) not in away], read_everyday(data, 6000)
    texts, level = [line.text for line in lines] + calm, np.array([line.level for line in lines] + [0] * len(calm))
    weight = np.array([3.0 if line.file[1] == "-" else 1.0 for line in lines] + [0.3] * len(calm))
    table, scales, biases = word_score.packed(word_score.fit(texts, level, weight))
    (out / "words.int8.bin").write_bytes(table)
    return rounded(table, scales, biases), {"file": "words.int8.bin", "letters": word_score.LETTERS, "words": word_score.WORDS, "piece": word_score.PIECE, "step": word_score.STEP, "scales": scales, "biases": biases}


def kept_words(out: Path) -> tuple[list, dict]:
    words = json.loads((out / "config.json").read_text())["words"]
    return rounded((out / "words.int8.bin").read_bytes(), words["scales"], words["biases"]), words


def rounded(table: bytes, scales: list[float], biases: list[float]) -> list[tuple[np.ndarray, float]]:
    """The weights as the product has them."""
    row = word_score.LETTERS + word_score.WORDS
    return [(np.frombuffer(table, np.int8)[i * row : (i + 1) * row] * scale, bias) for i, (scale, bias) in enumerate(zip(scales, biases))]


def joined(p: np.ndarray, log_odds: np.ndarray, weight: float) -> np.ndarray:
    """The network's probabilities with what the words say, as `joined` in engine/crisis/word-score.ts."""
    kept = np.clip(p[:, :2], 1e-6, 1 - 1e-6)
    return 1 / (1 + np.exp(-(np.log(kept / (1 - kept)) + weight * log_odds)))


def mean_of(runs: list[tuple[str, str]], source: E5Source) -> GateNet:
    """The weighted mean of the runs, each a path and its share as text; equal shares where none is given."""
    shares = [float(share or 1) for _, share in runs]
    files = [Path(run) if Path(run).suffix else Path(run) / "gate.pt" for run, _ in runs]
    layers = next((torch.load(file, weights_only=True)["layers"] for file in files if file.suffix == ".pt"), 9)
    nets = []
    for file in files:
        net = GateNet(source, layers)
        if file.suffix == ".pt":
            net.load_state_dict(torch.load(file, weights_only=True)["net"])
        else:
            start_from(net, file)
        nets.append({name: value.clone() for name, value in net.state_dict().items()})
    net.load_state_dict({name: sum(share * each[name] for share, each in zip(shares, nets)) / sum(shares) for name in nets[0]})
    return net


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--e5", type=Path, default=os.environ.get("E5_BIN"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", required=True, action="append", help="RUN or RUN=SHARE; a folder, a checkpoint or an earlier export")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--concern", type=float, default=0.05, help="share of harmless dev lines that may be flagged")
    parser.add_argument("--crisis", type=float, default=0.02, help="share of them that may be taken for a crisis")
    parser.add_argument("--everyday", type=float, default=0.015, help="share of everyday sentences that may be flagged; a crisis: a third")
    parser.add_argument("--calm", type=float, default=0.05, help="share of crisis dev lines below the probability at which a pattern counts a level less; two levels less at a third of that")
    parser.add_argument("--keep-words", action="store_true", help="the words of --out stay as they were fitted")
    parser.add_argument("--words", type=float, default=0.8, help="how much the words count beside the network")
    parser.add_argument("--version", default="2.4.0")
    args = parser.parse_args()
    rows, source = Rows(), E5Source(args.e5)
    net = mean_of([word.partition("=")[::2] for word in args.work], source)
    args.out.mkdir(parents=True, exist_ok=True)
    plain, small = args.out / "plain.onnx", args.out / "gate.int8.onnx"
    words = rows.word[rows.windows("I cannot sleep")[0]][None]
    axes = {name: {1: "length"} for name in ("words", "mask")}
    torch.onnx.export(Exported(net).eval(), (words, torch.ones(1, words.shape[1])), str(plain), input_names=["words", "mask"], output_names=["p"], opset_version=17, dynamic_axes=axes, dynamo=False)
    heads = [node.name for node in onnx.load(plain).graph.node if node.name.endswith("/head/Gemm")] + ["/net/head/Gemm_MatMul"]
    quantize_dynamic(plain, small, op_types_to_quantize=["MatMul", "Gemm"], nodes_to_exclude=heads, per_channel=True, weight_type=QuantType.QInt8)
    plain.unlink()
    fuse_attention(small, source.heads)

    dev, everyday = read_dev(), read_everyday(args.data, 33_000)[31_500:]
    level = np.array([line.level for line in dev])
    models, words = kept_words(args.out) if args.keep_words else fit_words(args.out, args.data)
    p, calm = (joined(read_all(small, rows, texts), word_score.scores(texts, models), args.words) for texts in ([line.text for line in dev], everyday))
    thresholds = {
        name: round(float(max(np.quantile(p[level == 0, column], 1 - share), np.quantile(calm[:, column], 1 - everyday_share))), 4)
        for name, column, share, everyday_share in (("danger", 0, args.concern, args.everyday), ("crisis", 1, args.crisis, args.everyday / 3))
    }
    # Below these a pattern's word counts one level less, and two: hardly a dangerous line lies there.
    thresholds["unlikely"] = round(float(np.quantile(p[level > 1, 0], args.calm)), 4)
    thresholds["sure"] = round(thresholds["unlikely"] / 3, 4)
    graph = EMOTION / "model.int8.onnx"
    digest = lambda file: hashlib.sha256(file.read_bytes()).hexdigest()
    (args.out / "config.json").write_text(json.dumps({
        "graph": small.name,
        "maxTokens": MAX_TOKENS,
        "emotionModel": {"sha256": digest(graph), "graph": graph.name, "width": 384, "rowsAt": offset_of(graph, "rows"), "scalesAt": offset_of(graph, "scale")},
        "thresholds": thresholds,
        "words": {**words, "weight": args.words},
        "categories": CATEGORIES,
    }, indent=1) + "\n")
    shown = [line.text for line in [*dev[::12], *(line for line in dev if line.language not in ("en", "de"))][:60]] + [" ".join(line.text for line in dev[:12])]
    fixture = [{"text": text, "score": [round(float(x), 5) for x in score]} for text, score in zip(shown, word_score.scores(shown, models))]
    (ROOT / "engine/crisis/word-score.fixture.json").write_text(json.dumps(fixture, ensure_ascii=False, indent=1) + "\n")
    metrics = {
        "devDangerFound": round(float((p[level > 0, 0] >= thresholds["danger"]).mean()), 4),
        "devHarmlessFlagged": round(float((p[level == 0, 0] >= thresholds["danger"]).mean()), 4),
        "devCrisisFound": round(float((p[level > 1, 1] >= thresholds["crisis"]).mean()), 4),
        "devHarmlessCrisis": round(float((p[level == 0, 1] >= thresholds["crisis"]).mean()), 4),
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
        "files": {name: {"sha256": digest(args.out / name), "bytes": (args.out / name).stat().st_size} for name in ("gate.int8.onnx", "words.int8.bin", "config.json")},
        "metrics": metrics,
    }, indent=1) + "\n")
    print(json.dumps({**metrics, **thresholds}, indent=1), f"{small.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
