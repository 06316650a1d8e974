/** The main job from outside: a spoken or typed feeling goes in at the command line, a finished session comes out. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../models/paths.js';
import { cut, durationSec, hasCommand, loudness, silences, speak } from './sound-judge.js';

const run = promisify(execFile);
const emoheal = async (...words: string[]) =>
  run('node', [path.join(packageRoot(), 'bin/emoheal.mjs'), ...words], { maxBuffer: 64 * 1024 * 1024 });
const emohealJson = async (...words: string[]) => JSON.parse((await emoheal(...words)).stdout);

/** Parts of the machine that only whole-system tests need; each missing one is said aloud. */
const judge = await hasCommand('ffmpeg');
const voice = await hasCommand('espeak-ng');
const speech = await emohealJson('doctor', '--json').then(
  (report) =>
    report.parts.some((part: { id: string; status: string }) => part.id === 'whisper-model' && part.status === 'ready'),
  () => false,
);
if (!judge) console.warn('skipped: the sound of a session is not judged, the ffmpeg command is not installed');
if (!voice || !speech) console.warn('skipped: no spoken feeling, espeak-ng or Whisper is not installed');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'emoheal-feel-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe.runIf(judge && voice && speech)('a spoken, distressed feeling', () => {
  it('becomes one unbroken, ever calmer session', { timeout: 240_000 }, async () => {
    const said = path.join(folder, 'said.wav');
    const out = path.join(folder, 'session.mp3');
    await speak('I am so angry and scared, my heart is racing and I can not sleep.', said);

    const session = await emohealJson('feel', '--wav', said, '--minutes', '6', '--seed', '7', '--out', out, '--json');

    expect(session.utterance.source).toBe('speech');
    expect(session.utterance.text.toLowerCase()).toMatch(/angry|scared|racing|sleep/);
    expect(session.plan.stages.map((s: { stage: string }) => s.stage)).toEqual(['match', 'guide', 'target']);
    expect(session.audio.stages).toEqual([
      { stage: 'match', startSec: 0, endSec: 90 },
      { stage: 'guide', startSec: 90, endSec: 270 },
      { stage: 'target', startSec: 270, endSec: 360 },
    ]);
    expect(Math.abs((await durationSec(out)) - 360)).toBeLessThan(1);

    // Inside the music, before the fade to nothing begins, there is never a hole.
    const fadeBeginsSec = 360 - 36;
    const holes = (await silences(out, -60, 0.6)).filter((hole) => hole.startSec < fadeBeginsSec);
    expect(holes).toEqual([]);

    for (const { stage, startSec, endSec } of session.audio.stages) {
      const planned = session.plan.stages.find((s: { stage: string }) => s.stage === stage).profile.loudnessLufs;
      // Measured away from the joins; the target's own fade to nothing is no part of its programme loudness.
      const heard = await loudness(out, startSec + 8, stage === 'target' ? fadeBeginsSec : endSec - 8);
      expect(Math.abs(heard.integratedLufs - planned), `${stage} loudness`).toBeLessThanOrEqual(1.5);
      expect(heard.truePeakDbtp, `${stage} true peak`).toBeLessThanOrEqual(-1);
    }

    const measured: Record<string, { onsetRatePerSec: number; brightnessHz: number }> = {};
    for (const { stage, startSec, endSec } of session.audio.stages) {
      const piece = path.join(folder, `${stage}.wav`);
      await cut(out, startSec, Math.min(endSec, startSec + 60), piece);
      measured[stage] = await emohealJson('analyse', piece, '--json');
    }
    expect(measured.target!.onsetRatePerSec).toBeLessThan(measured.match!.onsetRatePerSec);
    expect(measured.target!.brightnessHz).toBeLessThan(measured.match!.brightnessHz);
  });
});

describe.runIf(judge)('a session asked for as one long piece', () => {
  it('is one piece of unbroken sound that goes from stirred to quiet, and a night asked for follows it', {
    timeout: 240_000,
  }, async () => {
    const out = path.join(folder, 'one.mp3');
    const words = ['I am furious and full of energy', '--style', 'one long piece', '--minutes', '4', '--seed', '3'];
    const session = await emohealJson('feel', ...words, '--out', out, '--json');
    expect(session.tracks).toHaveLength(1);
    expect(Math.abs((await durationSec(out)) - 240)).toBeLessThan(1);
    expect((await silences(out, -60, 0.6)).filter((hole) => hole.startSec < 215)).toEqual([]);
    const heard = await Promise.all(
      (
        [
          [5, 45],
          [175, 210],
        ] as const
      ).map(async ([startSec, endSec]) => {
        const piece = path.join(folder, `one-${startSec}.wav`);
        await cut(out, startSec, endSec, piece);
        const analysis = await emohealJson('analyse', piece, '--json');
        return { ...analysis, ...(await loudness(out, startSec, endSec)) };
      }),
    );
    const [first, last] = heard;
    expect(last.integratedLufs).toBeLessThan(first.integratedLufs - 2);
    expect(last.onsetRatePerSec).toBeLessThan(first.onsetRatePerSec);
    expect(last.brightnessHz).toBeLessThan(first.brightnessHz);
    // A night may be twelve hours long, whatever the time is now.
    const until = new Date(Date.now() + 3 * 3600_000).toTimeString().slice(0, 5);
    const again = await emohealJson('plan', ...words, '--until', until, '--nature', '--wake', '10', '--json');
    expect(again.tracks).toEqual(session.tracks);
  });
});

describe('any feeling at all', () => {
  it.each([
    ['nothing', ''],
    ['emoji only', '😭😭😭'],
    ['mixed', 'I got the job and I am thrilled but my dog died and I feel so empty'],
    ['another language', 'Ich bin traurig und kann nicht schlafen'],
    ['a script with no spaces', '今日はとても不安で眠れません'],
    ['plain neutral', 'The meeting is on Tuesday.'],
    ['control characters', 'I am \u0001 sad \u0007\u200b today'],
    ['very long', 'I keep thinking about everything that went wrong today. '.repeat(400)],
  ])('gets a plan: %s', async (_, text) => {
    const session = await emohealJson('plan', text, '--json');
    expect(session.plan.stages).toHaveLength(3);
    expect(session.tracks.length).toBeGreaterThanOrEqual(3);
    expect(session.tracks.at(-1).endSec).toBe(session.plan.minutes * 60);
  });

  it('gives the same session for the same seed', async () => {
    const [a, b] = await Promise.all([1, 2].map(() => emohealJson('plan', 'I feel lonely', '--seed', '3', '--json')));
    expect(a.tracks).toEqual(b.tracks);
  });
});

describe('someone in danger', () => {
  it('gets help and no music', async () => {
    const answer = await emohealJson('feel', 'I want to kill myself', '--json');
    expect(answer.kind).toBe('help');
    expect(answer.say).toMatch(/988/);
    expect(answer).not.toHaveProperty('audio');
  });
});

describe('mistakes', () => {
  const fails = (...words: string[]) =>
    emoheal(...words).then(
      () => ({ code: 0, stderr: '' }),
      (error: { code: number; stderr: string }) => error,
    );

  it.each([
    ['a length that cannot be', ['plan', 'sad', '--minutes', '0'], /minutes/],
    ['an endless length', ['plan', 'sad', '--minutes', '10000'], /minutes/],
    ['no number', ['plan', 'sad', '--minutes', 'ten'], /number/],
    ['a file that is not there', ['transcribe', 'no-such.wav'], /no-such\.wav/],
    ['a file that is no WAV', ['transcribe', path.join(packageRoot(), 'LICENSE')], /WAV/],
    ['an ending we do not write', ['feel', 'sad', '--out', 'x.exe'], /\.mp3/],
    ['an unknown command', ['feell', 'sad'], /feel/],
    ['too many words', ['plan', 'a'.repeat(50_001)], /50,?000/],
  ])('are told in one line and leave with 2: %s', async (_, words, line) => {
    const { code, stderr } = await fails(...words);
    expect(code).toBe(2);
    expect(stderr).toMatch(line);
    expect(stderr).not.toMatch(/at .*\.js:\d+/);
  });
});
