import type { ReasonTexts } from './en.js';

export const it: ReasonTexts = {
  'no-feeling': "Non ho sentito un'emozione chiara, perciò la musica comincia nel mezzo.",
  pointed: 'Hai indicato dove sei, e la musica comincia da lì.',
  'pointed-as': 'Hai indicato dove sei, e la musica comincia da lì: {music}.',
  'begins-close': 'Ho sentito {heard}, perciò la musica comincia lì vicino.',
  'begins-close-as': 'Ho sentito {heard}, perciò la musica comincia lì vicino: {music}.',
  'calm-at-once': "Ho sentito {heard}. Come hai chiesto, la musica è calma dall'inizio.",
  body: 'Ho sentito anche {heard}, e ne tengo conto.',
  gentler: "Resta più dolce dell'emozione, per non agitarla.",
  compromise: 'Ho sentito {heard} insieme: la musica prende una via di mezzo.',
  stronger: 'Ho sentito {heard} insieme: guida ciò che è più forte.',
  leads: 'Passo dopo passo diventa musica {intention}.',
  'leads-as': 'Passo dopo passo diventa musica {intention}: {music}.',
  'open-ended': 'Suona finché dici basta.',
  nearer: "C'è poco tempo, perciò comincia un po' più avanti sul cammino.",
  'nearest-match': 'Per una parte ({stage}) qui manca una musica davvero vicina; questa è la più prossima.',
  'one-piece': 'È un unico lungo brano, composto per questo momento.',
  taste: "Quello che prima ti è piaciuto o hai saltato l'ha spostata un po'.",
  honest: 'Quanto aiuti varia da persona a persona; la ricerca è incoraggiante e non concorde.',
  reason: '{heard}: a questo si addice una musica {music}; {strength}.',
  mood: "l'umore nel suo insieme",
};
