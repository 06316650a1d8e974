/**
 * The second set: written before the rules of `idioms.ts`, `contrast.ts` and `other-people.ts` were, and never looked at
 * while they were made, so that its pass rate tells how far they reach beyond the first set. Keep it so: a rule is mended
 * by the first set or by new cases, never by a failure here. Sentences that also stand in our training lines, or nearly
 * so, were taken out by a script.
 */
import {
  AFRAID,
  AMUSED,
  ANGRY,
  CALM,
  casesOf,
  EASED,
  GLAD,
  HOPEFUL,
  hears,
  hearsEach,
  type Line,
  LOVING,
  more,
  NEGATIVE,
  NOT_NEGATIVE,
  NOT_POSITIVE,
  not,
  POSITIVE,
  PROUD,
  PUZZLED,
  reads,
  SAD,
  SORRY,
  THANKFUL,
} from './words.js';

const NEGATION: readonly Line[] = [
  ["I'm not nervous about the exam any longer", not(AFRAID)],
  ["I don't feel guilty for saying no", not(SORRY)],
  ["I'm not even disappointed, to be honest", not(['disappointment', 'sadness'])],
  ["It's not that I'm angry, I just need some space", not(['anger'])],
  ['I cannot remember when I last felt happy', not(GLAD), NEGATIVE],
  ["There isn't anything to look forward to", not(GLAD), NEGATIVE],
  ["I've stopped being scared of the dark", not(AFRAID), NOT_NEGATIVE],
  ["I didn't enjoy a single minute of it", not(AMUSED), NEGATIVE],
  ["It wasn't as frightening as I had imagined", NOT_NEGATIVE],
  ["I'm hardly thrilled about the new shifts", not(GLAD), NOT_POSITIVE],
  ["I wouldn't say I'm proud of how I behaved", not(['pride', 'admiration']), NOT_POSITIVE],
  ['I could not be more grateful to you all', reads(THANKFUL), POSITIVE],
  ["I can't thank the midwife enough", hears(THANKFUL), POSITIVE],
  ['Nobody even asked how I was', NEGATIVE],
  ['No more crying over him', NOT_NEGATIVE],
];

const CONTRAST: readonly Line[] = [
  ['Worn out but so pleased with what we got done', hears(GLAD, PROUD, EASED), POSITIVE],
  ["I'm glad the tests are behind me, still trembling though", hearsEach(EASED, AFRAID)],
  ['Pleased for him, and a bit jealous if I am honest', hears(GLAD, EASED, ANGRY, SAD)],
  ['It was a funny film, only I feel rather low now', hears(SAD), NEGATIVE],
  ["Even though they cheered, I'm ashamed of how I played", hears(SORRY), NEGATIVE],
  ["Despite the pain I'm feeling hopeful", hears(HOPEFUL), NOT_NEGATIVE],
  ['The journey was endless, but what a welcome they gave us', hears(GLAD, PROUD, THANKFUL), POSITIVE],
  ["We lost the house, but we're all alive and I'm thankful", hears(THANKFUL, EASED), NOT_NEGATIVE],
  ['I got the job and yet I keep worrying that I will fail', hears(AFRAID), NOT_POSITIVE],
  ["I'm excited to move out, but I'll miss my mother terribly", hearsEach(GLAD, [...SAD, ...LOVING])],
  ["On one hand I'm relieved, on the other I feel guilty about it", hearsEach(EASED, SORRY)],
  ['First I was scared, then I started to laugh', hears(AMUSED), NOT_NEGATIVE],
  ['He brought flowers; it changes nothing, I am still hurt', hears(SAD, ANGRY), NEGATIVE],
  ['People think I am strong. Inside I am falling apart.', hears(SAD, AFRAID), NEGATIVE],
  ['I love being a mum, except tonight I just want to run away', hears(SAD, ANGRY, AFRAID, LOVING)],
  ["It's my birthday and I feel awful", hears(SAD), NEGATIVE],
  ["I'm grateful for the visit, and now I'm glad it's quiet again", hears(THANKFUL, EASED), POSITIVE],
  ['proud of my son but sad that he moves so far away', hearsEach(PROUD, SAD)],
];

const GRADED: readonly Line[] = [
  ["I'm utterly heartbroken tonight", more("I'm a wee bit down tonight", 'sadness', 'grief', 'intensity')],
  ["I'm sick with fear", more("I'm a little apprehensive", 'fear')],
  ['I am wildly happy', more("I'm happy enough", 'joy', 'excitement', 'intensity')],
  ['I feel enormously proud', more('I suppose I feel kind of proud', 'pride', 'intensity')],
  ['I am thoroughly ashamed of myself', more("I'm a bit ashamed, I guess", 'embarrassment', 'remorse', 'intensity')],
  ['It annoys me beyond words', more('It annoys me slightly', 'annoyance', 'anger', 'intensity')],
  ["I'm deeply, deeply grateful", more('Thanks, I guess', 'gratitude')],
];

const THIRD_PERSON: readonly Line[] = [
  [
    "I'm nervous about the audition",
    more('The boy on television is nervous about his audition', 'nervousness', 'fear'),
  ],
  ['I am so angry about the rent', more('Our landlord is angry about the rent', 'anger')],
  ["I'm sad about the match", more('The fans were sad about the match', 'sadness')],
  ['I am thrilled with the result', more('The minister is thrilled with the result', 'excitement', 'joy')],
  ["My son hasn't eaten for days and it breaks my heart", hears(SAD, AFRAID, ['caring']), NEGATIVE],
  ['My grandson was born last night, such a beautiful boy', hears(GLAD, PROUD, LOVING), POSITIVE],
  ['My best friend is grieving and I do not know how to help', hears(SAD, PUZZLED, ['caring']), NOT_POSITIVE],
  ['My sister got the scholarship, I am bursting with pride', hears(PROUD, GLAD), POSITIVE],
  ['My husband shouted at me all evening', hears(ANGRY, SAD, AFRAID), NEGATIVE],
  ['He is angry with everybody, I stayed calm', not(['anger'])],
  ['My mother forgets my name now', hears(SAD), NEGATIVE],
  ["She's terrified of spiders and I find it rather funny", hears(AMUSED), not(['fear'])],
  ['My colleague took the praise for my work', hears(ANGRY, SAD), NEGATIVE],
  ['The neighbours looked after our cat, so good of them', hears(THANKFUL, PROUD, GLAD), POSITIVE],
];

const IDIOM: readonly Line[] = [
  ["I'm in seventh heaven since he proposed", hears(GLAD), POSITIVE],
  ["I'm having a whale of a time here", hears(GLAD, AMUSED), POSITIVE],
  ['She jumped for joy and so did I', hears(GLAD), POSITIVE],
  ['I feel like a fish out of water at the new place', hears(SAD, AFRAID, PUZZLED), NOT_POSITIVE],
  ['My stomach is in knots about tomorrow', hears(AFRAID), NEGATIVE],
  ['It sent shivers down my spine, that voice in the corridor', hears(AFRAID, ['surprise', 'excitement'])],
  ['I broke out in a cold sweat when the phone rang', hears(AFRAID), NEGATIVE],
  ['I saw red when he said that', hears(ANGRY), NEGATIVE],
  ['I blew my top at the kids again', hears(ANGRY, SORRY), NEGATIVE],
  ['She drives me round the bend', hears(ANGRY), NEGATIVE],
  ["I've had it up to here with the paperwork", hears(ANGRY), NEGATIVE],
  ["I'm at the end of my tether", hears(SAD, ANGRY, AFRAID), NEGATIVE],
  ['It was a slap in the face', hears(SAD, ANGRY), NEGATIVE],
  ['I have been down in the mouth since Sunday', hears(SAD), NEGATIVE],
  ['I was in floods of tears at the station', hears(SAD), NEGATIVE],
  ['My heart goes out to the family', hears(SAD, LOVING)],
  ['I really put my foot in it with her parents', hears(SORRY, ANGRY, ['realization'])],
  ['I have been eating my heart out over that girl', hears(SAD, LOVING, HOPEFUL)],
  ['I was knocked sideways by the news', hears(['surprise', 'realization', 'confusion'], SAD)],
  ["I can't make head nor tail of his letter", hears(PUZZLED)],
  ["I'm keeping my fingers crossed for the results", hears(HOPEFUL, AFRAID)],
  ["I'm like a dog with two tails", hears(GLAD, PROUD), POSITIVE],
];

const FEELING: readonly Line[] = [
  ['It is our first Christmas without Dad', hears(SAD), NEGATIVE],
  ['I should never have sold the house, what was I thinking', hears(SORRY, SAD, ANGRY), NEGATIVE],
  ['I ran ten kilometres without stopping, me of all people', hears(PROUD, GLAD, ['surprise']), POSITIVE],
  ['The biopsy was fine, I could hug the whole ward', hears(EASED, GLAD), POSITIVE],
  ['Only now do I understand what my mother meant', hears(['realization', 'relief', 'remorse'], SAD)],
  ['My hands shake when I think of the interview', hears(AFRAID), NEGATIVE],
  ['I tripped on the stage in front of the whole school', hears(SORRY, AFRAID, SAD), NEGATIVE],
  ['They cancelled my holiday again, typical', hears(ANGRY, SAD), NEGATIVE],
  ['I learned the whole sonata by heart and played it tonight', hears(PROUD, GLAD, ['approval']), NOT_NEGATIVE],
  ["Something is moving in the attic and I'm alone", hears(AFRAID), NEGATIVE],
  ['Finally home and everything is quiet, lovely', hears(EASED, GLAD, LOVING, PROUD), POSITIVE],
];

const BODY: readonly Line[] = [
  ["I'm wiped out after the long drive", { bodyState: ['tired'] }],
  ['My shoulder is really sore tonight', { bodyState: ['in-pain'] }],
  ['I have been staring at the ceiling for hours, no sleep', { bodyState: ['sleepless'] }],
  ["I'm not tired at all", { noBodyState: ['tired'] }],
];

const SPOKEN: readonly Line[] = [
  ['im so scared about the scan tomorrow i cant think', hears(AFRAID), NEGATIVE],
  ['uh i just wanted to say um thank you for last night', hears(THANKFUL), POSITIVE],
  ['so yeah she died in may and it still hurts you know', hears(SAD), NEGATIVE],
  ['i passed i actually passed oh my god', hears(GLAD, EASED, ['surprise'])],
  ['he never said sorry not once and im so mad', hears(ANGRY), NEGATIVE],
  ['i feel kind of i dont know ashamed of myself', hears(SORRY), NEGATIVE],
];

const REQUEST: readonly Line[] = [
  ['Could you play some cello for ten minutes', CALM],
  ['Switch to the waterfall and lower it', CALM],
  ['Remind me at eight', CALM],
  ['The window is on the left', CALM],
];

/** Idioms, contrast, denial and other people elsewhere. */
const ELSEWHERE: Record<string, readonly Line[]> = {
  de: [
    ['Ich habe die Nase voll von dem Lärm', hears(ANGRY), NEGATIVE],
    ['Müde, aber stolz auf meinen Sohn', hears(PROUD, GLAD), POSITIVE],
    ['Ich habe keine Angst mehr vor dem Eingriff', not(AFRAID)],
  ],
  fr: [
    ["J'en ai ras le bol de leurs disputes", hears(ANGRY), NEGATIVE],
    ["La soirée était belle mais j'ai envie de pleurer", hears(SAD), NEGATIVE],
    ["Je n'ai plus peur du noir", not(AFRAID)],
  ],
  es: [
    ['Estoy en las nubes de felicidad desde que nació', hears(GLAD), POSITIVE],
    ['Estoy hasta las narices del ruido', hears(ANGRY), NEGATIVE],
    ['Se me cayó el alma a los pies', hears(SAD), NEGATIVE],
    ['Estoy contento por ella, pero la voy a echar mucho de menos', hears(SAD, LOVING, GLAD)],
    ['Ya no tengo miedo', not(AFRAID)],
  ],
  it: [
    ['Ne ho le scatole piene di questi vicini', hears(ANGRY), NEGATIVE],
    ['Ho il cuore a pezzi', hears(SAD), NEGATIVE],
    ['Mi sono tolto un peso dallo stomaco', hears(EASED), NOT_NEGATIVE],
    ['Non ho più paura', not(AFRAID)],
  ],
  pt: [
    ['Estou nas nuvens desde ontem', hears(GLAD), POSITIVE],
    ['Estou de saco cheio do meu vizinho', hears(ANGRY), NEGATIVE],
    ['Estou com o coração na mão esperando o resultado', hears(AFRAID), NEGATIVE],
    ['Já não tenho medo', not(AFRAID)],
  ],
  ru: [['Праздник был чудесный, но мне одиноко', hears(SAD), NEGATIVE]],
  zh: [['聚会很热闹，可是我还是很难过', hears(SAD), NEGATIVE]],
  ja: [['試験は終わったけど、まだ不安です', hears(AFRAID), NOT_POSITIVE]],
  ko: [['아들이 자랑스럽지만 걱정도 돼요', hears(PROUD, AFRAID, LOVING)]],
  hi: [['मैं थकी हूँ पर बहुत खुश हूँ', hears(GLAD), POSITIVE]],
};

export const SECOND = [
  ...casesOf('negation', 'en', NEGATION),
  ...casesOf('contrast', 'en', CONTRAST),
  ...casesOf('graded', 'en', GRADED),
  ...casesOf('third-person', 'en', THIRD_PERSON),
  ...casesOf('idiom', 'en', IDIOM),
  ...casesOf('feeling', 'en', FEELING),
  ...casesOf('body', 'en', BODY),
  ...casesOf('robustness', 'en', SPOKEN),
  ...casesOf('request', 'en', REQUEST),
  ...Object.entries(ELSEWHERE).flatMap(([language, lines]) => casesOf('language', language, lines)),
];
