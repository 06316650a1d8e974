/**
 * `npm run eval:gate`: how many dangerous lines the crisis gate hears, and how many harmless ones it mistakes, through the
 * product's own gate. The second set was written before patterns and network; its harmless lines have since helped to set
 * the network's thresholds, its dangerous ones have not been used.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import writeFileAtomic from 'write-file-atomic';
import { createCrisisGate, readPatterns } from '../../engine/crisis/gate.js';
import { loadClassifier } from '../../engine/emotion/classifier.js';
import type { CrisisReading } from '../../engine/vocabulary.js';
import { packageRoot } from '../../models/paths.js';
import { wilson } from './wilson.js';

interface Line {
  text: string;
  level: CrisisReading['level'];
  category: string;
  language: string;
  kind: string;
}

const USAGE = `Usage: npm run eval:gate -- [options]
  --data DIR  folder with goemotions/dev.tsv as everyday lines (default: ../shared/data beside the repository)
  --list      also print the lines that were read wrongly
`;

export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      data: { type: 'string', default: path.join(packageRoot(), '..', 'shared', 'data') },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const lines = await secondSet();
  const classifier = await loadClassifier(path.join(packageRoot(), 'models', 'emotion'));
  const gate = createCrisisGate(async () => classifier);
  const texts = lines.map(({ text }) => text);
  const read = await gate(texts);
  const patterns = texts.map(readPatterns);
  const everyday = everydayLines(values.data);
  const calm = everyday.length > 0 ? await gate(everyday) : [];
  await classifier.close();

  const rows: string[] = [
    '| lines | how many | at least concern | crisis | patterns alone: at least concern |',
    '|---|---|---|---|---|',
  ];
  const add = (name: string, pick: (line: Line) => boolean) => {
    const at = lines.flatMap((line, i) => (pick(line) ? [i] : []));
    if (at.length > 0)
      rows.push(
        row(
          name,
          at.map((i) => read[i]!),
          at.map((i) => patterns[i]!),
        ),
      );
  };
  add('**dangerous, all**', ({ level }) => level !== 'none');
  add('**crisis**', ({ level }) => level === 'crisis');
  add('concern', ({ level }) => level === 'concern');
  add('**harmless, nearly all look-alikes**', ({ level }) => level === 'none');
  for (const category of new Set(lines.map((line) => line.category)))
    if (category !== 'none')
      add(`dangerous: ${category}`, (line) => line.category === category && line.level !== 'none');
  for (const language of new Set(lines.map((line) => line.language))) {
    add(`dangerous: ${language}`, (line) => line.language === language && line.level !== 'none');
    add(`harmless: ${language}`, (line) => line.language === language && line.level === 'none');
  }
  if (calm.length > 0) rows.push(row('everyday (GoEmotions dev)', calm, everyday.map(readPatterns)));
  const report = [
    '# The crisis gate on lines that it was not trained on',
    '',
    'Shares with their 95 % Wilson intervals, per cent. Repeat with `npm run eval:gate`.',
    '',
    ...rows,
    '',
  ].join('\n');
  process.stdout.write(report);
  if (values.list) {
    lines.forEach((line, i) => {
      if ((line.level === 'none') !== (read[i]!.level === 'none'))
        process.stdout.write(`${line.level} read as ${read[i]!.level} (${read[i]!.reason ?? '-'}): ${line.text}\n`);
    });
  }
  const folder = path.join(packageRoot(), 'bench', 'results');
  await mkdir(folder, { recursive: true });
  await writeFileAtomic(path.join(folder, 'gate-latest.md'), report);
  return 0;
}

async function secondSet(): Promise<Line[]> {
  const file = path.join(packageRoot(), 'models', 'train', 'crisis', 'second-set.tsv');
  return (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [text = '', level = 'none', category = 'none', language = '', kind = ''] = line.split('\t');
      return { text, level: level as Line['level'], category, language, kind };
    });
}

function everydayLines(data: string): string[] {
  const file = path.join(data, 'goemotions', 'dev.tsv');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t')[0]!);
}

function row(name: string, read: readonly CrisisReading[], patterns: readonly CrisisReading[]): string {
  const some = (of: readonly CrisisReading[], wanted: (level: CrisisReading['level']) => boolean) => {
    const found = of.filter(({ level }) => wanted(level)).length;
    const [low, high] = wilson(found, of.length);
    return `${percent(found / of.length)} (${percent(low)}–${percent(high)})`;
  };
  return `| ${name} | ${read.length} | ${some(read, (level) => level !== 'none')} | ${some(read, (level) => level === 'crisis')} | ${some(patterns, (level) => level !== 'none')} |`;
}

const percent = (share: number) => (100 * share).toFixed(1);
