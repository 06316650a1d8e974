"""The network: the e5 trunk (12 layers of 384), mean over tokens, one linear head for each task."""
from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from e5_source import E5Source

#: Outputs by task. `affect` is valence and arousal, each as (value + 1) / 2 behind a sigmoid.
HEADS = {"goemotions": 28, "brighter": 6, "plutchik": 8, "affect": 2}


class Block(nn.Module):
    def __init__(self, source: E5Source, index: int):
        super().__init__()
        width, inner, key = source.width, source.inner, f"l{index}."
        take = lambda name, *shape: torch.tensor(source.tensor(key + name, shape or None))
        parameter = lambda name, *shape: nn.Parameter(take(name, *shape))
        # Constants, not read off a tensor: the exporter must see numbers.
        self.width, self.heads, self.epsilon = source.width, source.heads, source.epsilon
        self.qkv_w = nn.Parameter(torch.cat([take(f"{x}.w", width, width) for x in "qkv"]))
        self.qkv_b = nn.Parameter(torch.cat([take(f"{x}.b") for x in "qkv"]))
        self.out_w, self.out_b = parameter("ao.w", width, width), parameter("ao.b")
        self.norm1_w, self.norm1_b = parameter("aln.w"), parameter("aln.b")
        self.up_w, self.up_b = parameter("fi.w", inner, width), parameter("fi.b")
        self.down_w, self.down_b = parameter("fo.w", width, inner), parameter("fo.b")
        self.norm2_w, self.norm2_b = parameter("oln.w"), parameter("oln.b")
        self.drop = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, allowed: torch.Tensor) -> torch.Tensor:
        (rows, length), width = x.shape[:2], self.width
        qkv = F.linear(x, self.qkv_w, self.qkv_b).view(rows, length, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=allowed).transpose(1, 2).reshape(rows, length, width)
        x = x + self.drop(F.linear(seen, self.out_w, self.out_b))
        x = F.layer_norm(x, (width,), self.norm1_w, self.norm1_b, self.epsilon)
        inner = F.gelu(F.linear(x, self.up_w, self.up_b))
        x = x + self.drop(F.linear(inner, self.down_w, self.down_b))
        return F.layer_norm(x, (width,), self.norm2_w, self.norm2_b, self.epsilon)


class EmotionNet(nn.Module):
    def __init__(self, source: E5Source, keep: list[int]):
        super().__init__()
        self.width, self.epsilon = source.width, source.epsilon
        self.word = nn.Parameter(torch.tensor(source.tensor("emb.word", (source.vocabulary, source.width))[keep]))
        self.position = nn.Parameter(torch.tensor(source.tensor("emb.pos", (source.positions, source.width))))
        self.kind = nn.Parameter(torch.tensor(source.tensor("emb.type", (source.types, source.width))))
        self.norm_w = nn.Parameter(torch.tensor(source.tensor("emb.ln.w")))
        self.norm_b = nn.Parameter(torch.tensor(source.tensor("emb.ln.b")))
        self.blocks = nn.ModuleList(Block(source, i) for i in range(source.layers))
        self.heads = nn.ModuleDict({name: nn.Linear(source.width, labels) for name, labels in HEADS.items()})
        for head in self.heads.values():
            nn.init.normal_(head.weight, std=0.02)
        self.drop = nn.Dropout(0.1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, head: str) -> torch.Tensor:
        """Logits [rows, labels of the head]; `mask` is 1 for a token and 0 for padding."""
        x = F.embedding(ids, self.word) + self.position[: ids.shape[1]] + self.kind[0]
        x = self.drop(F.layer_norm(x, (self.width,), self.norm_w, self.norm_b, self.epsilon))
        allowed = mask[:, None, None, :].bool()
        for block in self.blocks:
            x = block(x, allowed)
        pooled = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return self.heads[head](self.drop(pooled).float())
