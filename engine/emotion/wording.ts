/**
 * What the way of saying changes about a feeling, beyond what the model hears in the words. Five rules, each small:
 *
 *   turn      "lovely party, but now I feel empty": what follows the turn counts again
 *   hedge     "a bit sad", "kind of nervous": the same feeling, weaker
 *   stress    "so deeply sad", "absolutely terrified": the same feeling, stronger
 *   denial    "nothing makes me smile", "I don't feel afraid": the feeling that is named is not there
 *   other     "the children next door are excited": somebody else's feeling is less the speaker's own
 *
 * Words are known in the languages that the model reads; in others nothing is changed.
 */
import { EMOTION_LABELS, type EmotionLabel } from '../vocabulary.js';

const TURN_WORDS =
  /(?:^|[\s,;.!?…–—-])(?:but(?! also\b)|yet|however|and (?:then|now|tonight|yet)|aber|jedoch|und (?:jetzt|dann|trotzdem)|mais|pourtant|et (?:maintenant|puis)|pero|sin embargo|y (?:ahora|luego)|ma(?= )|però|e (?:adesso|ora|poi)|mas|porém|e agora|maar|ale|men|но|однако|а теперь|लेकिन|मगर|और अब)(?=[\s,])/giu;
/** Without spaces between words; what stands before stays with the first part. */
const TURN_UNSPACED =
  /但是|可是|不过|然而|但(?!愿)|だけど|けれど|けど|しかし|でも(?=[、 ])|하지만|그런데|그래도|(?:지만|는데)(?=[ ,])/gu;

const HEDGE =
  /\b(?:a (?:bit|little|tad|touch)|slightly|somewhat|kind of|sort of|kinda|sorta|mildly|faintly|not too|ein (?:bisschen|wenig)|etwas|leicht|irgendwie|un peu|légèrement|plutôt|un poco|algo|ligeramente|un po'?|leggermente|um pouco|um tanto|een beetje|lichtelijk|trochę|lite)\b|немного|чуть-чуть|слегка|थोड़[ाीे]|有点|有一点|稍微|ちょっと|少し|やや|조금|약간|살짝/iu;
const STRESS =
  /\b(?:so (?:deeply|very|incredibly|much|so)|so \w+ (?:that|i could)|terribly|absolutely|utterly|extremely|incredibly|devastated|overwhelm\w+|beyond|completely|totally|the (?:most|happiest|saddest|worst|best) \w+(?: \w+)* (?:of my life|ever)|wahnsinnig|unglaublich|furchtbar|total|völlig|tellement|terriblement|extrêmement|tan(?:to)?|increíblemente|terriblemente|tantissimo|estremamente|incrivelmente|extremamente|ontzettend|vreselijk|strasznie)\b|очень|ужасно|невероятно|बहुत ज़्यादा|बेहद|非常|特别|极其|太.+了|とても|すごく|めちゃくちゃ|너무|정말|엄청/iu;

const NO_EN =
  "(?:never|nothing|no(?! wonder)|not(?! only)|nobody|no one|hardly|barely|without|don'?t|doesn'?t|didn'?t|can'?t|cannot|isn'?t|wasn'?t|haven'?t|won'?t|wouldn'?t)";
const BETWEEN = "(?: (?!but\\b|because\\b|and\\b)[\\p{L}']+){0,4} ";
/** A good feeling that is denied. "Couldn't be happier", "never been so glad", "can't wait" and "not bad" are the opposite. */
const DENIED_GOOD = new RegExp(
  `(?<![\\p{L}])${NO_EN}${BETWEEN}(?:joy|happy|happiness|glad|excited|smile|laugh|proud|cheerful|welcome|fun|funny|enjoy(?:ing)?|loved|pleased|thrilled|grateful|good about|looking forward)(?![\\p{L}])|(?<![\\p{L}])(?:nicht|nie|nichts|niemand|kein\\p{L}*|kaum)(?: [\\p{L}]+){0,3} (?:froh|glücklich|freude|stolz|spaß|lachen|freuen|zufrieden)(?![\\p{L}])`,
  'iu',
);
const DENIED_BAD =
  /(?<![\p{L}])(?:never|not(?! only)|no longer|don'?t|isn'?t|wasn'?t|without|aren'?t|nothing)(?: (?!but\b|because\b|and\b|know\b|want\b)[\p{L}']+){0,3} (?:sad|afraid|scared|angry|mad|worried|anxious|nervous|lonely|guilty|ashamed|upset|embarrassed|stressed|frightened|tense|annoyed|disappointed|fear|regret)(?![\p{L}])|(?<![\p{L}])(?:nicht|nie|keine?|nicht mehr)(?: [\p{L}]+){0,2} (?:traurig|wütend|ängstlich|nervös|einsam|angst|sauer|besorgt|enttäuscht)(?![\p{L}])/iu;
const NO_DENIAL =
  /\b(?:could(?:n'?t| not) be (?:more |\w+er)|never (?:been |felt )?(?:been )?(?:so|this|more|\w+er)\b|can'?t (?:wait|stop|help|believe)|not bad|not only|why (?:not|don'?t)|könnte nicht \w+er)\b/iu;

const FIRST_PERSON =
  /\b(?:i|i'?m|i'?ve|i'?d|i'?ll|me|myself|mine|we|us|our|ich|mich|mir|wir|uns|je|j'|moi|nous|yo|estoy|soy|tengo|nosotros|io|sono|mi|noi|eu|estou|mim|nós|ik|mij|wij|ja|mnie|jag|mig)\b|(?:^|\s)(?:я|меня|мне|мы|मैं|मुझे|हम)(?=\s|$)|我|私|僕|俺|나는|내가|나|저는/iu;
const SOMEBODY_ELSE =
  /\b(?:he|she|they|somebody|someone|everybody|everyone else|(?:my|our|the|his|her|their|this|that|a) (?:\w+(?:'s)? ){0,2}(?:friend|brother|sister|mother|mum|mom|father|dad|son|daughter|kids?|child(?:ren)?|boss|colleague|neighbou?rs?|uncle|aunt|wife|husband|partner|teacher|guests?|man|woman|boy|girl|people|grandma|grandpa|cousin|roommate|flatmate|dog|cat|baby|team|crowd)|er|sie|mein(?:e|em|er)? (?:bruder|schwester|mutter|vater|sohn|tochter|chef|chefin|nachbar|nachbarin|freund|freundin|mann|frau|kind)|il|elle|mon (?:frère|père|mari|fils|ami|patron|voisin)|ma (?:sœur|mère|femme|fille|voisine)|él|ella|mi (?:hermano|hermana|madre|padre|hijo|hija|jefe|vecino|marido|mujer|amigo|amiga))\b/iu;

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
  hedged: boolean;
  stressed: boolean;
  ofSomebodyElse: boolean;
  /** A good or a bad feeling that is named as not being there. */
  denied: 'good' | 'bad' | null;
}

/** An answer this short speaks of oneself without saying so: "happy but nervous". */
const SHORT_ANSWER = 40;
const PLAIN: Wording = { turn: null, hedged: false, stressed: false, ofSomebodyElse: false, denied: null };
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

const LEAST_TURN_CHARACTERS = 4;
/** Longer texts tell a story; what they turn to is in their windows. */
const MOST_CHARACTERS = 400;

export function wordingOf(text: string): Wording {
  if (text.length > MOST_CHARACTERS) return { ...PLAIN };
  return {
    turn: FIRST_PERSON.test(text) || text.length <= SHORT_ANSWER ? turnOf(text) : null,
    hedged: HEDGE.test(text),
    stressed: STRESS.test(text),
    ofSomebodyElse: SOMEBODY_ELSE.test(text) && !FIRST_PERSON.test(text),
    denied: deniedIn(text),
  };
}

function deniedIn(text: string): Wording['denied'] {
  const plain = text.replace(/[’`´]/g, "'");
  if (NO_DENIAL.test(plain)) return null;
  return DENIED_GOOD.test(plain) ? 'good' : DENIED_BAD.test(plain) ? 'bad' : null;
}

function turnOf(text: string): string | null {
  const turns = [...text.matchAll(TURN_WORDS), ...text.matchAll(TURN_UNSPACED)].sort((a, b) => a.index - b.index);
  const last = turns.at(-1);
  if (!last || last.index === 0) return null;
  const after = text.slice(last.index + last[0].length).replace(/^[\s,;.!?]+/, '');
  return after.length >= LEAST_TURN_CHARACTERS ? after : null;
}

const NEUTRAL = EMOTION_LABELS.indexOf('neutral');
/** Below this the words after the turn hold no feeling ("happy but exhausted"): the whole is left as it is. */
const FELT = 0.25;
/**
 * Share of what follows a turn. On GoEmotions dev (comments, not bedside talk) more than this costs macro-F1; all rules
 * together cost about .002 there, within the noise of one run.
 */
const AFTER_TURN = 0.4;
const HEDGED = 0.85;
const OF_ANOTHER = 0.6;

const GOOD: readonly EmotionLabel[] = [
  'amusement',
  'excitement',
  'gratitude',
  'joy',
  'optimism',
  'pride',
  'admiration',
];
const BAD: readonly EmotionLabel[] = [
  'anger',
  'annoyance',
  'disappointment',
  'embarrassment',
  'fear',
  'nervousness',
  'remorse',
  'sadness',
  'grief',
];
/** Of a feeling that is named as absent so much is left, and so much goes to what its absence means. */
const LEFT = 0.25;
const TO_ITS_ABSENCE = 0.5;
const ABSENCE: Record<'good' | 'bad', readonly EmotionLabel[]> = {
  good: ['sadness', 'disappointment'],
  bad: ['relief', 'neutral'],
};

function withoutDenied(p: readonly number[], denied: 'good' | 'bad'): number[] {
  const gone = denied === 'good' ? GOOD : BAD;
  const strongest = Math.max(...gone.map((label) => p[EMOTION_LABELS.indexOf(label)] ?? 0));
  return p.map((value, i) => {
    const label = EMOTION_LABELS[i]!;
    if (gone.includes(label)) return value * LEFT;
    return ABSENCE[denied].includes(label) ? Math.max(value, Math.min(1, value + strongest * TO_ITS_ABSENCE)) : value;
  });
}

/** Probabilities of a text as they are after its wording; `afterTurn` are those of the words after the turn alone. */
export function reworded(whole: readonly number[], wording: Wording, afterTurn: readonly number[] | null): number[] {
  let p = [...whole];
  if (afterTurn) {
    const felt = Math.max(...afterTurn.filter((_, i) => i !== NEUTRAL));
    if (felt >= FELT && felt > (afterTurn[NEUTRAL] ?? 0))
      p = p.map((value, i) => value * (1 - AFTER_TURN) + (afterTurn[i] ?? 0) * AFTER_TURN);
  }
  // A denial before a turn is not one after it: only plain sentences are bent by it.
  if (wording.denied && wording.turn === null) p = withoutDenied(p, wording.denied);
  return p.map((value, i) => {
    const label = EMOTION_LABELS[i]!;
    if (label === 'neutral') return value;
    const own = wording.ofSomebodyElse && !ABOUT_OTHERS.includes(label) ? OF_ANOTHER : 1;
    return value * own * (wording.hedged && !wording.stressed ? HEDGED : 1);
  });
}

/** How strongly it is felt, 0..1: the reading's own intensity, bent by hedges and stress. */
export function intensityAs(intensity: number, { hedged, stressed }: Wording): number {
  if (hedged && !stressed) return intensity * 0.8;
  return stressed ? intensity + (1 - intensity) * 0.5 : intensity;
}
