/**
 * SYNC, QUERY, EXECUTE and DISCONNECT of Google's smart home: the bedside speaker as a media device, and scenes that begin a
 * session. A request that comes twice is answered twice and done once.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { languageOf } from '../../../audio-prompts/prompts.js';
import { scheduleName } from '../../../audio-prompts/screen/schedule-name.js';
import { EmohealError } from '../../../engine/errors.js';
import { readAs } from '../../../engine/read-as.js';
import type { Routine } from '../../../engine/routines/routine.js';
import type { SessionService, SessionWish } from '../../../engine/session-service.js';
import type { RunningSession } from '../../house/running-session.js';
import { wishOf } from '../../routines/start.js';
import { type HomeInput, HomeRequest } from './shapes.js';
import type { Speaker } from './speaker.js';

export interface HomeDeps {
  service: () => Promise<SessionService>;
  running: Pick<RunningSession, 'latest'>;
  speaker: Speaker;
  routines: (listener: string) => Promise<readonly Routine[]>;
  unlink: (listener: string) => Promise<void>;
  /** Name under which Google keeps a listener's devices; no name of a person. */
  agentUserId: (listener: string) => string;
  onFault: (error: unknown) => void;
}

export interface Home {
  /** Throws `bad-input`. */
  answer(listener: string, body: unknown): Promise<Record<string, unknown>>;
  /** What Google is told of the speaker, also when nobody asked. */
  speakerStates(listener: string): Record<string, unknown>;
}

export const SPEAKER_ID = 'bedside-speaker';
const STEP = 5;

type Wish = Omit<SessionWish, 'id' | 'listener'>;
/** Scenes that every house has. */
const SCENES: Readonly<Record<string, { names: [string, ...string[]]; wish: Wish }>> = {
  'scene-bedtime': { names: ['Bedtime', 'Music for sleep'], wish: { form: 'sleep', intention: 'fall-asleep' } },
  'scene-calm-down': { names: ['Calm me down', 'Calm'], wish: { intention: 'calm-down' } },
};

type Outcome = { status: 'SUCCESS'; states: Record<string, unknown> } | { status: 'ERROR'; errorCode: string };
const failed = (errorCode: string): Outcome => ({ status: 'ERROR', errorCode });

export function createHome(deps: HomeDeps): Home {
  const { speaker } = deps;
  const answered = new LRUCache<string, Promise<Record<string, unknown>>>({ max: 1000, ttl: 10 * 60_000 });

  /** What sounds for this listener: nobody else's session. */
  function playing(listener: string) {
    const latest = deps.running.latest();
    const theirs = latest && (latest.session.listener === undefined || latest.session.listener === listener);
    return theirs && latest.position.status !== 'ended' ? latest : null;
  }

  function speakerStates(listener: string) {
    const here = playing(listener);
    const { volume, muted } = speaker.state();
    return {
      online: true,
      playbackState: here ? (here.position.status === 'paused' ? 'PAUSED' : 'PLAYING') : 'STOPPED',
      activityState: here ? 'ACTIVE' : 'STANDBY',
      currentVolume: volume,
      isMuted: muted,
    };
  }

  async function scenesOf(listener: string): Promise<Record<string, { names: string[]; wish: Wish }>> {
    const own = (await deps.routines(listener)).flatMap((routine): [string, { names: string[]; wish: Wish }][] => {
      const { id, name, when, zone, locale } = routine;
      if (when.kind === 'once') return [];
      const { listener: _whose, ...wish } = wishOf(routine);
      const called = name ?? scheduleName({ when: when.pattern, zone }, languageOf(locale));
      return [[`scene-routine-${id}`, { names: [called], wish }]];
    });
    return { ...SCENES, ...Object.fromEntries(own) };
  }

  async function sync(listener: string) {
    const scenes = Object.entries(await scenesOf(listener)).map(([id, { names }]) => ({
      id,
      type: 'action.devices.types.SCENE',
      traits: ['action.devices.traits.Scene'],
      name: { name: names[0], nicknames: names.slice(1) },
      willReportState: false,
      attributes: { sceneReversible: true },
    }));
    return {
      agentUserId: deps.agentUserId(listener),
      devices: [
        {
          id: SPEAKER_ID,
          type: 'action.devices.types.SPEAKER',
          traits: ['TransportControl', 'MediaState', 'Volume'].map((trait) => `action.devices.traits.${trait}`),
          name: { name: 'Bedside', defaultNames: ['EmoHeal Bedside'], nicknames: ['Bedside music'] },
          willReportState: true,
          attributes: {
            transportControlSupportedCommands: ['NEXT', 'PAUSE', 'RESUME', 'STOP'],
            supportActivityState: true,
            supportPlaybackState: true,
            volumeMaxLevel: 100,
            volumeCanMuteAndUnmute: true,
            volumeDefaultPercentage: 80,
            levelStepSize: STEP,
            commandOnlyVolume: false,
          },
          deviceInfo: { manufacturer: 'EmoHeal', model: 'Bedside' },
        },
        ...scenes,
      ],
    };
  }

  async function query(listener: string, devices: readonly { id: string }[]) {
    const scenes = await scenesOf(listener);
    const stateOf = (id: string) =>
      id === SPEAKER_ID
        ? { status: 'SUCCESS', ...speakerStates(listener) }
        : scenes[id]
          ? { status: 'SUCCESS', online: true }
          : { status: 'ERROR', online: false, errorCode: 'deviceNotFound' };
    return { devices: Object.fromEntries(devices.map(({ id }) => [id, stateOf(id)])) };
  }

  async function execute(
    listener: string,
    requestId: string,
    commands: Extract<HomeInput, { intent: 'action.devices.EXECUTE' }>['payload']['commands'],
  ) {
    const scenes = await scenesOf(listener);
    const done: ({ ids: string[] } & Outcome)[] = [];
    for (const [i, { devices, execution }] of commands.entries())
      for (const { id } of devices) {
        let outcome: Outcome = failed('functionNotSupported');
        for (const [k, { command, params = {} }] of execution.entries()) {
          const once = digest(listener, requestId, String(i), id, String(k));
          outcome = await (id === SPEAKER_ID
            ? steer(listener, command, params, once)
            : scenes[id]
              ? scene(listener, scenes[id].wish, command, params, once)
              : Promise.resolve(failed('deviceNotFound'))
          ).catch((error: unknown) => {
            if (error instanceof EmohealError && error.code === 'illegal-transition') return failed('alreadyInState');
            deps.onFault(error);
            return failed('transientError');
          });
          if (outcome.status === 'ERROR') break;
        }
        done.push({ ids: [id], ...outcome });
      }
    return { commands: done };
  }

  async function scene(
    listener: string,
    wish: Wish,
    command: string,
    { deactivate }: Record<string, unknown>,
    once: string,
  ): Promise<Outcome> {
    if (command !== 'action.devices.commands.ActivateScene') return failed('functionNotSupported');
    if (deactivate === true) return act(listener, 'stop', once);
    const outcome = await (await deps.service()).beginFromText({
      ...wish,
      text: '',
      whenEmpty: 'neutral',
      listener,
      // The same request begins the same session.
      id: `home-${once}`,
    });
    if (outcome.kind !== 'session') throw new EmohealError('internal', 'A scene began no session.');
    speaker.change({ wanted: outcome.session.id });
    return { status: 'SUCCESS', states: { online: true } };
  }

  const TRANSPORT: Readonly<Record<string, 'pause' | 'resume' | 'stop' | 'skip'>> = {
    mediaPause: 'pause',
    mediaResume: 'resume',
    mediaStop: 'stop',
    mediaNext: 'skip',
  };

  async function steer(
    listener: string,
    command: string,
    params: Record<string, unknown>,
    once: string,
  ): Promise<Outcome> {
    const name = command.replace(/^action\.devices\.commands\./, '');
    const transport = TRANSPORT[name];
    if (transport) return act(listener, transport, once);
    const { volume } = speaker.state();
    if (name === 'setVolume') return setVolume(params.volumeLevel);
    if (name === 'volumeRelative') {
      const steps = params.relativeSteps;
      if (typeof steps !== 'number') return failed('protocolError');
      return setVolume(Math.max(0, Math.min(100, volume + steps * STEP)));
    }
    if (name !== 'mute') return failed('functionNotSupported');
    if (typeof params.mute !== 'boolean') return failed('protocolError');
    speaker.change({ muted: params.mute });
    return { status: 'SUCCESS', states: speakerStates(listener) };

    function setVolume(level: unknown): Outcome {
      if (typeof level !== 'number' || !(level >= 0 && level <= 100)) return failed('valueOutOfRange');
      speaker.change({ volume: Math.round(level), muted: false });
      return { status: 'SUCCESS', states: speakerStates(listener) };
    }
  }

  async function act(listener: string, action: 'pause' | 'resume' | 'stop' | 'skip', once: string): Promise<Outcome> {
    const here = playing(listener);
    if (!here) return failed('alreadyStopped');
    await (await deps.service()).act(here.session.id, action, { requestId: once });
    return { status: 'SUCCESS', states: speakerStates(listener) };
  }

  async function payloadFor(listener: string, requestId: string, input: HomeInput): Promise<object | null> {
    if (input.intent === 'action.devices.SYNC') return sync(listener);
    if (input.intent === 'action.devices.QUERY') return query(listener, input.payload.devices);
    if (input.intent === 'action.devices.EXECUTE') return execute(listener, requestId, input.payload.commands);
    await deps.unlink(listener);
    return null;
  }

  return {
    speakerStates,
    async answer(listener, body) {
      const { requestId, inputs } = readAs(HomeRequest, body, { what: 'No smart-home request' });
      const input = inputs[0]!;
      const key = digest(listener, requestId, JSON.stringify(body));
      // A state is asked for to be told as it is now; only what does something is done once.
      const isDeed = input.intent === 'action.devices.EXECUTE';
      const known = isDeed ? answered.get(key) : undefined;
      if (known) return known;
      const reply = payloadFor(listener, requestId, input).then((payload) =>
        payload === null ? {} : { requestId, payload },
      );
      if (isDeed) answered.set(key, reply);
      return reply;
    },
  };
}

const digest = (...parts: string[]): string => createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 40);
