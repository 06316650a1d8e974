/**
 * One session on one speaker, from its beginning there to its end. What happens to the session anywhere (a voice, the page,
 * a routine) happens here, and what somebody does at the speaker itself happens to the session.
 *
 * Rules
 * 1. The speaker's own word on where it is sets the session's clock, so that every move goes on at the second that was heard.
 * 2. A session that was bent has another stream: it is loaded from the second where the speaker is.
 * 3. A pause at the speaker pauses the session. A speaker that plays something else, or is switched off, leaves the session
 *    paused at the second that was heard last: it goes on from there, anywhere.
 * 4. One order at a time; what comes meanwhile waits.
 */
import { EmohealError } from '../../engine/errors.js';
import { createInTurn } from '../../engine/in-turn.js';
import type { SessionStreams } from '../../engine/ports.js';
import type { Position, Session } from '../../engine/session.js';
import type { SessionService } from '../../engine/session-service.js';
import { refused } from './faults.js';
import type { FoundSpeaker } from './found.js';
import type { Player } from './player.js';

export interface SoundingTimes {
  /** How often the speaker is asked where it is. */
  lookMs: number;
  /** How long a stream may take to begin. */
  beginMs: number;
  /** How often it is asked while a stream begins. */
  beginLookMs: number;
}
export const SOUNDING_TIMES: SoundingTimes = { lookMs: 4000, beginMs: 15_000, beginLookMs: 300 };

/** A speaker that did not answer so often is gone. */
const MOST_MISSES = 3;
/** Speakers buffer: only a difference that one would hear is worth writing down. */
const DRIFT_SEC = 1.5;
/** A stream that stops so near its end has ended. */
const NEAR_END_SEC = 6;

/** MP3 of ours: 128 kbit/s. */
const BYTES_PER_SEC = 16_000;
const PREPARED_SEC = 4;
/** On a small machine that has never played anything. */
const PREPARING_MS = 60_000;

export type SoundingEnd = 'over' | 'taken' | 'lost' | 'released';

export interface SoundingDeps {
  service: () => Promise<SessionService>;
  streams: () => Promise<SessionStreams>;
  /** Signed address of the whole session, as this speaker reaches it. */
  addressFor: (session: Session, host: string) => Promise<string>;
  title: (session: Session) => string;
  newId: () => string;
  times: SoundingTimes;
  /** Hears of a fault that nobody waits for; never of what was said. */
  onFault: (error: unknown) => void;
}

export interface Sounding {
  readonly sessionId: string;
  /** Resolves when the speaker sounds. Throws `speaker-away`, `speaker-refused`, `illegal-transition`, `not-found`. */
  begin(): Promise<void>;
  /** The session has changed; what is to be done is done in its turn. */
  changed(): void;
  /** Resolves when everything so far is done. */
  settled(): Promise<void>;
  /** The session's clock is set to where the speaker is. */
  place(): Promise<void>;
  /** Falls silent and lets go; the session goes on without this speaker. */
  release(): Promise<void>;
  /** Resolves with the reason when it is over. */
  readonly ended: Promise<SoundingEnd>;
}

export function createSounding(
  deps: SoundingDeps,
  speaker: Pick<FoundSpeaker, 'name' | 'host'>,
  player: Player,
  {
    sessionId,
    leads,
  }: { sessionId: string /** Where a session sounds on several, one of them is its clock. */; leads: () => boolean },
): Sounding {
  const { times } = deps;
  const inTurn = createInTurn();
  const turn = <T>(work: () => Promise<T>): Promise<T> => inTurn('speaker', work);
  /** What the speaker was told last; the stream began at `fromSec` of the session. */
  let told: { revision: number; playing: boolean; fromSec: number } | null = null;
  let heardSec: number | null = null;
  let misses = 0;
  let over = false;
  let timer: NodeJS.Timeout | undefined;
  let tell: (end: SoundingEnd) => void = () => {};
  const ended = new Promise<SoundingEnd>((resolve) => {
    tell = resolve;
  });

  function end(reason: SoundingEnd): void {
    if (over) return;
    over = true;
    clearTimeout(timer);
    void player.close().catch(() => {});
    tell(reason);
  }

  const look = async () => (await deps.service()).look(sessionId);
  /** Only while the session is still as it was seen: a pause that came meanwhile is not undone. */
  const put = async (atSec: number, status: 'playing' | 'paused', whileStill: Position['status']) => {
    if (leads()) await (await deps.service()).place(sessionId, { requestId: deps.newId(), atSec, status, whileStill });
  };

  async function load(): Promise<void> {
    const before = await look();
    await prepared(before.session, before.position.atSec);
    // What sounded meanwhile is not heard twice; where nothing did, nothing is left out.
    const { session, position } = told ? await look() : before;
    const fromSec = Math.round(position.atSec * 1000) / 1000;
    const url = await deps.addressFor(session, speaker.host);
    await player.play({
      url: fromSec > 0 ? `${url}&from=${fromSec}` : url,
      type: 'audio/mpeg',
      title: deps.title(session),
      durationSec: session.programme.durationSec - fromSec,
    });
    told = { revision: session.revision, playing: true, fromSec };
    await untilItSounds(fromSec);
    misses = 0;
  }

  /** The first seconds are made before the speaker asks for them: many give up on a stream that keeps them waiting. */
  async function prepared({ programme }: Session, atSec: number): Promise<void> {
    const stream = (await deps.streams()).open(programme);
    const start = Math.min(Math.floor(atSec) * BYTES_PER_SEC, Math.max(0, stream.totalBytes - BYTES_PER_SEC));
    const end = Math.min(stream.totalBytes, start + PREPARED_SEC * BYTES_PER_SEC);
    const patience = AbortSignal.timeout(PREPARING_MS);
    try {
      for await (const _ of stream.read(start, end, patience));
    } catch (cause) {
      if (!patience.aborted) throw cause;
      throw new EmohealError('busy', 'The beginning of the music is not ready yet.', {
        retryable: true,
        remedy: 'Try again in a minute.',
        cause,
      });
    }
  }

  async function untilItSounds(fromSec: number): Promise<void> {
    const untilMs = performance.now() + times.beginMs;
    for (;;) {
      const { status, atSec } = await player.state();
      if (status === 'playing') {
        heardSec = fromSec + (atSec ?? 0);
        await put(heardSec, 'playing', 'playing');
        return;
      }
      if (performance.now() > untilMs) throw refused(speaker.name, 'took the stream and did not begin to play it');
      await new Promise((resolve) => setTimeout(resolve, times.beginLookMs));
    }
  }

  /** Does to the speaker what was done to the session. */
  async function follow(): Promise<void> {
    if (over || !told) return;
    const found = await look().catch((error: { code?: string }) => {
      if (error.code === 'not-found') return null;
      throw error;
    });
    if (!found || found.session.status === 'ended') {
      await player.stop();
      return end('over');
    }
    const { session, position } = found;
    if (position.status === 'paused') {
      if (told.playing) await player.pause();
      told.playing = false;
    } else if (position.status === 'playing') {
      if (session.revision !== told.revision) await load();
      else if (!told.playing) {
        // Stopped in the fade of its end it goes on from where the fade began.
        const earlier = heardSec !== null && position.atSec < heardSec - DRIFT_SEC;
        await (earlier ? load() : player.resume());
      }
      told.playing = true;
    }
  }

  /** Asks the speaker where it is. */
  async function check(): Promise<void> {
    if (over || !told) return;
    const { status, atSec } = await player.state();
    misses = 0;
    const { session, position } = await look();
    if (position.status === 'ended') return end('over');
    const expected = told.playing ? 'playing' : 'paused';
    // The session was changed this very moment: its turn comes next.
    if (position.status !== expected || session.revision !== told.revision) return undefined;
    const isAt = atSec === null ? null : told.fromSec + atSec;
    if (status === 'playing' || status === 'paused') {
      if (isAt !== null) heardSec = isAt;
      const moved = isAt !== null && Math.abs(isAt - position.atSec) > DRIFT_SEC;
      if (status !== expected || moved) {
        told.playing = status === 'playing';
        await put(isAt ?? position.atSec, status, position.status);
      }
    } else if (status === 'stopped') {
      const rest = position.leftSec < NEAR_END_SEC;
      if (!rest) await put(heardSec ?? position.atSec, 'paused', position.status);
      end(rest ? 'over' : 'taken');
    }
    return undefined;
  }

  /** What went wrong while nobody waited. */
  async function failed(error: unknown): Promise<void> {
    const { code } = error as { code?: string };
    if (code === 'not-found') return end('over');
    deps.onFault(error);
    misses += 1;
    const away = code === 'speaker-away' || code === 'speaker-refused';
    if (away && misses < MOST_MISSES) return;
    await (async () => {
      const { position } = await look();
      if (position.status !== 'ended') await put(heardSec ?? position.atSec, 'paused', position.status);
    })().catch(deps.onFault);
    end('lost');
  }

  function watch(): void {
    timer = setTimeout(() => {
      void turn(async () => {
        // What could not be done when the session changed is tried again first.
        await follow();
        await check();
      })
        .catch(failed)
        .then(() => {
          if (!over) watch();
        });
    }, times.lookMs);
    timer.unref();
  }

  return {
    sessionId,
    ended,
    begin: () =>
      turn(async () => {
        const { position } = await look();
        if (position.status === 'ended') throw new EmohealError('illegal-transition', 'That session is over.');
        if (position.status !== 'playing') await put(position.atSec, 'playing', position.status);
        try {
          await load();
          watch();
        } catch (error) {
          // It may have taken the stream after all: it must not begin to play when nobody expects it any more.
          await player.stop().catch(() => {});
          end('lost');
          throw error;
        }
      }),
    changed() {
      void turn(follow).catch(failed);
    },
    settled: () => turn(async () => {}),
    place: () =>
      turn(async () => {
        const { status, atSec } = await player.state();
        const { position } = await look();
        if (told && atSec !== null && (status === 'playing' || status === 'paused') && position.status !== 'ended')
          await put(told.fromSec + atSec, position.status, position.status);
      }),
    release: () =>
      turn(async () => {
        if (over) return;
        await player.stop().catch(deps.onFault);
        end('released');
      }),
  };
}
