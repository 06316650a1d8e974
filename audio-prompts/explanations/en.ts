/**
 * The sentences of “why this music?” in English: {heard} is a list of feelings or of states of the body, {music} a list of
 * words for music.
 */
export const en = {
  'no-feeling': 'I heard no clear feeling, so the music begins in the middle.',
  pointed: 'You pointed to where you are, so the music begins there.',
  'pointed-as': 'You pointed to where you are, so the music begins there: {music}.',
  'begins-close': 'I heard {heard}, so the music begins close to that.',
  'begins-close-as': 'I heard {heard}, so the music begins close to that: {music}.',
  'calm-at-once': 'I heard {heard}. As you asked, the music is calm from the start.',
  body: 'Your words also spoke of {heard}, and the music allows for it.',
  gentler: 'It stays gentler than the feeling, so as not to stir it up.',
  compromise: 'Between {heard} it takes a middle way.',
  stronger: 'Of {heard} the stronger leads.',
  leads: 'Step by step it becomes music for {intention}.',
  'leads-as': 'Step by step it becomes music for {intention}: {music}.',
  'open-ended': 'It plays until you say stop.',
  nearer: 'There is little time, so it begins part of the way along.',
  'nearest-match': 'The music here has nothing that fits one part really well ({stage}); this is the nearest.',
  'one-piece': 'It is one long piece, composed for this session.',
  taste: 'What you liked and skipped before has moved it a little.',
  honest: 'How much this helps differs from person to person; research is promising and mixed.',
  reason: 'With {heard} goes music that is {music}; {strength}.',
  mood: 'the mood as a whole',
};

export type ReasonTexts = Record<keyof typeof en, string>;
