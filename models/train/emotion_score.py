"""How good a model is: macro-F1 with thresholds that were never tuned on the rows they are scored on.

The same grid, smoothing and folds as the product's own evaluation, `bench/emotion/thresholds.ts`.
"""
from __future__ import annotations

import numpy as np
import torch

#: Candidate thresholds, as log-odds: .04 to .9.
GRID = np.arange(-3.2, 2.21, 0.1)
#: A rare label's F1 jumps from one threshold to the next by chance, so the best of the smoothed curve is taken: a Gaussian
#: of this many log-odds. On dev this is worth .005 of macro-F1 and halves its spread over random folds.
SMOOTHING = 0.35
FOLDS = 5


def probabilities(net, rows: list[list[int]], pad: int, head: str = "goemotions") -> np.ndarray:
    """Sigmoids of one head, in the order of the rows."""
    from train_emotion import padded

    net.eval()
    found = np.zeros((len(rows), net.heads[head].out_features), np.float32)
    order = np.argsort([len(r) for r in rows])
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(order), 64):
            chosen = order[start : start + 64]
            found[chosen] = torch.sigmoid(net(*padded([rows[i] for i in chosen], pad), head).float()).numpy()
    net.train()
    return found


def f1_of(decided: np.ndarray, y: np.ndarray) -> np.ndarray:
    """F1 of each column; 0 where nothing is right."""
    right = (decided & (y > 0)).sum(0)
    return 2 * right / np.maximum(decided.sum(0) + (y > 0).sum(0), 1)


def tuned(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    """One threshold a label, a probability: where the smoothed F1 on these rows is best."""
    steps = 1 / (1 + np.exp(-GRID))
    curve = np.stack([f1_of(p >= t, y) for t in steps], axis=1)
    kernel = np.exp(-0.5 * ((GRID[:, None] - GRID[None, :]) / SMOOTHING) ** 2)
    smooth = curve @ (kernel / kernel.sum(0))
    return steps[smooth.argmax(1)]


def cross_fitted(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    """F1 of each label: each fifth of the rows is scored with thresholds tuned on the other four."""
    fold = np.arange(len(p)) % FOLDS
    decided = np.zeros(p.shape, bool)
    for one in range(FOLDS):
        decided[fold == one] = p[fold == one] >= tuned(p[fold != one], y[fold != one])
    return f1_of(decided, y)
