/** French: staying with somebody, who sees what, and music that begins by the clock. */
import type { CompanySentences } from '../../words.js';

export const company: CompanySentences = {
  withYouQuiet: ['Je suis avec toi, avec un son très doux.', 'Je reste avec toi. Seulement un son très doux.'],
  quietDeclined: [
    "D'accord. {service} est là, au {number}. Je suis là aussi.",
    'Alors sans son. Tu peux joindre {service} au {number}. Je suis là aussi.',
  ],
  whoSees: [
    "Si tes soirées ont eu lieu, c'est visible pour {names}. Jamais tes mots.",
    'Partagé avec {names} : si tes soirées ont eu lieu, et aucun mot.',
  ],
  nobodySees: ['Personne ne voit tes soirées.', 'Tes soirées ne sont partagées avec personne.'],
  whoLooked: ['Ont regardé dernièrement : {looks}.', 'Derniers regards : {looks}.'],
  nobodyLooked: ["Personne n'a regardé dernièrement.", "Dernièrement, personne n'a regardé."],
  lookSeen: ['{name} a regardé tes nuits, {when}', '{name} a regardé, {when}'],
  lookChanged: ['{name} a changé quelque chose pour toi, {when}', '{name} a changé un plan ou une règle, {when}'],
  tellCrisisSure: [
    "En cas de danger, il serait visible pour {names} que tu as demandé de l'aide. Dis oui ou non.",
    "Montrer à {names}, en cas de danger, que tu as demandé de l'aide, sans tes mots ? Dis oui ou non.",
  ],
  tellCrisisOn: [
    'Alors on le verra. Tu peux revenir dessus quand tu veux.',
    "D'accord. Tu peux revenir là-dessus quand tu veux.",
  ],
  tellCrisisOff: ['Personne ne le saura.', 'Cela reste ici. Personne ne le saura.'],
  tonightSkipped: ['Pas ce soir, alors. Ensuite, comme prévu.', 'On saute ce soir. Après, tout reste comme prévu.'],
  noRoutine: [
    "Il n'y a pas de routine à changer. Tu peux dire : sieste dans vingt minutes.",
    'Aucune routine ici. Dis par exemple : sieste dans vingt minutes.',
  ],
  snoozed: ['{minutes} plus tard, alors.', 'Cela commence {minutes} plus tard.'],
  napSet: [
    'Dans {minutes}, ta musique sera prête. Ouvre-moi alors, ou une routine le fera.',
    "Ta musique sera prête dans {minutes}. Une routine peut m'ouvrir, ou toi.",
  ],
  wakeSet: [
    'Ta musique de réveil sera prête à {time}. Ouvre-moi alors, ou une routine le fera.',
    "À {time}, la musique de réveil sera prête. Une routine peut m'ouvrir.",
  ],
  quietHoursThen: [
    "C'est pendant les heures calmes, où rien ne commence tout seul.",
    'Ce sont des heures calmes. Rien ne commence alors tout seul.',
  ],
  routineHere: ['Ta musique est prête et commence.', "C'est l'heure. Ta musique commence."],
};
