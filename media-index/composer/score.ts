/**
 * A piece on paper: what the composer writes, the repository keeps, and the synthesiser plays. Times in seconds from the start.
 */
import { z } from 'zod';

/** [startSec, durationSec, MIDI pitch, velocity 1..127] */
export const Note = z.tuple([
  z.number(),
  z.number(),
  z.number().int().min(0).max(127),
  z.number().int().min(1).max(127),
]);
export type Note = z.infer<typeof Note>;

export const Part = z.object({
  name: z.string(),
  /** General MIDI programme, 0-based (0 = grand piano, 48 = string ensemble). */
  program: z.number().int().min(0).max(127),
  /** -1 left .. +1 right. */
  pan: z.number().min(-1).max(1),
  /** Channel volume 0..1 (CC 7 / 127). */
  volume: z.number().min(0).max(1),
  /** Reverb send 0..1 (CC 91 / 127). */
  reverb: z.number().min(0).max(1),
  notes: z.array(Note),
  /** [timeSec, controller, value 0..127], e.g. expression (11) for phrase arcs, sustain pedal (64). */
  controls: z.array(z.tuple([z.number(), z.number().int(), z.number().int().min(0).max(127)])).default([]),
});
export type Part = z.infer<typeof Part>;

export const Score = z.object({
  version: z.literal(1),
  id: z.string(),
  title: z.string(),
  texture: z.string(),
  seed: z.number().int(),
  /** Null where no beat is meant (drones). */
  tempoBpm: z.number().nullable(),
  keyTonic: z.number().int().min(0).max(11),
  modeName: z.string(),
  /** End of the last release tail. */
  durationSec: z.number().positive(),
  /** Low-pass applied to the rendered sound, Hz; null = none. */
  lowPassHz: z.number().nullable(),
  /** In its place, where the colour changes on the way: [second, Hz], in equal ratios from each to the next. */
  lowPassGlide: z
    .array(z.tuple([z.number().min(0), z.number().min(40)]))
    .max(1_000)
    .optional(),
  /** A broad lift around 5 kHz, for what should shine brighter than its instruments do. */
  presenceDb: z.number().min(0).max(18).optional(),
  /** Added to the whole, so that the piece is as loud as it was asked to be. */
  gainDb: z.number().min(-30).max(30).optional(),
  parts: z.array(Part).min(1).max(15),
});
export type Score = z.infer<typeof Score>;
