/**
 * Whose feeling it is, where somebody else stands in the sentence.
 *
 *   other     "the children next door are excited": somebody else's feeling is less the speaker's own
 *   not mine  "my friend is afraid of flying, I'm not at all": named for another, denied for oneself
 *   worry     "I'm worried sick about my son": care that is worry is no pleasant feeling
 *   fortune   "my daughter is in hospital", "my son passed": what befalls one's own is felt with them
 *   deed      "they laughed at me", "she brought me soup": what people do to one, and for one
 */
import type { EmotionLabel } from '../vocabulary.js';

const r = String.raw;

const FIRST_PERSON =
  /\b(?:i|i'?m|i'?ve|i'?d|i'?ll|me|myself|mine|we|us|our|ich|mich|mir|wir|uns|je|j'|moi|nous|yo|estoy|soy|tengo|nosotros|io|sono|mi|noi|eu|estou|mim|nós|ik|mij|wij|ja|mnie|jag|mig)\b|(?:^|\s)(?:я|меня|мне|мы|मैं|मुझे|हम)(?=\s|$)|我|私|僕|俺|나는|내가|나|저는/iu;
const KIN_EN =
  '(?:friend|best friend|brother|sister|mother|mum|mom|mummy|father|dad|daddy|son|daughter|kids?|child(?:ren)?|wife|husband|partner|boyfriend|girlfriend|uncle|aunt|grandma|grandpa|gran|nan|granddad|grandmother|grandfather|grandson|granddaughter|grandchild(?:ren)?|cousin|niece|nephew|baby|boy|girl|twins|parents|dog|cat|little (?:one|boy|girl))';
const SOMEBODY_ELSE = new RegExp(
  r`\b(?:he|she|they|somebody|someone|everybody|everyone else|(?:my|our|the|his|her|their|this|that|a) (?:\w+(?:'s)? ){0,2}(?:${KIN_EN}|boss|colleague|neighbou?rs?|landlord|teacher|guests?|man|woman|people|roommate|flatmate|team|crowd|mayor)|er|sie|mein(?:e|em|er)? (?:bruder|schwester|mutter|vater|sohn|tochter|chef|chefin|nachbar|nachbarin|freund|freundin|mann|frau|kind)|il|elle|mon (?:frère|père|mari|fils|ami|patron|voisin)|ma (?:sœur|mère|femme|fille|voisine)|él|ella|mi (?:hermano|hermana|madre|padre|hijo|hija|jefe|vecino|marido|mujer|amigo|amiga))\b`,
  'iu',
);

export const ofOneself = (text: string): boolean => FIRST_PERSON.test(text);
export const ofSomebodyElse = (text: string): boolean => SOMEBODY_ELSE.test(text) && !FIRST_PERSON.test(text);

/** "… is afraid of flying, I'm not (at all)", "…, not me". */
const NOT_MINE =
  /\b(?:he|she|they|friend|\p{L}+) (?:is|are|was|were|feels?|gets?) (?:(?:so|very|really|always) )?\p{L}+.{0,40}?(?:[,;.]| but| and)+ ?(?:i'?m not|i am not|i was not|i wasn'?t|i don'?t|i do not|not me|not i)(?: at all| really| though)?[\s.!]*$/iu;
const OWN_CALM =
  /[,;.] ?(?:but |and )?i (?:was|am|stayed|remained|feel|felt|keep|kept)(?: (?:perfectly|completely|quite|very|rather))? (?:calm|content|relaxed|fine|at ease|quiet)\b/iu;

export const notMine = (text: string): boolean => {
  const plain = text.replace(/[’`´]/g, "'");
  return NOT_MINE.test(plain) || OWN_CALM.test(plain);
};

const WORRY =
  /\b(?:worr(?:y|ied|ying|ies)|anxious|nervous|scared|afraid|frightened|fear) (?:sick |so |much )?(?:about|for|that) (?:him|her|them|you|my|our|mum|mom|dad)\b|\b(?:stop|keep|always) worrying\b|\b(?:sorgen um|angst um|mache mir sorgen|inqui(?:et|ète) pour|m'inquiète pour|preocupad[oa] por|me preocupa|preoccupat[oa] per|preocupad[oa] com)\b|(?:волнуюсь|переживаю|боюсь) за/iu;
export const worriesAbout = (text: string): boolean => WORRY.test(text);

/** A thing that happens to or through people, and what the speaker likely feels: the first by `weight`, others by .3 of it. */
export interface Happening {
  labels: readonly EmotionLabel[];
  weight: number;
}

const OWN = r`(?:(?:my|our) (?:\p{L}+ )?${KIN_EN}|(?:mein(?:e|em|er|en)?|unser(?:e|em|er)?|mon|ma|mes|notre|mi|mis|nuestr[oa]|mio|mia|il mio|la mia|meu|minha|a minha|o meu) \p{L}{3,})`;
const THEM =
  '(?:he|she|they|somebody|someone|everyone|everybody|people|the (?:others|girls|boys|kids|whole class)|my \\p{L}+|our \\p{L}+|the \\p{L}+)';

const happening = (pattern: string, weight: number, ...labels: EmotionLabel[]) => ({
  pattern: new RegExp(pattern, 'iu'),
  weight,
  labels,
});

/** Unsure by nature: the words tell what happened, not what is felt. So no weight is over .6. */
const HAPPENINGS = [
  happening(
    r`\b${OWN} (?:has |have |just |finally |actually |also )*(?:passed|graduated|won|got (?:the job|in|into|engaged|married|better|promoted|the scholarship|a place|a prize)|is (?:getting married|better|cancer free|home again|pregnant)|said (?:\p{L}+ )?first word|took (?:\p{L}+ )?first steps|was born|came (?:first|home)|made the team|scored|hat (?:bestanden|gewonnen|geheiratet)|a (?:réussi|gagné)|ha (?:aprobado|ganado|superato|vinto)|passou|ganhou)\b`,
    0.6,
    'joy',
    'pride',
  ),
  happening(
    r`\b(?:${OWN}|mum|mom|dad|granddad|grandma) (?:is|has been|was|got|had|has|ist|liegt|est|está|è) (?:\p{L}+ ){0,2}(?:ill|sick|poorly|dying|in (?:hospital|intensive care|surgery|a coma)|cancer|dementia|a stroke|an accident|a fever|an operation|surgery|worse|hurt|injured|bullied|depressed|krank|im krankenhaus|malade|à l'hôpital|enferm[oa]|malat[oa]|doente|in ospedale|en el hospital|no hospital)\b`,
    0.5,
    'nervousness',
    'sadness',
  ),
  happening(
    r`\b${THEM} (?:all |just |always |really |even |once |only )*(?:laughed|mocked|yell(?:ed|s)|shout(?:ed|s)|scream(?:ed|s)|snapped|sneered|spat|lied|lies) (?:at|to) (?:me|us)\b|\b${THEM} (?:all |just |always |really |even |completely )*(?:ignored?s?|betrayed|humiliated|insulted|bullied|cheated on|made fun of|threw out|hit|blamed?s?|excluded|rejected|embarrassed|used) (?:me|us)\b`,
    0.55,
    'sadness',
    'anger',
    'embarrassment',
  ),
  happening(
    r`\b${THEM} (?:took|stole|got|gets|takes) (?:all )?the credit for (?:my|our)\b|\b${THEM} (?:never|doesn'?t|don'?t|didn'?t) (?:even )?(?:call|calls|called|listen|listens|listened|visit|visits|visited|write|writes|help|helps|helped)\b.{0,12}\b(?:me|us)\b`,
    0.5,
    'annoyance',
    'disappointment',
    'sadness',
  ),
  happening(
    r`\b${THEM} (?:has |have |just |even |kindly |once )*(?:brought|made|cooked|baked|gave|sent|lent|bought|drove|carried|visited|helped|comforted|held|stayed with|sat with|looked after|waited for|cleaned for) (?:me|us|our|my)\b|\bhow (?:very |so )?(?:kind|good|sweet|thoughtful|generous|nice|lovely) of (?:him|her|them|you)\b|\bso (?:kind|good|sweet|thoughtful|generous|nice|lovely) (?:of|to) (?:him|her|them|you|me|us)\b`,
    0.55,
    'gratitude',
    'admiration',
    'joy',
  ),
];

/** What befell people in a text. Denied ("never brought me anything") counts as not said. */
export function happeningsIn(text: string): Happening[] {
  const plain = text.replace(/[’`´]/g, "'");
  return HAPPENINGS.filter(({ pattern }) => pattern.test(plain)).map(({ labels, weight }) => ({ labels, weight }));
}
