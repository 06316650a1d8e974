/**
 * What the way of saying changes about a feeling, beyond what the model hears in the words. Each rule is small and bounded:
 *
 *   turn      "lovely party, but now I feel empty": what follows the turn counts again             (`contrast.ts`)
 *   missing   "I should be happy": a feeling that ought to be there is not                         (`contrast.ts`)
 *   idiom     "at the end of my rope": what the words mean together                                (`idioms.ts`)
 *   denial    "nothing makes me smile", "I don't feel afraid": the feeling that is named is absent  (`wording-denial.ts`)
 *   other     "the children next door are excited": somebody else's feeling is less the speaker's   (`other-people.ts`)
 *   hedge     "a bit sad", "kind of nervous": the same feeling, weaker
 *   stress    "so deeply sad", "absolutely terrified": the same feeling, stronger
 *
 * Words are known in the languages that the model reads; in others nothing is changed.
 */
import { EMOTION_LABELS, type EmotionLabel } from '../vocabulary.js';
import { missingIn, type Turn, type TurnKind, turnIn, withTurn } from './contrast.js';
import { type FoundIdiom, idiomsIn, withIdioms, wordsOf } from './idioms.js';
import { type Happening, happeningsIn, notMine, ofOneself, ofSomebodyElse, worriesAbout } from './other-people.js';
import { deniedIn, withoutDenied } from './wording-denial.js';

const HEDGE =
  /\b(?:a (?:bit|little|tad|touch)|slightly|somewhat|(?<!how )(?<!so )kind of|sort of|kinda|sorta|mildly|faintly|not too|ein (?:bisschen|wenig)|etwas|leicht|irgendwie|un peu|légèrement|plutôt|un poco|algo|ligeramente|un po'?|leggermente|um pouco|um tanto|een beetje|lichtelijk|trochę|lite)\b|немного|чуть-чуть|слегка|थोड़[ाीे]|有点|有一点|稍微|ちょっと|少し|やや|조금|약간|살짝/iu;
const STRESS =
  /\b(?:so (?:deeply|very|incredibly|much|so)|so \w+ (?:that|i could)|terribly|absolutely|utterly|extremely|incredibly|devastated|overwhelm\w+|beyond|completely|totally|the (?:most|happiest|saddest|worst|best) \w+(?: \w+)* (?:of my life|ever)|wahnsinnig|unglaublich|furchtbar|total|völlig|tellement|terriblement|extrêmement|tan(?:to)?|increíblemente|terriblemente|tantissimo|estremamente|incrivelmente|extremamente|ontzettend|vreselijk|strasznie)\b|очень|ужасно|невероятно|बहुत ज़्यादा|बेहद|非常|特别|极其|太.+了|とても|すごく|めちゃくちゃ|너무|정말|엄청/iu;

/** Feelings that one has *about* somebody: they stay the speaker's own. */
const ABOUT_OTHERS: readonly EmotionLabel[] = [
  'caring',
  'admiration',
  'gratitude',
  'love',
  'amusement',
  'pride',
  'approval',
  'disapproval',
  'neutral',
];

export interface Wording {
  /** The words after the last turn; null where the text does not turn. */
  turn: string | null;
  turnKind: TurnKind | null;
  /** How many words of the text stand before the turn. */
  turnAt: number | null;
  hedged: boolean;
  stressed: boolean;
  /** The speaker is in the text, or it is too short to say: "happy but nervous". */
  ofOneself: boolean;
  ofSomebodyElse: boolean;
  /** A feeling that is named for somebody else and denied for oneself. */
  notMine: boolean;
  /** Care that is worry. */
  worried: boolean;
  /** A good or a bad feeling that is named as not being there. */
  denied: 'good' | 'bad' | null;
  /** A good or a bad feeling that ought to be there, and so is not. */
  missing: 'good' | 'bad' | null;
  idioms: readonly FoundIdiom[];
  happenings: readonly Happening[];
}

/** An answer this short speaks of oneself without saying so. */
const SHORT_ANSWER = 40;
const PLAIN: Wording = {
  turn: null,
  turnKind: null,
  turnAt: null,
  hedged: false,
  stressed: false,
  ofOneself: true,
  ofSomebodyElse: false,
  notMine: false,
  worried: false,
  denied: null,
  missing: null,
  idioms: [],
  happenings: [],
};
const CAPITALS = 0.7;

/** Shouted in capitals, or saying the most by denying it: put as a small model needs to hear it. */
export function plainly(text: string): string {
  const cased = text.match(/\p{Lu}|\p{Ll}/gu) ?? [];
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  const calm = cased.length > 8 && capitals / cased.length > CAPITALS ? text.toLowerCase() : text;
  return calm
    .replace(/\b(?:could ?n['’]?t|could not) be (?:any )?(?:more )?/giu, 'am so ')
    .replace(/(?:\b(?:have|had)|['’]ve|['’]d)? ?\bnever (?:been|felt) (?:so|this)\b/giu, ' am so')
    .replace(/\bich könnte nicht (\p{L}+)er sein\b/giu, 'ich bin so $1');
}

/** Longer texts tell a story; what they turn to is in their windows. */
const MOST_CHARACTERS = 400;

const speaksOfOneself = (text: string): boolean => ofOneself(text) || text.length <= SHORT_ANSWER;

/** Where a text turns, "lovely party, but now I feel empty"; null where it does not. What follows is read once more. */
export const turnOf = (text: string): Turn | null =>
  text.length <= MOST_CHARACTERS && speaksOfOneself(text) ? turnIn(text) : null;

export function wordingOf(text: string): Wording {
  if (text.length > MOST_CHARACTERS) return { ...PLAIN };
  const own = speaksOfOneself(text);
  const turn = turnOf(text);
  return {
    turn: turn?.to ?? null,
    turnKind: turn?.kind ?? null,
    turnAt: turn ? wordsOf(text.slice(0, turn.at)).length : null,
    hedged: HEDGE.test(text),
    stressed: STRESS.test(text),
    ofOneself: own,
    ofSomebodyElse: ofSomebodyElse(text),
    notMine: notMine(text),
    worried: worriesAbout(text),
    denied: deniedIn(text),
    missing: missingIn(text),
    idioms: idiomsIn(text),
    happenings: happeningsIn(text),
  };
}

const HEDGED = 0.85;
const OF_ANOTHER = 0.6;
/** Of a feeling that one denies for oneself and names for another. */
const NOT_MINE = 0.3;
/** What happened raises the first feeling to its weight, others to so much of it; neutral falls by as much as it is sure. */
const ALONG = 0.3;
/** Of care that is worry so much stays care, and so much is worry. */
const STILL_CARE = 0.5;
const AS_WORRY = 0.8;

/** Probabilities of a text as they are after its wording; `afterTurn` are those of the words after the turn alone. */
export function reworded(whole: readonly number[], wording: Wording, afterTurn: readonly number[] | null): number[] {
  // What ought to be there is named before what is: taken away first, so that the turn still counts in full.
  let p = wording.missing ? withoutDenied(whole, wording.missing) : [...whole];
  if (afterTurn && wording.turnKind) p = withTurn(p, afterTurn, wording.turnKind);
  // A denial before a turn is not one after it: only plain sentences are bent by it.
  if (wording.denied && wording.turn === null && !wording.missing) p = withoutDenied(p, wording.denied);
  for (const happening of wording.happenings) p = withHappening(p, happening);
  p = withIdioms(p, wording.idioms, wording.turnAt, wording.ofOneself);
  if (wording.worried) p = asWorry(p);
  return p.map((value, i) => {
    const label = EMOTION_LABELS[i]!;
    if (label === 'neutral') return value;
    const about = ABOUT_OTHERS.includes(label);
    const own = about ? 1 : wording.notMine ? NOT_MINE : wording.ofSomebodyElse ? OF_ANOTHER : 1;
    return value * own * (wording.hedged && !wording.stressed ? HEDGED : 1);
  });
}

function withHappening(p: readonly number[], { labels, weight }: Happening): number[] {
  return p.map((value, i) => {
    const label = EMOTION_LABELS[i]!;
    if (label === 'neutral') return value * (1 - weight);
    const place = labels.indexOf(label);
    return place < 0 ? value : Math.max(value, place === 0 ? weight : weight * ALONG);
  });
}

function asWorry(p: readonly number[]): number[] {
  const caring = p[EMOTION_LABELS.indexOf('caring')] ?? 0;
  return p.map((value, i) => {
    const label = EMOTION_LABELS[i];
    if (label === 'caring') return value * STILL_CARE;
    return label === 'nervousness' ? Math.max(value, caring * AS_WORRY) : value;
  });
}

/** How strongly it is felt, 0..1: the reading's own intensity, bent by hedges and stress. */
export function intensityAs(intensity: number, { hedged, stressed }: Wording): number {
  if (hedged && !stressed) return intensity * 0.8;
  return stressed ? intensity + (1 - intensity) * 0.5 : intensity;
}
