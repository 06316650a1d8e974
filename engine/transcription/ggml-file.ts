/**
 * Reads how a Whisper file of whisper.cpp is built, without its weights, so that one that was cut short is known before it is
 * loaded. whisper.cpp itself says nothing of a file whose last tensor is cut: it hears rubbish with it.
 *
 * The file, little endian: "ggml", eleven sizes, the mel filters, the tokens, then each tensor with its name, shape, kind and
 * weights up to the end (whisper_model_load in whisper.cpp).
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** "ggml" as whisper.cpp writes it. */
const MAGIC = 0x67676d6c;
const ENGLISH_WORDS = 51_864;
const MULTILINGUAL_WORDS = [51_865, 51_866];
/** Weights a block, and bytes that it takes, by ggml's number of the kind (`type_traits` in ggml.c). */
const KINDS: Record<number, readonly [weights: number, bytes: number]> = {
  0: [1, 4],
  1: [1, 2],
  2: [32, 18],
  3: [32, 20],
  6: [32, 22],
  7: [32, 24],
  8: [32, 34],
  10: [256, 84],
  11: [256, 110],
  12: [256, 144],
  13: [256, 176],
  14: [256, 210],
};
/** Of the file as a whole, of each layer that listens and of each that writes. */
const TENSORS = { whole: 11, audioLayer: 15, textLayer: 24 };
/** Larger than any head of a tensor and than most tokens together: few reads. */
const PIECE = 64 * 1024;

export interface GgmlFile {
  bytes: number;
  multilingual: boolean;
}

/** The file is another one than a whole Whisper model; the message goes on after its name. */
export class NoWhisperFile extends Error {
  constructor(
    message: string,
    /** A Whisper model, only not all of it. */
    readonly isDamaged: boolean,
  ) {
    super(message);
  }
}

/** Throws `NoWhisperFile`, or what the file system says. Reads some 1 MB of a model of any size. */
export function readGgmlFile(file: string): GgmlFile {
  const handle = openSync(file, 'r');
  try {
    const bytes = fstatSync(handle).size;
    const reader = readerOf(handle, bytes);
    const words = reader.left() >= 8 && reader.int() === MAGIC ? reader.int() : 0;
    if (words !== ENGLISH_WORDS && !MULTILINGUAL_WORDS.includes(words))
      throw new NoWhisperFile('is no Whisper model of whisper.cpp (ggml-….bin)', false);
    walk(reader);
    return { bytes, multilingual: words !== ENGLISH_WORDS };
  } finally {
    closeSync(handle);
  }
}

type Reader = ReturnType<typeof readerOf>;

function walk(reader: Reader): void {
  const sizes = Array.from({ length: 10 }, reader.int);
  const [audioLayers, textLayers] = [sizes[3]!, sizes[7]!];
  reader.skip(4 * reader.int() * reader.int());
  for (let tokens = reader.int(); tokens > 0; tokens -= 1) reader.skip(reader.int());
  const expected = TENSORS.whole + TENSORS.audioLayer * audioLayers + TENSORS.textLayer * textLayers;
  for (let i = 0; i < expected; i += 1) {
    const [dimensions, nameLength, number] = [reader.int(), reader.int(), reader.int()];
    const kind = KINDS[number];
    if (dimensions < 1 || dimensions > 4 || !kind)
      throw new NoWhisperFile('is damaged: what it holds cannot be read by whisper.cpp', true);
    let weights = 1;
    for (let d = 0; d < dimensions; d += 1) weights *= reader.int();
    reader.skip(nameLength);
    reader.skip((weights / kind[0]) * kind[1]);
  }
  if (reader.left() > 0) throw new NoWhisperFile(`is damaged: ${reader.left()} bytes follow where it should end`, true);
}

/** Goes forward through a file; what would lie behind its end is a fault of the file. */
function readerOf(handle: number, bytes: number) {
  const piece = Buffer.alloc(PIECE);
  let from = 0;
  let held = 0;
  let at = 0;
  const go = (by: number) => {
    if (!Number.isInteger(by) || by < 0 || at + by > bytes)
      throw new NoWhisperFile(`is damaged or was not copied whole: it ends after ${bytes} bytes`, true);
    at += by;
  };
  return {
    left: () => bytes - at,
    skip: go,
    int(): number {
      const start = at;
      go(4);
      if (start < from || start + 4 > from + held) {
        from = start;
        held = readSync(handle, piece, 0, PIECE, start);
      }
      return piece.readInt32LE(start - from);
    },
  };
}
