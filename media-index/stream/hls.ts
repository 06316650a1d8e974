/**
 * HLS playlists (RFC 8216): one rendition of AAC in fragmented MP4, six seconds a segment; and packed MP3, each segment
 * a byte range of 250 whole frames, for speakers that cannot read fragments.
 */
import type { Stage } from '../../engine/vocabulary.js';
import { FRAME_BYTES, FRAME_SEC } from '../audio/mp3-encoder.js';

const SEGMENT_FRAMES = 250;

/** One rendition only: to change between two in the night would be heard. */
export function masterPlaylist(mediaUrl: string): string {
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    '#EXT-X-STREAM-INF:BANDWIDTH=175000,AVERAGE-BANDWIDTH=132000,CODECS="mp4a.40.2"',
    mediaUrl,
    '',
  ].join('\n');
}

/** AAC: `seconds` of each segment in order; `address` turns the name of a file into its address. */
export function fragmentPlaylist(seconds: readonly number[], address: (file: string) => string): string {
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-TARGETDURATION:6',
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MAP:URI="${address('init.mp4')}"`,
  ];
  seconds.forEach((length, i) => {
    lines.push(`#EXTINF:${length.toFixed(5)},`, address(`${i}.m4s`));
  });
  return [...lines, '#EXT-X-ENDLIST', ''].join('\n');
}

/** `stages`: address and length in bytes of each, in order. */
export function mediaPlaylist(stages: readonly { stage: Stage; url: string; bytes: number }[]): string {
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:4',
    '#EXT-X-TARGETDURATION:6',
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
  ];
  for (const { url, bytes } of stages) {
    for (let at = 0; at < bytes; at += SEGMENT_FRAMES * FRAME_BYTES) {
      const length = Math.min(SEGMENT_FRAMES * FRAME_BYTES, bytes - at);
      lines.push(
        `#EXTINF:${((length / FRAME_BYTES) * FRAME_SEC).toFixed(3)},`,
        `#EXT-X-BYTERANGE:${length}@${at}`,
        url,
      );
    }
  }
  return [...lines, '#EXT-X-ENDLIST', ''].join('\n');
}
