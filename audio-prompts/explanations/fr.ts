import type { ReasonTexts } from './en.js';

export const fr: ReasonTexts = {
  'no-feeling': "Je n'ai pas entendu d'émotion nette, alors la musique commence au milieu.",
  pointed: 'Tu as montré où tu en es ; la musique commence là.',
  'pointed-as': 'Tu as montré où tu en es ; la musique commence là : {music}.',
  'begins-close': "J'ai entendu {heard}, alors la musique commence tout près.",
  'begins-close-as': "J'ai entendu {heard}, alors la musique commence tout près : {music}.",
  'calm-at-once': "J'ai entendu {heard}. Comme tu l'as demandé, la musique est calme dès le début.",
  body: "J'ai aussi entendu {heard}, et j'en tiens compte.",
  gentler: "Elle reste plus douce que l'émotion, pour ne pas l'attiser.",
  compromise: "J'ai entendu {heard} à la fois : la musique prend une voie médiane.",
  stronger: "J'ai entendu {heard} à la fois : le plus fort guide la musique.",
  leads: 'Pas à pas, elle devient une musique {intention}.',
  'leads-as': 'Pas à pas, elle devient une musique {intention} : {music}.',
  'open-ended': "Elle joue jusqu'à ce que tu dises stop.",
  nearer: 'Le temps est court, alors elle commence un peu plus loin sur le chemin.',
  'nearest-match': "Pour une partie ({stage}), il n'y a pas ici de musique vraiment proche ; voici la moins éloignée.",
  'one-piece': 'C’est une seule longue pièce, composée pour ce moment.',
  taste: 'Ce que tu as aimé ou passé auparavant la modifie un peu.',
  honest: "L'aide varie d'une personne à l'autre ; la recherche est encourageante et partagée.",
  reason: 'Quand il y a {heard}, une musique {music} va bien ; {strength}.',
  mood: 'une telle humeur',
};
