"""The towers of CLaMP3 as plain PyTorch modules whose weights bear the published names: MERT-v1-95M (HuBERT base, Hsu et al.
2021; MERT, Li et al. 2023), the audio tower (BERT, Devlin et al. 2019) and the text tower (XLM-RoBERTa base, Conneau et al.
2020). Sizes are read off the weights; the number of heads, which weights do not tell, is the width over 64 as published.
Attention is written out (no fused kernel), so that the graph holds ordinary operations and takes any length.
"""
from __future__ import annotations

import re
import sys

import torch
from torch import nn
from torch.nn import functional as F

Weights = dict[str, torch.Tensor]
HEAD_WIDTH = 64


def attend(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, heads: int, blocked: torch.Tensor | None = None) -> torch.Tensor:
    """Scaled dot-product attention of [1, n, width]; `blocked` is added to the scores."""
    width = q.shape[-1]
    split = lambda x: x.reshape(1, -1, heads, width // heads).transpose(1, 2)
    scores = split(q) @ split(k).transpose(2, 3) * (width // heads) ** -0.5
    if blocked is not None:
        scores = scores + blocked
    return (scores.softmax(-1) @ split(v)).transpose(1, 2).reshape(1, -1, width)


def below(weights: Weights, prefix: str) -> Weights:
    return {name[len(prefix) :]: value for name, value in weights.items() if name.startswith(prefix)}


def count(weights: Weights, pattern: str) -> int:
    return 1 + max(int(found[1]) for name in weights if (found := re.match(pattern, name)))


def fill(module: nn.Module, weights: Weights, unused: str) -> None:
    """All weights of the module must be there and fit; others are passed over, as the authors' library does, but named."""
    own = module.state_dict()
    missing = [name for name in own if name not in weights]
    other = [name for name in own if name in weights and weights[name].shape != own[name].shape]
    if missing or other:
        raise SystemExit(f"The weights are not those of this architecture. Missing: {missing[:5]}. Of another shape: {other[:5]}.")
    module.load_state_dict({name: weights[name] for name in own})
    strange = [name for name in weights if name not in own and not re.match(unused, name)]
    if strange:
        print(f"Not used, {len(strange)} tensors of {type(module).__name__}: {', '.join(strange[:5])}", file=sys.stderr)


# ---------------------------------------------------------------------------------------------------------------- MERT


class Named(nn.Module):
    """A module that only gives its parts their published names."""

    def __init__(self, /, **parts: nn.Module):
        super().__init__()
        for name, part in parts.items():
            self.add_module(name, part)


class HubertLayer(nn.Module):
    def __init__(self, width: int, inner: int, heads: int, eps: float):
        super().__init__()
        self.heads = heads
        self.attention = Named(**{f"{name}_proj": nn.Linear(width, width) for name in ("k", "v", "q", "out")})
        self.layer_norm = nn.LayerNorm(width, eps=eps)
        self.feed_forward = Named(intermediate_dense=nn.Linear(width, inner), output_dense=nn.Linear(inner, width))
        self.final_layer_norm = nn.LayerNorm(width, eps=eps)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        a, f = self.attention, self.feed_forward
        x = self.layer_norm(x + a.out_proj(attend(a.q_proj(x), a.k_proj(x), a.v_proj(x), self.heads)))
        return self.final_layer_norm(x + f.output_dense(F.gelu(f.intermediate_dense(x))))


class Mert(nn.Module):
    """Samples [1, n] to the mean of all hidden states (what enters the first layer, and each layer's output) over time."""

    def __init__(self, config: dict, layers: int):
        super().__init__()
        self.width, self.states = config["hidden_size"], layers + 1
        eps, dims = config.get("layer_norm_eps", 1e-5), config["conv_dim"]
        convs = []
        for i, (size, kernel, stride) in enumerate(zip(dims, config["conv_kernel"], config["conv_stride"])):
            parts = {"conv": nn.Conv1d(1 if i == 0 else dims[i - 1], size, kernel, stride, bias=config.get("conv_bias", False))}
            if i == 0:  # "group" norm: only the first convolution is normalised, each channel over time
                parts["layer_norm"] = nn.GroupNorm(size, size)
            convs.append(Named(**parts))
        self.feature_extractor = Named(conv_layers=nn.ModuleList(convs))
        self.feature_projection = Named(layer_norm=nn.LayerNorm(dims[-1], eps=eps), projection=nn.Linear(dims[-1], self.width))
        around = config["num_conv_pos_embeddings"]
        self.cut = 1 if around % 2 == 0 else 0  # an even kernel gives one step too many
        position = nn.Conv1d(self.width, self.width, around, padding=around // 2, groups=config["num_conv_pos_embedding_groups"])
        layer = lambda: HubertLayer(self.width, config["intermediate_size"], config["num_attention_heads"], eps)
        self.encoder = Named(
            pos_conv_embed=Named(conv=position), layer_norm=nn.LayerNorm(self.width, eps=eps),
            layers=nn.ModuleList([layer() for _ in range(layers)]),
        )

    @staticmethod
    def of(weights: Weights, config: dict) -> Mert:
        fixed = {
            "do_stable_layer_norm": False, "feat_extract_norm": "group", "feat_proj_layer_norm": True, "feature_extractor_cqt": False,
            "deepnorm": False, "conv_pos_batch_norm": False, "hidden_act": "gelu", "feat_extract_activation": "gelu",
        }
        differs = [key for key, value in fixed.items() if config.get(key, value) != value]
        if differs:
            raise SystemExit(f"This is not MERT-v1-95M: its config differs in {', '.join(differs)}.")
        weights = below(weights, "hubert.") or dict(weights)
        conv = "encoder.pos_conv_embed.conv."
        # The weight is stored as direction and length for each step of the kernel, under the names of older or newer PyTorch.
        for length, direction in (("weight_g", "weight_v"), ("parametrizations.weight.original0", "parametrizations.weight.original1")):
            if conv + length in weights:
                v = weights.pop(conv + direction)
                weights[conv + "weight"] = weights.pop(conv + length) * v / v.norm(dim=(0, 1), keepdim=True)
        mert = Mert(config, count(weights, r"encoder\.layers\.(\d+)\."))
        fill(mert, weights, r"masked_spec_embed$|final_proj\.|label_embs_concat$")
        return mert.eval()

    def forward(self, samples: torch.Tensor) -> torch.Tensor:
        x = samples.unsqueeze(1)
        for i, part in enumerate(self.feature_extractor.conv_layers):
            x = part.conv(x)
            x = F.gelu(part.layer_norm(x) if i == 0 else x)
        x = self.feature_projection.projection(self.feature_projection.layer_norm(x.transpose(1, 2)))
        position = self.encoder.pos_conv_embed.conv(x.transpose(1, 2))
        position = position[:, :, : -self.cut] if self.cut else position
        x = self.encoder.layer_norm(x + F.gelu(position).transpose(1, 2))
        total = x.mean(1)
        for layer in self.encoder.layers:
            x = layer(x)
            total = total + x.mean(1)
        return total / self.states


# ------------------------------------------------------------------------------------------------------ BERT and XLM-R


class BertLayer(nn.Module):
    def __init__(self, width: int, inner: int, heads: int, eps: float):
        super().__init__()
        self.heads = heads
        self.attention = Named(
            self=Named(query=nn.Linear(width, width), key=nn.Linear(width, width), value=nn.Linear(width, width)),
            output=Named(dense=nn.Linear(width, width), LayerNorm=nn.LayerNorm(width, eps=eps)),
        )
        self.intermediate = Named(dense=nn.Linear(width, inner))
        self.output = Named(dense=nn.Linear(inner, width), LayerNorm=nn.LayerNorm(width, eps=eps))

    def forward(self, x: torch.Tensor, blocked: torch.Tensor) -> torch.Tensor:
        a, after = self.attention.self, self.attention.output
        x = after.LayerNorm(x + after.dense(attend(a.query(x), a.key(x), a.value(x), self.heads, blocked)))
        return self.output.LayerNorm(x + self.output.dense(F.gelu(self.intermediate.dense(x))))


class Bert(nn.Module):
    """The encoder that both towers share; where positions begin is theirs to say."""

    def __init__(self, weights: Weights, heads: int | None, eps: float):
        super().__init__()
        words, positions, types = (weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type"))
        self.width = words.shape[1]
        inner = weights["encoder.layer.0.intermediate.dense.weight"].shape[0]
        heads = heads or self.width // HEAD_WIDTH
        self.embeddings = Named(
            word_embeddings=nn.Embedding(*words.shape), position_embeddings=nn.Embedding(*positions.shape),
            token_type_embeddings=nn.Embedding(*types.shape), LayerNorm=nn.LayerNorm(self.width, eps=eps),
        )
        layers = [BertLayer(self.width, inner, heads, eps) for _ in range(count(weights, r"encoder\.layer\.(\d+)\."))]
        self.encoder = Named(layer=nn.ModuleList(layers))
        # The pooler is trained with the others but not read; position_ids is a table of 0, 1, 2...
        fill(self, weights, r"pooler\.|embeddings\.(position|token_type)_ids$")

    def forward(self, x: torch.Tensor, positions: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        e = self.embeddings
        x = e.LayerNorm(x + e.token_type_embeddings.weight[0] + positions)
        blocked = (1 - mask)[:, None, None, :] * torch.finfo(torch.float32).min
        for layer in self.encoder.layer:
            x = layer(x, blocked)
        return x


def masked_mean(x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    return (x * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)


class AudioTower(nn.Module):
    """MERT vectors [1, n, width] and mask [1, n] to [1, dim]."""

    KIND, EPS = "audio", 1e-12

    def __init__(self, weights: Weights, settings: dict):
        super().__init__()
        self.model = Bert(below(weights, f"{self.KIND}_model."), settings.get("heads"), self.EPS)
        projection = below(weights, f"{self.KIND}_proj.")
        self.dim, self.width = projection["weight"].shape
        self.proj = nn.Linear(self.width, self.dim)
        self.proj.load_state_dict(projection)

    @classmethod
    def of(cls, weights: Weights, settings: dict):
        return cls(weights, settings).eval()

    def hidden(self, vectors: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        positions = self.model.embeddings.position_embeddings.weight[: vectors.shape[1]]
        return self.model(vectors, positions, mask)

    def forward(self, vectors: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return self.proj(masked_mean(self.hidden(vectors, mask), mask))


class TextTower(AudioTower):
    """Token ids [1, n] and mask [1, n] to [1, dim]."""

    KIND, EPS = "text", 1e-5
    PAD = 1

    def hidden(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        e = self.model.embeddings
        # Counted from the one after the padding's own number; a padding token is not counted and sits on its number.
        real = ids.ne(self.PAD).long()
        positions = e.position_embeddings(torch.cumsum(real, 1) * real + self.PAD)
        return self.model(e.word_embeddings(ids), positions, mask)
