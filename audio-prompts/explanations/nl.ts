import type { ReasonTexts } from './en.js';

export const nl: ReasonTexts = {
  'no-feeling': 'Ik hoorde geen duidelijk gevoel, daarom begint de muziek in het midden.',
  pointed: 'Je hebt aangewezen waar je bent; daar begint de muziek.',
  'pointed-as': 'Je hebt aangewezen waar je bent; daar begint de muziek: {music}.',
  'begins-close': 'Ik hoorde {heard}, daarom begint de muziek daar dichtbij.',
  'begins-close-as': 'Ik hoorde {heard}, daarom begint de muziek daar dichtbij: {music}.',
  'calm-at-once': 'Ik hoorde {heard}. Zoals je vroeg is de muziek vanaf het begin rustig.',
  body: 'Ik hoorde ook {heard}, en de muziek houdt er rekening mee.',
  gentler: 'Ze blijft zachter dan het gevoel, om het niet op te stoken.',
  compromise: 'Ik hoorde {heard} tegelijk: de muziek neemt een weg ertussen.',
  stronger: 'Ik hoorde {heard} tegelijk: het sterkste leidt.',
  leads: 'Stap voor stap wordt het muziek {intention}.',
  'leads-as': 'Stap voor stap wordt het muziek {intention}: {music}.',
  'open-ended': 'Ze speelt tot je stop zegt.',
  nearer: 'Er is weinig tijd, daarom begint ze een stuk verder op de weg.',
  'nearest-match': 'Voor één deel ({stage}) is hier geen muziek die echt past; dit is wat er het dichtst bij komt.',
  'one-piece': 'Het is één lang stuk, voor deze avond gemaakt.',
  taste: 'Wat je eerder mooi vond of oversloeg heeft ze een beetje verschoven.',
  honest: 'Hoeveel dit helpt verschilt van mens tot mens; onderzoek is hoopvol en niet eensgezind.',
  reason: 'Bij {heard} past muziek die {music} is; {strength}.',
  mood: 'de stemming als geheel',
};
