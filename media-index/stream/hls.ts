/** HLS over the stage streams: packed MP3, six seconds a segment, each a byte range of 250 whole frames (RFC 8216). */
import type { Stage } from '../../engine/vocabulary.js';
import { FRAME_BYTES, FRAME_SEC } from '../audio/mp3-encoder.js';

const SEGMENT_FRAMES = 250;

export function masterPlaylist(mediaUrl: string): string {
  return ['#EXTM3U', '#EXT-X-VERSION:4', '#EXT-X-STREAM-INF:BANDWIDTH=132000,CODECS="mp4a.40.34"', mediaUrl, ''].join(
    '\n',
  );
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
