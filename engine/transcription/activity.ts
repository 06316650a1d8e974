/**
 * Is somebody speaking at all? Whisper invents sentences for silence and noise, so it is asked only about sound that
 * may be speech, and what it then says is believed only where it is sure.
 *
 * Speech rises and falls: between syllables and pauses the level of 30-ms frames moves by well over 10 dB. Silence is
 * below -50 dBFS throughout; steady noise (rain, a fan, hiss) stays within 6 dB.
 */
const RATE = 16_000;
const FRAME = 480;
const SILENCE_DB = -50;
const STEADY_DB = 6;
/** Kept before and after the loud part, so that soft first and last sounds survive. */
const MARGIN_SEC = 0.3;

const quantile = (sorted: number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? -120;

/** The part that may hold speech, without the silence around it; null where nobody can be speaking. */
export function speechPart(pcm: Float32Array): Float32Array | null {
  const levels: number[] = [];
  for (let at = 0; at + FRAME <= pcm.length; at += FRAME) {
    let sum = 0;
    for (let i = at; i < at + FRAME; i += 1) sum += pcm[i]! * pcm[i]!;
    levels.push(10 * Math.log10(sum / FRAME + 1e-12));
  }
  if (levels.length < 5) return null;
  const sorted = [...levels].sort((a, b) => a - b);
  const loud = quantile(sorted, 0.95);
  if (loud < SILENCE_DB || loud - quantile(sorted, 0.05) < STEADY_DB) return null;
  const edge = Math.max(SILENCE_DB, loud - 35);
  const first = levels.findIndex((level) => level > edge);
  const last = levels.findLastIndex((level) => level > edge);
  const margin = Math.round(MARGIN_SEC * RATE);
  return pcm.subarray(Math.max(0, first * FRAME - margin), Math.min(pcm.length, (last + 1) * FRAME + margin));
}

/** Under so many encoder positions words begin to change. */
const LEAST_POSITIONS = 384;
/**
 * Half the time for a word or two; those at the edge of what can be understood are lost. Under 192 the decoder goes in circles.
 */
const LEAST_BRIEF = 192;

/** Encoder positions (20 ms each) for a sound of this length, with slack. */
export function audioContext(seconds: number, brief = false): number {
  if (seconds > 25) return 1500;
  const wanted = Math.ceil((seconds * 50 * 1.2 + 64) / 64) * 64;
  return Math.min(1500, Math.max(brief ? LEAST_BRIEF : LEAST_POSITIONS, wanted));
}

/** Sentences that Whisper learnt from subtitles and says of near-silence. */
const INVENTED =
  /^(thank you( (so|very) much)?( for watching)?|thanks for watching|you|bye|so|okay|untertitel.*|sous-titres.*|subtitles by.*|amara\.org)[.!?\s]*$/i;
const NOTE = /\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|[♪♫♬♩]+/gu;

/** What was said, or '' where the answer is not to be believed. The first rule is Whisper's own (both thresholds too). */
export function believable(answer: { text: string; noSpeechP: number; meanLogP: number }): string {
  const text = answer.text.replace(NOTE, ' ').replace(/\s+/g, ' ').trim();
  if (answer.noSpeechP > 0.6 && answer.meanLogP < -1) return '';
  if (answer.meanLogP < -1.6) return '';
  if (INVENTED.test(text) && (answer.noSpeechP > 0.25 || answer.meanLogP < -0.6)) return '';
  return /[\p{L}\p{N}]/u.test(text) ? text : '';
}
