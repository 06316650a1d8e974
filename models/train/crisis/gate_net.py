"""The network of the crisis gate: the first layers of multilingual-e5-small over the emotion model's own word rows."""
from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from tokenizers import Tokenizer
from torch import nn

sys.path.insert(0, str(Path(__file__).parents[1]))
from e5_source import E5Source
from emotion_net import Block

from crisis_lines import CATEGORIES, ROOT

EMOTION = ROOT / "models/emotion"
MAX_TOKENS = 96
OVERLAP = 8


class Rows:
    """The word rows of the emotion model as it ships them (int8, one scale a row), and its tokeniser."""

    def __init__(self, folder: Path = EMOTION):
        graph = onnx.load(folder / "model.int8.onnx").graph
        named = {t.name: t for t in graph.initializer}
        self.word = torch.tensor(numpy_helper.to_array(named["rows"]).astype(np.float32) * numpy_helper.to_array(named["scale"]))
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        framed = self.tokenizer.encode("a").ids
        self.begin, self.end = framed[0], framed[-1]

    def windows(self, text: str) -> list[list[int]]:
        """As `windowsOf` of engine/emotion/prepare.ts, each in its frame: nothing of a long text is cut off."""
        ids = self.tokenizer.encode(text, add_special_tokens=False).ids
        size = MAX_TOKENS - 2
        if len(ids) <= size:
            return [[self.begin, *ids, self.end]]
        starts = [*range(0, len(ids) - size, size - OVERLAP), len(ids) - size]
        return [[self.begin, *ids[start : start + size], self.end] for start in starts]


class GateNet(nn.Module):
    """Word rows [batch, tokens, 384] to logits [batch, 2 + categories]: danger at all, crisis, and which kind."""

    def __init__(self, source: E5Source, layers: int):
        super().__init__()
        self.width, self.epsilon = source.width, source.epsilon
        self.position = nn.Parameter(torch.tensor(source.tensor("emb.pos", (source.positions, source.width)))[:MAX_TOKENS].clone())
        self.kind = nn.Parameter(torch.tensor(source.tensor("emb.type", (source.types, source.width))))
        self.norm_w = nn.Parameter(torch.tensor(source.tensor("emb.ln.w")))
        self.norm_b = nn.Parameter(torch.tensor(source.tensor("emb.ln.b")))
        self.blocks = nn.ModuleList(Block(source, i) for i in range(layers))
        self.head = nn.Linear(2 * source.width, 2 + len(CATEGORIES))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        self.drop = nn.Dropout(0.1)

    def forward(self, words: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        x = words + self.position[: words.shape[1]] + self.kind[0]
        x = self.drop(F.layer_norm(x, (self.width,), self.norm_w, self.norm_b, self.epsilon))
        allowed = mask[:, None, None, :].bool()
        for block in self.blocks:
            x = block(x, allowed)
        there = mask[:, :, None]
        mean = (x * there).sum(1) / mask.sum(1, keepdim=True)
        most = (x * there - 1e4 * (1 - there)).amax(1)
        return self.head(self.drop(torch.cat([mean, most], 1)))
