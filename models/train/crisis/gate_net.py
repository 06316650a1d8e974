"""The network of the crisis gate: the first layers of multilingual-e5-small over the emotion model's own word rows."""
from __future__ import annotations

import json
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


class Rows:
    """The word rows of the emotion model as it ships them (int8, one scale a row), and its tokeniser."""

    def __init__(self, folder: Path = EMOTION):
        graph = onnx.load(folder / "model.int8.onnx").graph
        named = {t.name: t for t in graph.initializer}
        self.word = torch.tensor(numpy_helper.to_array(named["rows"]).astype(np.float32) * numpy_helper.to_array(named["scale"]))
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.prefix = self.tokenizer.encode(json.loads((folder / "config.json").read_text())["prefix"].strip(), add_special_tokens=False).ids
        framed = self.tokenizer.encode("a").ids
        self.begin, self.end = framed[0], framed[-1]

    def ids(self, text: str) -> list[int]:
        room = MAX_TOKENS - len(self.prefix) - 2
        return [self.begin, *self.prefix, *self.tokenizer.encode(text, add_special_tokens=False).ids[:room], self.end]


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
        self.head = nn.Linear(source.width, 2 + len(CATEGORIES))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        self.drop = nn.Dropout(0.1)

    def forward(self, words: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        x = words + self.position[: words.shape[1]] + self.kind[0]
        x = self.drop(F.layer_norm(x, (self.width,), self.norm_w, self.norm_b, self.epsilon))
        allowed = mask[:, None, None, :].bool()
        for block in self.blocks:
            x = block(x, allowed)
        pooled = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return self.head(self.drop(pooled))
