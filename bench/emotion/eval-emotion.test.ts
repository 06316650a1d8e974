import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readingFrom } from '../../engine/emotion/reading.js';
import { EMOTION_LABELS } from '../../engine/vocabulary.js';
import { cardPicture, figure } from './card-picture.js';
import { readBrighterDev, readEmoBank, readGoEmotionsDev, recordsOf } from './data.js';
import { main } from './eval-emotion.js';
import { brighterFigures, goEmotionsFigures, SIX_OF_28 } from './measure.js';

const scratch = mkdtempSync(path.join(os.tmpdir(), 'emoheal-eval-'));
const data = path.join(scratch, 'data');

beforeAll(() => {
  mkdirSync(path.join(data, 'goemotions'), { recursive: true });
  writeFileSync(path.join(data, 'goemotions', 'labels.txt'), `${EMOTION_LABELS.join('\n')}\n`);
  writeFileSync(
    path.join(data, 'goemotions', 'dev.tsv'),
    'So sad\t25\ta\nThank you, I love it\t15,18\tb\nThe bus is late\t27\tc\nI miss her\t25\td\n',
  );
  mkdirSync(path.join(data, 'brighter', 'dev'), { recursive: true });
  writeFileSync(
    path.join(data, 'brighter', 'dev', 'eng.csv'),
    'id,text,anger,fear,joy,sadness,surprise\n1,"So sad, she said ""no""",0,0,0,1,0\n2,What a joy,0,0,1,0,0\n',
  );
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

/** What a run prints on standard output and standard error. */
async function run(...argv: string[]) {
  const said = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.err += String(text);
    return true;
  });
  const code = await main(argv);
  vi.restoreAllMocks();
  return { code, ...said };
}

describe('the data sets', () => {
  it('are read column by column', () => {
    const dev = readGoEmotionsDev(data);
    expect(dev?.texts[1]).toBe('Thank you, I love it');
    expect([...(dev?.truth[25] ?? [])]).toEqual([1, 0, 0, 1]);
    expect([...(dev?.truth[18] ?? [])]).toEqual([0, 1, 0, 0]);
    const [english] = readBrighterDev(data) ?? [];
    expect(english).toMatchObject({ language: 'en', texts: ['So sad, she said "no"', 'What a joy'] });
    expect(Object.keys(english?.truth ?? {})).not.toContain('disgust');
    expect(readEmoBank(data, 10)).toBeNull();
  });

  it('keep commas, quotes and line ends within quotes', () => {
    expect(recordsOf('a,b\r\n"x, ""y""\nz",2\r\n')).toEqual([{ a: 'x, "y"\nz', b: '2' }]);
  });

  it('say which line is malformed', () => {
    const folder = path.join(scratch, 'odd', 'goemotions');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'labels.txt'), EMOTION_LABELS.join('\n'));
    writeFileSync(path.join(folder, 'dev.tsv'), 'fine\t1\ta\nwrong\t28\tb\n');
    expect(() => readGoEmotionsDev(path.join(scratch, 'odd'))).toThrow(/line 2/);
  });
});

describe('figures', () => {
  it('put each of the 27 feelings into one of the six', () => {
    expect(Object.values(SIX_OF_28).flat().sort()).toEqual(EMOTION_LABELS.filter((l) => l !== 'neutral').sort());
  });

  it('are perfect for a perfect reader, in GoEmotions and BRIGHTER', () => {
    const truth = EMOTION_LABELS.map((_, c) => Uint8Array.from({ length: 56 }, (_, row) => (row % 28 === c ? 1 : 0)));
    const readings = Array.from({ length: 56 }, (_, row) =>
      readingFrom(
        EMOTION_LABELS.map((_, c) => (row % 28 === c ? 1 : 0)),
        EMOTION_LABELS.map(() => 0.5),
      ),
    );
    const found = goEmotionsFigures(readings, { texts: [], truth });
    // Rows of one label are 28 apart, so all are in one half: thresholds of the other half still part 0 from 1.
    expect(found.macroF1).toMatchObject({ crossFitted: 1, own: 1, flat: 1 });
    expect(found.calibrationError.pairs).toBe(0);
    const joy = Uint8Array.from(readings, (r) => (SIX_OF_28.joy.includes(r.labels[0]!) ? 1 : 0));
    const none = new Uint8Array(56);
    const six = brighterFigures(readings, { language: 'xx', texts: [], truth: { joy, fear: none } });
    expect(six).toMatchObject({ emotions: ['joy'], macroF1: { 'label mapping': 1 } });
  });
});

describe('the picture', () => {
  const picture = cardPicture({
    title: 'F1 <of> a & b',
    macroF1: 0.5,
    bars: [
      { label: 'grief', f1: 0.2, interval: [0, 0.5], positives: 13 },
      { label: 'gratitude', f1: 0.8, interval: [0.75, 0.85], positives: 358 },
    ],
  });

  it('has a title and a description that hold every figure, and escapes what it is given', () => {
    expect(picture).toContain('<title id="picture-title">F1 &lt;of&gt; a &amp; b</title>');
    expect(picture).toMatch(/<desc[^>]*>.*gratitude \.80 \(\.75 to \.85\), grief \.20 \(\.00 to \.50\)/);
    expect(picture).toContain('aria-labelledby="picture-title picture-desc"');
  });

  it('shows the best label first', () => {
    expect(picture.indexOf('>gratitude<')).toBeLessThan(picture.indexOf('>grief<'));
    expect([figure(1), figure(0.456), figure(-0.2), figure(Number.NaN)]).toEqual(['1.00', '.46', '-.20', '–']);
  });
});

describe('the command', () => {
  it('runs what it can and says what it left out', async () => {
    const out = path.join(scratch, 'out');
    const found = await run('--data', data, '--out', out, '--only', 'goemotions,brighter,emobank,tokens');
    expect(found.code).toBe(0);
    expect(found.out).toMatch(/## GoEmotions dev, 4 rows/);
    expect(found.out).toMatch(/Left out\n\n- EmoBank/);
    expect(found.err).toMatch(/GoEmotions dev: 4 of 4/);
    expect(readdirSync(out).sort()).toEqual(['emotion-f1.svg', 'emotion.json', 'emotion.md']);
    const kept = readFileSync(path.join(out, 'emotion.json'), 'utf8');
    expect(JSON.parse(kept).brighter[0].language).toBe('en');
    expect(kept).not.toContain('The bus is late');
  });

  it('needs no data set at all, and prints JSON', async () => {
    const nowhere = path.join(scratch, 'nowhere');
    const found = await run(
      '--data',
      nowhere,
      '--out',
      path.join(scratch, 'json'),
      '--json',
      '--only',
      'goemotions,tokens',
    );
    expect(found.code).toBe(0);
    const report = JSON.parse(found.out);
    expect(report.skipped).toHaveLength(2);
    expect(report.unknownTokens.en.behaviour.texts).toBeGreaterThan(100);
  });

  it.each([
    [['--only', 'weather'], 2, /no part "weather"/],
    [['--rows', '0'], 2, /whole number/],
    [['--colour'], 2, /Usage/],
    [['--help'], 0, /Usage/],
    [['--model', path.join(scratch, 'no-model')], 1, /no emotion model.*doctor --repair/],
  ])('%j ends with %i', async (argv, code, text) => {
    const found = await run(...argv);
    expect(found.code).toBe(code);
    expect(found.err).toMatch(text);
  });
});
