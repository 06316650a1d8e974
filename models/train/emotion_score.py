"""How good a model is: macro-F1 with thresholds that were never tuned on the rows they are scored on."""
from __future__ import annotations

import numpy as np
import torch
from sklearn.metrics import f1_score

GRID = np.arange(0.05, 0.9, 0.01)


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


def tuned(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    """One threshold a label: the best F1 on these rows."""
    return np.array([
        GRID[int(np.argmax([f1_score(y[:, c], p[:, c] >= t, zero_division=0) for t in GRID]))] for c in range(y.shape[1])
    ])


def cross_fitted(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    """F1 of each label: thresholds tuned on the even rows score the odd ones, and the other way round."""
    decided = np.zeros(p.shape, bool)
    for start in (0, 1):
        decided[1 - start :: 2] = p[1 - start :: 2] >= tuned(p[start::2], y[start::2])
    return f1_score(y, decided, average=None, zero_division=0)
