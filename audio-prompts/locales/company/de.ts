/** German: staying with somebody, who sees what, and music that begins by the clock. */
import type { CompanySentences } from '../../words.js';

export const company: CompanySentences = {
  withYouQuiet: ['Ich bin bei dir, mit leisem Klang.', 'Ich bleibe bei dir. Nur leiser Klang.'],
  quietDeclined: [
    'Gut. {service} ist da, {number}. Ich bin auch hier.',
    'Dann ohne Klang. Du erreichst {service} unter {number}. Ich bin auch hier.',
  ],
  whoSees: [
    'Ob deine Abende stattfanden, sehen: {names}. Worte sieht niemand.',
    'Geteilt mit {names}: ob deine Abende stattfanden, und keine Worte.',
  ],
  nobodySees: ['Niemand sieht deine Abende.', 'Deine Abende werden mit niemandem geteilt.'],
  whoLooked: ['In letzter Zeit haben nachgesehen: {looks}.', 'Zuletzt nachgesehen: {looks}.'],
  nobodyLooked: ['In letzter Zeit hat niemand nachgesehen.', 'Zuletzt hat niemand nachgesehen.'],
  lookSeen: ['{name} hat nachgesehen, {when}', '{name} hat deine Nächte angesehen, {when}'],
  lookChanged: ['{name} hat etwas für dich geändert, {when}', '{name} hat einen Plan oder eine Regel geändert, {when}'],
  tellCrisisSure: [
    'Höre ich Gefahr, wird für {names} sichtbar, dass du Hilfe wolltest, keine Worte. Sag ja oder nein.',
    'Bei Gefahr sichtbar für {names}: dass du Hilfe wolltest, keine Worte. Sag ja oder nein.',
  ],
  tellCrisisOn: [
    'Dann wird man es sehen. Du kannst das jederzeit zurücknehmen.',
    'Gut. Das kannst du jederzeit zurücknehmen.',
  ],
  tellCrisisOff: ['Niemand erfährt davon.', 'Das bleibt hier. Niemand erfährt davon.'],
  tonightSkipped: [
    'Heute also nicht. Danach geht es weiter wie geplant.',
    'Der heutige Abend fällt aus. Danach bleibt alles wie geplant.',
  ],
  noRoutine: [
    'Es gibt keine Routine zu ändern. Du kannst sagen: Nickerchen in zwanzig Minuten.',
    'Hier ist keine Routine. Sag zum Beispiel: Nickerchen in zwanzig Minuten.',
  ],
  snoozed: ['Also {minutes} später.', 'Es beginnt {minutes} später.'],
  napSet: [
    'In {minutes} ist deine Musik bereit. Öffne mich dann, oder eine Routine tut es.',
    'Deine Musik ist in {minutes} bereit. Eine Routine kann mich dann öffnen, oder du.',
  ],
  wakeSet: [
    'Deine Musik zum Aufwachen ist um {time} bereit. Öffne mich dann, oder eine Routine tut es.',
    'Um {time} ist die Musik zum Aufwachen bereit. Eine Routine kann mich dann öffnen.',
  ],
  quietHoursThen: [
    'Das liegt in der Ruhezeit, in der nichts von selbst beginnt.',
    'Dann ist Ruhezeit. Da beginnt nichts von selbst.',
  ],
  routineHere: ['Deine Musik ist bereit und beginnt.', 'Es ist so weit. Deine Musik beginnt.'],
};
