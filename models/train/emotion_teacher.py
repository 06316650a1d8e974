"""Earlier exports of ours as first weights, and exports and MiniLM runs as teachers of a new training."""
from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer

from e5_source import E5Source
from emotion_data import Rows
from emotion_net import EmotionNet

#: A subtitle line where the teacher sees no feeling this sure is kept only one time in four.
FEELING = 0.2


def start_weights(net: EmotionNet, folder: Path, source: E5Source, keep: list[int]) -> None:
    """Writes the weights of an int8 export of the same network into `net`; pieces that it lacks keep their e5 embedding."""
    graph = onnx.load(folder / "model.int8.onnx").graph
    value = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    matrices = [n.input[1].removesuffix("_quantized") for n in graph.node if n.op_type == "MatMulInteger"]
    whole = [value[m + "_quantized"].astype(np.float32) * value[m + "_scale"] for m in matrices]  # symmetric: no zero point
    per_block = iter(whole)
    vectors = {n.split(".", 1)[1]: v for n, v in value.items() if n.startswith("n.")}
    put = lambda parameter, array: parameter.data.copy_(torch.tensor(np.array(array)))
    for index, block in enumerate(net.blocks):
        for name in ("qkv_w", "out_w", "up_w", "down_w"):
            put(getattr(block, name), next(per_block).T)
        names = dict(qkv_b="qkvb", out_b="aob", norm1_w="alw", norm1_b="alb", up_b="fib", down_b="fob", norm2_w="olw", norm2_b="olb")
        for ours, theirs in names.items():
            put(getattr(block, ours), vectors[f"L.{index}.{theirs}"])
    head = net.heads["goemotions"]
    put(head.weight, next(per_block).T)
    put(head.bias, vectors["head.bias"])
    put(net.position, vectors["pos"])
    put(net.norm_w, vectors["elw"])
    put(net.norm_b, vectors["elb"])
    kind = next(v for n, v in value.items() if n.startswith("onnx::Add_") and v.shape == (source.width,))
    net.kind.data[0].copy_(torch.tensor(np.array(kind)))
    words = (value["n.word_quantized"].astype(np.float32) - value["n.word_zero_point"]) * value["n.word_scale"]
    pieces = [p for p, _ in json.loads((folder / "tokenizer.json").read_text("utf8"))["model"]["vocab"]]
    row_of = {source.pieces[old]: row for row, old in enumerate(keep)}
    for piece, vector in zip(pieces, words):
        if piece in row_of:
            net.word.data[row_of[piece]].copy_(torch.tensor(vector))


def read_all(folder: Path, texts: list[str]) -> np.ndarray:
    """The export's probabilities of each text, [rows, 28]."""
    config = json.loads((folder / "config.json").read_text("utf8"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    begin, pad, end = (tokenizer.token_to_id(t) for t in ("<s>", "<pad>", "</s>"))
    encoded = tokenizer.encode_batch([config["prefix"] + t for t in texts], add_special_tokens=False)
    ids = [[begin, *e.ids[:62], end] for e in encoded]
    session = onnxruntime.InferenceSession(str(folder / "model.int8.onnx"), providers=["CPUExecutionProvider"])
    found = np.zeros((len(texts), 28), np.float32)
    order = np.argsort([len(i) for i in ids])
    for start in range(0, len(order), 16):
        chosen = order[start : start + 16]
        length = max(len(ids[i]) for i in chosen)
        batch, mask = np.full((len(chosen), length), pad, np.int64), np.zeros((len(chosen), length), np.float32)
        for row, i in enumerate(chosen):
            batch[row, : len(ids[i])] = ids[i]
            mask[row, : len(ids[i])] = 1
        found[chosen] = session.run(None, {"ids": batch, "mask": mask})[0]
    return found


def read_by(folder: Path, texts: list[str]) -> np.ndarray:
    """A teacher's probabilities of English texts, [rows, 28]: of an export of ours or of a run of train_minilm_teacher.py."""
    if (folder / "teacher.pt").exists():
        from train_minilm_teacher import read_minilm

        return read_minilm(folder, texts)
    return read_all(folder, texts)


def log_odds(p: np.ndarray) -> np.ndarray:
    p = p.clip(1e-5, 1 - 1e-5)
    return np.log(p / (1 - p))


def mean_of(members: list[np.ndarray]) -> np.ndarray:
    """The ensemble: mean of log-odds, which on dev is a little better than the mean of probabilities."""
    return (1 / (1 + np.exp(-np.mean([log_odds(p) for p in members], axis=0)))).astype(np.float32)


def teach(rows: dict[str, Rows], folders: list[Path], cache: Path) -> None:
    """Mixes the teachers' ensemble into the targets; drops most subtitle lines without a feeling.

    `cache` is a folder: what each teacher reads (minutes each) is kept there, one file a teacher.
    """
    cache.mkdir(parents=True, exist_ok=True)
    members = []
    for folder in folders:
        file = cache / f"{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]}.npz"
        if not file.exists():
            np.savez(file, english=read_by(folder, rows["en"].english), pairs=read_by(folder, rows["par"].english))
            print("read by", folder.name, flush=True)
        members.append(np.load(file))
    english, pairs = (mean_of([m[part] for m in members]) for part in ("english", "pairs"))
    for name, probabilities in (("en", english), ("ko", english), ("par", pairs), ("sub", pairs)):
        task = rows[name]
        task.target = ((1 - task.taught) * task.target + task.taught * probabilities).astype(np.float32)
    chance = np.random.default_rng(7).random(len(pairs))
    felt = np.flatnonzero((pairs[:, :27].max(1) >= FEELING) | (chance < 0.25))
    for name in ("par", "sub"):
        task = rows[name]
        task.ids, task.spoken = [task.ids[i] for i in felt], [task.spoken[i] for i in felt]
        task.target, task.known = task.target[felt], task.known[felt]
