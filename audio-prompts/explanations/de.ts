import type { ReasonTexts } from './en.js';

export const de: ReasonTexts = {
  'no-feeling': 'Ich habe kein deutliches Gefühl gehört, darum beginnt die Musik in der Mitte.',
  pointed: 'Du hast gezeigt, wo du bist; dort beginnt die Musik.',
  'pointed-as': 'Du hast gezeigt, wo du bist; dort beginnt die Musik: {music}.',
  'begins-close': 'Ich habe {heard} gehört, darum beginnt die Musik nah daran.',
  'begins-close-as': 'Ich habe {heard} gehört, darum beginnt die Musik nah daran: {music}.',
  'calm-at-once': 'Ich habe {heard} gehört. Wie gewünscht ist die Musik von Anfang an ruhig.',
  body: 'Ich habe auch {heard} gehört und achte darauf.',
  gentler: 'Sie bleibt sanfter als das Gefühl, damit sie es nicht aufwühlt.',
  compromise: 'Ich habe {heard} zugleich gehört: Die Musik nimmt einen Weg dazwischen.',
  stronger: '{heard}: das stärkere Gefühl führt.',
  leads: 'Schritt für Schritt wird sie Musik {intention}.',
  'leads-as': 'Schritt für Schritt wird sie Musik {intention}: {music}.',
  'open-ended': 'Sie spielt, bis du Stopp sagst.',
  nearer: 'Es ist wenig Zeit, darum beginnt sie ein Stück weiter auf dem Weg.',
  'nearest-match': 'Für einen Teil ({stage}) gibt es hier keine Musik, die wirklich passt; dies ist die nächste.',
  'one-piece': 'Es ist ein einziges langes Stück, für diesen Abend komponiert.',
  taste: 'Was dir früher gefiel oder nicht, hat sie ein wenig verschoben.',
  honest: 'Wie sehr das hilft, ist von Mensch zu Mensch verschieden; die Forschung macht Hoffnung und ist uneins.',
  reason: '{heard}: dazu passt Musik, die {music} ist; {strength}.',
  mood: 'die Stimmung als Ganzes',
};
