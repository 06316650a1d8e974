"""For clamp3.proof.test.ts: a small random model of CLaMP3's architecture, in files and under names as published.

    python tiny_model.py FOLDER     # writes mert/, clamp3.pth, tokenizer.json, settings.json
"""
from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import torch

WIDTH, INNER, HEADS, LAYERS, CONV = 32, 64, 4, 2, 8
KERNELS, STRIDES = [10, 3, 3, 3, 3, 2, 2], [5, 2, 2, 2, 2, 2, 2]
POSITIONS, GROUPS, DIM, SEGMENT = 128, 16, 24, 128
PIECES = ["▁", "▁calm", "▁piano", "▁sad", "▁slow", "s", "ing", "▁rain", *"abcdefghijklmnopqrstuvwxyzäöüß,.!?'-"]
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]


def shapes_mert() -> dict[str, list[int]]:
    found = {"masked_spec_embed": [WIDTH]}
    for i, kernel in enumerate(KERNELS):
        found[f"feature_extractor.conv_layers.{i}.conv.weight"] = [CONV, 1 if i == 0 else CONV, kernel]
    found |= norm("feature_extractor.conv_layers.0.layer_norm", CONV) | norm("feature_projection.layer_norm", CONV)
    found |= linear("feature_projection.projection", CONV, WIDTH) | norm("encoder.layer_norm", WIDTH)
    found |= {
        "encoder.pos_conv_embed.conv.bias": [WIDTH],
        "encoder.pos_conv_embed.conv.weight_g": [1, 1, POSITIONS],
        "encoder.pos_conv_embed.conv.weight_v": [WIDTH, WIDTH // GROUPS, POSITIONS],
    }
    for i in range(LAYERS):
        layer = f"encoder.layers.{i}."
        for name in ("k_proj", "v_proj", "q_proj", "out_proj"):
            found |= linear(f"{layer}attention.{name}", WIDTH, WIDTH)
        found |= norm(f"{layer}layer_norm", WIDTH) | norm(f"{layer}final_layer_norm", WIDTH)
        found |= linear(f"{layer}feed_forward.intermediate_dense", WIDTH, INNER)
        found |= linear(f"{layer}feed_forward.output_dense", INNER, WIDTH)
    return found


def shapes_bert(prefix: str, words: int, positions: int, types: int) -> dict[str, list[int]]:
    tables = {"word": words, "position": positions, "token_type": types}
    found = {f"{prefix}embeddings.{name}_embeddings.weight": [size, WIDTH] for name, size in tables.items()}
    found |= norm(f"{prefix}embeddings.LayerNorm", WIDTH) | linear(f"{prefix}pooler.dense", WIDTH, WIDTH)
    for i in range(LAYERS):
        layer = f"{prefix}encoder.layer.{i}."
        for name in ("query", "key", "value"):
            found |= linear(f"{layer}attention.self.{name}", WIDTH, WIDTH)
        found |= linear(f"{layer}attention.output.dense", WIDTH, WIDTH) | norm(f"{layer}attention.output.LayerNorm", WIDTH)
        found |= linear(f"{layer}intermediate.dense", WIDTH, INNER) | linear(f"{layer}output.dense", INNER, WIDTH)
        found |= norm(f"{layer}output.LayerNorm", WIDTH)
    return found


def linear(name: str, before: int, after: int) -> dict[str, list[int]]:
    return {f"{name}.weight": [after, before], f"{name}.bias": [after]}


def norm(name: str, size: int) -> dict[str, list[int]]:
    return {f"{name}.weight": [size], f"{name}.bias": [size]}


def random_weights(shapes: dict[str, list[int]], seed: int) -> dict[str, torch.Tensor]:
    """Large enough that every part matters, small enough that nothing saturates."""
    draw = torch.Generator().manual_seed(seed)
    found = {}
    for name, shape in shapes.items():
        values = torch.randn(shape, generator=draw)
        scale = 0.2 if len(shape) == 1 else 1.5 / math.sqrt(math.prod(shape[1:])) if "embeddings" not in name else 0.7
        around = 1.0 if len(shape) == 1 and name.endswith("norm.weight") or name.endswith("LayerNorm.weight") else 0.0
        found[name] = values.abs() + 0.5 if name.endswith("weight_g") else around + scale * values
    return found


def write_weights(folder: Path) -> None:
    (folder / "mert").mkdir(parents=True, exist_ok=True)
    torch.save(random_weights(shapes_mert(), 1), folder / "mert" / "pytorch_model.bin")
    config = {
        "model_type": "hubert", "hidden_size": WIDTH, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS,
        "intermediate_size": INNER, "conv_dim": [CONV] * len(KERNELS), "conv_kernel": KERNELS, "conv_stride": STRIDES,
        "conv_bias": False, "num_conv_pos_embeddings": POSITIONS, "num_conv_pos_embedding_groups": GROUPS,
        "feat_extract_norm": "group", "do_stable_layer_norm": False, "layer_norm_eps": 1e-5,
    }
    (folder / "mert" / "config.json").write_text(json.dumps(config), "utf8")
    shapes = shapes_bert("audio_model.", 1, SEGMENT, 2) | linear("audio_proj", WIDTH, DIM)
    shapes |= shapes_bert("text_model.", len(SPECIAL) + len(PIECES), 514, 1) | linear("text_proj", WIDTH, DIM)
    # The tower for scores is in the checkpoint too and stays there.
    shapes |= linear("symbolic_model.patch_embedding", 8, WIDTH) | linear("symbolic_proj", WIDTH, DIM)
    torch.save({"model": random_weights(shapes, 2), "epoch": 1, "optimizer": {}}, folder / "clamp3.pth")
    heads = {"heads": HEADS}
    (folder / "settings.json").write_text(json.dumps({"audio": heads, "text": heads}), "utf8")
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer()), "utf8")


def tokenizer() -> dict:
    """In the form of XLM-RoBERTa's: unigram, spaces as marks, <s> before and </s> after."""
    added = [
        {"id": i, "content": token, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
        for i, token in enumerate(SPECIAL)
    ]
    mark = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}
    special = lambda token: {"SpecialToken": {"id": token, "type_id": 0}}
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": {"type": "NFKC"},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, mark]},
        "post_processor": {
            "type": "TemplateProcessing", "single": [special("<s>"), {"Sequence": {"id": "A", "type_id": 0}}, special("</s>")],
            "pair": [special("<s>"), {"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
            "special_tokens": {token: {"id": token, "ids": [SPECIAL.index(token)], "tokens": [token]} for token in ("<s>", "</s>")},
        },
        "decoder": mark,
        "model": {
            "type": "Unigram", "unk_id": 3, "byte_fallback": False,
            "vocab": [[token, 0.0] for token in SPECIAL] + [[piece, -2.0 - 0.05 * i] for i, piece in enumerate(PIECES)],
        },
    }


if __name__ == "__main__":
    write_weights(Path(sys.argv[1]))
