import type { ReasonTexts } from './en.js';

export const pl: ReasonTexts = {
  'no-feeling': 'Nie było słychać wyraźnego uczucia, więc muzyka zaczyna się pośrodku.',
  pointed: 'Wskazujesz, gdzie jesteś; tam zaczyna się muzyka.',
  'pointed-as': 'Wskazujesz, gdzie jesteś; tam zaczyna się muzyka: {music}.',
  'begins-close': 'Było słychać w twoich słowach: {heard}. Dlatego muzyka zaczyna się blisko tego.',
  'begins-close-as': 'Było słychać w twoich słowach: {heard}. Dlatego muzyka zaczyna się blisko tego: {music}.',
  'calm-at-once': 'Było słychać w twoich słowach: {heard}. Jak sobie życzysz, muzyka od początku jest spokojna.',
  body: 'Było też słychać: {heard}. Muzyka to uwzględnia.',
  gentler: 'Pozostaje łagodniejsza niż uczucie, aby go nie rozniecać.',
  compromise: 'Było słychać naraz: {heard}. Muzyka idzie drogą pośrodku.',
  stronger: 'Było słychać naraz: {heard}. Prowadzi to, co silniejsze.',
  leads: 'Krok po kroku staje się to muzyka {intention}.',
  'leads-as': 'Krok po kroku staje się to muzyka {intention}: {music}.',
  'open-ended': 'Gra, dopóki nie powiesz stop.',
  nearer: 'Czasu jest mało, więc zaczyna się nieco dalej na tej drodze.',
  'nearest-match': 'Dla jednej części ({stage}) nie ma tu muzyki, która naprawdę pasuje; ta jest najbliższa.',
  'one-piece': 'To jeden długi utwór, ułożony na ten wieczór.',
  taste: 'Trochę przesunęło ją to, co dawniej ci się podobało lub było pomijane.',
  honest: 'Na ile to pomaga, zależy od człowieka; badania dają nadzieję i nie są zgodne.',
  reason: '{heard}: pasuje do tego muzyka, która jest {music}; {strength}.',
  mood: 'nastrój jako całość',
};
