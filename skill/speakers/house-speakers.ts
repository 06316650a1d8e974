/**
 * The speakers of the house: which there are, what sounds on which, and what may be asked of them. One place for the HTTP
 * routes, the command line and the voices.
 */
import { EmohealError } from '../../engine/errors.js';
import { BEDSIDE } from '../../engine/listeners/bedside.js';
import type { RulesBook } from '../../engine/listeners/rules-book.js';
import type { RunningSession } from '../house/running-session.js';
import { type FoundSpeaker, pickSpeaker } from './found.js';
import type { Player } from './player.js';
import { loudestPercent, NIGHT_PERCENT } from './ramp.js';
import { createRamping, type Ramp, type Ramping } from './ramping.js';
import type { SonosPlayer } from './sonos/sonos-player.js';
import { createSounding, type Sounding, type SoundingDeps, type SoundingEnd } from './sounding.js';

/** The house is not looked through again within this time, unless somebody asks for it. */
const FRESH_MS = 60_000;
const DEFAULT_OVER_SEC = 8;

export interface HouseSpeakersDeps extends SoundingDeps {
  find: () => Promise<FoundSpeaker[]>;
  playerFor: (speaker: FoundSpeaker) => Player | SonosPlayer;
  running: Pick<RunningSession, 'latest' | 'onSession'>;
  rules: () => Promise<Pick<RulesBook, 'load'>>;
  nowMs: () => number;
}

export interface ShownSpeaker {
  id: string;
  name: string;
  kind: FoundSpeaker['kind'];
  model: string;
  address: string;
  /** The session that sounds there. */
  sessionId: string | null;
  /** Ids of the speakers that follow this one. */
  group: string[];
  /** Why the last session there ended otherwise than by its own end. */
  trouble: 'lost' | 'taken' | null;
}

export interface VolumeAnswer extends Ramp {
  /** Why it goes no higher. */
  cappedBy: 'quiet hours' | null;
}

export type HouseSpeakers = ReturnType<typeof createHouseSpeakers>;

export function createHouseSpeakers(deps: HouseSpeakersDeps) {
  let known: { speakers: FoundSpeaker[]; atMs: number } | null = null;
  let finding: Promise<FoundSpeaker[]> | null = null;
  const sounding = new Map<string, Sounding>();
  const players = new Map<string, Player | SonosPlayer>();
  const ramps = new Map<string, Ramping>();
  /** Leader → followers. Sonos rooms follow in step; others play the same session by themselves. */
  const groups = new Map<string, Set<string>>();
  const troubles = new Map<string, 'lost' | 'taken'>();
  const hearers = new Set<() => void>();
  const tell = () => {
    for (const hear of hearers) hear();
  };
  /** The session that another surface took over last. */
  let handedOver: string | null = null;
  const endHearing = deps.running.onSession((session) => {
    for (const each of sounding.values()) if (each.sessionId === session.id) each.changed();
  });

  async function look(): Promise<FoundSpeaker[]> {
    finding ??= deps
      .find()
      .then((found) => {
        // What sounds is there, whether or not it answered this once.
        const still = (known?.speakers ?? []).filter(
          ({ id }) => sounding.has(id) && !found.some((each) => each.id === id),
        );
        known = { speakers: [...found, ...still], atMs: deps.nowMs() };
        return known.speakers;
      })
      .finally(() => {
        finding = null;
      });
    return finding;
  }

  async function all(fresh = false): Promise<FoundSpeaker[]> {
    return !fresh && known && deps.nowMs() - known.atMs < FRESH_MS ? known.speakers : look();
  }

  /** By id or name; a name that is not known yet may have come home meanwhile. */
  async function named(said: string): Promise<FoundSpeaker> {
    try {
      return pickSpeaker(known?.speakers ?? [], said);
    } catch (error) {
      if ((error as EmohealError).code !== 'not-found') throw error;
      return pickSpeaker(await all(known !== null), said);
    }
  }

  function playerOf(speaker: FoundSpeaker): Player | SonosPlayer {
    const there = players.get(speaker.id) ?? deps.playerFor(speaker);
    players.set(speaker.id, there);
    return there;
  }

  function rampingOf(speaker: FoundSpeaker): Ramping {
    const there = ramps.get(speaker.id) ?? createRamping(playerOf(speaker), deps.onFault);
    ramps.set(speaker.id, there);
    return there;
  }

  async function turned(speaker: FoundSpeaker, to: number, overSec: number): Promise<Ramp> {
    const [ramping, player] = [rampingOf(speaker), playerOf(speaker)];
    const letGo = () => (sounding.has(speaker.id) ? undefined : player.close().catch(() => {}));
    try {
      return await ramping.begin(to, overSec);
    } finally {
      // Where nothing of ours sounds, no connection stays open.
      void ramping.done().then(letGo);
    }
  }

  async function mostPercent(sessionId: string | undefined): Promise<number> {
    const session = sessionId ? (await (await deps.service()).look(sessionId)).session : null;
    return loudestPercent(await (await deps.rules()).load(session?.listener ?? BEDSIDE), deps.nowMs());
  }

  /** The session that is on in this house, or the one that is named. Throws `not-found`. */
  async function wanted(sessionId: string | undefined): Promise<string> {
    if (sessionId) return (await (await deps.service()).look(sessionId)).session.id;
    const latest = deps.running.latest();
    if (!latest || latest.position.status === 'ended')
      throw new EmohealError('not-found', 'No session is on.', {
        remedy: 'Begin one: emoheal speakers play NAME "I feel …", or on the bedside page.',
      });
    return latest.session.id;
  }

  /** The one that is asked where the session is: the first on which it sounds. */
  const leaderOf = (sessionId: string) => [...sounding.values()].find((each) => each.sessionId === sessionId);

  async function begin(speaker: FoundSpeaker, sessionId: string): Promise<void> {
    await sounding.get(speaker.id)?.release();
    const ramping = rampingOf(speaker);
    ramping.stop();
    // Nothing sounds there yet, so nobody hears the step. A speaker that tells no volume plays all the same.
    const most = await mostPercent(sessionId);
    if (most < 100) await ramping.lowerTo(most).catch(deps.onFault);
    const made: Sounding = createSounding(deps, speaker, playerOf(speaker), {
      sessionId,
      leads: () => leaderOf(sessionId) === made,
    });
    sounding.set(speaker.id, made);
    if (handedOver === sessionId) handedOver = null;
    tell();
    troubles.delete(speaker.id);
    void made.ended.then((end) => forgotten(speaker.id, made, end));
    await made.begin();
  }

  function forgotten(id: string, ended: Sounding, end: SoundingEnd): void {
    if (sounding.get(id) !== ended) return;
    sounding.delete(id);
    players.delete(id);
    ramps.get(id)?.stop();
    ramps.delete(id);
    if (end === 'lost' || end === 'taken') troubles.set(id, end);
    tell();
  }

  /** Brings the followers of a speaker to what it plays. */
  async function gather(leader: FoundSpeaker, sessionId: string): Promise<void> {
    for (const id of groups.get(leader.id) ?? []) await follow(leader, await named(id), sessionId);
  }

  async function follow(leader: FoundSpeaker, member: FoundSpeaker, sessionId: string): Promise<void> {
    const inStep = leader.kind === 'sonos' && member.kind === 'sonos';
    if (!inStep) return begin(member, sessionId);
    await sounding.get(member.id)?.release();
    const most = await mostPercent(sessionId);
    if (most < 100) await rampingOf(member).lowerTo(most).catch(deps.onFault);
    return (playerOf(member) as SonosPlayer).join(leader);
  }

  async function scatter(leader: FoundSpeaker, member: FoundSpeaker): Promise<void> {
    if (sounding.has(member.id)) await sounding.get(member.id)!.release();
    else if (leader.kind === 'sonos' && member.kind === 'sonos') await (playerOf(member) as SonosPlayer).leave();
  }

  async function shown(speaker: FoundSpeaker): Promise<ShownSpeaker> {
    const { id, name, kind, model, host } = speaker;
    return {
      id,
      name,
      kind,
      model,
      address: host,
      sessionId: sounding.get(id)?.sessionId ?? null,
      group: [...(groups.get(id) ?? [])],
      trouble: troubles.get(id) ?? null,
    };
  }

  function soundingOn(speaker: FoundSpeaker): Sounding {
    const there = sounding.get(speaker.id);
    if (!there)
      throw new EmohealError('illegal-transition', 'No session of ours sounds on that speaker.', {
        remedy: 'Begin with: emoheal speakers play NAME.',
      });
    return there;
  }

  async function releaseOthers(sessionId: string, but: string | null): Promise<void> {
    const others = [...sounding].filter(([id, each]) => each.sessionId === sessionId && id !== but);
    for (const [, each] of others) await each.release();
  }

  return {
    async list({ fresh = false } = {}): Promise<ShownSpeaker[]> {
      return Promise.all((await all(fresh)).map(shown));
    },

    /** Plays a session from the second where it is; the one that is on where none is named. */
    async play(said: string, { sessionId }: { sessionId?: string | undefined } = {}): Promise<ShownSpeaker> {
      const speaker = await named(said);
      const id = await wanted(sessionId);
      await begin(speaker, id);
      await gather(speaker, id);
      return shown(speaker);
    },

    /** The session that sounds there changes, for every surface that follows it. */
    async act(said: string, action: 'pause' | 'resume' | 'stop'): Promise<ShownSpeaker> {
      const speaker = await named(said);
      const there = soundingOn(speaker);
      await there.place().catch(deps.onFault);
      await (await deps.service()).act(there.sessionId, action, { requestId: deps.newId() });
      await there.settled();
      return shown(speaker);
    },

    /** To a volume, step by step; in quiet hours never above two fifths. The followers go with it. */
    async volume(said: string, percent: number, overSec = DEFAULT_OVER_SEC): Promise<VolumeAnswer> {
      const speaker = await named(said);
      const most = await mostPercent(sounding.get(speaker.id)?.sessionId);
      const to = Math.min(most, percent);
      const answer = await turned(speaker, to, overSec);
      for (const id of groups.get(speaker.id) ?? []) await turned(await named(id), to, overSec);
      return { ...answer, cappedBy: percent > most && most === NIGHT_PERCENT ? 'quiet hours' : null };
    },

    /** The speakers that follow this one; none ends the group. */
    async group(said: string, members: readonly string[]): Promise<ShownSpeaker> {
      const leader = await named(said);
      const followers = await Promise.all(members.map(named));
      if (followers.some(({ id }) => id === leader.id))
        throw new EmohealError('bad-input', 'A speaker cannot follow itself.', { remedy: 'Name other speakers.' });
      const before = groups.get(leader.id) ?? new Set<string>();
      const now = new Set(followers.map(({ id }) => id));
      for (const id of before) if (!now.has(id)) await scatter(leader, await named(id));
      if (now.size > 0) groups.set(leader.id, now);
      else groups.delete(leader.id);
      const playing = sounding.get(leader.id);
      if (playing)
        for (const each of followers) if (!before.has(each.id)) await follow(leader, each, playing.sessionId);
      return shown(leader);
    },

    /** Takes what sounds on one speaker to another, at the same second. Where that fails, the first goes on. */
    async move(from: string, to: string): Promise<ShownSpeaker> {
      const [old, next] = [await named(from), await named(to)];
      if (old.id === next.id) return shown(old);
      const there = soundingOn(old);
      await there.place();
      await begin(next, there.sessionId);
      await there.release();
      await sounding.get(next.id)?.place();
      await gather(next, there.sessionId);
      return shown(next);
    },

    /** Brings the session that is on, wherever it sounds, to this speaker; every other speaker falls silent. */
    async followTo(said: string): Promise<ShownSpeaker> {
      const speaker = await named(said);
      const id = await wanted(undefined);
      await leaderOf(id)?.place().catch(deps.onFault);
      if (sounding.get(speaker.id)?.sessionId !== id) await begin(speaker, id);
      await releaseOthers(id, speaker.id);
      return shown(speaker);
    },

    /** Falls silent; the session goes on where else it is heard. */
    async release(said: string): Promise<ShownSpeaker> {
      const speaker = await named(said);
      await soundingOn(speaker).release();
      return shown(speaker);
    },

    /** Another surface takes the session over: its clock is set to what was heard last, and every speaker falls silent. */
    async handOver(sessionId: string): Promise<void> {
      await leaderOf(sessionId)?.place().catch(deps.onFault);
      handedOver = sessionId;
      await releaseOthers(sessionId, null);
      tell();
    },

    /** Whether this session sounds on a speaker of the house. */
    isSounding: (sessionId: string): boolean => [...sounding.values()].some((each) => each.sessionId === sessionId),

    /** Whether it sounds on a speaker, or a voice took it over: then the bedside page is silent. */
    isElsewhere: (sessionId: string): boolean =>
      handedOver === sessionId || [...sounding.values()].some((each) => each.sessionId === sessionId),

    /** Hears when something begins or ends on a speaker; returns what ends that. */
    onChange(hear: () => void): () => void {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },

    /** Resolves when no volume moves any more. */
    settled: async (): Promise<void> => void (await Promise.all([...ramps.values()].map((each) => each.done()))),

    async close(): Promise<void> {
      endHearing();
      for (const each of ramps.values()) each.stop();
      await Promise.all([...sounding.values()].map((each) => each.place().catch(() => {})));
      await Promise.all([...sounding.values()].map((each) => each.release().catch(() => {})));
      await Promise.all([...players.values()].map((each) => each.close().catch(() => {})));
    },
  };
}
