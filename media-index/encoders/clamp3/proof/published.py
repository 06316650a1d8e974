"""For clamp3.proof.test.ts: what the published maths makes of some inputs with the model of tiny_model.py.

    python published.py FOLDER CASES     # reads CASES (JSON), writes FOLDER/expected.json

The towers are those of the library that the authors used (transformers) where it is installed, else those of the exporter.
Everything around them (resampling, levelling, windows, zero vectors, segments padded to 128 behind a mask, weighted mean) is
written out here after sanderwood/clamp3 at 9016d2b and shares no code with the product.
"""
from __future__ import annotations

import json
import math
import sys
import wave
from pathlib import Path

import numpy as np
import torch

from tiny_model import HEADS, INNER, LAYERS, PIECES, SEGMENT, SPECIAL, WIDTH

sys.path.insert(0, str(Path(__file__).resolve().parents[4] / "models" / "train"))

WINDOW, SHORTEST = 120_000, 24_000


class Towers:
    def __init__(self, folder: Path):
        config = json.loads((folder / "mert" / "config.json").read_text("utf8"))
        mert = torch.load(folder / "mert" / "pytorch_model.bin", weights_only=True)
        weights = torch.load(folder / "clamp3.pth", weights_only=True)["model"]
        self.projections = {kind: (weights[f"{kind}_proj.weight"], weights[f"{kind}_proj.bias"]) for kind in ("audio", "text")}
        part = lambda prefix: {name[len(prefix) :]: value for name, value in weights.items() if name.startswith(prefix)}
        try:
            from transformers import BertConfig, BertModel, HubertConfig, HubertModel, XLMRobertaConfig, XLMRobertaModel
        except ImportError:
            self.judge = "the exporter's own modules"
            self.of_exporter(folder)
            return
        self.judge = "transformers"
        eager = {"attn_implementation": "eager"}
        size = {"hidden_size": WIDTH, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS, "intermediate_size": INNER}
        ears = HubertModel(HubertConfig(**{key: value for key, value in config.items() if key != "model_type"}, **eager))
        conv = "encoder.pos_conv_embed.conv."
        for old, new in (("weight_g", "original0"), ("weight_v", "original1")):
            mert[f"{conv}parametrizations.weight.{new}"] = mert.pop(conv + old)
        ears.load_state_dict(mert)
        audio = BertModel(BertConfig(vocab_size=1, max_position_embeddings=SEGMENT, **size, **eager))
        audio.load_state_dict(part("audio_model."))
        words = XLMRobertaModel(XLMRobertaConfig(
            vocab_size=len(SPECIAL) + len(PIECES), max_position_embeddings=514, type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=1,
            **size, **eager,
        ))
        words.load_state_dict(part("text_model."))
        ears, audio, words = ears.eval(), audio.eval(), words.eval()
        self.states = lambda window: torch.stack(ears(window, output_hidden_states=True).hidden_states)
        self.audio = lambda x, mask: audio(inputs_embeds=x, attention_mask=mask).last_hidden_state
        self.text = lambda ids, mask: words(input_ids=ids, attention_mask=mask).last_hidden_state

    def of_exporter(self, folder: Path) -> None:
        from export_clamp3 import towers

        ears, audio, text = towers(folder / "mert", folder / "clamp3.pth", json.loads((folder / "settings.json").read_text("utf8")))
        self.states = lambda window: ears(window)[None, :, None, :]
        self.audio, self.text = audio.hidden, text.hidden


def global_vector(towers: Towers, kind: str, items: torch.Tensor, padding: torch.Tensor, mistake: str = "") -> torch.Tensor:
    """Segments of 128, the last one the last 128, each padded behind a mask; masked mean, projection, weighted mean."""
    pieces = [items[at : at + SEGMENT] for at in range(0, len(items), SEGMENT)]
    if mistake != "rest as last segment":
        pieces[-1] = items[-SEGMENT:]
    weight, bias = towers.projections[kind]
    vectors = []
    for piece in pieces:
        missing = SEGMENT - len(piece)
        mask = torch.cat([torch.ones(len(piece)), torch.full([missing], float(mistake == "padding unmasked"))])[None]
        whole = torch.cat([piece, padding.expand(missing, *padding.shape[1:])])[None]
        hidden = getattr(towers, kind)(whole, mask)
        vectors.append(((hidden * mask[..., None]).sum(1) / mask.sum(1)[:, None]) @ weight.T + bias)
    full, rest = divmod(len(items), SEGMENT)
    weights = torch.tensor([SEGMENT] * full + ([rest] if rest else []), dtype=torch.float32)[:, None]
    weights = torch.ones_like(weights) if mistake == "equal weights" else weights
    return ((torch.cat(vectors) * weights).sum(0) / weights.sum()).squeeze()


def levelled(samples: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(((samples - samples.mean()) / np.sqrt(samples.var() + 1e-7)).astype(np.float32))[None]


def window_vectors(towers: Towers, samples: np.ndarray, mistake: str = "") -> torch.Tensor:
    sound = levelled(samples)
    windows = [sound[:, at : at + WINDOW] for at in range(0, sound.shape[1], WINDOW)]
    if windows[-1].shape[1] < SHORTEST:
        windows.pop()
    if mistake == "levelled by window":
        windows = [levelled(window[0].numpy()) for window in windows]
    states = [towers.states(window).mean(-2) for window in windows]
    return torch.cat([each[-1] if mistake == "last state alone" else each.mean(0) for each in states])


def of_windows(towers: Towers, vectors: torch.Tensor, mistake: str = "") -> torch.Tensor:
    nothing = torch.zeros(1, WIDTH)
    ends = [] if mistake == "no zero vectors" else [nothing]
    return global_vector(towers, "audio", torch.cat([*ends, vectors, *ends]), nothing, mistake)


def of_words(towers: Towers, tokens, text: str) -> tuple[torch.Tensor, int]:
    lines = list(dict.fromkeys(line for line in text.split("\n") if line))
    ids = torch.tensor(tokens.encode("</s>".join(lines)).ids)
    return global_vector(towers, "text", ids, torch.tensor([1])), len(ids)


def of_wave(file: Path) -> np.ndarray:
    """Mean of both channels of 16-bit sound at 48 kHz, at half the rate by torchaudio's formula for its default filter."""
    with wave.open(str(file)) as sound:
        both = np.frombuffer(sound.readframes(sound.getnframes()), "<i2").reshape(-1, 2).astype(np.float64) / 32768
    mono, base, width = both.mean(1), 0.99, math.ceil(6 * 2 / 0.99)
    t = (np.arange(-width, width + 2) / 2 * base).clip(-6, 6)
    kernel = np.sinc(t) * np.cos(t * math.pi / 12) ** 2 * base / 2
    padded = np.pad(mono, (width, width + 2))
    rows = np.lib.stride_tricks.sliding_window_view(padded, len(kernel))[::2]
    return (rows @ kernel)[: math.ceil(len(mono) / 2)].astype(np.float32)


def triangle(count: int) -> np.ndarray:
    """The test signal, in whole numbers so that both languages make the same: triangle waves of changing pitch and loudness."""
    i = np.arange(count, dtype=np.int64)
    part = i // 60_000
    phase = i * (40 + (part * 7919) % 16_000) % 65_536
    loud = np.where(part // 2 % 4 == 1, 1 / 4096, 1 + part * 7 % 5)
    return (((np.abs(phase - 32_768) - 16_384) * loud + 3000) / 131_072).astype(np.float32)


def expect(folder: Path, cases: dict) -> None:
    from tokenizers import Tokenizer

    towers, tokens = Towers(folder), Tokenizer.from_file(str(folder / "tokenizer.json"))
    found: dict = {"judge": towers.judge, "sounds": [], "texts": [], "waves": [], "mistakes": {}}
    heard = {count: window_vectors(towers, triangle(count)) for count in cases["sounds"]}
    found["sounds"] = [of_windows(towers, heard[count]).tolist() for count in cases["sounds"]]
    for text in cases["texts"]:
        vector, length = of_words(towers, tokens, text)
        found["texts"].append({"vector": vector.tolist(), "tokens": length})
    for file in cases["waves"]:
        found["waves"].append(of_windows(towers, window_vectors(towers, of_wave(Path(file)))).tolist())
    # What a reading of the publication might get wrong: the test makes sure that each would be noticed.
    for mistake, count in cases["mistakes"].items():
        early = mistake in ("levelled by window", "last state alone")
        vectors = window_vectors(towers, triangle(count), mistake) if early else heard[count]
        found["mistakes"][mistake] = of_windows(towers, vectors, mistake).tolist()
    (folder / "expected.json").write_text(json.dumps(found), "utf8")


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    expect(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf8")))
