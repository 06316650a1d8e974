"""Makes the folder that `emoheal library use-clamp3 FOLDER` takes out of the published weights of CLaMP3 and MERT.

    python export_clamp3.py --mert MERT-v1-95M --clamp3 weights_clamp3_saas_....pth --tokenizer tokenizer.json --out ./clamp3

`--mert` is the model's folder (config.json and pytorch_model.bin or model.safetensors), `--clamp3` the authors' checkpoint,
`--tokenizer` the tokenizer.json of FacebookAI/xlm-roberta-base (left out: the one beside the checkpoint). Writes three ONNX
graphs (opset 17, any length), tokenizer.json and manifest.json:

    mert.onnx   samples [1, n] at 24 kHz, normalised   -> vector [1, width]: mean over all hidden states and time
    audio.onnx  vectors [1, n, width], mask [1, n]     -> vector [1, dim]: masked mean, projected
    text.onnx   ids [1, n], mask [1, n]                -> vector [1, dim]: the same of words

The towers are plain PyTorch (clamp3_towers.py), so that no version of another library decides what is exported. Licences:
CLaMP3 MIT, XLM-RoBERTa MIT, MERT-v1-95M CC BY-NC 4.0 (no commercial use). Needs torch, onnx and about 6 GB of memory.
"""
from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import torch

from clamp3_towers import AudioTower, Mert, TextTower

# As published: sanderwood/clamp3 at 9016d2b, code/config.py and preprocessing/audio/extract_mert.py.
FRONT_END = {"sampleRate": 24_000, "windowSamples": 120_000, "shortestSamples": 24_000, "audioSegment": 128, "textSegment": 128}
OPSET = 17
LICENCE = "CLaMP3: MIT; XLM-RoBERTa: MIT; MERT-v1-95M: CC-BY-NC-4.0 (no commercial use)"
LANGUAGES = (
    "af am ar as az be bg bn br bs ca cs cy da de el en eo es et eu fa fi fr fy ga gd gl gu ha he hi hr hu hy id is it ja jv ka "
    "kk km kn ko ku ky la lo lt lv mg mk ml mn mr ms my ne nl no om or pa pl ps pt ro ru sa sd si sk sl so sq sr su sv sw ta te "
    "th tl tr ug uk ur uz vi xh yi zh"
).split()


def mert_weights(folder: Path) -> dict[str, torch.Tensor]:
    tensors = folder / "model.safetensors"
    if tensors.exists():
        from safetensors.torch import load_file

        return load_file(tensors)
    return torch.load(folder / "pytorch_model.bin", map_location="cpu", weights_only=True)


def sha256_of(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as data:
        while block := data.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def write_graph(tower: torch.nn.Module, file: Path, inputs: dict[str, torch.Tensor]) -> None:
    """Every second axis may have any length; the first is 1."""
    torch.onnx.export(
        tower.eval(), tuple(inputs.values()), str(file), input_names=list(inputs), output_names=["vector"], opset_version=OPSET,
        dynamo=False, dynamic_axes={name: {1: "length"} for name in inputs},
    )


def towers(mert: Path, clamp3: Path, settings: dict) -> tuple[Mert, AudioTower, TextTower]:
    """The three towers with their weights. `settings` only names what the weights do not tell and differs from the publication."""
    config = json.loads((mert / "config.json").read_text("utf8"))
    # Mapped, not read: more than half of the file is the optimiser's state.
    checkpoint = torch.load(clamp3, map_location="cpu", weights_only=True, mmap=True)
    weights = checkpoint["model"]
    return (
        Mert.of(mert_weights(mert), config),
        AudioTower.of(weights, settings.get("audio", {})),
        TextTower.of(weights, settings.get("text", {})),
    )


def export(mert: Path, clamp3: Path, tokenizer: Path, out: Path, settings: dict) -> None:
    out.mkdir(parents=True, exist_ok=True)
    ears, audio, text = towers(mert, clamp3, settings)
    if audio.width != ears.width:
        raise SystemExit(f"The audio tower reads vectors of {audio.width} numbers, MERT gives {ears.width}: these do not belong together.")
    with torch.no_grad():
        write_graph(ears, out / "mert.onnx", {"samples": torch.randn(1, FRONT_END["windowSamples"])})
        write_graph(audio, out / "audio.onnx", {"vectors": torch.randn(1, 9, audio.width), "mask": torch.ones(1, 9)})
        ids = torch.tensor([[0, 5, 6, 7, 8, 2]])
        write_graph(text, out / "text.onnx", {"ids": ids, "mask": torch.ones(1, ids.shape[1])})
    shutil.copyfile(tokenizer, out / "tokenizer.json")
    names = ["mert.onnx", "audio.onnx", "text.onnx", "tokenizer.json"]
    manifest = {
        "name": "clamp3",
        "version": sha256_of(clamp3)[:8],
        "source": "https://github.com/sanderwood/clamp3 (9016d2b), https://huggingface.co/m-a-p/MERT-v1-95M",
        "licence": LICENCE,
        "languages": LANGUAGES,
        "files": {name: {"sha256": sha256_of(out / name), "bytes": (out / name).stat().st_size} for name in names},
        "clamp3": FRONT_END | {"width": audio.width, "dim": audio.dim, "states": ears.states, "opset": OPSET},
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1), "utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mert", type=Path, required=True, help="folder of MERT-v1-95M")
    parser.add_argument("--clamp3", type=Path, required=True, help="checkpoint of CLaMP3 (.pth)")
    parser.add_argument("--tokenizer", type=Path, help="tokenizer.json of xlm-roberta-base; left out: beside the checkpoint")
    parser.add_argument("--settings", type=Path, help="JSON {audio: {heads}, text: {heads}} where heads are not 64 wide")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    tokenizer = args.tokenizer or args.clamp3.parent / "tokenizer.json"
    for file in (args.mert / "config.json", args.clamp3, tokenizer):
        if not file.exists():
            parser.error(f"{file} is not there (where to get each file: docs/clamp3.md)")
    export(args.mert, args.clamp3, tokenizer, args.out, json.loads(args.settings.read_text("utf8")) if args.settings else {})
    print(f"{args.out}: now run emoheal library use-clamp3 {args.out} --i-accept-non-commercial")


if __name__ == "__main__":
    main()
