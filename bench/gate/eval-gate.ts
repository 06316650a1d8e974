/**
 * `npm run eval:gate`: how many dangerous lines the crisis gate hears, and how many harmless ones it mistakes, through the
 * product's own gate. The second set was written before patterns and network, the third one before the network of
 * version 2. Of version 1 the second set's harmless lines had set the thresholds; since version 2 dev lines of their own do.
 */
import path from 'node:path';
import { createCrisisGate, readPatterns } from '../../engine/crisis/gate.js';
import { loadClassifier } from '../../engine/emotion/classifier.js';
import type { CrisisReading } from '../../engine/vocabulary.js';
import { packageRoot } from '../../models/paths.js';
import { keepResults } from '../keep.js';
import { readOptions } from '../options.js';
import { everydayLines, type JudgedLine, judgingSet, SETS } from './lines.js';
import { wilson } from './wilson.js';

const USAGE = `Usage: npm run eval:gate -- [options]
  --data DIR  folder with goemotions/dev.tsv as everyday lines (default: ../shared/data beside the repository)
  --everyday N  only the first N everyday lines
  --dry       print only, keep the report and the history as they are
  --list      also print the lines that were read wrongly
`;

/** From so many words on a line is a long one. */
const LONG_WORDS = 30;

export async function main(argv: readonly string[]): Promise<number> {
  const { values } = readOptions(argv, {
    data: 'text',
    everyday: { least: 0, most: 100_000_000, usual: 1_000_000 },
    dry: 'flag',
    list: 'flag',
    help: 'flag',
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const classifier = await loadClassifier(path.join(packageRoot(), 'models', 'emotion'));
  const gate = createCrisisGate(async () => classifier);
  const report = [
    '# The crisis gate on lines that it was not trained on',
    '',
    'Shares with their 95 % Wilson intervals, per cent. Repeat with `npm run eval:gate`.',
    '',
  ];
  const figures: Record<string, unknown> = {};
  for (const name of SETS) {
    const lines = judgingSet(name);
    const read = await gate(lines.map(({ text }) => text));
    report.push(`## The ${name} set`, '', ...table(lines, read), '');
    figures[name] = inShort(lines, read);
    if (values.list) list(lines, read);
  }
  const everyday = everydayLines(values.data ?? path.join(packageRoot(), '..', 'shared', 'data')).slice(
    0,
    values.everyday,
  );
  if (everyday.length > 0) {
    const calm = await gate(everyday);
    const patterns = everyday.map(readPatterns);
    report.push('## Everyday sentences', '', ...HEAD, row('GoEmotions dev', calm, patterns), '');
    figures.everyday = { concern: share(calm, some), crisis: share(calm, acute) };
  }
  const speed = await speedOf(gate);
  report.push(
    '## Time',
    '',
    `${speed.runs} lines of the third set, one at a time, on this machine: p50 ${speed.p50Ms.toFixed(1)} ms, p95 ${speed.p95Ms.toFixed(1)} ms.`,
    '',
  );
  await classifier.close();
  if (values.dry) process.stdout.write(report.join('\n'));
  else await keepResults('gate', report.join('\n'), { dated: new Date().toISOString(), ...figures, speed });
  return 0;
}

const some = ({ level }: CrisisReading) => level !== 'none';
const acute = ({ level }: CrisisReading) => level === 'crisis';
const share = (read: readonly CrisisReading[], of: (reading: CrisisReading) => boolean) =>
  Number((read.filter(of).length / Math.max(1, read.length)).toFixed(4));

function inShort(lines: readonly JudgedLine[], read: readonly CrisisReading[]) {
  const pick = (of: (line: JudgedLine) => boolean) => read.filter((_, i) => of(lines[i]!));
  const dangerous = pick(({ level }) => level !== 'none');
  const meant = pick(({ level }) => level === 'crisis');
  const harmless = pick(({ level }) => level === 'none');
  return {
    dangerous: { concern: share(dangerous, some), crisis: share(dangerous, acute) },
    crisis: { concern: share(meant, some), crisis: share(meant, acute) },
    harmless: { concern: share(harmless, some), crisis: share(harmless, acute) },
  };
}

const HEAD = [
  '| lines | how many | at least concern | crisis | patterns alone: at least concern |',
  '|---|---|---|---|---|',
];

function table(lines: readonly JudgedLine[], read: readonly CrisisReading[]): string[] {
  const patterns = lines.map(({ text }) => readPatterns(text));
  const rows = [...HEAD];
  const add = (name: string, of: (line: JudgedLine) => boolean) => {
    const at = lines.flatMap((line, i) => (of(line) ? [i] : []));
    if (at.length === 0) return;
    rows.push(
      row(
        name,
        at.map((i) => read[i]!),
        at.map((i) => patterns[i]!),
      ),
    );
  };
  const dangerous = ({ level }: JudgedLine) => level !== 'none';
  const long = ({ text }: JudgedLine) => text.split(/\s+/).length >= LONG_WORDS;
  add('**dangerous, all**', dangerous);
  add('**crisis**', ({ level }) => level === 'crisis');
  add('concern', ({ level }) => level === 'concern');
  add('**harmless, nearly all look-alikes**', ({ level }) => level === 'none');
  add(`dangerous: ${LONG_WORDS} words and more`, (line) => dangerous(line) && long(line));
  add(`harmless: ${LONG_WORDS} words and more`, (line) => !dangerous(line) && long(line));
  const values = (of: (line: JudgedLine) => string) => new Set(lines.map(of));
  for (const kind of values((line) => line.kind)) {
    add(`dangerous: ${kind}`, (line) => dangerous(line) && line.kind === kind);
    add(`harmless: ${kind}`, (line) => !dangerous(line) && line.kind === kind);
  }
  for (const category of values((line) => line.category))
    add(`dangerous: ${category}`, (line) => dangerous(line) && line.category === category);
  for (const language of values((line) => line.language)) {
    add(`dangerous: ${language}`, (line) => dangerous(line) && line.language === language);
    add(`harmless: ${language}`, (line) => !dangerous(line) && line.language === language);
  }
  return rows;
}

function list(lines: readonly JudgedLine[], read: readonly CrisisReading[]): void {
  lines.forEach((line, i) => {
    const found = read[i]!;
    if ((line.level === 'none') !== (found.level === 'none'))
      process.stdout.write(`${line.level} read as ${found.level} (${found.reason ?? '-'}): ${line.text}\n`);
  });
}

function row(name: string, read: readonly CrisisReading[], patterns: readonly CrisisReading[]): string {
  const shown = (of: readonly CrisisReading[], wanted: (reading: CrisisReading) => boolean) => {
    const found = of.filter(wanted).length;
    const [low, high] = wilson(found, of.length);
    return `${percent(found / of.length)} (${percent(low)}–${percent(high)})`;
  };
  return `| ${name} | ${read.length} | ${shown(read, some)} | ${shown(read, acute)} | ${shown(patterns, some)} |`;
}

const percent = (part: number) => (100 * part).toFixed(1);

/** One line after the other, as a speaker asks. */
async function speedOf(gate: (texts: string[]) => Promise<CrisisReading[]>) {
  const took: number[] = [];
  for (const { text } of judgingSet('third').slice(0, 150)) {
    const startMs = performance.now();
    await gate([text]);
    took.push(performance.now() - startMs);
  }
  took.sort((a, b) => a - b);
  const at = (part: number) => Number(took[Math.floor(part * (took.length - 1))]!.toFixed(2));
  return { runs: took.length, p50Ms: at(0.5), p95Ms: at(0.95) };
}
