/**
 * Spanish: "tú", chosen to be at home on both sides of the ocean; the Americas say "bocina" for the speaker
 * and the simple past for what has just been. What the
 * music is like agrees with "la música".
 */

import { ANY_HELP_LINE, type LocaleText, type Sentences } from '../words.js';
import { company } from './company/es.js';

const CRISIS = (speaker: string): readonly string[] => [
  `Siento mucho que estés pasando por esto. Solo soy ${speaker} y no puedo llamar a nadie. Por favor, habla ahora con una persona: {service}, {number}. Si estás en peligro, llama al {emergency}. Puedo quedarme, con un sonido suave.`,
];

const AMERICAS: Partial<Sentences> = {
  crisis: CRISIS('una bocina'),
  didNotCatch: [
    'No te entendí bien. Di: me siento, y luego tus propias palabras.',
    'No me llegó. Empieza con: me siento, y sigue a tu manera.',
    'Otra vez, sin prisa. Di: me siento, con unas palabras basta.',
  ],
  stopped: ['La música se detuvo. Que descanses.', 'Ya quedó en silencio. Que descanses.', 'Ahora guardo silencio.'],
  why: [
    'Escuché {heard}. Por eso la música empieza {first} y termina {last}; {strength}.',
    'En tus palabras había {heard}. Por eso empieza {first} y termina {last}; {strength}.',
  ],
  whyNoFeeling: [
    'No hubo una emoción clara, así que termina {last}; {strength}.',
    'Ninguna emoción destacaba, por eso termina {last}; {strength}.',
  ],
  forgotten: ['Olvidé todo sobre ti.', 'Todo está borrado.'],
  notForgotten: ['No se borró nada.', 'Todo queda como estaba.'],
  somethingWrong: [
    'Algo falló de mi lado. Dilo otra vez, por favor.',
    'Fue cosa mía, no tuya. Dilo de nuevo, por favor.',
  ],
  nothingToFollow: ['No suena nada en otra bocina.', 'No hay música en otro lugar que traer aquí.'],
  unpaired: ['Ya no hay nadie más en contacto con esta bocina.', 'Listo. El enlace ya no existe.'],
  notPaired: ['No hay nadie más en contacto con esta bocina.', 'No hay ningún enlace que quitar.'],
};

export const es: LocaleText = {
  sentences: {
    ...company,
    welcomeFirst: [
      'Hola. Pongo música para descansar. No soy ayuda médica ni un tratamiento. ¿Cómo te sientes? Di: me siento, y luego tus propias palabras.',
      'Hola. Esto es música para descansar, no ayuda médica ni tratamiento. ¿Cómo te sientes? Di: me siento, y luego tus propias palabras.',
    ],
    notMedical: [
      'Es música para descansar, no ayuda médica.',
      'Música para descansar. No es ayuda médica ni un tratamiento.',
    ],
    screenTitle: ['Hacia el descanso', 'Despacio, al descanso'],
    welcome: ['Aquí estoy. ¿Cómo te sientes?', 'Hola de nuevo. ¿Cómo estás ahora?', 'Hola. ¿Cómo te sientes?'],
    howDoYouFeel: [
      '¿Cómo te sientes? Di: me siento, y luego tus propias palabras.',
      'Cuéntame cómo estás. Di: me siento, y luego lo que te salga.',
      'Te escucho. Empieza con: me siento, y sigue a tu manera.',
    ],
    didNotCatch: [
      'No te he entendido bien. Di: me siento, y luego tus propias palabras.',
      'No me llegó. Empieza con: me siento, y sigue a tu manera.',
      'Otra vez, sin prisa. Di: me siento, con unas palabras basta.',
    ],
    nothingToRead: [
      'Ahí no había nada que leer. Con unas palabras basta.',
      'No encontré palabras. Bastan unas pocas, como: no puedo dormir.',
    ],
    withYou: [
      'Estoy contigo. Empezamos cerca de lo que sientes.',
      'Aquí estoy. La música empieza donde estás tú.',
      'Partimos de lo que sientes y seguimos despacio.',
    ],
    withYouStraight: [
      'Estoy contigo. Empezamos con calma.',
      'Aquí estoy. Calma desde la primera nota.',
      'Todo suave desde el principio, entonces.',
    ],
    withYouSleep: [
      'Estoy contigo. Vamos despacio hacia el sueño.',
      'Puedes cerrar los ojos. La música irá cada vez más lenta.',
      'Ya no hay nada que hacer. La música se irá apagando poco a poco.',
    ],
    withYouInStudy: ['Estoy contigo. Empieza la música.', 'Aquí estoy. Escucha cuanto quieras.'],
    oneMoment: ['Un momento.', 'Un momento, busco la música.'],
    concern: [
      'Eso suena duro. Para hablar con alguien: {service}, {number}.',
      'Es mucho peso. Hay quien escucha: {service}, {number}.',
    ],
    crisis: CRISIS('un altavoz'),
    speechNotReady: [
      'La voz aún no está lista. Escribe cómo te sientes.',
      'Todavía no puedo escuchar. Escribe cómo te sientes.',
    ],
    stopped: ['La música ha parado. Que descanses.', 'Ya está en silencio. Que descanses.', 'Ahora guardo silencio.'],
    paused: ['En pausa.', 'Música en pausa. Di: continúa, para seguir.'],
    staying: ['Nos quedamos aquí un rato.', 'La dejo así.'],
    deeper: ['Un paso más hondo.', 'Un poco más de calma, entonces.'],
    straightToCalm: ['Directo a la calma, entonces.', 'Pasamos a la parte tranquila.'],
    startingOver: ['Desde el principio.', 'Empezamos otra vez.'],
    extended: ['{minutes} más.', 'Seguimos {minutes} más.'],
    stopsIn: ['La música termina en {minutes}.', 'Quedan {minutes} y después, silencio.'],
    lengthSet: ['De acuerdo, {minutes}.', 'La música durará {minutes}.'],
    lengthOutOfRange: [
      'Puedo tocar de {least} a {most} minutos. ¿Cuánto quieres?',
      'Lo más corto es {least}, lo más largo, {most} minutos. ¿Cuánto prefieres?',
    ],
    intentionSet: ['De acuerdo, música {intention}.', 'Esta vez será {intention}.'],
    approachIso: ['Empezamos en lo que sientes y seguimos despacio.', 'Despacio, entonces, desde donde estás.'],
    approachStraight: ['Empezamos en calma desde ya.', 'Calma desde el principio, entonces.'],
    why: [
      'He oído {heard}. Por eso la música empieza {first} y termina {last}; {strength}.',
      'En tus palabras había {heard}. Por eso empieza {first} y termina {last}; {strength}.',
    ],
    whyNoFeeling: [
      'No había una emoción clara, así que termina {last}; {strength}.',
      'Ninguna emoción destacaba, por eso termina {last}; {strength}.',
    ],
    whyInStudy: [
      'Esta sesión es parte de un estudio; por qué es así se dirá cuando el estudio termine.',
      'Eso es parte del estudio. Lo sabrás cuando termine.',
    ],
    slowerSpeech: ['Hablaré más despacio.', 'Más despacio desde ahora.'],
    normalSpeech: ['Vuelvo a hablar como siempre.', 'De vuelta a mi ritmo normal.'],
    help: [
      'Puedes decir: me siento, y luego tus propias palabras. Con la música puesta: quédate aquí, más calma, por qué esta música, o para.',
      'Di: me siento, y sigue a tu manera. Después puedes decir: quédate aquí, más calma, diez minutos más, o para.',
    ],
    nothingPlaying: ['Ahora no suena nada.', 'En este momento no hay música.'],
    nothingToRepeat: ['Aún no hay nada que repetir.', 'Todavía no he dicho nada que repetir.'],
    orderMatters: [
      'El orden es parte de la música, así que lo dejo como está.',
      'Cada parte prepara la siguiente. Las dejo en su orden.',
    ],
    followedHere: ['La música está aquí ahora.', 'Sigue aquí.'],
    nothingToFollow: ['No suena nada en otro altavoz.', 'No hay música en otro lugar que traer aquí.'],
    freshStart: [
      'Esa música ya no existe, así que empezamos de nuevo. ¿Cómo te sientes?',
      'Ya no la tengo. Empecemos de cero. ¿Cómo te sientes?',
    ],
    checkInOn: [
      'Te preguntaré cómo te sientes, antes y después.',
      'Desde ahora preguntaré antes de la música y después.',
    ],
    checkInOff: ['Ya no preguntaré más.', 'Sin más preguntas, ni antes ni después.'],
    checkInBefore: [
      'Del uno al cinco, ¿cómo te sientes? Cinco es lo mejor.',
      'Antes de empezar, ¿cómo te sientes, del uno al cinco? Cinco es lo mejor.',
    ],
    checkInAfter: [
      'Y ahora, ¿del uno al cinco? Cinco es lo mejor.',
      '¿Cómo te sientes ahora, del uno al cinco? Cinco es lo mejor.',
    ],
    checkInThanks: ['Gracias.', 'Gracias, anotado.'],
    pairCode: ['El código es {code}. Vale diez minutos.', 'Este es el código: {code}. Sirve durante diez minutos.'],
    unpaired: ['Ya no hay nadie más en contacto con este altavoz.', 'Hecho. El enlace ya no existe.'],
    notPaired: ['No hay nadie más en contacto con este altavoz.', 'No hay ningún enlace que quitar.'],
    forgetMeSure: [
      'Borraría para siempre todo lo que guardo de ti. ¿Lo hago? Di sí o no.',
      'Todo lo que guardo de ti se borraría para siempre. ¿Lo quieres así? Di sí o no.',
    ],
    forgotten: ['He olvidado todo sobre ti.', 'Todo está borrado.'],
    notForgotten: ['No se ha borrado nada.', 'Todo queda como estaba.'],
    somethingWrong: [
      'Algo ha fallado por mi parte. Dilo otra vez, por favor.',
      'Ha sido cosa mía, no tuya. Dilo de nuevo, por favor.',
    ],
    notReadyYet: [
      'La música aún no está lista. Pídemela otra vez en un momento.',
      'Falta un poco todavía. Pídemela otra vez enseguida.',
    ],
  },
  words: {
    question: '¿Cómo te sientes?',
    stayQuiet: 'quedarte con un sonido suave',
    carrier: 'me siento',
    feelings: {
      admiration: 'admiración',
      amusement: 'diversión',
      anger: 'rabia',
      annoyance: 'fastidio',
      approval: 'aprobación',
      caring: 'cariño',
      confusion: 'confusión',
      curiosity: 'curiosidad',
      desire: 'anhelo',
      disappointment: 'decepción',
      disapproval: 'desaprobación',
      disgust: 'asco',
      embarrassment: 'vergüenza',
      excitement: 'entusiasmo',
      fear: 'miedo',
      gratitude: 'gratitud',
      grief: 'duelo',
      joy: 'alegría',
      love: 'amor',
      nervousness: 'nervios',
      optimism: 'esperanza',
      pride: 'orgullo',
      realization: 'una toma de conciencia',
      relief: 'alivio',
      remorse: 'remordimiento',
      sadness: 'tristeza',
      surprise: 'sorpresa',
      neutral: 'un ánimo sereno',
    },
    bodyStates: {
      tired: 'cansancio',
      wired: 'mucha tensión',
      sleepless: 'dificultad para dormir',
      'in-pain': 'dolor',
      restless: 'inquietud',
    },
    intentions: {
      'calm-down': 'para calmarte',
      'fall-asleep': 'para dormirte',
      'let-it-out': 'para soltar lo que pesa',
      'lift-up': 'para aligerar el ánimo',
      focus: 'para concentrarte',
      grieve: 'para llorar una pérdida',
      'wake-gently': 'para despertar con suavidad',
    },
    music: {
      slow: 'lenta',
      fast: 'rápida',
      soft: 'suave',
      strong: 'fuerte',
      dark: 'oscura',
      bright: 'luminosa',
      sparse: 'desnuda',
      full: 'plena',
      low: 'grave',
      high: 'aguda',
      flowing: 'fluida',
      detached: 'entrecortada',
      clear: 'clara',
      unsettled: 'inquieta',
      minor: 'en modo menor',
      major: 'en modo mayor',
      beatless: 'sin pulso',
      pulsing: 'con pulso',
      unhurried: 'sin prisa',
      busy: 'movida',
    },
    strengths: {
      fairlySure: 'según la investigación, es bastante seguro',
      someEvidence: 'hay algunos indicios de ello',
      tradition: 'es más tradición que prueba',
    },
    stages: { match: 'cerca de lo que sientes', guide: 'en camino', target: 'en reposo' },
    and: { between: ', ', last: ' y ', lastBeforeI: ' e ' },
    minutes: { one: ' minuto', other: ' minutos' },
    or: 'o',
    services: {
      [ANY_HELP_LINE]: 'una línea de ayuda de tu país',
      'the 988 Suicide and Crisis Lifeline': 'la Línea de Prevención del Suicidio y Crisis',
    },
  },
  regions: { US: { sentences: AMERICAS }, MX: { sentences: AMERICAS }, '419': { sentences: AMERICAS } },
};
