/**
 * What the way of saying changes about a feeling, beyond what the model hears in the words. Four rules, each small:
 *
 *   turn      "lovely party, but now I feel empty": what follows the turn counts as much as the whole
 *   hedge     "a bit sad", "kind of nervous": the same feeling, weaker
 *   stress    "so deeply sad", "absolutely terrified": the same feeling, stronger
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
}

const LEAST_TURN_CHARACTERS = 4;
/** Longer texts tell a story; what they turn to is in their windows. */
const MOST_CHARACTERS = 400;

export function wordingOf(text: string): Wording {
  if (text.length > MOST_CHARACTERS) return { turn: null, hedged: false, stressed: false, ofSomebodyElse: false };
  return {
    turn: turnOf(text),
    hedged: HEDGE.test(text),
    stressed: STRESS.test(text),
    ofSomebodyElse: SOMEBODY_ELSE.test(text) && !FIRST_PERSON.test(text),
  };
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
const HEDGED = 0.85;
const OF_ANOTHER = 0.6;

/** Probabilities of a text as they are after its wording; `afterTurn` are those of the words after the turn alone. */
export function reworded(whole: readonly number[], wording: Wording, afterTurn: readonly number[] | null): number[] {
  let p = [...whole];
  if (afterTurn) {
    const felt = Math.max(...afterTurn.filter((_, i) => i !== NEUTRAL));
    if (felt >= FELT && felt > (afterTurn[NEUTRAL] ?? 0)) p = p.map((value, i) => (value + (afterTurn[i] ?? 0)) / 2);
  }
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
