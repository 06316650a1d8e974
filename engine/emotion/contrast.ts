/**
 * Where a sentence turns, and what it turns to. Two kinds of turn:
 *
 *   at a word       "lovely party, but now I feel empty": what follows the last such word counts again, as a part of the
 *                   whole; "although he was kind, I'm scared", "I laughed, even though it hurt" turn at a clause;
 *   between times   "usually I'm cheerful, tonight everything is grey", "it began well and ended in tears": what was is
 *                   told only for what is now, so what is now counts more.
 *
 * And one kind of feeling that is named because it is missing: "I should be happy", "ich sollte mich freuen".
 *
 * Where both feelings are said to be there at once ("half of me is thrilled, the other half petrified"), neither takes
 * from the other.
 */

export type TurnKind = 'word' | 'time' | 'both';

export interface Turn {
  /** What the text turns to, at least four characters of it. */
  to: string;
  kind: TurnKind;
  /** Place of its first character in the text; of two that are there at once neither is past, so 0. */
  at: number;
}

/** How much of the mixture is what the text turns to; "both" is no mixture (see `withTurn`). */
export const SHARE: Record<Exclude<TurnKind, 'both'>, number> = {
  // On GoEmotions dev (comments, not bedside talk) more than this costs macro-F1.
  word: 0.4,
  // Rare in comments, and plain where it stands.
  time: 0.65,
};
const LEAST_CHARACTERS = 4;

/** "Usually X, tonight Y" and its like. The last group is what the text turns to. */
const BETWEEN_TIMES: readonly RegExp[] = [
  /\b(?:usually|normally|most days|by day|at work|this morning|yesterday|all day|i used to|it used to|at first|first|on the outside|outwardly|it (?:began|started)|the day (?:began|started))\b[^.;!?]{3,}?(?:[,;.:!?]| and| but| then| yet)+ (?:then |now )?(?<to>(?:tonight|today|now|inside|underneath|later|in the end|by night|at home|at night|(?:it )?ended|the truth|then|cry|and at home)\b.+)$/iu,
  /\b(?:by day|at work|in public|in company|in front of (?:them|others|people))(?:,| and| but)+ (?<to>.+\b(?:at home|by night|at night|alone|in private|inside)\b.*)$/iu,
  /\b(?:normalerweise|sonst|meistens|früher|heute morgen|gestern|zuerst|erst|nach außen|tagsüber)\b[^.;!?]{3,}?(?:[,;.:]| und| aber| dann)+ (?<to>(?:jetzt|heute|heute nacht|heute abend|nachts|innen|innerlich|am ende|dann)\b.+)$/iu,
  /\b(?:d'habitude|normalement|avant|ce matin|hier|d'abord|le jour)\b[^.;!?]{3,}?(?:[,;.:]| et| mais| puis)+ (?<to>(?:ce soir|cette nuit|maintenant|la nuit|au fond|aujourd'hui|puis|à la fin)(?= ).+)$/iu,
  /\b(?:normalmente|antes|por la mañana|esta mañana|ayer|primero|de día|geralmente|de manhã|ontem|primeiro|di solito|stamattina|ieri|prima|di giorno)\b[^.;!?]{3,}?(?:[,;.:]| y| e| pero| mas| ma)+ (?<to>(?:esta noche|ahora|hoy|de noche|por dentro|hoje|agora|à noite|stasera|stanotte|adesso|ora|di notte|dentro|oggi)(?= ).+)$/iu,
  /\b(?:dreaded|feared|was (?:dreading|afraid of|scared of|nervous about|so nervous about)|expected the worst)\b[^.;!?]{3,}?(?:[,;.]| and| but)+ (?<to>(?:it|in the end|then it|that)\b.*?\b(?:turned out|was|went|ended up|came)\b.+)$/iu,
];

/** Both are there at once. The first half is read alone: of the whole, a model hears the last. */
const BOTH =
  /(?<to>\b(?:half of me|part of me|one (?:half|part) of me|on (?:the )?one hand|ein teil von mir|einerseits|d'un côté|une partie de moi|por un lado|una parte de mí|da un lato|una parte di me|por um lado|uma parte de mim)\b.{3,}?)(?:[,;.]| and| und| et| y| e)+ (?:the other(?: half| part)?|the rest|most of me|part of me|half of me|on the other(?: hand)?|andererseits|der andere|ein anderer|de l'autre|l'autre|por otro|la otra|dall'altro|l'altra|por outro|a outra)\b/iu;

/** "Glad it is over, still shaking (though)": the second feeling has not gone. */
const STILL = /[,;–—-] ?(?<to>(?:and |but |yet )?(?:i'?m |i am )?still \p{L}{4,}.*)$/iu;

/** A clause that grants something, and then what is meant. */
const GRANTED_FIRST =
  /^(?:although|though|even though|even if|despite|in spite of|while|obwohl|trotz|auch wenn|bien que|même si|malgré|aunque|a pesar de|anche se|nonostante|benché|embora|apesar de|mesmo que|хотя)(?![\p{L}])[^,]{3,},\s*(?<to>.+)$/iu;
const GRANTED_WITHOUT_COMMA =
  /^(?:although|despite|even though|in spite of)\b.{6,}? (?<to>(?:i am|i'm|i feel|i still|i was)\b.+)$/iu;
/** "I laughed even though it hurt": what is meant stands first. */
const GRANTED_LAST =
  /^(?<to>.{8,}?),? (?:although|even though|obwohl|bien que|même si|aunque|anche se|sebbene|embora|apesar de)(?= ).{4,}$/iu;

const WORDS =
  /(?:^|[\s,;.!?…–—-])(?:but(?! also\b)|yet|however|except(?: that)?|and (?:then|now|tonight|yet|still)|aber|jedoch|und (?:jetzt|dann|trotzdem)|mais|pourtant|et (?:maintenant|puis)|pero|sin embargo|y (?:ahora|luego)|ma(?= )|però|e (?:adesso|ora|poi)|mas|porém|e agora|maar|ale|men|но|однако|а теперь|लेकिन|मगर|(?<=(?:हूँ|है|हैं|था|थी|थे|गया|गई) )पर|और अब)(?=[\s,])|[,;] (?:only|just|nur|seulement|solo|só)(?= (?:i|i'm|that|ich|dass|je|que|che|eu)\b)/giu;
/** Without spaces between words; what stands before stays with the first part. */
const UNSPACED =
  /但是|可是|不过|然而|但(?!愿)|だけど|けれど|けど|しかし|でも(?=[、 ])|하지만|그런데|그래도|(?:지만|는데)(?=[ ,])/gu;

/** "… but now", "… and tonight": a turn that is one between times too. */
const NOW =
  /^(?:[\s,;.!?]*(?:and|und|et|y|e) )?(?:now|tonight|jetzt|heute (?:abend|nacht)|maintenant|ce soir|cette nuit|ahora|esta noche|adesso|stasera|stanotte|agora|сейчас|теперь|сегодня|अब|现在|今晚|今は|今夜|지금)/iu;

export function turnIn(text: string): Turn | null {
  const plain = text.replace(/[’`´]/g, "'");
  const both = BOTH.exec(plain) ?? STILL.exec(plain);
  if (both) return turnAt(plain, both, 'both');
  for (const pattern of BETWEEN_TIMES) {
    const found = pattern.exec(plain);
    if (found) return turnAt(plain, found, 'time');
  }
  const granted = GRANTED_FIRST.exec(plain) ?? GRANTED_WITHOUT_COMMA.exec(plain) ?? GRANTED_LAST.exec(plain);
  if (granted) return turnAt(plain, granted, 'word');
  const last = [...plain.matchAll(WORDS), ...plain.matchAll(UNSPACED)].sort((a, b) => a.index - b.index).at(-1);
  if (!last || last.index === 0) return null;
  const rest = plain.slice(last.index + last[0].length);
  const to = rest.replace(/^[\s,;.!?]+/, '');
  if (to.length < LEAST_CHARACTERS) return null;
  return { to, kind: NOW.test(last[0]) || NOW.test(to) ? 'time' : 'word', at: plain.length - to.length };
}

function turnAt(text: string, found: RegExpExecArray, kind: TurnKind): Turn | null {
  const to = found.groups?.to ?? '';
  return to.length >= LEAST_CHARACTERS ? { to, kind, at: kind === 'both' ? 0 : text.lastIndexOf(to) } : null;
}

const SHOULD =
  /\b(?:(?:i|we) (?:should|ought to|am supposed to|was supposed to|were supposed to|expected to|'m supposed to)(?: probably| really)? (?:be|feel|have felt|have been)|i'm supposed to (?:be|feel)|(?:ich|wir) (?:sollte|sollten|müsste|müssten)(?: mich| eigentlich| doch)*|je devrais (?:être|me sentir)|debería (?:estar|sentirme|ser)|dovrei (?:essere|sentirmi)|(?:eu )?deveria (?:estar|me sentir)) (?!not\b|nicht\b)(?:so |all |really |very |more )?(?<felt>[\p{L}]+)/iu;
const GOOD =
  /^(?:happ|glad|joy|excit|thrill|proud|grateful|thankful|pleased|celebrat|over|delight|relieved|freu|glücklich|froh|stolz|dankbar|heureu|content|fi[eè]r|feliz|content|orgullos|alegre|felic|orgoglios|grat|alegre)/iu;
const BAD =
  /^(?:sad|angry|upset|devastat|heartbroken|afraid|scared|worried|nervous|ashamed|furious|sorry|traurig|wütend|ängst|triste|en|fâché|inqui|enfadad|preocupad|arrabbiat|spaventat|com)/iu;

/** "I guess I should be proud, too": it is felt, with a blush. */
const ADVICE = /\b(?:guess|maybe|perhaps|reckon) i should\b|\btoo[.!]*$/iu;

/** A feeling that ought to be there: it is named, so it is missing. */
export function missingIn(text: string): 'good' | 'bad' | null {
  const plain = text.replace(/[’`´]/g, "'");
  const felt = ADVICE.test(plain) ? '' : (SHOULD.exec(plain)?.groups?.felt ?? '');
  return GOOD.test(felt) ? 'good' : BAD.test(felt) ? 'bad' : null;
}

/** Below this the words after the turn hold no feeling ("happy but exhausted"): the whole is left as it is. */
const FELT = 0.25;
/** Of what is said to be there beside the other, so much is sure. */
const BESIDE = 0.8;

/** Probabilities of the whole, with those of what it turns to. The last of both is neutral. */
export function withTurn(whole: readonly number[], after: readonly number[], kind: TurnKind): number[] {
  const felt = Math.max(...after.slice(0, -1));
  // What is past is past, even where what is now holds no feeling.
  if (kind !== 'time' && (felt < FELT || felt <= (after.at(-1) ?? 0))) return [...whole];
  if (kind === 'both')
    return whole.map((value, i) => (i === whole.length - 1 ? value : Math.max(value, (after[i] ?? 0) * BESIDE)));
  return whole.map((value, i) => value * (1 - SHARE[kind]) + (after[i] ?? 0) * SHARE[kind]);
}
