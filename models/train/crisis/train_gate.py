"""Trains the classifier of the crisis gate, and writes its checkpoint.

    python train_gate.py --e5 e5-small-q4.bin --data DATA --out RUN --layers 6

`--data` holds `goemotions/train.tsv`: sentences that nobody wrote in danger, as far as anybody looked, with a small weight.
A fifth of the scenes is kept back (`--fold`), or none for the last run (`--fold none`).
"""
from __future__ import annotations

import argparse
import os
import random
import re
import time
import zlib
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.metrics import roc_auc_score

from crisis_lines import CATEGORIES, Line, read_everyday, read_lines, read_second
from gate_net import GateNet, Rows
from e5_source import E5Source

BATCH_OWN, BATCH_EVERYDAY = 24, 8
EVERYDAY_WEIGHT = 0.5
WARM_UP = 100


def said(text: str, chance: random.Random, harmless: list[str]) -> str:
    """The line as somebody else might say or type it, or a recogniser write it; what it means stays."""
    roll = chance.random()
    if roll < 0.25:
        text = re.sub(r"[^\w\s']", "", text).lower()
    elif roll < 0.33 and len(text) > 12:
        at = chance.randrange(1, len(text) - 2)
        text = chance.choice([text[:at] + text[at + 1 :], text[:at] + text[at + 1] + text[at] + text[at + 2 :], text[:at] + text[at] + text[at:]])
    elif roll < 0.36:
        text = text.upper()
    roll = chance.random()
    if roll < 0.15:
        other = chance.choice(harmless)
        text = f"{text}. {other}" if chance.random() < 0.5 else f"{other}. {text}"
    elif roll < 0.19:
        text = " ".join([f"{text}."] * chance.randint(2, 12))
    elif roll < 0.24:
        some = chance.sample(harmless, chance.randint(2, 5))
        some.insert(chance.randrange(len(some) + 1), text)
        text = ". ".join(some)
    return text


def in_company(line: Line, everyday: list[Line], chance: random.Random) -> Line:
    """Harmless talk goes on, and says itself again, as well: length alone is no danger."""
    roll = chance.random()
    if roll < 0.2:
        return Line(" ".join([line.text, *(other.text for other in chance.sample(everyday, chance.randint(1, 5)))]), 0, *(line.category, line.language, line.kind, line.scene))
    return Line(" ".join([line.text] * chance.randint(2, 12)), *(line.level, line.category, line.language, line.kind, line.scene)) if roll < 0.25 else line


def as_compared(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def batch_of(rows: Rows, texts: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """Word rows [batch, tokens, width] and the mask of their tokens."""
    ids = [rows.ids(text) for text in texts]
    length = max(map(len, ids))
    mask = torch.zeros(len(ids), length)
    padded = torch.zeros(len(ids), length, dtype=torch.long)
    for i, tokens in enumerate(ids):
        padded[i, : len(tokens)] = torch.tensor(tokens)
        mask[i, : len(tokens)] = 1
    return rows.word[padded] * mask[:, :, None], mask


def loss_of(logits: torch.Tensor, lines: list[Line], weight: torch.Tensor) -> torch.Tensor:
    danger = torch.tensor([float(line.level > 0) for line in lines])
    crisis = torch.tensor([float(line.level > 1) for line in lines])
    kind = torch.tensor([CATEGORIES.index(line.category) if line.category in CATEGORIES else -100 for line in lines])
    levels = F.binary_cross_entropy_with_logits(logits[:, 0], danger, weight) + F.binary_cross_entropy_with_logits(logits[:, 1], crisis, weight)
    return levels + (0.3 * F.cross_entropy(logits[:, 2:], kind, ignore_index=-100) if (kind >= 0).any() else 0)


@torch.no_grad()
def probabilities(net: GateNet, rows: Rows, texts: list[str]) -> np.ndarray:
    """[texts, 2]: danger, crisis."""
    net.eval()
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    found = np.zeros((len(texts), 2 + len(CATEGORIES)), np.float32)
    for start in range(0, len(order), 64):
        chosen = order[start : start + 64]
        found[chosen] = net(*batch_of(rows, [texts[i] for i in chosen])).sigmoid().numpy()
    net.train()
    return found


def judged(name: str, p: np.ndarray, lines: list[Line]) -> str:
    level = np.array([line.level for line in lines])
    if not (level > 0).any() or not (level == 0).any():
        return f"{name}: too few"
    parts = [f"AUC {roc_auc_score(level > 0, p[:, 0]):.3f}/{roc_auc_score(level > 1, p[:, 1]):.3f}"]
    for share in (0.02, 0.05):
        at = np.quantile(p[level == 0, 0], 1 - share)
        parts.append(f"danger found at {share:.0%} false: {(p[level > 0, 0] > at).mean():.3f}")
    parts.append(f"at .5: {(p[level > 0, 0] > .5).mean():.3f} for {(p[level == 0, 0] > .5).mean():.3f} false")
    return f"{name}: " + ", ".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--e5", type=Path, default=os.environ.get("E5_BIN"), required="E5_BIN" not in os.environ)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--steps", type=int, default=1600)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--fold", default="0", help="0..4: the fifth of the scenes that is kept back; none: nothing is")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    chance = random.Random(args.seed)
    rows, source = Rows(), E5Source(args.e5)
    net = GateNet(source, args.layers)
    second = read_second()
    judging = {as_compared(line.text) for line in second}
    lines = [line for line in read_lines() if as_compared(line.text) not in judging]
    kept = [line for line in lines if args.fold != "none" and zlib.crc32(line.scene.encode()) % 5 == int(args.fold)]
    own = [line for line in lines if line not in kept]
    dangerous, harmless = [line for line in own if line.level], [line for line in own if not line.level]
    plain = [line.text for line in harmless if line.language in ("en", "de")]
    everyday = [Line(text, 0, "none", "en", "everyday", "") for text in read_everyday(args.data, 30_000)]
    dev = read_everyday(args.data, 3000, "dev")
    groups = [{"params": [p for n, p in net.named_parameters() if p.ndim > 1], "weight_decay": 0.05}, {"params": [p for n, p in net.named_parameters() if p.ndim <= 1], "weight_decay": 0}]
    best = torch.optim.AdamW(groups, lr=args.rate)
    average = {name: value.detach().clone() for name, value in net.state_dict().items()}
    begun = time.time()
    for step in range(args.steps):
        share = min(1, (step + 1) / WARM_UP) * (1 - step / args.steps)
        for group in best.param_groups:
            group["lr"] = args.rate * share
        some = chance.sample(dangerous, BATCH_OWN // 2) + chance.sample(harmless, BATCH_OWN // 2)
        extra = [in_company(line, everyday, chance) for line in chance.sample(everyday, BATCH_EVERYDAY)] if everyday else []
        texts = [said(line.text, chance, plain) for line in some] + [line.text for line in extra]
        weight = torch.tensor([1.0] * len(some) + [EVERYDAY_WEIGHT] * len(extra))
        loss = loss_of(net(*batch_of(rows, texts)), some + extra, weight)
        best.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        best.step()
        with torch.no_grad():
            for name, value in net.state_dict().items():
                average[name].lerp_(value, 0.01)
        if (step + 1) % 400 == 0 or step + 1 == args.steps:
            seen = {name: value.clone() for name, value in net.state_dict().items()}
            if step + 1 == args.steps:
                net.load_state_dict(average)
            print(f"step {step + 1} loss {loss.item():.3f} {time.time() - begun:.0f} s", flush=True)
            if kept:
                print("  " + judged("kept scenes", probabilities(net, rows, [x.text for x in kept]), kept), flush=True)
            print("  " + judged("second set", probabilities(net, rows, [x.text for x in second]), second), flush=True)
            if dev:
                p = probabilities(net, rows, dev)
                print(f"  everyday (GoEmotions dev): danger {(p[:, 0] > .5).mean():.4f}, crisis {(p[:, 1] > .5).mean():.4f}", flush=True)
            if step + 1 < args.steps:
                net.load_state_dict(seen)
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save({"net": average, "layers": args.layers}, args.out / "gate.pt")


if __name__ == "__main__":
    main()
