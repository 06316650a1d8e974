/** The same sentence as it comes from a microphone or a hurried thumb: what is felt must not change with it. */
import type { Expectation } from '../expectation.js';
import { AFRAID, ANGRY, casesOf, EASED, GLAD, hears, type Line, LOVING, PROUD, SAD, SORRY, THANKFUL } from './words.js';

interface Said {
  text: string;
  /** Held beside "the same as the sentence", so that a sentence that is never understood does not pass by being constant. */
  expect: Expectation;
  /** With fillers, misheard, mistyped. */
  variants: readonly string[];
}

const SAID: readonly Said[] = [
  {
    text: "I'm so sad tonight, I can't stop crying.",
    expect: hears(SAD),
    variants: [
      "Um, I'm, like, so sad tonight, you know, I can't stop crying.",
      "I'm so said tonight I can't stop crying",
      "I'm sooooo sad tonight, I cant stop cryin",
    ],
  },
  {
    text: 'Thank you, this music really helps me.',
    expect: hears(THANKFUL),
    variants: ['Uh thank you, erm, this music, it really helps me.', 'Thank you this music really helps may'],
  },
  {
    text: "I'm frightened of tomorrow's operation.",
    expect: hears(AFRAID),
    variants: [
      "Well, I'm, I'm frightened of, uh, tomorrow's operation.",
      "I'm fright end of tomorrow's operation",
      "I'm frigthened of tomorows operation",
    ],
  },
  {
    text: "I'm furious with my brother, he lied to me again!",
    expect: hears(ANGRY),
    variants: [
      "I mean, I'm furious with my, um, with my brother, he lied to me again!",
      "I'm furious with my brother he light to me again",
    ],
  },
  {
    text: 'I love my wife so much.',
    expect: hears(LOVING),
    variants: ['Well, you know, I love my wife so, so much.', 'I love my wive so much', 'I luv my wife so much'],
  },
  {
    text: 'I feel so guilty about what I said to Mum.',
    expect: hears(SORRY, SAD),
    variants: [
      'I feel, er, I feel so guilty about what I, like, said to Mum.',
      'I feel so guilty about what I set to mum',
    ],
  },
  {
    text: "What a wonderful day, I'm so happy!",
    expect: hears(GLAD, PROUD),
    variants: ["Oh, um, what a wonderful day, I'm just so happy!", "What a wonder full day I'm so happy"],
  },
  {
    text: "I'm really worried about my exam on Monday.",
    expect: hears(AFRAID),
    variants: [
      "So, uh, I'm really, you know, worried about my exam on Monday.",
      "I'm really worried about my eggs am on Monday",
      'Im realy woried about my exam on monday',
    ],
  },
  {
    text: 'I miss my grandmother terribly.',
    expect: hears(SAD, LOVING),
    variants: ['I, um, I miss my grandmother, like, terribly.', 'I miss my grand mother terribly'],
  },
  {
    text: 'I was so embarrassed when everyone looked at me.',
    expect: hears(SORRY),
    variants: [
      'I was, like, so embarrassed when, you know, everyone looked at me.',
      'I was so embarrassed when every one look at me',
    ],
  },
  {
    text: "I'm relieved that it's finally over.",
    expect: hears(EASED),
    variants: ["I'm, I'm relieved that, well, it's finally over.", "I'm relived that it's finally over"],
  },
  {
    text: 'The noise next door is driving me crazy.',
    expect: hears(ANGRY),
    variants: ['The noise, um, next door is, like, driving me crazy.', 'The noise next store is driving me crazy'],
  },
];

/** As a recogniser without punctuation writes it. */
const bare = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\s]/gu, '')
    .trim();

const lines = SAID.flatMap(({ text, expect, variants }): Line[] =>
  [bare(text), text.toUpperCase(), ...variants].map((variant) => [variant, expect, { sameTopAs: text }]),
);

export const ROBUSTNESS = casesOf('robustness', 'en', lines);
