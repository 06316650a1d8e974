/** Forty things that people say to a speaker beside the bed, with a reading as a good classifier gives it. */
import type { BodyState, EmotionLabel } from '../../vocabulary.js';
import type { PlanWish } from '../planner.js';

export interface Situation extends Omit<PlanWish, 'reading' | 'seed'> {
  said: string;
  felt: Partial<Record<EmotionLabel, number>>;
  body?: BodyState[];
}

export const SITUATIONS: readonly Situation[] = [
  { said: 'I am so anxious about tomorrow', nowHour: 23, felt: { nervousness: 0.8, fear: 0.45 } },
  { said: 'My heart is racing and I am scared', nowHour: 2, felt: { fear: 0.9, nervousness: 0.4 } },
  { said: 'I cannot sleep', nowHour: 1, felt: { neutral: 0.5, annoyance: 0.2 }, body: ['sleepless'] },
  { said: 'I keep going over the exam, I cannot sleep', nowHour: 0, felt: { nervousness: 0.7 }, body: ['sleepless'] },
  { said: 'I miss my dad so much', nowHour: 22, felt: { grief: 0.8, sadness: 0.6, love: 0.25 } },
  { said: 'We buried her today', nowHour: 16, felt: { grief: 0.9, sadness: 0.7 } },
  { said: 'I feel so sad', nowHour: 21, felt: { sadness: 0.9 } },
  { said: 'I am lonely in this flat', nowHour: 20, felt: { sadness: 0.75, neutral: 0.15 } },
  { said: 'I am furious with my boss', nowHour: 18, felt: { anger: 0.9, annoyance: 0.5 } },
  { said: 'The neighbours are loud again', nowHour: 23, felt: { annoyance: 0.85, anger: 0.3 } },
  { said: 'I am so happy, she said yes', nowHour: 22, felt: { joy: 0.9, love: 0.5, excitement: 0.5 } },
  {
    said: 'Too excited to sleep, we fly tomorrow',
    nowHour: 23,
    felt: { excitement: 0.9, joy: 0.4 },
    body: ['sleepless'],
  },
  { said: 'It was a good day and I am thankful', nowHour: 22, felt: { gratitude: 0.9, joy: 0.4 } },
  { said: 'I am proud of her and it makes me cry', nowHour: 21, felt: { pride: 0.7, sadness: 0.45, love: 0.4 } },
  { said: 'I am happy for him but so sad that he goes', nowHour: 19, felt: { joy: 0.7, sadness: 0.68 } },
  { said: 'I am ashamed of what I said at dinner', nowHour: 23, felt: { embarrassment: 0.75, remorse: 0.6 } },
  { said: 'I should have been there for her', nowHour: 1, felt: { remorse: 0.85, sadness: 0.5 } },
  { said: 'I am worn out', nowHour: 21, felt: { sadness: 0.25, neutral: 0.4 }, body: ['tired'] },
  { said: 'My back hurts so much', nowHour: 3, felt: { sadness: 0.35, annoyance: 0.3 }, body: ['in-pain'] },
  { said: 'My legs will not lie still', nowHour: 0, felt: { annoyance: 0.5, nervousness: 0.3 }, body: ['restless'] },
  { said: 'I am wired from the late shift', nowHour: 4, felt: { neutral: 0.4, annoyance: 0.25 }, body: ['wired'] },
  { said: 'Good morning', nowHour: 7, felt: { neutral: 0.7, optimism: 0.3 } },
  {
    said: 'I am still tired and must get up',
    nowHour: 6,
    felt: { neutral: 0.4, disappointment: 0.3 },
    body: ['tired'],
  },
  { said: 'I woke up in a panic', nowHour: 6, felt: { fear: 0.85, nervousness: 0.4 } },
  {
    said: 'I need to study and cannot settle',
    nowHour: 15,
    intention: 'focus',
    felt: { nervousness: 0.4, annoyance: 0.3 },
  },
  { said: 'Cheer me up, I am low', nowHour: 17, intention: 'lift-up', felt: { sadness: 0.7, disappointment: 0.4 } },
  { said: 'I just want to cry it out', nowHour: 22, intention: 'let-it-out', felt: { sadness: 0.85 } },
  { said: 'They did not take me for the job', nowHour: 19, felt: { disappointment: 0.85, sadness: 0.5 } },
  { said: 'What a relief, it is not cancer', nowHour: 20, felt: { relief: 0.9, joy: 0.35, gratitude: 0.3 } },
  { said: 'I do not know what to think any more', nowHour: 22, felt: { confusion: 0.8, sadness: 0.2 } },
  { said: 'That was disgusting', nowHour: 21, felt: { disgust: 0.85, annoyance: 0.3 } },
  { said: 'I love lying here beside her', nowHour: 23, felt: { love: 0.9, caring: 0.3 } },
  { said: 'My daughter is so worried about school', nowHour: 22, felt: { caring: 0.65, nervousness: 0.45 } },
  { said: 'I long to be by the sea again', nowHour: 22, felt: { desire: 0.8, sadness: 0.2 } },
  { said: 'We laughed so hard tonight', nowHour: 23, felt: { amusement: 0.9, joy: 0.5 } },
  { said: 'I was taken by surprise today', nowHour: 20, felt: { surprise: 0.85 } },
  { said: 'Just play something', nowHour: 14, felt: { neutral: 0.9 } },
  {
    said: 'Straight to calm please, I am panicking',
    nowHour: 2,
    approach: 'straight',
    felt: { fear: 0.9, nervousness: 0.5 },
  },
  { said: 'Ten minutes to calm down before bed', nowHour: 21, minutes: 10, felt: { nervousness: 0.5, annoyance: 0.4 } },
  { said: 'Play until I fall asleep, I am so sad', nowHour: 23, form: 'open', felt: { sadness: 0.8 } },
];
