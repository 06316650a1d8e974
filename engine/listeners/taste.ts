/**
 * What a listener likes and skips, and how far that may bend the music. Pure. Kept only where the listener said yes.
 *
 * Rules
 * 1. "Like" moves the listener's dials a little towards how the track measures, seen from what was wanted of it; "skip"
 *    moves them away, half as far: who skips says that something was wrong, not what.
 * 2. No dial is ever moved by more than a fifth of its range, whatever was liked and however often.
 * 3. Taste never stirs: the dials that rouse may be moved up by a tenth at most, and not at all on the way to sleep. The
 *    planner's own rules (limits of distress, calmer and calmer) are applied after it.
 * Example: three bright pieces liked in dark evenings → brightness about +.05, and the plan says that taste moved it.
 */
import { z } from 'zod';
import { EmohealError } from '../errors.js';
import { brightnessFromHz } from '../musical-profile.js';
import { createMemoryRecords, type Records } from '../records.js';
import type { AudioAnalysis, MusicalProfile } from '../vocabulary.js';

/** The dials that can be measured in any track: only those can be learned. */
export const TASTE_DIALS = ['onsetRate', 'brightness', 'mode', 'register', 'pulseClarity'] as const;
export type TasteDial = (typeof TASTE_DIALS)[number];

/** Share of a dial's whole range. */
export const MOST_SHIFT = 0.2;
export const MOST_STIRRING_SHIFT = 0.1;
/** A style is preferred or avoided by this much of a search score (scores lie near 0.5 to 0.9) at most. */
export const MOST_STYLE_SHIFT = 0.06;
const MOST_STYLES = 60;
const MOST_LISTENERS = 10_000;

const shift = z.number().min(-MOST_SHIFT).max(MOST_SHIFT);
export const Taste = z.object({
  liked: z.number().int().min(0),
  skipped: z.number().int().min(0),
  /** How far each dial is moved, in shares of its range. */
  dials: z.record(z.enum(TASTE_DIALS), shift),
  /** Styles ("nocturne") by how much their score is raised or lowered. */
  styles: z.record(z.string().max(60), z.number().min(-MOST_STYLE_SHIFT).max(MOST_STYLE_SHIFT)),
  /** When it last learned something, so that what nobody uses any more can go. */
  usedAtMs: z.number().optional(),
});
export type Taste = z.infer<typeof Taste>;

export const noTaste = (): Taste => ({
  liked: 0,
  skipped: 0,
  dials: { onsetRate: 0, brightness: 0, mode: 0, register: 0, pulseClarity: 0 },
  styles: {},
});

const LIKE_RATE = 0.15;
const SKIP_RATE = LIKE_RATE / 2;
const STYLE_STEP = 0.02;
const LIVELY: readonly TasteDial[] = ['onsetRate', 'brightness', 'pulseClarity'];

/** Ranges that the shares are of: those of `knowledge/dials.ts` (onset rate .5–6 a second, register MIDI 48–74). */
const ONSET_RANGE = Math.log(12);
const REGISTER_RANGE = 26;

const within = (value: number, most: number) => (Number.isFinite(value) ? Math.min(most, Math.max(-most, value)) : 0);

/** How a track measures, seen from what was wanted, in shares of each dial's range. */
function differences(wanted: MusicalProfile, heard: AudioAnalysis): Record<TasteDial, number> {
  return {
    onsetRate: Math.log(Math.max(0.1, heard.onsetRatePerSec) / Math.max(0.1, wanted.onsetRatePerSec)) / ONSET_RANGE,
    brightness: brightnessFromHz(heard.brightnessHz) - wanted.brightness,
    mode: (heard.modeScore - wanted.mode) / 2,
    register: (heard.register - wanted.register) / REGISTER_RANGE,
    pulseClarity: heard.pulseClarity - wanted.pulseClarity,
  };
}

export interface Opinion {
  kind: 'like' | 'skip';
  /** What the plan wanted at that moment, and what sounded. */
  wanted: MusicalProfile;
  heard: AudioAnalysis;
  style: string;
}

/** Rules 1 and 2. */
export function learned(taste: Taste, { kind, wanted, heard, style }: Opinion): Taste {
  const rate = kind === 'like' ? LIKE_RATE : -SKIP_RATE;
  const found = differences(wanted, heard);
  const dials = Object.fromEntries(
    TASTE_DIALS.map((dial) => [dial, within(taste.dials[dial] + rate * within(found[dial], 0.5), MOST_SHIFT)]),
  ) as Taste['dials'];
  const step = kind === 'like' ? STYLE_STEP : -STYLE_STEP;
  const styles = { ...taste.styles, [style]: within((taste.styles[style] ?? 0) + step, MOST_STYLE_SHIFT) };
  return {
    liked: taste.liked + (kind === 'like' ? 1 : 0),
    skipped: taste.skipped + (kind === 'skip' ? 1 : 0),
    dials,
    styles: Object.fromEntries(
      Object.entries(styles)
        .filter(([, value]) => value !== 0)
        .slice(-MOST_STYLES),
    ),
  };
}

/** A profile moved by taste (rule 3). `sleep`: on the way to sleep nothing is made livelier. */
export function tasted(profile: MusicalProfile, taste: Taste, { sleep }: { sleep: boolean }): MusicalProfile {
  const by = (dial: TasteDial): number => {
    const wish = within(taste.dials[dial], MOST_SHIFT);
    return LIVELY.includes(dial) ? Math.min(wish, sleep ? 0 : MOST_STIRRING_SHIFT) : wish;
  };
  const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
  return {
    ...profile,
    onsetRatePerSec: clamp(profile.onsetRatePerSec * Math.exp(by('onsetRate') * ONSET_RANGE), 0.5, 6),
    brightness: clamp(profile.brightness + by('brightness'), 0, 1),
    mode: clamp(profile.mode + 2 * by('mode'), -1, 1),
    register: clamp(profile.register + by('register') * REGISTER_RANGE, 48, 74),
    pulseClarity: clamp(profile.pulseClarity + by('pulseClarity'), 0, 1),
  };
}

/** Smaller than this nobody hears it, and nobody needs to be told. */
const TELLING = 0.02;

/** Whether taste moves anything that is worth saying in "why this music?". */
export const isTelling = (taste: Taste): boolean =>
  TASTE_DIALS.some((dial) => Math.abs(taste.dials[dial]) >= TELLING) || Object.keys(taste.styles).length > 0;

/** Where tastes are kept. Null: this listener has not said yes (or said no again, and everything is gone). */
export interface TasteStore {
  load(listener: string): Promise<Taste | null>;
  /** Saying yes begins with no taste; nothing changes for who said yes before. */
  agree(listener: string): Promise<Taste>;
  /** Does nothing where the listener has not agreed. */
  save(listener: string, taste: Taste): Promise<void>;
  forget(listener: string): Promise<void>;
}

export const createMemoryTastes = (): TasteStore => createTastes(createMemoryRecords<Taste>());

/** Tastes of the listeners who said yes, and of nobody else. */
export function createTastes(records: Records<Taste>, nowMs: () => number = Date.now): TasteStore {
  const known = (all: Readonly<Record<string, Taste>>, listener: string) =>
    Object.hasOwn(all, listener) ? all[listener]! : null;
  return {
    load: async (listener) => known(await records.read(), listener),
    agree: (listener) =>
      records.change((all) => {
        const before = known(all, listener);
        if (before) return before;
        if (Object.keys(all).length >= MOST_LISTENERS)
          throw new EmohealError(
            'too-large',
            `The tastes of ${MOST_LISTENERS} listeners are kept; there is no room for more.`,
          );
        all[listener] = { ...noTaste(), usedAtMs: nowMs() };
        return all[listener];
      }),
    async save(listener, taste) {
      await records.change((all) => {
        if (known(all, listener)) all[listener] = { ...taste, usedAtMs: nowMs() };
      });
    },
    async forget(listener) {
      if (!known(await records.read(), listener)) return;
      await records.change((all) => {
        delete all[listener];
      });
    },
  };
}
