/** A Chromecast, or a speaker with Cast built in, as a player: Google's own Default Media Receiver plays our address. */
import { z } from 'zod';
import { away, refused } from '../faults.js';
import type { FoundSpeaker } from '../found.js';
import type { Player, PlayerState } from '../player.js';
import {
  CAST_TIMES,
  type CastAnswer,
  type CastConnection,
  type CastTimes,
  connectCast,
  NAMESPACES,
  RECEIVER,
} from './connection.js';

/** Default Media Receiver: on every Cast device, needs no registration. */
const APP = 'CC1AD845';

const ReceiverStatus = z.looseObject({
  status: z.looseObject({
    applications: z
      .array(z.looseObject({ appId: z.string(), sessionId: z.string(), transportId: z.string() }))
      .max(20)
      .optional(),
    volume: z.looseObject({ level: z.number().min(0).max(1).optional() }).optional(),
  }),
});
type App = NonNullable<z.infer<typeof ReceiverStatus>['status']['applications']>[number];

const MediaStatus = z.looseObject({
  status: z
    .array(
      z.looseObject({
        mediaSessionId: z.number(),
        playerState: z.string(),
        currentTime: z.number().nonnegative().optional(),
      }),
    )
    .max(20),
});

export function createCastPlayer(speaker: FoundSpeaker, times: CastTimes = CAST_TIMES): Player {
  const { name } = speaker;
  let connecting: Promise<CastConnection> | undefined;
  let app: App | null = null;
  let mediaSessionId: number | null = null;

  /** One connection for all; one that broke is made anew. */
  async function connected(): Promise<CastConnection> {
    const known = await connecting?.catch(() => undefined);
    if (known?.isOpen()) return known;
    app = null;
    connecting = connectCast(name, speaker, times).then((connection) => {
      connection.onMessage(heard);
      return connection;
    });
    return connecting;
  }

  /** Somebody cast something else, or ended our app: the receiver says so to everybody. */
  function heard(from: string, message: CastAnswer): void {
    const status = message.type === 'RECEIVER_STATUS' ? ReceiverStatus.safeParse(message) : null;
    const isGone =
      status?.success && !status.data.status.applications?.some(({ sessionId }) => sessionId === app?.sessionId);
    if (app && (isGone || (message.type === 'CLOSE' && from === app.transportId))) {
      app = null;
      mediaSessionId = null;
    }
  }

  async function receiver(message: Record<string, unknown>) {
    const answer = await (await connected()).ask(RECEIVER, NAMESPACES.receiver, message);
    if (answer.type !== 'RECEIVER_STATUS') throw refused(name, `does not do ${message.type} (${word(answer)})`);
    const status = ReceiverStatus.safeParse(answer);
    if (!status.success) throw away(name, 'says what cannot be read');
    return status.data.status;
  }

  async function launch(): Promise<App> {
    const connection = await connected();
    const running = (await receiver({ type: 'LAUNCH', appId: APP })).applications?.find(({ appId }) => appId === APP);
    if (!running) throw refused(name, 'did not start its player');
    if (app?.transportId !== running.transportId) connection.open(running.transportId);
    app = running;
    return running;
  }

  async function media(message: Record<string, unknown>) {
    const connection = await connected();
    const to = app ?? (await rejoin(connection));
    if (!to) return null;
    const answer = await connection.ask(to.transportId, NAMESPACES.media, message);
    if (answer.type !== 'MEDIA_STATUS') throw refused(name, `does not do ${message.type} (${word(answer)})`);
    const status = MediaStatus.safeParse(answer);
    if (!status.success) throw away(name, 'says what cannot be read');
    return status.data.status;
  }

  /** Our app after a connection that broke, if it still runs: the music goes on without us. */
  async function rejoin(connection: CastConnection): Promise<App | null> {
    const running = (await receiver({ type: 'GET_STATUS' })).applications?.find(({ appId }) => appId === APP);
    if (!running) return null;
    connection.open(running.transportId);
    app = running;
    return running;
  }

  async function ours() {
    const all = await media({ type: 'GET_STATUS' });
    return all?.find((each) => each.mediaSessionId === mediaSessionId) ?? null;
  }

  async function steer(type: 'PLAY' | 'PAUSE'): Promise<void> {
    if (mediaSessionId === null) throw refused(name, 'plays nothing of ours');
    await media({ type, mediaSessionId });
  }

  return {
    async play({ url, type, title, durationSec }) {
      const { transportId, sessionId } = await launch();
      const load = {
        type: 'LOAD',
        sessionId,
        autoplay: true,
        currentTime: 0,
        media: {
          contentId: url,
          contentType: type,
          streamType: 'BUFFERED',
          duration: durationSec,
          metadata: { type: 0, metadataType: 3, title, artist: 'EmoHeal' },
        },
      };
      const answer = await (await connected()).ask(transportId, NAMESPACES.media, load, times.loadMs);
      const status = MediaStatus.safeParse(answer);
      if (answer.type !== 'MEDIA_STATUS' || !status.success || !status.data.status[0])
        throw refused(name, `could not load the stream (${word(answer)})`);
      mediaSessionId = status.data.status[0].mediaSessionId;
    },
    pause: () => steer('PAUSE'),
    resume: () => steer('PLAY'),
    async stop() {
      const session = app?.sessionId;
      mediaSessionId = null;
      if (!session) return;
      app = null;
      // Ends our app, so that a screen goes back to what it showed before.
      await receiver({ type: 'STOP', sessionId: session });
    },
    async state(): Promise<PlayerState> {
      const status = mediaSessionId === null ? null : await ours();
      if (!status) return { status: 'stopped', atSec: null };
      return { status: statusOf(status.playerState), atSec: status.currentTime ?? null };
    },
    async volume() {
      const level = (await receiver({ type: 'GET_STATUS' })).volume?.level;
      if (level === undefined) throw refused(name, 'says no volume');
      return level * 100;
    },
    async setVolume(percent) {
      await receiver({ type: 'SET_VOLUME', volume: { level: percent / 100 } });
    },
    async close() {
      const known = await connecting?.catch(() => undefined);
      known?.close();
      connecting = undefined;
    },
  };
}

/** The type of an answer, as far as an error text can bear it. */
const word = ({ type }: CastAnswer): string => type.replace(/[^A-Z_]/g, '').slice(0, 40) || 'no word';

function statusOf(said: string): PlayerState['status'] {
  if (said === 'PLAYING') return 'playing';
  if (said === 'PAUSED') return 'paused';
  return said === 'BUFFERING' || said === 'LOADING' ? 'loading' : 'stopped';
}
