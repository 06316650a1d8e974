/** Portuguese as spoken in Brazil: staying with somebody, who sees what, and music that begins by the clock. */
import type { CompanySentences } from '../../words.js';

export const company: CompanySentences = {
  withYouQuiet: ['Estou com você, com um som baixinho.', 'Fico com você. Só um som baixinho.'],
  quietDeclined: [
    'Tudo bem. {service} está lá, no {number}. Eu também estou aqui.',
    'Então sem som. Você pode ligar para {service}, {number}. Eu também estou aqui.',
  ],
  whoSees: [
    'Se as suas noites aconteceram fica visível para {names}, nunca o que você diz.',
    'Compartilhado com {names}: se as suas noites aconteceram, e nenhuma palavra.',
  ],
  nobodySees: ['Ninguém vê as suas noites.', 'As suas noites não são compartilhadas com ninguém.'],
  whoLooked: ['Olharam ultimamente: {looks}.', 'Últimos olhares: {looks}.'],
  nobodyLooked: ['Ninguém olhou ultimamente.', 'Ultimamente ninguém olhou.'],
  lookSeen: ['{name} olhou as suas noites, {when}', '{name} olhou, {when}'],
  lookChanged: ['{name} mudou algo para você, {when}', '{name} mudou um plano ou uma regra, {when}'],
  tellCrisisSure: [
    'Se eu ouvir perigo, ficaria visível para {names} que você pediu ajuda, sem palavras. Diga sim ou não.',
    'Mostrar a {names}, se eu ouvir perigo, que você pediu ajuda? Diga sim ou não.',
  ],
  tellCrisisOn: [
    'Então vão ver. Você pode voltar atrás quando quiser.',
    'Combinado. Você pode voltar atrás quando quiser.',
  ],
  tellCrisisOff: ['Ninguém vai saber.', 'Isso fica aqui. Ninguém vai saber.'],
  tonightSkipped: ['Hoje não, então. Depois, como planejado.', 'Pulamos esta noite. Depois fica tudo como planejado.'],
  noRoutine: [
    'Não há rotina para mudar. Você pode dizer: cochilo em vinte minutos.',
    'Aqui não há rotina. Diga por exemplo: cochilo em vinte minutos.',
  ],
  snoozed: ['{minutes} mais tarde, então.', 'Começa {minutes} mais tarde.'],
  napSet: [
    'Em {minutes} a sua música está pronta. Abra-me então, ou uma rotina abre.',
    'A sua música está pronta em {minutes}. Uma rotina pode me abrir, ou você.',
  ],
  wakeSet: [
    'A sua música para acordar está pronta às {time}. Abra-me então, ou uma rotina abre.',
    'Às {time} a música para acordar está pronta. Uma rotina pode me abrir.',
  ],
  quietHoursThen: [
    'Isso cai em horas de silêncio, quando nada começa sozinho.',
    'São horas de silêncio. Então nada começa sozinho.',
  ],
  routineHere: ['A sua música está pronta e começa.', 'Está na hora. A sua música começa.'],
};
