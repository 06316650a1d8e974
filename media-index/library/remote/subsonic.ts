/**
 * Servers that speak Subsonic's interface (Navidrome, Gonic, Airsonic, Subsonic): version 1.16.1, JSON, a token instead of the
 * password where the server can.
 */
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { EmohealError } from '../../../engine/errors.js';
import { askServer, jsonOf, type RemoteServer, refused, saveBody } from './remote.js';

const PAGE = 500;
const WRONG_PASSWORD = 40;
/** So many albums in a row that hold nothing: a server that makes them up would be listened to for ever. */
const MOST_EMPTY_ALBUMS = 1000;
/** "Token authentication not supported", and what servers of before 1.13 say instead: a parameter is missing. */
const NO_TOKENS = [41, 10];

const Song = z.object({
  id: z.coerce.string(),
  title: z.string(),
  artist: z.string().optional(),
  genre: z.string().optional(),
  duration: z.number().optional(),
  suffix: z.string().optional(),
  isDir: z.boolean().optional(),
});
const Answer = z.object({
  'subsonic-response': z.object({
    status: z.enum(['ok', 'failed']),
    error: z.object({ code: z.number(), message: z.string().optional() }).optional(),
    albumList2: z.object({ album: z.array(z.object({ id: z.coerce.string() })).optional() }).optional(),
    album: z.object({ song: z.array(Song).optional() }).optional(),
  }),
});

export function subsonicServer(url: string, user: string, password: string): RemoteServer {
  const shown = new URL(url).host;
  /** A server that keeps no password to check a token against (Supysonic, or with LDAP behind it) wants the password itself. */
  let byToken = true;
  function address(method: string, wishes: Record<string, string>): URL {
    const salt = randomBytes(8).toString('hex');
    const whole = new URL(`rest/${method}`, url.endsWith('/') ? url : `${url}/`);
    const token = createHash('md5')
      .update(password + salt)
      .digest('hex');
    const proof = byToken ? { t: token, s: salt } : { p: `enc:${Buffer.from(password).toString('hex')}` };
    const all = { u: user, ...proof, v: '1.16.1', c: 'emoheal', f: 'json', ...wishes };
    for (const [name, value] of Object.entries(all)) whole.searchParams.set(name, value);
    return whole;
  }
  async function ask(
    method: string,
    wishes: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<z.infer<typeof Answer>['subsonic-response']> {
    const response = await askServer(shown, address(method, wishes), {}, signal);
    const parsed = Answer.safeParse(await jsonOf(shown, response));
    if (!parsed.success)
      throw new EmohealError('busy', `The music server ${shown} does not speak Subsonic's interface.`);
    const answer = parsed.data['subsonic-response'];
    if (answer.status === 'failed' && byToken && NO_TOKENS.includes(answer.error?.code ?? 0)) {
      byToken = false;
      return ask(method, wishes, signal);
    }
    if (answer.status === 'failed') throw faultOf(answer.error);
    return answer;
  }
  const faultOf = (error: { code: number; message?: string } | undefined) =>
    error?.code === WRONG_PASSWORD
      ? refused(shown)
      : new EmohealError('busy', `The music server ${shown} refuses: ${error?.message ?? 'no reason given'}.`);

  return {
    async *list(signal) {
      let empty = 0;
      for (let offset = 0; ; offset += PAGE) {
        const wishes = { type: 'alphabeticalByName', size: String(PAGE), offset: String(offset) };
        const albums = (await ask('getAlbumList2', wishes, signal)).albumList2?.album ?? [];
        for (const { id } of albums) {
          empty += 1;
          if (empty > MOST_EMPTY_ALBUMS)
            throw new EmohealError('busy', `The music server ${shown} lists albums without end that hold nothing.`);
          for (const song of (await ask('getAlbum', { id }, signal)).album?.song ?? []) {
            if (song.isDir) continue;
            empty = 0;
            yield {
              id: song.id,
              title: song.title,
              maker: song.artist ?? '',
              genre: song.genre ?? '',
              durationSec: song.duration ?? 0,
              ending: `.${song.suffix ?? 'mp3'}`,
            };
          }
        }
        if (albums.length < PAGE) return;
      }
    },
    async download(id, file, signal) {
      // Which proof this server takes; a file is fetched with no list before it.
      if (byToken) await ask('ping', {}, signal);
      const response = await askServer(shown, address('download', { id }), {}, signal);
      // A refusal comes as JSON with status 200.
      if (response.headers.get('content-type')?.includes('json')) {
        const parsed = Answer.safeParse(await jsonOf(shown, response));
        throw faultOf(parsed.success ? parsed.data['subsonic-response'].error : undefined);
      }
      await saveBody(response, file, signal);
    },
  };
}
