/** Jellyfin: by an API key of its dashboard. */
import { z } from 'zod';
import { EmohealError } from '../../../engine/errors.js';
import { askServer, jsonOf, type RemoteServer, saveBody } from './remote.js';

const PAGE = 500;
/** Jellyfin counts in ten-millionths of a second. */
const TICKS_A_SECOND = 1e7;

const Page = z.object({
  Items: z.array(
    z.object({
      Id: z.string(),
      Name: z.string().nullish(),
      Artists: z.array(z.string()).nullish(),
      AlbumArtist: z.string().nullish(),
      Genres: z.array(z.string()).nullish(),
      RunTimeTicks: z.number().nullish(),
      Container: z.string().nullish(),
    }),
  ),
  TotalRecordCount: z.number(),
});

export function jellyfinServer(url: string, key: string): RemoteServer {
  const base = url.endsWith('/') ? url : `${url}/`;
  const shown = new URL(url).host;
  const headers = { authorization: `MediaBrowser Token="${encodeURIComponent(key)}", Client="emoheal"` };
  return {
    async *list(signal) {
      for (let start = 0; ; start += PAGE) {
        const address = new URL('Items', base);
        const wishes = {
          IncludeItemTypes: 'Audio',
          Recursive: 'true',
          Fields: 'Genres',
          SortBy: 'SortName',
          StartIndex: String(start),
          Limit: String(PAGE),
        };
        for (const [name, value] of Object.entries(wishes)) address.searchParams.set(name, value);
        const parsed = Page.safeParse(await jsonOf(shown, await askServer(shown, address, headers, signal)));
        if (!parsed.success)
          throw new EmohealError('busy', `The music server ${shown} does not answer as Jellyfin does.`);
        for (const item of parsed.data.Items) {
          yield {
            id: item.Id,
            title: item.Name ?? 'untitled',
            maker: item.Artists?.[0] ?? item.AlbumArtist ?? '',
            genre: item.Genres?.[0] ?? '',
            durationSec: (item.RunTimeTicks ?? 0) / TICKS_A_SECOND,
            ending: `.${(item.Container ?? 'mp3').split(',')[0]}`,
          };
        }
        if (parsed.data.Items.length === 0 || start + PAGE >= parsed.data.TotalRecordCount) return;
      }
    },
    async download(id, file, signal) {
      const address = new URL(`Items/${encodeURIComponent(id)}/Download`, base);
      await saveBody(await askServer(shown, address, headers, signal), file, signal);
    },
  };
}
