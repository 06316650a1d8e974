"""How well pieces that the training never saw are found by captions: rank correlation with what was asked, and recall."""
from __future__ import annotations

import numpy as np
import torch
from scipy.stats import spearmanr


def judge(heard: torch.Tensor, spoken: torch.Tensor, asked: torch.Tensor, apart: np.ndarray, held: np.ndarray, languages: list[str]) -> dict:
    """Over the pieces kept apart: by language, mean Spearman of cosine and agreement, and how often the best of ten is among the five that fit best."""
    pieces = np.flatnonzero(apart)
    found = (spoken @ heard[pieces].T).numpy()
    wanted = asked[:, pieces].numpy()

    def of(rows: np.ndarray) -> dict:
        rho = [spearmanr(found[i], wanted[i]).statistic for i in rows]
        top = [len(set(np.argsort(-found[i])[:5]) & set(np.argsort(-wanted[i])[:5])) / 5 for i in rows]
        return {"captions": len(rows), "spearman": round(float(np.nanmean(rho)), 3), "recall@5": round(float(np.mean(top)), 3)}

    named = np.array(languages)
    some = np.random.default_rng(0).permutation(len(named))[:3000]
    return {
        "pieces": len(pieces),
        "phrases seen": of(np.array([i for i in some if not held[i]])),
        "phrases kept apart": of(np.flatnonzero(held)),
        "by language": {language: of(np.array([i for i in some if named[i] == language])) for language in sorted(set(languages))},
    }
