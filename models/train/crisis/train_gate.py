"""Trains the classifier of the crisis gate, and writes its checkpoint.

    python train_gate.py --e5 e5-small-q4.bin --data DATA --out RUN --layers 6 --minutes 40 [--start gate.int8.onnx]

`--data` holds `goemotions/train.tsv`: sentences that nobody wrote in danger, as far as anybody looked, with a small weight.
`--start` takes the first weights from an earlier export. The lines are read anew every thirty steps, so they may still be
written while it runs; of the files of `--more`, three times as many are drawn. Each half of a batch has a thread of its own: on
shared cores threads inside one operator wait for each other (OMP_NUM_THREADS=1). What it prints is of our dev lines; the judging sets are read only to keep their texts out.
"""
from __future__ import annotations

import argparse
import os
import random
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from crisis_lines import CATEGORIES, Line, read_dev, read_everyday, read_judges, read_lines
from gate_earlier import start_from
from gate_net import E5Source, GateNet, Rows

BATCH_OWN, BATCH_EVERYDAY, LOT = 26, 6, 8
EVERYDAY_WEIGHT = 0.5
SMOOTHING = 0.03
WARM_UP = 30


def said(text: str, chance: random.Random, company: list[str]) -> str:
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
    if len(text) < 300 and roll < 0.12:
        other = chance.choice(company)
        text = f"{text}. {other}" if chance.random() < 0.5 else f"{other}. {text}"
    elif len(text) < 300 and roll < 0.22:
        some = chance.sample(company, chance.randint(2, 5))
        some.insert(chance.randrange(len(some) + 1), text)
        text = ". ".join(some)
    elif len(text) < 60 and roll < 0.24:
        text = " ".join([f"{text}."] * chance.randint(2, 8))
    return text


def as_compared(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def batch_of(rows: Rows, windows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Word rows [batch, tokens, width] and the mask of their tokens."""
    length = max(map(len, windows))
    mask = torch.zeros(len(windows), length)
    padded = torch.zeros(len(windows), length, dtype=torch.long)
    for i, tokens in enumerate(windows):
        padded[i, : len(tokens)] = torch.tensor(tokens)
        mask[i, : len(tokens)] = 1
    return rows.word[padded] * mask[:, :, None], mask


def logits_of(net: GateNet, rows: Rows, texts: list[list[list[int]]]) -> torch.Tensor:
    """[texts, 2 + categories]: the highest over each text's windows, as the product reads."""
    logits = net(*batch_of(rows, [window for text in texts for window in text]))
    return torch.stack([part.amax(0) for part in logits.split([len(text) for text in texts])])


def loss_of(logits: torch.Tensor, lines: list[Line], weight: torch.Tensor) -> torch.Tensor:
    smooth = lambda level: torch.tensor([SMOOTHING + (1 - 2 * SMOOTHING) * float(line.level > level) for line in lines])
    kind = torch.tensor([CATEGORIES.index(line.category) if line.category in CATEGORIES and line.level else -100 for line in lines])
    levels = sum(F.binary_cross_entropy_with_logits(logits[:, level], smooth(level), weight) for level in (0, 1))
    return levels + (0.3 * F.cross_entropy(logits[:, 2:], kind, ignore_index=-100) if (kind >= 0).any() else 0)


@torch.no_grad()
def probabilities(net: GateNet, rows: Rows, texts: list[str]) -> np.ndarray:
    """[texts, 2 + categories]: danger, crisis, and the kinds."""
    net.eval()
    cut = [rows.windows(text) for text in texts]
    order = sorted(range(len(texts)), key=lambda i: len(cut[i][0]))
    found = np.zeros((len(texts), 2 + len(CATEGORIES)), np.float32)
    for start in range(0, len(order), 32):
        chosen = order[start : start + 32]
        found[chosen] = logits_of(net, rows, [cut[i] for i in chosen]).sigmoid().numpy()
    net.train()
    return found


def judged(p: np.ndarray, lines: list[Line]) -> str:
    level = np.array([line.level for line in lines])
    parts = []
    for share in (0.02, 0.05):
        any_, acute = (np.quantile(p[level == 0, column], 1 - share) for column in (0, 1))
        parts.append(f"at {share:.0%} false: danger {(p[level > 0, 0] > any_).mean():.3f}, crisis {(p[level > 1, 1] > acute).mean():.3f}")
    parts.append(f"at .5: {(p[level > 0, 0] > .5).mean():.3f} for {(p[level == 0, 0] > .5).mean():.3f}; crisis {(p[level > 1, 1] > .5).mean():.3f} for {(p[level == 0, 1] > .5).mean():.3f}")
    return "dev " + "; ".join(parts)


class Lines:
    def __init__(self, more: str):
        self.more, self.judging = more.split(",") if more else [], {as_compared(line.text) for line in [*read_judges(), *read_dev()]}

    def read(self) -> tuple[list[Line], list[Line], list[str]]:
        """Dangerous and harmless ones, the newest files three times, and harmless company."""
        own = [line for line in read_lines() if as_compared(line.text) not in self.judging]
        often = [line for line in own for _ in range(3 if any(line.file.startswith(name) for name in self.more) else 1)]
        return [x for x in often if x.level], [x for x in often if not x.level], [x.text for x in own if not x.level and x.language == "en" and len(x.text) < 200]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--e5", type=Path, default=os.environ.get("E5_BIN"), required="E5_BIN" not in os.environ)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--frozen", type=int, default=0, help="layers that stay as they are")
    parser.add_argument("--start", type=Path, help="an earlier export, or a checkpoint (.pt)")
    parser.add_argument("--more", default="", help="beginnings of names of files to draw from three times as often")
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--rate", type=float, default=6e-5)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    chance = random.Random(args.seed)
    rows = Rows()
    net = GateNet(E5Source(args.e5), args.layers)
    if args.start and args.start.suffix == ".pt":
        net.load_state_dict(torch.load(args.start, weights_only=True)["net"])
    elif args.start:
        start_from(net, args.start)
    still = [*net.blocks[: args.frozen].parameters(), *((net.position, net.kind, net.norm_w, net.norm_b) if args.frozen else ())]
    for parameter in still:
        parameter.requires_grad_(False)
    source, dev = Lines(args.more), read_dev()
    everyday = [Line(text, 0, "none", "en", "everyday", "") for text in read_everyday(args.data, 30_000)]
    named = [(n, p) for n, p in net.named_parameters() if p.requires_grad]
    groups = [
        {"params": [p for n, p in named if p.ndim > 1 and not n.startswith("head")], "weight_decay": 0.05, "times": 1},
        {"params": [p for n, p in named if p.ndim <= 1 and not n.startswith("head")], "weight_decay": 0, "times": 1},
        {"params": [p for n, p in named if n.startswith("head")], "weight_decay": 0, "times": 3},
    ]
    best = torch.optim.AdamW(groups, lr=args.rate)
    average = {name: value.detach().clone() for name, value in net.state_dict().items()}

    def gradients(part: range, batch: list, weight: torch.Tensor) -> tuple[torch.Tensor, tuple[torch.Tensor, ...]]:
        chosen = [batch[i] for i in part]
        loss = loss_of(logits_of(net, rows, [windows for windows, _ in chosen]), [line for _, line in chosen], weight[list(part)])
        return loss.detach(), torch.autograd.grad(loss, [parameter for _, parameter in named])

    pool = ThreadPoolExecutor(2)
    begun, step, lot = time.time(), 0, []
    args.out.mkdir(parents=True, exist_ok=True)
    while (passed := (time.time() - begun) / 60 / args.minutes) < 1:
        if step % 30 == 0:
            dangerous, harmless, company = source.read()
        if not lot:
            some = chance.sample(dangerous, LOT * BATCH_OWN // 2) + chance.sample(harmless, LOT * BATCH_OWN // 2)
            pairs = [(rows.windows(said(line.text, chance, company))[:3], line) for line in some]
            pairs += [(rows.windows(" ".join(x.text for x in chance.sample(everyday, chance.choice([1, 1, 1, 1, 1, 3])))), everyday[0]) for _ in range(LOT * BATCH_EVERYDAY)]
            pairs.sort(key=lambda pair: sum(map(len, pair[0])) + chance.random())
            lot = [pairs[i : i + len(pairs) // LOT] for i in range(0, len(pairs), len(pairs) // LOT)]
            chance.shuffle(lot)
        batch = lot.pop()
        lines = [line for _, line in batch]
        for group in best.param_groups:
            group["lr"] = args.rate * group["times"] * min(1, (step + 1) / WARM_UP) * min(1, (1 - passed) / 0.5)
        weight = torch.tensor([EVERYDAY_WEIGHT if line.kind == "everyday" and line.scene == "" else 1.0 for line in lines])
        halves = list(pool.map(gradients, [range(0, len(batch), 2), range(1, len(batch), 2)], [batch] * 2, [weight] * 2))
        loss = sum(value for value, _ in halves) / 2
        for (_, parameter), *parts in zip(named, *(found for _, found in halves)):
            parameter.grad = (parts[0] + parts[1]) / 2
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        best.step()
        step += 1
        with torch.no_grad():
            for name, value in net.state_dict().items():
                average[name].lerp_(value, 0.02)
        if step % 20 == 0:
            print(f"step {step} loss {loss.item():.3f} {(time.time() - begun) / 60:.1f} min", flush=True)
        if step % 50 == 0:
            torch.save({"net": average, "layers": args.layers}, args.out / "gate.pt")
            torch.save({"net": net.state_dict(), "layers": args.layers}, args.out / "last.pt")
    torch.save({"net": average, "layers": args.layers}, args.out / "gate.pt")
    torch.save({"net": net.state_dict(), "layers": args.layers}, args.out / "last.pt")
    if dev:
        for name, state in (("average", average), ("last", {n: v.clone() for n, v in net.state_dict().items()})):
            net.load_state_dict(state)
            print(name, judged(probabilities(net, rows, [line.text for line in dev]), dev), flush=True)


if __name__ == "__main__":
    main()
