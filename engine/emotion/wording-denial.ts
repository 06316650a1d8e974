/**
 * Feelings that are named as absent: "nothing makes me smile", "I don't feel afraid", "je n'ai plus peur". Of such a
 * feeling a quarter is left; half of it goes to what its absence means (no joy is sad, no fear is a relief).
 *
 * Denials that say the most ("couldn't be happier", "never been so glad", "can't wait", "not bad") are none.
 */
import { EMOTION_LABELS, type EmotionLabel } from '../vocabulary.js';

const r = String.raw;

const NO_EN =
  "(?:never|nothing|no(?! wonder)|not(?! only)|nobody|no one|hardly|barely|without|don'?t|doesn'?t|didn'?t|can'?t|cannot|isn'?t|wasn'?t|haven'?t|won'?t|wouldn'?t)";
const BETWEEN = "(?: (?!but\\b|because\\b|and\\b)[\\p{L}']+){0,4} ";
const DENIED_GOOD = new RegExp(
  [
    r`(?<![\p{L}])${NO_EN}${BETWEEN}(?:joy|happy|happiness|glad|excited|smile|laugh|proud|cheerful|welcome|fun|funny|enjoy(?:ing)?|loved|pleased|thrilled|grateful|good about|looking forward|look forward)(?![\p{L}])`,
    r`(?<![\p{L}])(?:don'?t|doesn'?t|didn'?t|isn'?t|not|never) (?:really |quite |even )?(?:feels?|be|is|seem) (?:really |quite |much )?(?:like home|at home|the same|right|safe|okay|ok|alright|well|myself|good enough)(?![\p{L}])`,
    r`(?<![\p{L}])(?:nicht|nie|nichts|niemand|kein\p{L}*|kaum)(?: [\p{L}]+){0,3} (?:froh|glücklich|freude|stolz|spaß|lachen|freuen|zufrieden)(?![\p{L}])`,
    r`(?<![\p{L}])(?:pas|plus|jamais|rien)(?: (?!mais\b)[\p{L}']+){0,2} (?:heureux|heureuse|content|contente|fier|fière|ravi|ravie|envie de rire)(?![\p{L}])`,
    r`(?<![\p{L}])(?:no|nada|nunca|não|nem)(?: (?!pero\b|mas\b)[\p{L}]+){0,2} (?:feliz|contento|contenta|contente|alegre|orgulloso|orgullosa|orgulhoso|orgulhosa)(?![\p{L}])`,
    r`(?<![\p{L}])(?:non|mai)(?: (?!ma\b)[\p{L}]+){0,2} (?:felice|contento|contenta|orgoglioso|orgogliosa|allegro|allegra)(?![\p{L}])`,
    r`(?:^|\s)не (?:рад|рада|счастлив|счастлива|весело)(?=[\s,.!?]|$)`,
  ].join('|'),
  'iu',
);

const BAD_EN =
  '(?:sad|afraid|scared|angry|mad|worried|worrying|anxious|nervous|lonely|guilty|ashamed|upset|embarrassed|stressed|frightened|frightening|tense|annoyed|disappointed|fear|regret|hate|scary)';
const DENIED_BAD = new RegExp(
  [
    r`(?<![\p{L}])(?:never|not(?! only)|no longer|don'?t|isn'?t|wasn'?t|without|aren'?t|nothing|no more)(?: (?!but\b|because\b|and\b|know\b|want\b)[\p{L}']+){0,3} ${BAD_EN}(?![\p{L}])`,
    r`(?<![\p{L}])(?:stopped (?:being|feeling)|got over being|lost my fear|over my fear)(?: ${BAD_EN})?(?![\p{L}])`,
    r`(?<![\p{L}])(?:nicht|nie|keine?|nicht mehr)(?: [\p{L}]+){0,2} (?:traurig|wütend|ängstlich|nervös|einsam|angst|sauer|besorgt|enttäuscht)(?![\p{L}])`,
    r`(?<![\p{L}])(?:n'ai|n'est|ne suis|suis|ai|j'ai|me sens) (?:pas|plus|jamais)(?: (?:du tout|vraiment|de|si|aussi))? (?:peur|triste|fâché|fâchée|en colère|inquiet|inquiète|honte|déçu|déçue|seul|seule|nerveux|nerveuse)(?![\p{L}])`,
    r`(?<![\p{L}])(?:ya no|no|nunca|já não|não)(?: (?:me|estoy|tengo|siento|estou|tenho|sinto|mais|com|tanta?|tan))+ (?:miedo|triste|enfadado|enfadada|nervioso|nerviosa|preocupado|preocupada|sola|solo|culpable|medo|raiva|preocupado|sozinho|sozinha|nervoso|nervosa)(?![\p{L}])`,
    r`(?<![\p{L}])non(?: (?:ho|sono|mi|sento|più|tanta))+ (?:paura|triste|arrabbiato|arrabbiata|nervoso|nervosa|preoccupato|preoccupata|solo|sola|in colpa)(?![\p{L}])`,
    r`(?:^|\s)(?:больше не|не) (?:боюсь|грущу|злюсь|волнуюсь|страшно|грустно|одиноко)(?=[\s,.!?]|$)`,
  ].join('|'),
  'iu',
);
const SAYS_THE_MOST =
  /\b(?:could(?:n'?t| not) be (?:more |\w+er)|never (?:been |felt )?(?:been )?(?:so|this|more|\w+er)\b|can'?t (?:wait|stop|help|believe)|not bad|not only|why (?:not|don'?t)|könnte nicht \w+er)\b/iu;

/** A good or a bad feeling that is named as not being there. */
export function deniedIn(text: string): 'good' | 'bad' | null {
  const plain = text.replace(/[’`´]/g, "'");
  if (SAYS_THE_MOST.test(plain)) return null;
  return DENIED_GOOD.test(plain) ? 'good' : DENIED_BAD.test(plain) ? 'bad' : null;
}

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
const LEFT = 0.25;
const TO_ITS_ABSENCE = 0.5;
const ABSENCE: Record<'good' | 'bad', readonly EmotionLabel[]> = {
  good: ['sadness', 'disappointment'],
  bad: ['relief', 'neutral'],
};

/** Probabilities without the feelings that are denied. */
export function withoutDenied(p: readonly number[], denied: 'good' | 'bad'): number[] {
  const gone = denied === 'good' ? GOOD : BAD;
  const strongest = Math.max(...gone.map((label) => p[EMOTION_LABELS.indexOf(label)] ?? 0));
  return p.map((value, i) => {
    const label = EMOTION_LABELS[i]!;
    if (gone.includes(label)) return value * LEFT;
    return ABSENCE[denied].includes(label) ? Math.max(value, Math.min(1, value + strongest * TO_ITS_ABSENCE)) : value;
  });
}
