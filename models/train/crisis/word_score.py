"""What words and letters alone say: a logistic regression over hashed n-grams, beside the network.

The same counting in TypeScript is `engine/crisis/word-score.ts`; `word-score.fixture.json` there holds both to each other.
Cheap to fit (half a minute), and wrong about other lines than the network: together they are better than either.
"""
from __future__ import annotations

import re
import unicodedata

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

LETTERS, WORDS = 1 << 18, 1 << 17
#: A long text is read in pieces of so many words, overlapping by a sixth; the highest counts.
PIECE, STEP = 60, 50


def fnv(text: str, seed: int) -> int:
    """FNV-1a over code points, 32 bits."""
    value = 2166136261 ^ seed
    for letter in text:
        value = ((value ^ ord(letter)) * 16777619) & 0xFFFFFFFF
    return value ^ (value >> 15)


def words_of(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")
    # As \p{L}, \p{M}, \p{N} and the apostrophe in JavaScript.
    return "".join(c if c == "'" or unicodedata.category(c)[0] in "LMN" else " " for c in plain).split()


def pieces_of(text: str) -> list[list[str]]:
    words = words_of(text)
    return [words[i : i + PIECE] for i in range(0, max(1, len(words) - (PIECE - STEP)), STEP)]


def features_of(words: list[str]) -> dict[int, float]:
    """Bucket to weight: n-grams of 2 to 5 letters of each word with its edges, and 1 to 3 words in a row; each group of length one."""
    letters, rows = {}, {}
    for word in words:
        framed = list(f" {word} ")
        for size in range(2, 6):
            for at in range(max(0, len(framed) - size) + 1):
                bucket = fnv("".join(framed[at : at + size]), 1) % LETTERS
                letters[bucket] = letters.get(bucket, 0) + 1
    for size in range(1, 4):
        for at in range(len(words) - size + 1):
            bucket = LETTERS + fnv(" ".join(words[at : at + size]), 2) % WORDS
            rows[bucket] = rows.get(bucket, 0) + 1
    found = {}
    for group in (letters, rows):
        length = sum(count * count for count in group.values()) ** 0.5
        found.update({bucket: count / length for bucket, count in group.items()})
    return found


def matrix_of(pieces: list[list[str]]) -> csr_matrix:
    rows = [features_of(words) for words in pieces]
    starts = np.cumsum([0, *map(len, rows)])
    return csr_matrix((np.fromiter((v for row in rows for v in row.values()), np.float32), np.fromiter((k for row in rows for k in row), np.int32), starts), (len(rows), LETTERS + WORDS))


def fit(texts: list[str], level: np.ndarray, weight: np.ndarray, strength: float = 20) -> list[tuple[np.ndarray, float]]:
    """Weights and bias for danger at all and for crisis."""
    matrix = matrix_of([words_of(text) for text in texts])
    models = [LogisticRegression(C=strength, solver="liblinear", tol=1e-3).fit(matrix, level > at, sample_weight=weight) for at in (0, 1)]
    return [(model.coef_[0], float(model.intercept_[0])) for model in models]


def packed(models: list[tuple[np.ndarray, float]]) -> tuple[bytes, list[float], list[float]]:
    """int8 weights of both, one after the other, their scales and biases."""
    scales = [float(np.abs(weights).max() / 127) for weights, _ in models]
    return b"".join(np.round(weights / scale).astype(np.int8).tobytes() for (weights, _), scale in zip(models, scales)), scales, [bias for _, bias in models]


def scores(texts: list[str], models: list[tuple[np.ndarray, float]]) -> np.ndarray:
    """[texts, 2]: log-odds, the highest over each text's pieces."""
    pieces = [pieces_of(text) for text in texts]
    matrix = matrix_of([piece for some in pieces for piece in some])
    each = np.stack([matrix @ weights + bias for weights, bias in models], 1)
    ends = np.cumsum([len(some) for some in pieces])
    return np.stack([part.max(0) for part in np.split(each, ends[:-1])])
