"""Writes engine/emotion/tokeniser.fixture.json: what Python's `tokenizers` makes of lines that the product must read alike.

    python tokeniser_fixture.py ../emotion/tokenizer.json ../../engine/emotion/tokeniser.fixture.json

Odd single lines are kept as they are, with a hash of their ids. Of the night lines in all languages, alone and in pairs
(about 12,000 lines), one hash a hundred lines is kept; the product's test makes the same lines from the same files.
"""
import hashlib
import json
import sys
from pathlib import Path

from tokenizers import Tokenizer

BLOCK = 100


def short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def night_lines(file: Path) -> list[str]:
    lines = [l.split("\t")[1] for l in file.read_text("utf8").split("\n") if l.strip() and not l.startswith("#")]
    return lines + [f"{a} — {b.upper() if b.isascii() else b}" for a, b in zip(lines, lines[1:])]


def main(tokenizer_file: str, fixture_file: str) -> None:
    tokenizer = Tokenizer.from_file(tokenizer_file)
    fixture = Path(fixture_file)
    odd = [line for line, _ in json.loads(fixture.read_text("utf8"))["lines"]]
    ids = lambda line: ",".join(map(str, tokenizer.encode(line).ids))
    night = {}
    for file in sorted((Path(__file__).parent / "night").glob("*.tsv")):
        lines = night_lines(file)
        night[file.stem] = [short(";".join(map(ids, lines[i : i + BLOCK]))) for i in range(0, len(lines), BLOCK)]
    digest = hashlib.sha256(Path(tokenizer_file).read_bytes()).hexdigest()
    rows = ",\n".join(json.dumps([line, short(ids(line))], ensure_ascii=False) for line in odd)
    fixture.write_text(f'{{"tokenizer":"{digest}","lines":[{rows}],\n"night":{json.dumps(night)}}}\n', "utf8")


if __name__ == "__main__":
    main(*sys.argv[1:])
