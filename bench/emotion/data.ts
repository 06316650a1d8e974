/** The sets that a model is held against, read from where they lie; null where one is not there. Nothing is copied. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { seededRandom } from '../../engine/plan/random.js';
import { EMOTION_LABELS } from '../../engine/vocabulary.js';
import type { Column } from './metrics.js';

export interface LabelledTexts {
  texts: string[];
  /** One column for each label. */
  truth: Column[];
}

/** GoEmotions dev (Demszky et al. 2020): text, label ids, id, divided by tabs. */
export function readGoEmotionsDev(dataDir: string, most = Number.POSITIVE_INFINITY): LabelledTexts | null {
  const folder = path.join(dataDir, 'goemotions');
  const file = path.join(folder, 'dev.tsv');
  if (!existsSync(file)) return null;
  const labels = readFileSync(path.join(folder, 'labels.txt'), 'utf8').trim().split(/\r?\n/);
  if (labels.join() !== EMOTION_LABELS.join()) throw new Error(`${folder}/labels.txt is not the 28 labels in order`);
  const lines = readFileSync(file, 'utf8').split(/\r?\n/).filter(Boolean).slice(0, most);
  const truth = EMOTION_LABELS.map(() => new Uint8Array(lines.length));
  const texts = lines.map((line, row) => {
    const [text, ids] = line.split('\t');
    if (text === undefined || !ids || !/^\d+(,\d+)*$/.test(ids))
      throw new Error(`${file}: line ${row + 1} is malformed`);
    for (const id of ids.split(',')) {
      const column = truth[Number(id)];
      if (!column) throw new Error(`${file}: line ${row + 1} names the label ${id}`);
      column[row] = 1;
    }
    return text;
  });
  return { texts, truth };
}

export const SIX = ['anger', 'disgust', 'fear', 'joy', 'sadness', 'surprise'] as const;
export type Six = (typeof SIX)[number];

export interface BrighterSet {
  language: string;
  texts: string[];
  /** The emotions that were rated in this language (English has no disgust). */
  truth: Partial<Record<Six, Column>>;
}

/** Files are named by ISO 639-3; elsewhere we write 639-1. */
const LANGUAGE: Record<string, string> = {
  chn: 'zh',
  deu: 'de',
  eng: 'en',
  esp: 'es',
  hin: 'hi',
  ptbr: 'pt',
  ron: 'ro',
  rus: 'ru',
  swe: 'sv',
  ukr: 'uk',
};

/** BRIGHTER dev (SemEval-2025 task 11, track A), a set for each language. */
export function readBrighterDev(dataDir: string, most = Number.POSITIVE_INFINITY): BrighterSet[] | null {
  const folder = path.join(dataDir, 'brighter', 'dev');
  if (!existsSync(folder)) return null;
  const files = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  return files.sort().map((name) => {
    const rows = recordsOf(readFileSync(path.join(folder, name), 'utf8')).slice(0, most);
    const truth: BrighterSet['truth'] = {};
    for (const emotion of SIX)
      if (rows[0]?.[emotion] !== undefined)
        truth[emotion] = Uint8Array.from(rows, (row) => (row[emotion] === '1' ? 1 : 0));
    const stem = name.slice(0, -'.csv'.length);
    return { language: LANGUAGE[stem] ?? stem, texts: rows.map((row) => row.text ?? ''), truth };
  });
}

export interface AffectTexts {
  texts: string[];
  /** As rated, 1..5. */
  valence: number[];
  arousal: number[];
}

/** Rows of EmoBank (Buechel & Hahn 2017, CC BY-SA 4.0: only ever scored on), drawn with a fixed seed from all its parts. */
export function readEmoBank(dataDir: string, count: number, seed = 1): AffectTexts | null {
  const file = path.join(dataDir, 'emobank', 'emobank.csv');
  if (!existsSync(file)) return null;
  const rows = recordsOf(readFileSync(file, 'utf8')).filter(
    (row) => row.text && Number(row.V) > 0 && Number(row.A) > 0,
  );
  const random = seededRandom(seed);
  for (let i = rows.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [rows[i], rows[j]] = [rows[j] as Record<string, string>, rows[i] as Record<string, string>];
  }
  const drawn = rows.slice(0, count);
  return {
    texts: drawn.map((row) => row.text ?? ''),
    valence: drawn.map((row) => Number(row.V)),
    arousal: drawn.map((row) => Number(row.A)),
  };
}

/** Records of a CSV text (RFC 4180: quoted fields may hold commas, line ends and doubled quotes), by the names of its head. */
export function recordsOf(csv: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  let field = '';
  let quoted = false;
  const endField = () => {
    rows.at(-1)?.push(field);
    field = '';
  };
  const text = csv.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n');
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i] as string;
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') field += text[++i];
      else quoted = false;
    } else if (c === '"' && field === '') quoted = true;
    else if (c === ',') endField();
    else if (c === '\n') {
      endField();
      rows.push([]);
    } else field += c;
  }
  endField();
  const [head = [], ...body] = rows.filter((row) => row.some((each) => each !== ''));
  return body.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])));
}
