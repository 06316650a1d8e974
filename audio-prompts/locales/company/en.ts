/** English: staying with somebody, who sees what, and music that begins by the clock. */
import type { CompanySentences } from '../../words.js';

export const company: CompanySentences = {
  withYouQuiet: ["I'm with you, with quiet sound.", 'I stay with you. Only quiet sound.'],
  quietDeclined: [
    'All right. {service} is there, at {number}. I am here too.',
    'Then without sound. You can reach {service} at {number}. I am here too.',
  ],
  whoSees: [
    '{names} can see whether your evenings ran, and never what you say.',
    'Shared with {names}: whether your evenings ran, and no words.',
  ],
  nobodySees: ['Nobody sees your evenings.', 'Your evenings are shared with nobody.'],
  whoLooked: ['These have looked lately: {looks}.', 'Lately looked in: {looks}.'],
  nobodyLooked: ['Nobody has looked lately.', 'Lately nobody looked in.'],
  lookSeen: ['{name} looked at your nights, {when}', '{name} looked in, {when}'],
  lookChanged: ['{name} changed something for you, {when}', '{name} changed a plan or a rule, {when}'],
  tellCrisisSure: [
    'If I hear danger, {names} would see that you asked for help, but no words. Say yes or no.',
    '{names} would see that you asked for help when I hear danger, no words. Say yes or no.',
  ],
  tellCrisisOn: [
    'They will see it then. You can take that back whenever you like.',
    'Agreed, and you can take it back whenever you like.',
  ],
  tellCrisisOff: ['Nobody is told.', 'That stays here. Nobody is told.'],
  tonightSkipped: [
    'Not tonight, then. Next time it begins as planned.',
    'Tonight is skipped. After that all is as planned.',
  ],
  noRoutine: [
    'There is no routine to change. You can say: nap in twenty minutes.',
    'No routine is set here. Say, for one: nap in twenty minutes.',
  ],
  snoozed: ['{minutes} later, then.', 'It begins {minutes} later.'],
  napSet: [
    'In {minutes} your music is ready. Open me then, or let a routine do it.',
    'Your music is ready in {minutes}. A routine can open me then, or you.',
  ],
  wakeSet: [
    'Your waking music is ready at {time}. Open me then, or let a routine do it.',
    'At {time} the music to wake with is ready. A routine can open me then.',
  ],
  quietHoursThen: [
    'That falls in quiet hours, when nothing begins by itself.',
    'Those are quiet hours. Nothing begins by itself then.',
  ],
  routineHere: ['Your music is ready, and begins.', 'It is time. Your music begins.'],
};
