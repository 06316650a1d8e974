/** The files of the graph as schemas. A therapist edits them by hand, so every key is checked and none is ignored. */
import { z } from 'zod';
import { FEATURES } from './nodes.js';

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens');
const sentence = z.string().min(3).max(400);
const reference = z.string().min(1);

export const EvidenceKind = z.enum([
  'meta-analysis',
  'experiment',
  'corpus-analysis',
  'review',
  'norms',
  'observation',
  'theory',
  'practice',
]);
export type EvidenceKind = z.infer<typeof EvidenceKind>;

export const Source = z.strictObject({
  id,
  authors: z.string().min(2),
  year: z.number().int().min(1800).max(2100),
  title: z.string().min(3),
  published: z.string().optional().describe('journal, book or publisher'),
  doi: z
    .string()
    .regex(/^10\.\d{4,9}\/\S+$/, 'must look like 10.1234/abc')
    .optional(),
  kind: EvidenceKind,
  participants: z.number().int().positive().optional().describe('people, where it is a study of people'),
  finding: sentence.describe('what it found, in our own words, as far as the graph leans on it'),
  read: z
    .enum(['full-text', 'abstract', 'secondary', 'design-notes'])
    .describe('how much of it was read for this graph'),
  where: z.string().min(3).describe('where it was read'),
});
export type Source = z.infer<typeof Source>;

export const KnowledgeEdge = z.strictObject({
  from: reference,
  to: reference,
  weight: z.number().min(-1).max(1),
  sources: z.array(reference).default([]),
  evidence: z.literal('practice').optional().describe('stands where no source is given; such an edge counts less'),
  note: z.string().min(3).optional().describe('needed where sources disagree'),
});
export type KnowledgeEdge = z.infer<typeof KnowledgeEdge>;

const strength = z.enum(['good', 'modest', 'mixed', 'tradition']);
export type Strength = z.infer<typeof strength>;

export const Principle = z.strictObject({
  id,
  says: sentence,
  sources: z.array(reference).default([]),
  evidence: z.literal('practice').optional(),
  strength,
  counter: z.array(reference).optional().describe('sources that speak against it'),
  value: z.number().optional(),
  unit: z.string().optional(),
});
export type Principle = z.infer<typeof Principle>;

const limit = z.number().min(-1).max(1);
export const Caution = z.strictObject({
  id,
  says: sentence,
  limits: z
    .partialRecord(z.enum(['arousal', ...FEATURES]), limit)
    .optional()
    .describe('the highest place that these may have, -1..1'),
  sources: z.array(reference).default([]),
  evidence: z.literal('practice').optional(),
  strength,
});
export type Caution = z.infer<typeof Caution>;

const $schema = z.string().optional();
const EdgesFile = z.strictObject({ $schema, edges: z.array(KnowledgeEdge) });
export const FILES = {
  'sources.json': z.strictObject({
    $schema,
    strengthOfKind: z.record(EvidenceKind, z.number().min(0).max(1)),
    sources: z.array(Source),
  }),
  'principles.json': z.strictObject({ $schema, principles: z.array(Principle) }),
  'cautions.json': z.strictObject({ $schema, cautions: z.array(Caution) }),
  'emotions.json': EdgesFile,
  'body-states.json': EdgesFile,
  'affect.json': EdgesFile,
  'gems.json': EdgesFile,
  'intentions.json': EdgesFile,
} as const;
export type FileName = keyof typeof FILES;
export const EDGE_FILES = ['emotions.json', 'body-states.json', 'affect.json', 'gems.json', 'intentions.json'] as const;

/** A JSON schema for editors, of one file. */
export function jsonSchemaOf(name: FileName): object {
  // As it is written, not as it is read: what may be left out is not asked for.
  return z.toJSONSchema(FILES[name], { target: 'draft-2020-12', io: 'input' });
}
