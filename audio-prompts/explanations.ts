/**
 * "Why this music?" in the listener's language: the facts of a plan and the heaviest reasons, as plain sentences with the
 * strength of the evidence. The shapes repeat those of the engine's vocabulary, because this room imports none of the
 * others; whoever hands the engine's values over is held to them by the type.
 */
import { ar } from './explanations/ar.js';
import { de } from './explanations/de.js';
import { en, type ReasonTexts } from './explanations/en.js';
import { es } from './explanations/es.js';
import { fr } from './explanations/fr.js';
import { hi } from './explanations/hi.js';
import { it } from './explanations/it.js';
import { ja } from './explanations/ja.js';
import { nl } from './explanations/nl.js';
import { pl } from './explanations/pl.js';
import { pt } from './explanations/pt.js';
import { tr } from './explanations/tr.js';
import { zh } from './explanations/zh.js';
import { joinList, type Language, languageOf, type MusicWord, wordsOf } from './prompts.js';
import { filled } from './screen/filled.js';
import type { Words } from './words.js';

export interface ExplainedFact {
  key:
    | 'no-feeling'
    | 'pointed'
    | 'begins-close'
    | 'calm-at-once'
    | 'body'
    | 'gentler'
    | 'compromise'
    | 'stronger'
    | 'leads'
    | 'open-ended'
    | 'nearer'
    | 'nearest-match'
    | 'one-piece'
    | 'taste'
    | 'honest';
  feelings?: readonly (keyof Words['feelings'])[] | undefined;
  bodyStates?: readonly (keyof Words['bodyStates'])[] | undefined;
  intention?: keyof Words['intentions'] | undefined;
  stage?: keyof Words['stages'] | undefined;
  music?: readonly string[] | undefined;
}

export interface ExplainedReason {
  path?:
    | { from: string; to: string; direction: 'low' | 'high'; confidence: 'fairly-sure' | 'some-evidence' | 'tradition' }
    | undefined;
}

export interface Explanation {
  facts: readonly ExplainedFact[];
  /** Heaviest first; those without a path are left out. */
  reasons: readonly ExplainedReason[];
}

const MOST_REASONS = 2;

/** The facts in their order, the reasons before the last of them (how sure anyone can be). */
export function explainedIn({ facts, reasons }: Explanation, locale: string): string[] {
  const told = facts.map((fact) => factSentence(fact, locale));
  const why = reasons.flatMap((reason) => reasonSentence(reason, locale) ?? []).slice(0, MOST_REASONS);
  const last = facts[facts.length - 1]?.key === 'honest' ? told.slice(-1) : [];
  return [...told.slice(0, told.length - last.length), ...why, ...last];
}

function factSentence(fact: ExplainedFact, locale: string): string {
  const text = TEXTS[languageOf(locale)];
  const words = wordsOf(locale);
  const known = (fact.music ?? []).filter((word): word is MusicWord => Object.hasOwn(words.music, word));
  const music = joinList(
    locale,
    known.map((word) => words.music[word]),
  );
  const heard = joinList(locale, [
    ...(fact.feelings ?? []).map((feeling) => words.feelings[feeling]),
    ...(fact.bodyStates ?? []).map((state) => words.bodyStates[state]),
  ]);
  const fill = (sentence: string) =>
    asSentence(
      sentence,
      {
        heard,
        music,
        intention: fact.intention ? words.intentions[fact.intention] : '',
        stage: words.stages[fact.stage ?? 'match'],
      },
      locale,
    );
  if (fact.key === 'pointed') return fill(music ? text['pointed-as'] : text.pointed);
  if (fact.key === 'begins-close') return fill(music ? text['begins-close-as'] : text['begins-close']);
  if (fact.key === 'leads') return fill(music ? text['leads-as'] : text.leads);
  return fill(text[fact.key]);
}

/** Which word says that a feature of music is low or high. */
const WORD_OF: Record<string, { low: MusicWord; high: MusicWord }> = {
  tempo: { low: 'slow', high: 'fast' },
  onsetRate: { low: 'unhurried', high: 'busy' },
  mode: { low: 'minor', high: 'major' },
  loudness: { low: 'soft', high: 'strong' },
  articulation: { low: 'flowing', high: 'detached' },
  brightness: { low: 'dark', high: 'bright' },
  density: { low: 'sparse', high: 'full' },
  register: { low: 'low', high: 'high' },
  consonance: { low: 'unsettled', high: 'clear' },
  pulseClarity: { low: 'beatless', high: 'pulsing' },
};
const STRENGTH = { 'fairly-sure': 'fairlySure', 'some-evidence': 'someEvidence', tradition: 'tradition' } as const;

/** One reason as a sentence; null where its path is none that has words here. */
export function reasonSentence({ path }: ExplainedReason, locale: string): string | null {
  const word = path && WORD_OF[path.to];
  if (!path || !word) return null;
  const text = TEXTS[languageOf(locale)];
  const words = wordsOf(locale);
  const named: Record<string, string> = { ...words.feelings, ...words.bodyStates };
  const fields = {
    heard: named[path.from] ?? text.mood,
    music: words.music[word[path.direction]],
    strength: words.strengths[STRENGTH[path.confidence]],
  };
  return asSentence(text.reason, fields, locale);
}

/** Fields put in; the first letter large as the language writes it (Turkish i, İ), since a field may come first. */
function asSentence(text: string, fields: Record<string, string>, locale: string): string {
  const whole = filled(text, fields);
  return whole.charAt(0).toLocaleUpperCase(languageOf(locale)) + whole.slice(1);
}

const TEXTS: Record<Language, ReasonTexts> = { en, de, fr, es, it, pt, ja, hi, nl, pl, tr, ar, zh };
