/** Polish: staying with somebody, who sees what, and music that begins by the clock. */
import type { CompanySentences } from '../../words.js';

export const company: CompanySentences = {
  withYouQuiet: ['Jestem z tobą, z cichym dźwiękiem.', 'Zostaję z tobą. Tylko cichy dźwięk.'],
  quietDeclined: [
    'Dobrze. {service} jest pod numerem {number}. Ja też tu jestem.',
    'W takim razie bez dźwięku. {service}: {number}. Ja też tu jestem.',
  ],
  whoSees: [
    '{names} może zobaczyć, czy wieczory się odbyły, a nigdy tego, co mówisz.',
    'Udostępniane: {names}. Tylko to, czy wieczory się odbyły, bez słów.',
  ],
  nobodySees: ['Nikt nie widzi twoich wieczorów.', 'Twoje wieczory nie są nikomu udostępniane.'],
  whoLooked: ['Ostatnio zaglądali: {looks}.', 'Ostatnie wglądy: {looks}.'],
  nobodyLooked: ['Nikt ostatnio nie zaglądał.', 'Ostatnio nie zaglądał nikt.'],
  lookSeen: ['{name}: wgląd w twoje noce, {when}', '{name}: wgląd, {when}'],
  lookChanged: ['{name}: zmiana dla ciebie, {when}', '{name}: zmiana planu lub zasady, {when}'],
  tellCrisisSure: [
    'Gdy usłyszę niebezpieczeństwo, {names} zobaczy, że prosisz o pomoc, ale bez słów. Powiedz tak albo nie.',
    '{names} zobaczy, że prosisz o pomoc, gdy usłyszę niebezpieczeństwo, bez słów. Powiedz tak albo nie.',
  ],
  tellCrisisOn: ['Będzie to więc widać. Możesz to cofnąć, kiedy chcesz.', 'Zgoda, i możesz ją cofnąć, kiedy chcesz.'],
  tellCrisisOff: ['Nikt się nie dowie.', 'To zostaje tutaj. Nikt się nie dowie.'],
  tonightSkipped: [
    'Dziś więc nie. Następnym razem zacznie się zgodnie z planem.',
    'Dzisiejsza noc jest pominięta. Potem wszystko zgodnie z planem.',
  ],
  noRoutine: [
    'Nie ma stałej pory do zmiany. Możesz powiedzieć: drzemka za dwadzieścia minut.',
    'Nie ustawiono tu stałej pory. Powiedz na przykład: drzemka za dwadzieścia minut.',
  ],
  snoozed: ['W takim razie o {minutes} później.', 'Zacznie się o {minutes} później.'],
  napSet: [
    'Za {minutes} muzyka będzie gotowa. Otwórz mnie wtedy, albo niech zrobi to stała pora.',
    'Twoja muzyka będzie gotowa za {minutes}. Otworzy mnie stała pora albo ty.',
  ],
  wakeSet: [
    'Muzyka na przebudzenie będzie gotowa o {time}. Otwórz mnie wtedy, albo niech zrobi to stała pora.',
    'O {time} będzie gotowa muzyka na przebudzenie. Może mnie wtedy otworzyć stała pora.',
  ],
  quietHoursThen: [
    'To wypada w godzinach ciszy, kiedy nic nie zaczyna się samo.',
    'To godziny ciszy. Nic wtedy nie zaczyna się samo.',
  ],
  routineHere: ['Twoja muzyka jest gotowa i się zaczyna.', 'Już pora. Twoja muzyka się zaczyna.'],
};
