/**
 * A voice at night: every sentence equally loud, a little under the music that follows, with soft edges and without the
 * long silence that the model leaves at the ends. Mono at 24 kHz.
 */
const RATE_HZ = 24_000;
/** Loudness of the spoken part, dBFS (RMS). Music of a session lies at about -26 LUFS; a voice is understood below that. */
const LEVEL_DB = -27;
const PEAK = 0.7;
const SILENCE = 0.004;
const MARGIN_SEC = 0.08;
const FADE_SEC = 0.02;

/** Takes the samples over. A sentence of silence stays as it is. */
export function nightVoice(pcm: Float32Array): Float32Array {
  const first = pcm.findIndex((value) => Math.abs(value) > SILENCE);
  if (first < 0) return pcm;
  const last = pcm.findLastIndex((value) => Math.abs(value) > SILENCE);
  const margin = Math.round(MARGIN_SEC * RATE_HZ);
  const cut = pcm.slice(Math.max(0, first - margin), Math.min(pcm.length, last + 1 + 2 * margin));
  const loud = cut.filter((value) => Math.abs(value) > SILENCE);
  const rms = Math.sqrt(loud.reduce((sum, value) => sum + value * value, 0) / loud.length);
  const peak = cut.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const gain = Math.min(10 ** (LEVEL_DB / 20) / rms, PEAK / peak);
  const fade = Math.min(Math.round(FADE_SEC * RATE_HZ), cut.length >> 1);
  return cut.map((value, i) => value * gain * Math.min(1, i / fade, (cut.length - 1 - i) / fade));
}
