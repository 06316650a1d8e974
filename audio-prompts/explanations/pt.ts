import type { ReasonTexts } from './en.js';

export const pt: ReasonTexts = {
  'no-feeling': 'Não ouvi um sentimento claro, então a música começa no meio.',
  pointed: 'Você mostrou onde está, e a música começa aí.',
  'pointed-as': 'Você mostrou onde está, e a música começa aí: {music}.',
  'begins-close': 'Ouvi {heard}, por isso a música começa perto disso.',
  'begins-close-as': 'Ouvi {heard}, por isso a música começa perto disso: {music}.',
  'calm-at-once': 'Ouvi {heard}. Como você pediu, a música é calma desde o começo.',
  body: 'Também ouvi {heard}, e cuido disso.',
  gentler: 'Ela fica mais suave que o sentimento, para não o agitar.',
  compromise: 'Entre {heard}, ela segue um caminho do meio.',
  stronger: 'Ouvi {heard} ao mesmo tempo: guia o mais forte.',
  leads: 'Passo a passo ela vira música {intention}.',
  'leads-as': 'Passo a passo ela vira música {intention}: {music}.',
  'open-ended': 'Ela toca até você dizer parar.',
  nearer: 'O tempo é curto, então ela começa um pouco adiante no caminho.',
  'nearest-match': 'Para uma parte ({stage}) não há aqui música realmente próxima; esta é a mais próxima.',
  'one-piece': 'É uma única peça longa, composta para este momento.',
  taste: 'O que você curtiu ou pulou antes mudou um pouco a música.',
  honest: 'O quanto isso ajuda varia de pessoa para pessoa; a pesquisa é animadora e não unânime.',
  reason: '{heard}: combina com música {music}; {strength}.',
  mood: 'o ânimo como um todo',
};
