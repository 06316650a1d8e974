"""Captions of music in thirteen languages, each with what it asks for, and the vectors that the emotion model's trunk gives them."""
from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
#: How people ask: {} is a list of phrases.
FRAMES = {
    "en": ["{}", "{} music", "play something {}", "I would like {}", "music that is {}", "a {} piece", "something {}, please"],
    "de": ["{}", "Musik: {}", "spiel etwas, {}", "ich möchte etwas: {}", "{} soll es sein"],
    "es": ["{}", "música {}", "pon algo: {}", "quiero música {}"],
    "fr": ["{}", "musique {}", "mets quelque chose : {}", "je voudrais une musique {}"],
    "it": ["{}", "musica {}", "metti qualcosa: {}", "vorrei musica {}"],
    "pt": ["{}", "música {}", "toca algo: {}", "quero música {}"],
    "nl": ["{}", "{} muziek", "speel iets: {}", "ik wil iets: {}"],
    "pl": ["{}", "muzyka {}", "zagraj coś: {}"],
    "ru": ["{}", "музыка {}", "включи что-нибудь: {}"],
    "ja": ["{}", "{}音楽", "{}曲をかけて"],
    "zh": ["{}", "{}音乐", "放点{}音乐"],
    "ko": ["{}", "{} 음악", "{} 음악 틀어줘"],
    "hi": ["{}", "{} संगीत", "कुछ {} बजाओ"],
}
JOINS = {"ja": "、", "zh": "，"}
#: Sounds and genres by the tags of MusicNN that hear them; `None` are known for our own pieces only.
HEARD_AS = {
    "piano": ["piano"], "strings": ["strings", "violin", "cello"], "harp": ["harp"], "guitar": ["guitar"], "pad": ["synth", "ambient"],
    "choir": ["choir", "choral"], "bells": None, "winds": ["flute"], "brass": None, "drums": ["drums", "beat"],
    "voice": ["vocal", "vocals", "singing", "voice"], "instrumental": ["no vocals", "no voice", "no vocal"],
    "rock": ["rock"], "metal": ["metal"], "pop": ["pop"], "jazz": ["jazz"], "classical": ["classical"],
    "electronic": ["electronic", "techno", "electronica"], "folk": ["folk", "country"], "hiphop": ["Hip-Hop"],
}


def tables() -> tuple[list[str], dict[str, dict[str, tuple[float, float]]], list[str]]:
    """Attributes in their order, what each concept asks of them as (where, how sure), and MusicNN's tags, from the built product."""
    script = """
    const at = (file) => import(new URL('media-index/' + file, 'file://' + process.argv[1] + '/dist/'));
    const [{ ATTRIBUTES }, { CONCEPTS, asks }, tags] = await Promise.all([at('encoders/attributes.js'), at('encoders/concepts.js'), at('listening/tags.js')]);
    console.log(JSON.stringify([ATTRIBUTES, Object.fromEntries(Object.keys(CONCEPTS).map((c) => [c, Object.fromEntries(asks(c))])), [...tags.MSD_TAGS, ...tags.MTT_TAGS]]));
    """
    found = subprocess.run(["node", "--input-type=module", "-e", script, str(ROOT)], check=True, capture_output=True, text=True)
    return tuple(json.loads(found.stdout))


def words() -> dict[str, dict[str, list[str]]]:
    """language -> concept or sound -> phrases."""
    found: dict[str, dict[str, list[str]]] = {}
    for line in (HERE / "words.tsv").read_text("utf8").splitlines():
        if line and not line.startswith("#"):
            concept, language, phrases = line.split("\t")
            found.setdefault(language, {})[concept] = phrases.split("|")
    return found


class Caption:
    def __init__(self, language: str, concepts: tuple[str, ...], text: str, held_out: bool):
        self.language, self.concepts, self.text, self.held_out = language, concepts, text, held_out


def draw(count: int, concepts: list[str], seed: int) -> list[Caption]:
    """Random captions of one to three concepts and at most two sounds. The last phrase of four or more is held out for judging."""
    chance, by_language = random.Random(seed), words()
    drawn = []
    languages = list(FRAMES) + ["en"] * 4
    while len(drawn) < count:
        language = chance.choice(languages)
        known = by_language[language]
        feelings = [c for c in known if c in concepts]
        sounds = [c for c in known if c not in concepts]
        chosen = chance.sample(feelings, chance.choice([0, 1, 1, 1, 2, 2, 3])) + chance.sample(sounds, chance.choice([0, 0, 0, 1, 1, 2]))
        if not chosen:
            continue
        held = chance.random() < 0.1
        phrases = []
        for concept in chosen:
            have = known[concept]
            spare = len(have) >= 4
            phrases.append(have[-1] if held and spare else chance.choice(have[:-1] if spare else have))
        held = held and all(len(known[c]) >= 4 for c in chosen)
        chance.shuffle(phrases)
        text = chance.choice(FRAMES[language]).format(JOINS.get(language, ", ").join(phrases))
        if chance.random() < 0.3:
            text = text.lower().replace(",", "")
        drawn.append(Caption(language, tuple(chosen), text, held))
    return drawn


def trunk(folder: Path, texts: list[str], output: str = "trunk") -> np.ndarray:
    """The emotion model's vector of each text before any of its heads, [texts, 768]; each text alone, as the product does."""
    config = json.loads((folder / "config.json").read_text("utf8"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    begin, end = (tokenizer.token_to_id(t) for t in ("<s>", "</s>"))
    session = onnxruntime.InferenceSession(str(folder / "model.int8.onnx"), providers=["CPUExecutionProvider"])
    found = np.zeros((len(texts), 768), np.float32)
    for row, encoded in enumerate(tokenizer.encode_batch([config["prefix"] + t for t in texts], add_special_tokens=False)):
        ids = np.array([[begin, *encoded.ids[: config["maxTokens"] - 2], end]], np.int64)
        found[row] = session.run([output], {"ids": ids, "mask": np.ones(ids.shape, np.float32)})[0][0]
    return found
