/** What Prometheus reads is what happened, and every name that a dashboard or an alert uses is really there. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { EmohealError } from '../../engine/errors.js';
import type { PartState } from '../../engine/ports.js';
import type { BeginOutcome, SessionService } from '../../engine/session-service.js';
import { FORMATS } from '../../media-index/stream/formats.js';
import { createSessionStreams } from '../../media-index/stream/session-streams.js';
import { cheapProgramme } from '../../media-index/stream/sound.fake.js';
import { packageRoot } from '../../models/paths.js';
import { createMetrics } from './metrics.js';

const deployed = (...parts: string[]) => path.join(packageRoot(), 'deploy', ...parts);
const SAID = 'zwetschgenknoedel';

function serviceThat(...outcomes: (Partial<BeginOutcome> | Error)[]) {
  const next = async () => {
    const outcome = outcomes.shift();
    if (outcome instanceof Error) throw outcome;
    return outcome as BeginOutcome;
  };
  return {
    beginFromText: next,
    beginFromSpeech: next,
    beginQuiet: next,
    beginFromPoint: next,
  } as unknown as SessionService;
}

describe('metrics', () => {
  it('count feelings by what became of them, crises by level, and time by step', async () => {
    const metrics = createMetrics();
    const service = metrics.around(
      serviceThat(
        { kind: 'session', timingsMs: { gate: 4, classify: 30, plan: 2, search: 60 } },
        { kind: 'session', concern: 'a caring sentence', timingsMs: { gate: 5 } },
        { kind: 'help', level: 'crisis', timingsMs: { gate: 3 } },
        { kind: 'not-heard', timingsMs: { transcribe: 700 } },
        new Error(SAID),
        new EmohealError('too-large', SAID),
        { kind: 'session', timingsMs: { plan: 1 } },
      ),
    );
    const text = { text: SAID, whenEmpty: 'ask' } as const;
    await service.beginFromText(text);
    await service.beginFromText(text);
    await service.beginFromText(text);
    await service.beginFromSpeech({ pcm16k: new Float32Array() });
    await expect(service.beginFromText(text)).rejects.toThrow();
    await expect(service.beginFromText(text)).rejects.toThrow();
    await service.beginFromPoint({});
    const told = await metrics.registry.metrics();
    expect(told).toContain('emoheal_sessions_total 3');
    expect(told).toContain('emoheal_utterances_total{source="text",outcome="session"} 2');
    expect(told).toContain('emoheal_utterances_total{source="text",outcome="help"} 1');
    expect(told).toContain('emoheal_utterances_total{source="speech",outcome="not-heard"} 1');
    expect(told).toContain('emoheal_utterances_total{source="text",outcome="failed"} 1');
    // What was wrong with it is no fault of ours, and wakes nobody.
    expect(told).toContain('emoheal_utterances_total{source="text",outcome="refused"} 1');
    expect(told).toContain('emoheal_crisis_total{level="crisis"} 1');
    expect(told).toContain('emoheal_crisis_total{level="concern"} 1');
    expect(told).toContain('emoheal_step_seconds_count{step="gate"} 3');
    expect(told).toContain('emoheal_step_seconds_sum{step="transcribe"} 0.7');
    expect(told).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(told).not.toContain(SAID);
  });

  it('are there before anything happens, so that the first time counts, too', async () => {
    const told = await createMetrics().registry.metrics();
    expect(told).toContain('emoheal_utterances_total{source="speech",outcome="failed"} 0');
    expect(told).toContain('emoheal_crisis_total{level="crisis"} 0');
    expect(told).toContain('emoheal_renderings_total{format="mp3",result="failed"} 0');
  });

  it('tell what /readyz tells, also while nobody can', async () => {
    const metrics = createMetrics();
    const parts: Record<string, PartState> = {
      disk: { status: 'degraded', detail: 'full' },
      music: { status: 'ready', detail: 'the index' },
      state: { status: 'unavailable', detail: 'away' },
      speech: { status: 'starting', detail: 'soon' },
    };
    metrics.watchParts(async () => parts);
    const ready = async () =>
      [...(await metrics.registry.metrics()).matchAll(/^emoheal_part_ready\{part="(\w+)"\} (\d)$/gm)].map(
        ([, part, value]) => `${part} ${value}`,
      );
    expect(await ready()).toEqual(['disk 0', 'music 1', 'state 0']);
    parts.disk = { status: 'ready', detail: 'room' };
    expect(await ready()).toContain('disk 1');
    metrics.watchParts(() => Promise.reject(new Error('away')));
    expect(await ready()).toEqual([]);
    expect(await metrics.registry.metrics()).toContain('emoheal_sessions_total');
  });

  it('count streams that are read, renderings by their end, and a listener who runs dry', async () => {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'emoheal-metrics-'));
    const metrics = createMetrics();
    const { unitBytes } = FORMATS.mp3;
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const streams = createSessionStreams({
      dataDir,
      watch: metrics.streams,
      async *encode() {
        yield new Uint8Array(unitBytes);
        await held;
        for (;;) yield new Uint8Array(unitBytes * 100);
      },
    });
    metrics.watchQueue(streams.queue);
    const stream = streams.open(cheapProgramme({ durationSec: 60 }));
    const reading = stream.read(0, unitBytes * 50)[Symbol.asyncIterator]();
    await reading.next();
    const value = async (name: string) =>
      Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await metrics.registry.metrics())?.[1]);
    expect(await value('emoheal_streams_open')).toBe(1);
    expect(await value('emoheal_render_making')).toBe(1);
    // One unit is 24 ms of sound: it has been played by now, and nothing more has come.
    const next = reading.next();
    await new Promise((resolve) => setTimeout(resolve, 200));
    letGo();
    await next;
    expect(await value('emoheal_underruns_total')).toBe(1);
    await reading.return?.(undefined);
    expect(await value('emoheal_streams_open')).toBe(0);
    await streams.close();
    const told = await metrics.registry.metrics();
    expect(told).toContain('emoheal_renderings_total{format="mp3",result="begun"} 1');
    expect(told).toContain('emoheal_renderings_total{format="mp3",result="dropped"} 1');
    rmSync(dataDir, { recursive: true, force: true });
  });
});

describe('what is deployed with it', () => {
  const files = [deployed('grafana', 'emoheal.json'), deployed('prometheus', 'alerts.yaml')];
  it.each(files)('names only metrics that are there: %s', async (file) => {
    const told = await createMetrics().registry.metrics();
    const there = new Set([...told.matchAll(/^# TYPE (\w+)/gm)].map((each) => each[1]!));
    const used = [...readFileSync(file, 'utf8').matchAll(/\b(emoheal_\w+|nodejs_\w+|process_\w+)\b/g)].map((each) =>
      each[1]!.replace(/_(bucket|sum|count)$/, ''),
    );
    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((name) => !there.has(name) && !there.has(`${name}_total`))).toEqual([]);
  });

  it('alerts say what to do, and every page that they name is there', () => {
    const { groups } = parse(readFileSync(files[1]!, 'utf8')) as {
      groups: { rules: { alert: string; expr: string; annotations: { summary: string; remedy: string } }[] }[];
    };
    const rules = groups.flatMap((each) => each.rules);
    expect(rules.length).toBeGreaterThan(5);
    const { tests } = parse(readFileSync(deployed('prometheus', 'alerts.test.yaml'), 'utf8')) as {
      tests: { alert_rule_test: { alertname: string; exp_alerts: object[] }[] }[];
    };
    const tried = tests.flatMap((each) => each.alert_rule_test).filter((each) => each.exp_alerts.length > 0);
    for (const { alert, annotations } of rules) {
      expect(annotations.remedy).toMatch(/\.$/);
      // Each is seen to tell when its cause is there.
      expect(tried.map(({ alertname }) => alertname)).toContain(alert);
    }
  });

  const promtool = ['promtool', '/usr/bin/promtool'].find((command) => {
    try {
      return execFileSync(command, ['--version'], { stdio: 'pipe' }) !== null;
    } catch {
      return false;
    }
  });
  it.skipIf(!promtool)('is valid to Prometheus itself', () => {
    const said = execFileSync(promtool!, ['check', 'rules', files[1]!], { encoding: 'utf8' });
    expect(said).toMatch(/SUCCESS/);
    execFileSync(promtool!, ['test', 'rules', deployed('prometheus', 'alerts.test.yaml')], { encoding: 'utf8' });
  });
});
