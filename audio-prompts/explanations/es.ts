import type { ReasonTexts } from './en.js';

export const es: ReasonTexts = {
  'no-feeling': 'No se distinguía una emoción clara, así que la música empieza en el medio.',
  pointed: 'Has señalado dónde estás, y ahí empieza la música.',
  'pointed-as': 'Has señalado dónde estás, y ahí empieza la música: {music}.',
  'begins-close': 'En tus palabras había {heard}, por eso la música empieza cerca de eso.',
  'begins-close-as': 'En tus palabras había {heard}, por eso la música empieza cerca de eso: {music}.',
  'calm-at-once': 'En tus palabras había {heard}. Como pediste, la música es tranquila desde el principio.',
  body: 'También había {heard} en tus palabras, y lo tengo en cuenta.',
  gentler: 'Se queda más suave que la emoción, para no avivarla.',
  compromise: 'Entre {heard}, toma un camino intermedio.',
  stronger: 'Había {heard} a la vez: guía lo más fuerte.',
  leads: 'Paso a paso se vuelve música {intention}.',
  'leads-as': 'Paso a paso se vuelve música {intention}: {music}.',
  'open-ended': 'Suena hasta que digas basta.',
  nearer: 'Hay poco tiempo, así que empieza un poco más adelante en el camino.',
  'nearest-match': 'Para una parte ({stage}) no hay aquí música realmente cercana; esta es la más próxima.',
  'one-piece': 'Es una sola pieza larga, compuesta para este momento.',
  taste: 'Lo que antes te gustó o saltaste la ha cambiado un poco.',
  honest: 'Cuánto ayuda varía de una persona a otra; la investigación es alentadora y no del todo unánime.',
  reason: '{heard}: a eso le va una música {music}; {strength}.',
  mood: 'el ánimo en conjunto',
};
