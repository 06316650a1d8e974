/** Italian: staying with somebody, who sees what, and music that begins by the clock. */
import type { CompanySentences } from '../../words.js';

export const company: CompanySentences = {
  withYouQuiet: ['Sono con te, con un suono lieve.', 'Resto con te. Solo un suono lieve.'],
  quietDeclined: [
    "Va bene. {service} c'è, {number}. Ci sono anch'io.",
    "Allora senza suono. Puoi contattare {service}, {number}. Ci sono anch'io.",
  ],
  whoSees: [
    'Se le tue serate ci sono state è visibile a {names}, mai quello che dici.',
    'Condiviso con {names}: se le tue serate ci sono state, e nessuna parola.',
  ],
  nobodySees: ['Nessuno vede le tue serate.', 'Le tue serate non sono condivise con nessuno.'],
  whoLooked: ['Hanno guardato di recente: {looks}.', 'Ultimi sguardi: {looks}.'],
  nobodyLooked: ['Nessuno ha guardato di recente.', 'Di recente non ha guardato nessuno.'],
  lookSeen: ['{name} ha guardato le tue notti, {when}', '{name} ha guardato, {when}'],
  lookChanged: ['{name} ha cambiato qualcosa per te, {when}', '{name} ha cambiato un piano o una regola, {when}'],
  tellCrisisSure: [
    "Se sento pericolo, sarebbe visibile a {names} che hai chiesto aiuto, senza parole. Di' sì o no.",
    "Mostrare a {names}, se sento pericolo, che hai chiesto aiuto? Di' sì o no.",
  ],
  tellCrisisOn: ['Allora si vedrà. Puoi cambiare idea quando vuoi.', "D'accordo. Puoi cambiare idea quando vuoi."],
  tellCrisisOff: ['Nessuno lo saprà.', 'Resta qui. Nessuno lo saprà.'],
  tonightSkipped: ['Stasera no, allora. Poi tutto come previsto.', 'Saltiamo stasera. Dopo resta tutto come previsto.'],
  noRoutine: [
    "Non c'è nessuna routine da cambiare. Puoi dire: pisolino tra venti minuti.",
    "Qui non c'è una routine. Di' per esempio: pisolino tra venti minuti.",
  ],
  snoozed: ['{minutes} più tardi, allora.', 'Comincia {minutes} più tardi.'],
  napSet: [
    'Tra {minutes} la tua musica è pronta. Aprimi allora, o lo fa una routine.',
    'La tua musica è pronta tra {minutes}. Una routine può aprirmi, o tu.',
  ],
  wakeSet: [
    'La musica per il risveglio è pronta alle {time}. Aprimi allora, o lo fa una routine.',
    'Alle {time} è pronta la musica per il risveglio. Una routine può aprirmi.',
  ],
  quietHoursThen: [
    'Cade nelle ore di quiete, quando niente comincia da solo.',
    'Sono ore di quiete. Allora niente comincia da solo.',
  ],
  routineHere: ['La tua musica è pronta e comincia.', 'È ora. La tua musica comincia.'],
};
