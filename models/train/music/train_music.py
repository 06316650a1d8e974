"""Trains the joint music-text model: captions, wishes and sounds as unit vectors of one space. CPU, minutes.

    python train_music.py --features PACKS.jsonl --features COMPOSED.jsonl --out ../../music-mini

What is asked for and what was heard are compared attribute by attribute (the same arcs as in
media-index/encoders/attributes.ts); the model learns to give that agreement from the words and from the sound directly.
Pieces of one set of the composer differ in one thing: they are each other's hard negatives. A tenth of the sets and of the
packages is kept apart, and one phrase of each concept that has four or more.
"""
from __future__ import annotations

import argparse
import hashlib
import json
import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from captions import HEARD_AS, ROOT, draw, tables, trunk

WIDTH = 64
ARC = 85 / 180 * math.pi
#: How far a softmax over agreement is from the best alone, for what is to be learned.
SHARPNESS = 12.0
GEMS_WEIGHT = 3.0
SOUND_WEIGHT = 1.5
#: Composed textures and the sounds in them that no tag names.
TEXTURE_SOUNDS = {
    "piano": ["piano"], "strings": ["string", "adagio"], "harp": ["harp"], "guitar": ["guitar"], "pad": ["pad", "ambient", "drone"],
    "choir": ["choir"], "bells": ["bell", "lullaby", "music-box"], "winds": ["flute", "wind"], "brass": ["brass"],
}


class Audio(nn.Module):
    """Patches [n, 400], tags [100] and measures [11] of one piece to a unit vector."""

    def __init__(self, measures: int):
        super().__init__()
        self.norm = nn.LayerNorm(400)
        self.patch = nn.Linear(400, 96)
        self.look = nn.Linear(96, 4)
        self.rest = nn.Linear(100 + measures, 128)
        self.out = nn.Sequential(nn.Linear(4 * 96 + 128, 192), nn.GELU(), nn.Dropout(0.2), nn.Linear(192, WIDTH))

    def forward(self, patches: torch.Tensor, tags: torch.Tensor, measures: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        x = F.gelu(self.patch(self.norm(patches)))
        weight = torch.softmax(self.look(x) + (mask[..., None] - 1) * 1e4, 1)
        seen = torch.einsum("bnh,bnw->bhw", weight, x).flatten(1)
        named = F.gelu(self.rest(torch.cat([torch.log(tags + 0.01) / 2 + 1.5, measures], 1)))
        return F.normalize(self.out(torch.cat([seen, named], 1)), dim=1)


class Words(nn.Module):
    """The emotion model's trunk [768] to a unit vector."""

    def __init__(self, mean: np.ndarray, spread: np.ndarray):
        super().__init__()
        self.register_buffer("mean", torch.tensor(mean))
        self.register_buffer("spread", torch.tensor(spread))
        self.out = nn.Sequential(nn.Dropout(0.1), nn.Linear(768, 384), nn.GELU(), nn.Dropout(0.2), nn.Linear(384, WIDTH))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.normalize(self.out((x - self.mean) / self.spread), dim=1)


class Wish(nn.Module):
    """What is wished of each attribute (-1..1) and how sure (0..1), [2 * attributes], to a unit vector."""

    def __init__(self, attributes: int):
        super().__init__()
        self.out = nn.Sequential(nn.Linear(2 * attributes, 128), nn.GELU(), nn.Linear(128, WIDTH))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.normalize(self.out(x), dim=1)


def read(files: list[Path], attributes: list[str], tag_names: list[str]) -> tuple[list[dict], np.ndarray, np.ndarray]:
    """The pieces, and of each attribute and sound its place among all pieces (-1..1, [pieces, attributes + sounds]) and whether it is known."""
    pieces = [json.loads(line) for file in files for line in file.read_text("utf8").splitlines()]
    gems = [a for a in attributes if a in pieces[0]["analysis"]["gems"]]
    raw = np.full((len(pieces), len(attributes) + len(HEARD_AS)), np.nan)
    tag_at = {}
    for i, tag in enumerate(tag_names):
        tag_at.setdefault(tag, []).append(i)
    for row, piece in enumerate(pieces):
        raw[row, : len(piece["measures"])] = piece["measures"]
        for factor in gems:
            raw[row, attributes.index(factor)] = piece["analysis"]["gems"][factor]
        if piece["analysis"]["tempoBpm"] is None:
            raw[row, attributes.index("tempo")] = np.nan
        for at, (sound, tags) in enumerate(HEARD_AS.items(), len(attributes)):
            texture = piece.get("texture")
            if texture and sound in TEXTURE_SOUNDS:
                raw[row, at] = 10.0 if any(word in texture for word in TEXTURE_SOUNDS[sound]) else -10.0
            elif tags:
                columns = [i for t in tags for i in tag_at.get(t, [])]
                raw[row, at] = np.log(np.array(piece["tags"])[columns].mean() + 0.01)
    place = np.zeros_like(raw)
    for column in range(raw.shape[1]):
        there = np.flatnonzero(~np.isnan(raw[:, column]))
        values = raw[there, column]
        below = np.searchsorted(np.sort(values), values, "left")
        above = np.searchsorted(np.sort(values), values, "right")
        place[there, column] = (below + above) / max(1, len(there)) - 1
    return pieces, place.astype(np.float32), (~np.isnan(raw)).astype(np.float32)


def aims_of(captions: list, attributes: list[str], concepts: dict) -> tuple[np.ndarray, np.ndarray]:
    """Where each caption wants each attribute and sound, and how sure it is, [captions, attributes + sounds] each."""
    sounds = list(HEARD_AS)
    where = np.zeros((len(captions), len(attributes) + len(sounds)), np.float32)
    sure = np.zeros_like(where)
    for row, caption in enumerate(captions):
        for concept in caption.concepts:
            asks = concepts.get(concept)
            if asks is None:
                where[row, len(attributes) + sounds.index(concept)] += 0.9
                sure[row, len(attributes) + sounds.index(concept)] += 1
                continue
            for attribute, (x, confidence) in asks.items():
                where[row, attributes.index(attribute)] += confidence * x
                sure[row, attributes.index(attribute)] += confidence
    where = np.divide(where, sure, out=np.zeros_like(where), where=sure > 0)
    return where, sure.clip(max=1)


def agreement(where: torch.Tensor, sure: torch.Tensor, place: torch.Tensor, known: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """How well each piece is what each caption asks for, -1..1, [captions, pieces]."""
    size = (sure * weight) @ known.T
    near = (sure * weight * torch.cos(ARC * where)) @ (known * torch.cos(ARC * place)).T
    side = (sure * weight * torch.sin(ARC * where)) @ (known * torch.sin(ARC * place)).T
    return (near + side) / size.clamp(min=1e-6)


def batch_of(pieces: list[dict], chosen: np.ndarray, noise: np.random.Generator | None) -> tuple[torch.Tensor, ...]:
    most = 24
    patches, mask = np.zeros((len(chosen), most, 400), np.float32), np.zeros((len(chosen), most), np.float32)
    for row, i in enumerate(chosen):
        have = pieces[i]["array"]
        take = np.linspace(0, len(have) - 1, min(most, len(have))).round().astype(int)
        if noise is not None:
            take = noise.choice(len(have), min(most, max(3, int(len(have) * noise.uniform(0.4, 1)))), replace=len(have) < 3)
        patches[row, : len(take)], mask[row, : len(take)] = have[take], 1
    tags = np.array([pieces[i]["tags"] for i in chosen], np.float32)
    measures = np.array([pieces[i]["measures"] for i in chosen], np.float32)
    if noise is not None:
        measures += noise.normal(0, 0.05, measures.shape).astype(np.float32)
        tags = (tags * np.exp(noise.normal(0, 0.2, tags.shape))).clip(0, 1).astype(np.float32)
    return torch.tensor(patches), torch.tensor(tags), torch.tensor(measures), torch.tensor(mask)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--features", type=Path, action="append", required=True, help="written by features.js; may be repeated")
    parser.add_argument("--emotion", type=Path, default=ROOT / "models/emotion", help="folder of the model whose trunk reads the words")
    parser.add_argument("--cache", type=Path, default=Path("/tmp/music-captions.npz"), help="vectors of the captions are kept here")
    parser.add_argument("--captions", type=int, default=16000)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    chance = np.random.default_rng(args.seed)

    attributes, concepts, tag_names = tables()
    pieces, place, known = read(args.features, attributes, tag_names)
    for piece in pieces:
        piece["array"] = np.array(piece.pop("patches"), np.float32)
    group = [piece.get("set") or piece["name"].split("/")[0] for piece in pieces]
    apart = np.array([int(hashlib.sha256(g.encode()).hexdigest(), 16) % 10 == 0 for g in group])
    captions = draw(args.captions, list(concepts), args.seed)
    model_sha = hashlib.sha256((args.emotion / "model.int8.onnx").read_bytes()).hexdigest()[:12]
    key = f"{model_sha}-{args.captions}-{args.seed}"
    said = dict(np.load(args.cache)) if args.cache.exists() else {}
    if key not in said:
        said = {key: trunk(args.emotion, [c.text for c in captions])}
        np.savez(args.cache, **said)
    text = said[key]
    where, sure = aims_of(captions, attributes, concepts)
    held = np.array([c.held_out for c in captions])
    weight = torch.ones(place.shape[1])
    weight[[attributes.index(a) for a in attributes if a in pieces[0]["analysis"]["gems"]]] = GEMS_WEIGHT
    weight[len(attributes) :] = SOUND_WEIGHT

    t = torch.tensor
    audio, words, wish = Audio(len(pieces[0]["measures"])), Words(text[~held].mean(0), text[~held].std(0) + 1e-3), Wish(len(attributes))
    scale = nn.Parameter(t(math.log(14.0)))
    parameters = [scale, *audio.parameters(), *words.parameters(), *wish.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=2e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=args.steps, pct_start=0.05)
    train_pieces, train_captions = np.flatnonzero(~apart), np.flatnonzero(~held)
    print(f"{len(pieces)} pieces, {apart.sum()} kept apart; {len(captions)} captions, {held.sum()} kept apart", flush=True)

    def both_ways(z: torch.Tensor, asked: torch.Tensor) -> torch.Tensor:
        logits, target = z * scale.exp(), asked * SHARPNESS
        rows = -(F.softmax(target, 1) * F.log_softmax(logits, 1)).sum(1).mean()
        columns = -(F.softmax(target, 0) * F.log_softmax(logits, 0)).sum(0).mean()
        return rows + columns + 2 * F.mse_loss(z, asked)

    for step in range(args.steps):
        some, said_now = chance.choice(train_pieces, 96, replace=False), chance.choice(train_captions, 192, replace=False)
        heard = audio(*batch_of(pieces, some, chance))
        asked = agreement(t(where[said_now]), t(sure[said_now]), t(place[some]), t(known[some]), weight)
        loss = both_ways(words(t(text[said_now])) @ heard.T, asked)
        plain = np.flatnonzero(sure[said_now][:, : len(attributes)].sum(1) > 0)
        wanted = torch.cat([t((where * sure)[said_now][plain][:, : len(attributes)]), t(sure[said_now][plain][:, : len(attributes)])], 1)
        without = torch.cat([t(sure[said_now][plain][:, : len(attributes)]), torch.zeros(len(plain), len(HEARD_AS))], 1)
        loss = loss + both_ways(wish(wanted) @ heard.T, agreement(t(where[said_now][plain]), without, t(place[some]), t(known[some]), weight))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 500 == 499:
            print(f"step {step + 1} loss {loss.item():.3f}", flush=True)

    for module in (audio, words, wish):
        module.eval()
    from judge_music import judge

    with torch.no_grad():
        heard = torch.cat([audio(*batch_of(pieces, np.arange(i, min(i + 64, len(pieces))), None)) for i in range(0, len(pieces), 64)])
        spoken = words(t(text))
    metrics = judge(heard, spoken, agreement(t(where), t(sure), t(place), t(known), weight), apart, held, [c.language for c in captions])
    print(json.dumps(metrics, indent=1), flush=True)
    from export_music import export

    export(args.out, audio, words, wish, metrics, model_sha, len(pieces), len(captions))


if __name__ == "__main__":
    main()
