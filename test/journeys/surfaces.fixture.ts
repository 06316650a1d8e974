/** Every surface on the same twelve journeys: how each is asked, and what each hands back. */
import { randomBytes, randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { openAlexa } from '../../skill/alexa/alexa.js';
import { parseEnvelope } from '../../skill/alexa/route.js';
import { createDevice } from '../../skill/alexa/simulator/device-model.js';
import { createDialogue } from '../../skill/alexa/simulator/dialogue.js';
import { parseToken } from '../../skill/alexa/stage-token.js';
import { main as commandLine } from '../../skill/cli/main.js';
import { openDialogflow } from '../../skill/google/google.js';
import { type Conversing, conversationOf, requestFor } from '../../skill/google/simulator/requests.js';
import { plainIn } from '../../skill/google/simulator/simulate.js';
import { connectTo } from '../../skill/wyoming/client.fixture.js';
import type { House } from './house.fixture.js';
import { heardAs, SEED } from './house.fixture.js';
import type { Journey } from './twelve.fixture.js';

export interface Arrived {
  /** Null where no music plays. */
  session: ReturnType<typeof heardAs> | null;
  /** The words that were said or shown last. */
  told: string;
}

export interface Surface {
  name: string;
  /** What this surface cannot be asked for. */
  lacks: (journey: Journey) => boolean;
  /** Only what stands in Amazon's slot reaches it. */
  slotOnly?: boolean;
  travel(house: House, journey: Journey): Promise<Arrived>;
}

const here = async (house: House, id: string | undefined): Promise<Arrived['session']> =>
  id ? heardAs((await house.look(id)).session, house.clock.nowMs) : null;

/** The session core itself: what the others are held against. */
export async function core(house: House, journey: Journey, text: string): Promise<Arrived> {
  const service = await house.app.service();
  const { locale, wish } = journey;
  const outcome = await service.beginFromText({
    text,
    locale,
    whenEmpty: 'ask',
    ...(wish ? { minutes: wish.minutes } : {}),
  });
  if (outcome.kind !== 'session') return { session: null, told: outcome.say };
  const { id } = outcome.session;
  for (const { afterSec, action, minutes } of journey.after) {
    house.clock.nowMs += afterSec * 1000;
    if (action) await service.act(id, action, { requestId: randomUUID(), ...(minutes ? { minutes } : {}) });
  }
  return { session: await here(house, id), told: outcome.concern ?? '' };
}

/** Sentences one after another; `say` gives what was told and the session that plays then. */
async function speak(
  house: House,
  journey: Journey,
  say: (said: string) => Promise<{ told: string; id?: string | undefined }>,
  wait: (sec: number) => Promise<void> = async (sec) => {
    house.clock.nowMs += sec * 1000;
  },
): Promise<Arrived> {
  if (journey.wish) await say(journey.wish.said);
  let last = await say(journey.feeling.said);
  let { id } = last;
  for (const { afterSec, said } of journey.after) {
    await wait(afterSec);
    last = await say(said);
    id = last.id ?? id;
  }
  return { session: await here(house, id), told: last.told };
}

const cli: Surface = {
  name: 'the command line',
  // It plans and renders; it holds no conversation, and begins in the middle where nothing was said.
  lacks: ({ after, ends }) => after.length > 0 || ends === 'the question again',
  async travel(house, { feeling, locale, wish }) {
    vi.useFakeTimers({ toFake: ['Date'], now: house.startMs });
    vi.stubEnv('EMOHEAL_DATA_DIR', house.dataDir);
    const written: string[] = [];
    const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    try {
      const length = wish ? ['--minutes', String(wish.minutes)] : [];
      const code = await commandLine([
        'plan',
        feeling.said,
        '--locale',
        locale,
        '--seed',
        String(SEED),
        '--json',
        ...length,
      ]);
      if (code !== 0) throw new Error(`plan ended with ${code}`);
    } finally {
      out.mockRestore();
      vi.unstubAllEnvs();
      vi.useRealTimers();
    }
    const answer = JSON.parse(written.join(''));
    if (answer.kind) return { session: null, told: answer.say };
    const { plan, tracks } = answer;
    const session = {
      approach: plan.approach,
      intention: plan.intention,
      stages: plan.stages.map(({ stage, startSec, endSec, profile }: Stage) => ({ stage, startSec, endSec, profile })),
      tracks: tracks.map(({ trackId, stage, startSec, endSec }: Stage) => ({ trackId, stage, startSec, endSec })),
      // A plan stands at its beginning.
      status: 'playing' as const,
      atSec: 0,
    };
    return { session, told: '' };
  },
};
// biome-ignore lint/suspicious/noExplicitAny: JSON of the command line.
type Stage = any;

const http: Surface = {
  name: 'HTTP',
  lacks: () => false,
  async travel(house, { feeling, locale, wish, after }) {
    const post = (path: string, body: object) =>
      fetch(`${house.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }).then((response) => response.json());
    const answer = await post('/api/v1/utterances', {
      text: feeling.said,
      locale,
      ...(wish ? { minutes: wish.minutes } : {}),
    });
    if (!answer.id) return { session: null, told: answer.help?.say ?? answer.say };
    let told: string = answer.concern ?? '';
    for (const { afterSec, action, minutes } of after) {
      house.clock.nowMs += afterSec * 1000;
      if (action) await post(`/api/v1/sessions/${answer.id}/actions`, { action, ...(minutes ? { minutes } : {}) });
      else told = (await fetch(new URL(answer.why, house.url)).then((response) => response.json())).summary.join(' ');
    }
    return { session: await here(house, answer.id), told };
  },
};

const alexa: Surface = {
  name: 'Alexa',
  lacks: () => false,
  slotOnly: true,
  async travel(house, journey) {
    const device = createDevice({
      kind: 'dot',
      startMs: house.clock.nowMs,
      durationMs: ({ token }) => {
        const parsed = parseToken(token);
        return parsed ? (parsed.endSec - parsed.startSec) * 1000 : 0;
      },
    });
    const { skill } = await openAlexa({
      service: house.app.service,
      streams: house.streams,
      signingKey: randomBytes(32),
      publicUrl: () => 'https://bedside.example',
      nowMs: () => house.clock.nowMs,
      progressive: async () => {},
      onFault: house.onFault,
      budgetMs: 60_000,
    });
    const dialogue = createDialogue({
      caller: { skillId: 'skill', userId: 'user', deviceId: 'dot', locale: journey.locale, device, newId: randomUUID },
      async ask(envelope) {
        house.clock.nowMs = device.nowMs();
        return skill.answer(parseEnvelope(JSON.stringify(envelope)));
      },
    });
    const wait = async (sec: number) => {
      await dialogue.listen(sec * 1000);
      // A device that is silent lets the time pass as well.
      const rest = house.startMs + waited * 1000 + sec * 1000 - device.nowMs();
      if (rest > 0) device.advance(rest);
      waited += sec;
      house.clock.nowMs = device.nowMs();
    };
    let waited = 0;
    return speak(
      house,
      journey,
      async (said) => {
        await dialogue.say(said);
        const turn = dialogue.turns().findLast((each) => each.said !== undefined)!;
        const speech = turn.reply.response.outputSpeech as { ssml?: string } | undefined;
        return {
          told: (speech?.ssml ?? '').replace(/<[^>]+>/g, ''),
          id: parseToken(device.current()?.token)?.sessionId,
        };
      },
      wait,
    );
  },
};

const dialogflow = (edition: 'es' | 'cx'): Surface => ({
  name: `Dialogflow ${edition.toUpperCase()}`,
  lacks: () => false,
  async travel(house, journey) {
    const { webhook } = await openDialogflow({
      service: house.app.service,
      streams: house.streams,
      gate: house.app.gate,
      signingKey: randomBytes(32),
      publicUrl: () => 'https://bedside.example',
      nowMs: () => house.clock.nowMs,
      standInMs: 60_000,
      budgetMs: 60_000,
      onFault: house.onFault,
    });
    const talk: Conversing = {
      edition,
      client: 'plain',
      session: conversationOf(edition, randomUUID()),
      locale: journey.locale,
      newId: randomUUID,
      memory: {},
    };
    return speak(house, journey, async (said) => {
      // biome-ignore lint/suspicious/noExplicitAny: a reply as JSON.
      const reply: any = await webhook.answer(JSON.parse(JSON.stringify(requestFor(talk, said))));
      talk.memory = reply.outputContexts?.[0].parameters ?? reply.sessionInfo.parameters.emoheal;
      const told = plainIn(reply)!;
      return { told: told.say, id: told.play && new URL(told.play.url).pathname.split('/')[2] };
    });
  },
});

const wyoming: Surface = {
  name: 'Wyoming',
  // The house's assistant has no words for a length before the music, and gives no reasons.
  lacks: ({ wish, after }) => wish !== undefined || after.some(({ action }) => action === undefined),
  async travel(house, journey) {
    const client = await connectTo(house.wyomingPort);
    try {
      return await speak(house, journey, async (said) => {
        // Handled or not, then a pong: it marks the end of the answer.
        client.send('transcript', { text: said, language: journey.locale });
        client.send('ping', {});
        const event = (await client.until('pong')).find(({ type }) => /handled$/.test(type))!;
        const { text, context } = event.data as { text: string; context?: { session_id: string } };
        return { told: text, id: context?.session_id };
      });
    } finally {
      client.socket.destroy();
    }
  },
};

/** Also needs a browser: `page.fixture.ts`. */
export const SURFACES: readonly Surface[] = [cli, http, alexa, dialogflow('es'), dialogflow('cx'), wyoming];
