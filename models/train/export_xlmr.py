"""Makes a folder that EMOHEAL_EMOTION_MODEL takes out of any Hugging Face sequence classification, e.g. XLM-RoBERTa.

    python export_xlmr.py --model ./my-xlm-roberta-goemotions --out ./xlmr-onnx
    python export_xlmr.py --model xlm-roberta-base --finetune DATA --epochs 3 --out ./xlmr-onnx   # weights at hand or hub
    python export_xlmr.py --tiny --out ./tiny --reference said.txt                                # small and random, for tests

Writes model.onnx (input_ids, attention_mask -> logits), tokenizer.json and config.json with the labels by name and, after
fine-tuning, one threshold a label tuned on dev. `--reference FILE` also writes reference.json: PyTorch's own probabilities
of each line, to hold the product's against. Needs torch, transformers, onnx (requirements.txt) and, for the larger models,
memory of about eight times the file.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer, PreTrainedTokenizerFast, XLMRobertaConfig
from transformers import XLMRobertaForSequenceClassification

LABELS = (
    "admiration amusement anger annoyance approval caring confusion curiosity desire disappointment disapproval disgust "
    "embarrassment excitement fear gratitude grief joy love nervousness optimism pride realization relief remorse sadness "
    "surprise neutral"
).split()
MAX_TOKENS = 128


def tiny() -> tuple[torch.nn.Module, PreTrainedTokenizerFast]:
    """The architecture of XLM-R with two layers of 32 and random weights, and a tokeniser of its kind."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    letters = [(chr(c), -5.0 - c / 1000) for c in range(33, 127)] + [("▁", -2.0), ("▁i", -3.0), ("▁feel", -3.5), ("▁sad", -4.0), ("ing", -4.0)]
    tokenizer = Tokenizer(models.Unigram([("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", -20.0), *letters], unk_id=3))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    wrapped = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", pad_token="<pad>", unk_token="<unk>", cls_token="<s>", sep_token="</s>"
    )
    torch.manual_seed(7)
    config = XLMRobertaConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
        max_position_embeddings=130, type_vocab_size=1, pad_token_id=1, bos_token_id=0, eos_token_id=2, num_labels=len(LABELS),
        initializer_range=0.5,
    )
    return XLMRobertaForSequenceClassification(config), wrapped


def fine_tune(model: torch.nn.Module, tokenizer, data: Path, epochs: int, rate: float) -> list[float]:
    """GoEmotions train; gives thresholds tuned on dev. Hours on a CPU for the base size."""
    from emotion_data import read_ids
    from emotion_score import tuned

    texts, target = read_ids(data / "goemotions/train.tsv", len(LABELS), 0)
    dev, target_dev = read_ids(data / "goemotions/dev.tsv", len(LABELS), 0)
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    size, steps = 32, epochs * (len(texts) // 32)
    model.train()
    for step in range(steps):
        chosen = np.random.default_rng(step).integers(0, len(texts), size)
        batch = tokenizer([texts[i] for i in chosen], padding=True, truncation=True, max_length=MAX_TOKENS, return_tensors="pt")
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1, (step + 1) / (0.06 * steps)) * (1 - step / steps)
        logits = model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).logits
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, torch.tensor(target[chosen]), reduction="none").sum(1).mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        if step % 100 == 0:
            print(f"step {step} of {steps}, loss {loss.item():.3f}", flush=True)
    return [round(float(t), 2) for t in tuned(probabilities(model, tokenizer, dev), target_dev)]


def probabilities(model: torch.nn.Module, tokenizer, texts: list[str]) -> np.ndarray:
    model.eval()
    rows = []
    with torch.no_grad():
        for text in texts:
            one = tokenizer(text, truncation=True, max_length=MAX_TOKENS, return_tensors="pt")
            rows.append(torch.sigmoid(model(input_ids=one["input_ids"], attention_mask=one["attention_mask"]).logits)[0].numpy())
    return np.array(rows)


class LogitsOnly(torch.nn.Module):
    def __init__(self, model: torch.nn.Module):
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return self.model(input_ids=input_ids, attention_mask=attention_mask).logits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", help="folder or name of a Hugging Face model")
    parser.add_argument("--tiny", action="store_true", help="a small random XLM-R instead of --model")
    parser.add_argument("--finetune", type=Path, metavar="DATA", help="fine-tune on DATA/goemotions first")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=2e-5)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--reference", type=Path, help="file of lines whose probabilities are written to reference.json")
    args = parser.parse_args()
    if bool(args.model) == args.tiny:
        parser.error("give either --model or --tiny")
    if args.tiny:
        model, tokenizer = tiny()
    else:
        tokenizer = AutoTokenizer.from_pretrained(args.model)
        more = {"num_labels": len(LABELS), "problem_type": "multi_label_classification"} if args.finetune else {}
        model = AutoModelForSequenceClassification.from_pretrained(args.model, **more)
    thresholds = fine_tune(model, tokenizer, args.finetune, args.epochs, args.rate) if args.finetune else None
    if args.finetune or args.tiny:
        model.config.id2label = dict(enumerate(LABELS))
        model.config.label2id = {label: i for i, label in enumerate(LABELS)}
        model.config.problem_type = "multi_label_classification"
    model.eval()
    args.out.mkdir(parents=True, exist_ok=True)
    sample = tokenizer("I feel sad", return_tensors="pt")
    torch.onnx.export(
        LogitsOnly(model), (sample["input_ids"], sample["attention_mask"]), str(args.out / "model.onnx"),
        input_names=["input_ids", "attention_mask"], output_names=["logits"], opset_version=17, dynamo=False,
        dynamic_axes={"input_ids": {0: "batch", 1: "length"}, "attention_mask": {0: "batch", 1: "length"}, "logits": {0: "batch"}},
    )
    tokenizer.save_pretrained(args.out)
    config = model.config.to_dict() | ({"thresholds": thresholds} if thresholds else {})
    (args.out / "config.json").write_text(json.dumps(config, indent=1, default=str), "utf8")
    if args.reference:
        lines = [line for line in args.reference.read_text("utf8").split("\n") if line.strip()]
        found = probabilities(model, tokenizer, lines)
        (args.out / "reference.json").write_text(json.dumps({"lines": lines, "probabilities": found.tolist()}), "utf8")
    print(f"{args.out}: start with EMOHEAL_EMOTION_MODEL={args.out}")


if __name__ == "__main__":
    main()
