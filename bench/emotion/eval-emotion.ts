/**
 * `npm run eval:emotion`: how well the emotion model reads, by every measure we hold it to, through the product's own
 * classifier. The data sets are no part of the product; where they are not there, the parts that need none still run.
 */
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import writeFileAtomic from 'write-file-atomic';
import { BEHAVIOUR_CASES, SECOND_SET } from '../../engine/emotion/behaviour/cases.js';
import { type BehaviourReport, runBehaviour } from '../../engine/emotion/behaviour/run.js';
import { loadClassifier } from '../../engine/emotion/classifier.js';
import { EmohealError } from '../../engine/errors.js';
import type { EmotionClassifier } from '../../engine/ports.js';
import { packageRoot } from '../../models/paths.js';
import { addToHistory, keepTable } from '../keep.js';
import { cardPicture } from './card-picture.js';
import { readBrighterDev, readEmoBank, readGoEmotionsDev } from './data.js';
import {
  affectFigures,
  brighterFigures,
  goEmotionsFigures,
  type Progress,
  readAll,
  speedRows,
  unknownTokenCounter,
} from './measure.js';
import { type EmotionReport, reportText } from './report.js';

const PARTS = ['goemotions', 'brighter', 'emobank', 'tokens', 'behaviour', 'speed'] as const;
type Part = (typeof PARTS)[number];

const EMOBANK_ROWS = 2000;

const USAGE = `Usage: npm run eval:emotion -- [options]
  --model DIR   folder of the model (default: models/emotion)
  --data DIR    folder of the data sets (default: EMOTION_DATA, or ../shared/data beside the repository)
  --out DIR     write emotion.md, emotion.json and emotion-f1.svg there (default: table and history in bench/results,
                the picture in docs/pictures)
  --json        print the figures as JSON
  --only PARTS  some of ${PARTS.join(',')}
  --rows N      only the first N rows of each set, for a quick look
`;

interface Options {
  model: string;
  data: string;
  out: string | null;
  json: boolean;
  parts: readonly Part[];
  rows: number | null;
}

/** Runs with the arguments after the command's name; gives the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n${USAGE}`);
    return options === '' ? 0 : 2;
  }
  try {
    const report = await evaluate(options);
    process.stdout.write(options.json ? `${JSON.stringify(report, null, 1)}\n` : reportText(report));
    await keep(report, options);
    return 0;
  } catch (error) {
    if (!(error instanceof EmohealError)) throw error;
    process.stderr.write(`${error.message} ${error.remedy ?? ''}\n`);
    return 1;
  }
}

/** What is wrong with the arguments, in words, where they cannot be read; empty words for a call for help. */
function readOptions(argv: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        model: { type: 'string', default: path.join(packageRoot(), 'models', 'emotion') },
        data: {
          type: 'string',
          default: process.env.EMOTION_DATA || path.join(packageRoot(), '..', 'shared', 'data'),
        },
        out: { type: 'string' },
        json: { type: 'boolean', default: false },
        only: { type: 'string' },
        rows: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return '';
    const parts = (values.only?.split(',') ?? PARTS) as readonly Part[];
    const unknown = parts.find((part) => !PARTS.includes(part));
    if (unknown !== undefined) return `There is no part "${unknown}".`;
    if (values.rows !== undefined && !/^[1-9]\d*$/.test(values.rows)) return '--rows takes a whole number from 1 on.';
    return {
      model: path.resolve(values.model),
      data: path.resolve(values.data),
      out: values.out === undefined ? null : path.resolve(values.out),
      json: values.json,
      parts,
      rows: values.rows === undefined ? null : Number(values.rows),
    };
  } catch (error) {
    return (error as Error).message;
  }
}

async function evaluate(options: Options): Promise<EmotionReport> {
  const classifier = await loadClassifier(options.model);
  try {
    const { model, sha256 } = classifier.info();
    const report: EmotionReport = {
      dated: new Date().toISOString(),
      machine: `${os.cpus().length} cores, ${os.cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`,
      model,
      sha256,
      ...(options.rows === null ? {} : { rowsLimit: options.rows }),
      skipped: [],
    };
    // Speed first: what comes later leaves the machine warm and the heap full.
    if (options.parts.includes('speed')) report.speed = await speedRows(classifier);
    await readSets(report, classifier, options);
    if (options.parts.includes('behaviour')) {
      report.behaviour = await runBehaviour(classifier, BEHAVIOUR_CASES, { onProgress: progress('behaviour suite') });
      report.behaviourSecond = await runBehaviour(classifier, SECOND_SET, { onProgress: progress('second set') });
    }
    return report;
  } finally {
    await classifier.close();
  }
}

async function readSets(report: EmotionReport, classifier: EmotionClassifier, options: Options): Promise<void> {
  const { data, parts } = options;
  const most = options.rows ?? Number.POSITIVE_INFINITY;
  const skip = (what: string) => report.skipped.push(`${what}: not found under ${data} (see --data)`);

  if (parts.includes('goemotions')) {
    const dev = readGoEmotionsDev(data, most);
    if (!dev) skip('GoEmotions dev (F1 by label, calibration)');
    else report.goemotions = goEmotionsFigures(await readAll(classifier, dev.texts, progress('GoEmotions dev')), dev);
  }

  const brighter = parts.includes('brighter') || parts.includes('tokens') ? readBrighterDev(data, most) : null;
  if (parts.includes('brighter')) {
    if (!brighter) skip('BRIGHTER dev (six emotions by language)');
    else {
      report.brighter = [];
      for (const set of brighter) {
        const readings = await readAll(classifier, set.texts, progress(`BRIGHTER ${set.language}`));
        report.brighter.push(brighterFigures(readings, set));
      }
    }
  }

  if (parts.includes('emobank')) {
    const rated = readEmoBank(data, Math.min(EMOBANK_ROWS, most));
    if (!rated) skip('EmoBank (valence and arousal)');
    else report.emobank = affectFigures(await readAll(classifier, rated.texts, progress('EmoBank')), rated);
  }

  if (parts.includes('tokens')) {
    const count = unknownTokenCounter(options.model);
    if (!brighter) skip('unknown tokens on BRIGHTER dev');
    report.unknownTokens = {};
    const entry = (language: string) => {
      const all = report.unknownTokens ?? {};
      all[language] ??= {};
      return all[language];
    };
    for (const set of brighter ?? []) entry(set.language).brighter = count(set.texts);
    for (const language of new Set(BEHAVIOUR_CASES.map((each) => each.language))) {
      const own = BEHAVIOUR_CASES.filter((each) => each.language === language);
      entry(language).behaviour = count(own.map((each) => each.text));
    }
  }
}

/** One line that is written over on a terminal; elsewhere one line for each tenth. */
function progress(name: string): Progress {
  let told = -1;
  return (done, all) => {
    const tenth = Math.floor((10 * done) / all);
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${name}: ${done} of ${all}${done === all ? '\n' : ''}`);
    else if (tenth > told) process.stderr.write(`${name}: ${done} of ${all}\n`);
    told = tenth;
  };
}

async function keep(report: EmotionReport, { out, parts, rows }: Options): Promise<void> {
  if (out === null) {
    const some = PARTS.every((part) => parts.includes(part)) ? [] : parts;
    const ran = rows === null ? some : [...some, `first-${rows}`];
    await keepTable('emotion', reportText(report), { parts: ran });
    await addToHistory('emotion', forHistory(report));
    if (ran.length > 0) return;
    await drawF1(report, path.join(packageRoot(), 'docs', 'pictures'));
    return;
  }
  await mkdir(out, { recursive: true });
  await writeFileAtomic(path.join(out, 'emotion.md'), reportText(report));
  await writeFileAtomic(path.join(out, 'emotion.json'), `${JSON.stringify(report, null, 1)}\n`);
  await drawF1(report, out);
}

/** Table and picture come from one run, so that neither outlives the other. */
async function drawF1({ goemotions, model }: EmotionReport, folder: string): Promise<void> {
  if (!goemotions) return;
  const bars = goemotions.labels.map(({ label, f1, f1Interval, positives }) => ({
    label,
    f1,
    interval: f1Interval,
    positives,
  }));
  await writeFileAtomic(
    path.join(folder, 'emotion-f1.svg'),
    cardPicture({
      title: `F1 by label, GoEmotions dev: ${model}`,
      bars,
      macroF1: goemotions.macroF1.crossFitted,
    }),
  );
}

/** The history keeps figures, not the wording of each failing case. */
function forHistory(report: EmotionReport): object {
  const figures = (part: BehaviourReport | undefined) => part && { ...part, failures: undefined };
  return {
    ...report,
    behaviour: figures(report.behaviour),
    behaviourSecond: figures(report.behaviourSecond),
  };
}
