/** Spanish: staying with somebody, who sees what, and music that begins by the clock. */
import type { CompanySentences } from '../../words.js';

export const company: CompanySentences = {
  withYouQuiet: ['Estoy contigo, con un sonido suave.', 'Me quedo contigo. Solo un sonido suave.'],
  quietDeclined: [
    'De acuerdo. {service} está ahí, en el {number}. Yo también estoy aquí.',
    'Entonces sin sonido. Puedes llamar a {service}, {number}. Yo también estoy aquí.',
  ],
  whoSees: [
    'Si tus noches tuvieron lugar es visible para {names}, nunca lo que dices.',
    'Compartido con {names}: si tus noches tuvieron lugar, y ninguna palabra.',
  ],
  nobodySees: ['Nadie ve tus noches.', 'Tus noches no se comparten con nadie.'],
  whoLooked: ['Han mirado últimamente: {looks}.', 'Últimas miradas: {looks}.'],
  nobodyLooked: ['Nadie ha mirado últimamente.', 'Últimamente no ha mirado nadie.'],
  lookSeen: ['{name} miró tus noches, {when}', '{name} miró, {when}'],
  lookChanged: ['{name} cambió algo para ti, {when}', '{name} cambió un plan o una regla, {when}'],
  tellCrisisSure: [
    'Si oigo peligro, sería visible para {names} que pediste ayuda, sin palabras. Di sí o no.',
    '¿Mostrar a {names}, si oigo peligro, que pediste ayuda? Di sí o no.',
  ],
  tellCrisisOn: ['Entonces se verá. Puedes cambiarlo cuando quieras.', 'De acuerdo. Puedes cambiarlo cuando quieras.'],
  tellCrisisOff: ['Nadie lo sabrá.', 'Eso se queda aquí. Nadie lo sabrá.'],
  tonightSkipped: [
    'Esta noche no, entonces. Después, como estaba previsto.',
    'Saltamos esta noche. Después todo sigue igual.',
  ],
  noRoutine: [
    'No hay ninguna rutina que cambiar. Puedes decir: siesta en veinte minutos.',
    'Aquí no hay rutina. Di por ejemplo: siesta en veinte minutos.',
  ],
  snoozed: ['{minutes} más tarde, entonces.', 'Empieza {minutes} más tarde.'],
  napSet: [
    'En {minutes} tu música estará lista. Ábreme entonces, o que lo haga una rutina.',
    'Tu música estará lista en {minutes}. Una rutina puede abrirme, o tú.',
  ],
  wakeSet: [
    'Tu música para despertar estará lista a las {time}. Ábreme entonces, o que lo haga una rutina.',
    'A las {time} estará lista la música para despertar. Una rutina puede abrirme.',
  ],
  quietHoursThen: [
    'Eso cae en horas tranquilas, cuando nada empieza por sí solo.',
    'Son horas tranquilas. Entonces nada empieza por sí solo.',
  ],
  routineHere: ['Tu música está lista y empieza.', 'Es la hora. Tu música empieza.'],
};
