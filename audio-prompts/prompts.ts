/**
 * The words that the speaker says and shows, by key and locale. Short, plain, calm; nothing here praises or promises.
 * English is the fallback. Each may be read in about eight seconds; the crisis sentence may take longer, because it must.
 */
export const PROMPT_KEYS = [
  'howDoYouFeel',
  'withYou',
  'didNotCatch',
  'nothingToRead',
  'concern',
  'crisis',
  'speechNotReady',
  'stopped',
  'paused',
  'extended',
  'staying',
  'deeper',
] as const;
export type PromptKey = (typeof PROMPT_KEYS)[number];
export type PromptFields = Partial<Record<'service' | 'number' | 'emergency' | 'minutes', string>>;

type Sentences = Record<PromptKey, readonly string[]>;

const EN: Sentences = {
  howDoYouFeel: ['How do you feel?', 'Tell me how you feel.'],
  withYou: ["I'm with you. We start close to how you feel.", "I'm here. The music begins where you are."],
  didNotCatch: [
    "I didn't catch that. You can say it again, or type it.",
    "I didn't hear that well. Once more, in your own words?",
  ],
  nothingToRead: ['There was nothing to read in that. A few words are enough: "I can\'t sleep", "I feel sad".'],
  concern: ['That sounds heavy. If it gets too much, {service} listens at {number}.'],
  crisis: [
    "I'm sorry that you are in this. I am only a speaker, and I cannot call anyone. Please talk to a person now: {service}, at {number}. If you are in danger, call {emergency}. I can stay with you with quiet sound.",
  ],
  speechNotReady: ['Speech is not ready yet. Please type how you feel.'],
  stopped: ['The music has stopped. Rest well.'],
  paused: ['Paused.'],
  extended: ['{minutes} more minutes.'],
  staying: ['We stay here a while.'],
  deeper: ['A step deeper.'],
};

const DE: Sentences = {
  howDoYouFeel: ['Wie fühlst du dich?', 'Sag mir, wie es dir geht.'],
  withYou: ['Ich bin bei dir. Wir beginnen nah an deinem Gefühl.', 'Ich bin da. Die Musik beginnt dort, wo du bist.'],
  didNotCatch: [
    'Das habe ich nicht verstanden. Sag es noch einmal, oder schreib es.',
    'Das war undeutlich. Noch einmal, mit deinen Worten?',
  ],
  nothingToRead: ['Darin war nichts zu lesen. Wenige Worte genügen: „Ich kann nicht schlafen“.'],
  concern: ['Das klingt schwer. Wenn es zu viel wird: {service} hört zu, unter {number}.'],
  crisis: [
    'Es tut mir leid, dass es dir so geht. Ich bin nur ein Lautsprecher und kann niemanden anrufen. Bitte sprich jetzt mit einem Menschen: {service}, {number}. Wenn du in Gefahr bist, wähle {emergency}. Ich kann mit leisem Klang bei dir bleiben.',
  ],
  speechNotReady: ['Sprache ist noch nicht bereit. Bitte schreib, wie du dich fühlst.'],
  stopped: ['Die Musik ist aus. Ruh dich aus.'],
  paused: ['Angehalten.'],
  extended: ['Noch {minutes} Minuten.'],
  staying: ['Wir bleiben eine Weile hier.'],
  deeper: ['Ein Schritt tiefer.'],
};

export const PROMPTS: Record<string, Sentences> = { en: EN, de: DE };

/** `variation` turns through the sentences of a key, so that nobody hears the same words three nights in a row. */
export function sayPrompt(key: PromptKey, locale: string, fields: PromptFields = {}, variation = 0): string {
  const language = locale.split(/[-_]/)[0]?.toLowerCase() ?? 'en';
  const sentences = (PROMPTS[language] ?? EN)[key];
  const sentence = sentences[Math.abs(variation) % sentences.length]!;
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => fields[name as keyof PromptFields] ?? '');
}
