/** What an evaluation found, and how it is printed. Holds nothing of any data set's texts. */
import type { BehaviourReport, Tally } from '../../engine/emotion/behaviour/run.js';
import { markdown, type Row } from '../table.js';
import { figure } from './card-picture.js';
import type { AffectFigures, BrighterFigures, GoEmotionsFigures, ThreeWays, UnknownTokens } from './measure.js';
import { mean } from './metrics.js';

export interface EmotionReport {
  dated: string;
  machine: string;
  model: string;
  sha256: string;
  /** Rows of each set, where not all were read. */
  rowsLimit?: number;
  /** Parts that were left out, and why. */
  skipped: string[];
  goemotions?: GoEmotionsFigures;
  brighter?: BrighterFigures[];
  emobank?: AffectFigures;
  /** By language. */
  unknownTokens?: Record<string, { brighter?: UnknownTokens; behaviour?: UnknownTokens }>;
  behaviour?: BehaviourReport;
  /** The same of the cases that no rule was made by. */
  behaviourSecond?: BehaviourReport;
  speed?: Row[];
}

const three = (value: number): string => (Number.isFinite(value) ? value.toFixed(3).replace(/^(-?)0\./, '$1.') : '–');
const percent = (share: number | undefined): string => (share === undefined ? '–' : `${(share * 100).toFixed(1)} %`);

/** Cells of a Markdown table: the first column to the left, figures to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|---|${'---:|'.repeat(head.length - 1)}`, ...rows.map(line)].join('\n');
}

export function reportText(report: EmotionReport): string {
  const parts = [
    `# Emotion model, ${report.dated.slice(0, 10)}`,
    `${report.model} (sha256 ${report.sha256.slice(0, 12)}); ${report.machine}. Repeat with \`npm run eval:emotion\`.`,
  ];
  if (report.rowsLimit !== undefined) parts.push(`**Only the first ${report.rowsLimit} rows of each set were read.**`);
  if (report.goemotions) parts.push(...goEmotionsText(report.goemotions));
  if (report.brighter) parts.push(...brighterText(report.brighter));
  if (report.emobank) parts.push(...affectText(report.emobank));
  if (report.unknownTokens) parts.push(...unknownText(report.unknownTokens));
  if (report.behaviour) parts.push(...behaviourText('Behaviour suite', report.behaviour));
  if (report.behaviourSecond)
    parts.push(...behaviourText('Behaviour suite, second set (no rule was made by it)', report.behaviourSecond));
  if (report.speed) parts.push('## Speed', markdown(report.speed));
  if (report.skipped.length > 0) parts.push('## Left out', report.skipped.map((each) => `- ${each}`).join('\n'));
  return `${parts.join('\n\n')}\n`;
}

function goEmotionsText(found: GoEmotionsFigures): string[] {
  const ways = (name: string, { crossFitted, crossFittedInterval: [low, high], own, flat }: ThreeWays) => [
    name,
    `**${three(crossFitted)}**`,
    `${three(low)}–${three(high)}`,
    three(own),
    three(flat),
  ];
  return [
    `## GoEmotions dev, ${found.rows} rows`,
    "Main figure: each fifth of dev scored with thresholds tuned on the other four. The model's own thresholds were tuned on all of dev, so their figure is optimistic. 95 % intervals: rows drawn anew 1,000 times, seed 1.",
    table(
      ['', 'cross-fitted', '95 %', 'own thresholds', '.3 for all'],
      [ways('macro F1', found.macroF1), ways('micro F1', found.microF1)],
    ),
    `Calibration error (15 bins of equal mass): ${three(found.calibrationError.pairs)} over all label-row pairs, ${three(found.calibrationError.meanOfLabels)} as the mean over labels.`,
    table(
      ['label', 'rows', 'P', 'R', 'F1', '95 %', 'own', '.3', 'calibration error'],
      found.labels.map((each) => [
        each.label,
        String(each.positives),
        figure(each.precision),
        figure(each.recall),
        `**${figure(each.f1)}**`,
        `${figure(each.f1Interval[0])}–${figure(each.f1Interval[1])}`,
        figure(each.ownF1),
        figure(each.flatF1),
        three(each.calibrationError),
      ]),
    ),
  ];
}

function brighterText(found: readonly BrighterFigures[]): string[] {
  const ways = Object.keys(found[0]?.macroF1 ?? {});
  const rows = found.map((each) => [
    each.language,
    String(each.rows),
    String(each.emotions.length),
    ...ways.map((way) => three(each.macroF1[way] ?? Number.NaN)),
  ]);
  const means = ways.map((way) => `**${three(mean(found.map((each) => each.macroF1[way] ?? 0)))}**`);
  return [
    '## BRIGHTER dev, macro F1 over six emotions',
    'Thresholds per emotion, cross-fitted within the language. Emotions without a single row are left out.',
    table(['language', 'rows', 'emotions', ...ways], [...rows, ['mean', '', '', ...means]]),
  ];
}

function affectText({ rows, valence, arousal }: AffectFigures): string[] {
  return [
    `## EmoBank, ${rows} rows`,
    table(
      ['', 'Pearson', 'Spearman'],
      [
        ['valence', three(valence.pearson), three(valence.spearman)],
        ['arousal', three(arousal.pearson), three(arousal.spearman)],
      ],
    ),
  ];
}

function unknownText(found: NonNullable<EmotionReport['unknownTokens']>): string[] {
  return [
    '## Tokens that the model does not know',
    table(
      ['language', 'BRIGHTER: tokens', 'texts touched', 'behaviour: tokens', 'texts touched'],
      Object.entries(found)
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([language, { brighter, behaviour }]) => [
          language,
          percent(brighter?.unknown),
          percent(brighter?.textsTouched),
          percent(behaviour?.unknown),
          percent(behaviour?.textsTouched),
        ]),
    ),
  ];
}

function behaviourText(title: string, { all, byKind, byLanguage }: BehaviourReport): string[] {
  const row = ([name, { passed, cases, rate }]: [string, Tally]) => [
    name,
    String(cases),
    String(passed),
    percent(rate),
  ];
  return [
    `## ${title}`,
    table(['kind', 'cases', 'kept', 'share'], [...Object.entries(byKind).map(row), row(['**all**', all])]),
    table(['language', 'cases', 'kept', 'share'], Object.entries(byLanguage).map(row)),
  ];
}
