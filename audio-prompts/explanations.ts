/**
 * "Why this music?" in the listener's language: the facts of a plan and the heaviest reasons, as plain sentences with the
 * strength of the evidence. The shapes repeat those of the engine's vocabulary, because this room imports none of the
 * others; whoever hands the engine's values over is held to them by the type.
 */
import { joinList, type Language, languageOf, type MusicWord, wordsOf } from './prompts.js';
import type { Words } from './words.js';

export interface ExplainedFact {
  key:
    | 'no-feeling'
    | 'pointed'
    | 'begins-close'
    | 'calm-at-once'
    | 'body'
    | 'gentler'
    | 'compromise'
    | 'stronger'
    | 'leads'
    | 'open-ended'
    | 'nearer'
    | 'nearest-match'
    | 'one-piece'
    | 'taste'
    | 'honest';
  feelings?: readonly (keyof Words['feelings'])[] | undefined;
  bodyStates?: readonly (keyof Words['bodyStates'])[] | undefined;
  intention?: keyof Words['intentions'] | undefined;
  stage?: keyof Words['stages'] | undefined;
  music?: readonly string[] | undefined;
}

export interface ExplainedReason {
  path?:
    | { from: string; to: string; direction: 'low' | 'high'; confidence: 'fairly-sure' | 'some-evidence' | 'tradition' }
    | undefined;
}

export interface Explanation {
  facts: readonly ExplainedFact[];
  /** Heaviest first; those without a path are left out. */
  reasons: readonly ExplainedReason[];
}

const MOST_REASONS = 2;

/** The facts in their order, the reasons before the last of them (how sure anyone can be). */
export function explainedIn({ facts, reasons }: Explanation, locale: string): string[] {
  const told = facts.map((fact) => factSentence(fact, locale));
  const why = reasons.flatMap((reason) => reasonSentence(reason, locale) ?? []).slice(0, MOST_REASONS);
  const last = facts[facts.length - 1]?.key === 'honest' ? told.slice(-1) : [];
  return [...told.slice(0, told.length - last.length), ...why, ...last];
}

function factSentence(fact: ExplainedFact, locale: string): string {
  const text = TEXTS[languageOf(locale)];
  const words = wordsOf(locale);
  const known = (fact.music ?? []).filter((word): word is MusicWord => Object.hasOwn(words.music, word));
  const music = joinList(
    locale,
    known.map((word) => words.music[word]),
  );
  const heard = joinList(locale, [
    ...(fact.feelings ?? []).map((feeling) => words.feelings[feeling]),
    ...(fact.bodyStates ?? []).map((state) => words.bodyStates[state]),
  ]);
  const fill = (sentence: string) =>
    filled(sentence, {
      heard,
      music,
      intention: fact.intention ? words.intentions[fact.intention] : '',
      stage: words.stages[fact.stage ?? 'match'],
    });
  if (fact.key === 'pointed') return fill(music ? text['pointed-as'] : text.pointed);
  if (fact.key === 'begins-close') return fill(music ? text['begins-close-as'] : text['begins-close']);
  if (fact.key === 'leads') return fill(music ? text['leads-as'] : text.leads);
  return fill(text[fact.key]);
}

/** Which word says that a feature of music is low or high. */
const WORD_OF: Record<string, { low: MusicWord; high: MusicWord }> = {
  tempo: { low: 'slow', high: 'fast' },
  onsetRate: { low: 'unhurried', high: 'busy' },
  mode: { low: 'minor', high: 'major' },
  loudness: { low: 'soft', high: 'strong' },
  articulation: { low: 'flowing', high: 'detached' },
  brightness: { low: 'dark', high: 'bright' },
  density: { low: 'sparse', high: 'full' },
  register: { low: 'low', high: 'high' },
  consonance: { low: 'unsettled', high: 'clear' },
  pulseClarity: { low: 'beatless', high: 'pulsing' },
};
const STRENGTH = { 'fairly-sure': 'fairlySure', 'some-evidence': 'someEvidence', tradition: 'tradition' } as const;

function reasonSentence({ path }: ExplainedReason, locale: string): string | null {
  const word = path && WORD_OF[path.to];
  if (!path || !word) return null;
  const text = TEXTS[languageOf(locale)];
  const words = wordsOf(locale);
  const named: Record<string, string> = { ...words.feelings, ...words.bodyStates };
  return filled(text.reason, {
    heard: named[path.from] ?? text.mood,
    music: words.music[word[path.direction]],
    strength: words.strengths[STRENGTH[path.confidence]],
  });
}

/** Fields put in; the first letter large, since a field may come first. */
function filled(sentence: string, fields: Record<string, string>): string {
  const whole = sentence.replace(/\{(\w+)\}/g, (_, name: string) => fields[name] ?? '');
  return whole.charAt(0).toLocaleUpperCase() + whole.slice(1);
}

type TextKey = Exclude<ExplainedFact['key'], never> | 'pointed-as' | 'begins-close-as' | 'leads-as' | 'reason' | 'mood';

/** {heard} is a list of feelings or of states of the body, {music} a list of words for music. */
const TEXTS: Record<Language, Record<TextKey, string>> = {
  en: {
    'no-feeling': 'I heard no clear feeling, so the music begins in the middle.',
    pointed: 'You pointed to where you are, so the music begins there.',
    'pointed-as': 'You pointed to where you are, so the music begins there: {music}.',
    'begins-close': 'I heard {heard}, so the music begins close to that.',
    'begins-close-as': 'I heard {heard}, so the music begins close to that: {music}.',
    'calm-at-once': 'I heard {heard}. As you asked, the music is calm from the start.',
    body: 'Your words also spoke of {heard}, and the music allows for it.',
    gentler: 'It stays gentler than the feeling, so as not to stir it up.',
    compromise: 'Between {heard} it takes a middle way.',
    stronger: 'Of {heard} the stronger leads.',
    leads: 'Step by step it becomes music for {intention}.',
    'leads-as': 'Step by step it becomes music for {intention}: {music}.',
    'open-ended': 'It plays until you say stop.',
    nearer: 'There is little time, so it begins part of the way along.',
    'nearest-match': 'The music here has nothing that fits one part really well ({stage}); this is the nearest.',
    'one-piece': 'It is one long piece, composed for this session.',
    taste: 'What you liked and skipped before has moved it a little.',
    honest: 'How much this helps differs from person to person; research is promising and mixed.',
    reason: 'With {heard} goes music that is {music}; {strength}.',
    mood: 'the mood as a whole',
  },
  de: {
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
  },
  fr: {
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
    'nearest-match':
      "Pour une partie ({stage}), il n'y a pas ici de musique vraiment proche ; voici la moins éloignée.",
    'one-piece': 'C’est une seule longue pièce, composée pour ce moment.',
    taste: 'Ce que tu as aimé ou passé auparavant la modifie un peu.',
    honest: "L'aide varie d'une personne à l'autre ; la recherche est encourageante et partagée.",
    reason: 'Quand il y a {heard}, une musique {music} va bien ; {strength}.',
    mood: 'une telle humeur',
  },
  es: {
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
  },
  it: {
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
  },
  pt: {
    'no-feeling': 'Não ouvi um sentimento claro, então a música começa no meio.',
    pointed: 'Você mostrou onde está, e a música começa aí.',
    'pointed-as': 'Você mostrou onde está, e a música começa aí: {music}.',
    'begins-close': 'Ouvi {heard}, por isso a música começa perto disso.',
    'begins-close-as': 'Ouvi {heard}, por isso a música começa perto disso: {music}.',
    'calm-at-once': 'Ouvi {heard}. Como você pediu, a música é calma desde o começo.',
    body: 'Também ouvi {heard}, e cuido disso.',
    gentler: 'Ela fica mais suave que o sentimento, para não o agitar.',
    compromise: 'Entre {heard}, ela segue um caminho do meio.',
    stronger: 'Ouvi {heard} ao mesmo tempo: guia o mais forte.',
    leads: 'Passo a passo ela vira música {intention}.',
    'leads-as': 'Passo a passo ela vira música {intention}: {music}.',
    'open-ended': 'Ela toca até você dizer parar.',
    nearer: 'O tempo é curto, então ela começa um pouco adiante no caminho.',
    'nearest-match': 'Para uma parte ({stage}) não há aqui música realmente próxima; esta é a mais próxima.',
    'one-piece': 'É uma única peça longa, composta para este momento.',
    taste: 'O que você curtiu ou pulou antes mudou um pouco a música.',
    honest: 'O quanto isso ajuda varia de pessoa para pessoa; a pesquisa é animadora e não unânime.',
    reason: '{heard}: combina com música {music}; {strength}.',
    mood: 'o ânimo como um todo',
  },
  ja: {
    'no-feeling': 'はっきりした気持ちが聞き取れなかったので、音楽は真ん中から始まります。',
    pointed: '今の気持ちの場所を示してもらったので、音楽はそこから始まります。',
    'pointed-as': '今の気持ちの場所を示してもらったので、音楽はそこから、{music}響きで始まります。',
    'begins-close': '{heard}を感じました。それで音楽は、その近くから始まります。',
    'begins-close-as': '{heard}を感じました。それで音楽は、その近くから、{music}響きで始まります。',
    'calm-at-once': '{heard}を感じました。ご希望どおり、はじめから静かな音楽です。',
    body: '{heard}も感じたので、それにも合わせます。',
    gentler: '気持ちをかき立てないよう、音楽は気持ちよりもおだやかにします。',
    compromise: '{heard}の間の道をとります。',
    stronger: '{heard}のうち、強いほうに合わせます。',
    leads: '少しずつ、{intention}ための音楽になります。',
    'leads-as': '少しずつ、{intention}ための、{music}響きの音楽になります。',
    'open-ended': '止めてと言うまで、音楽は続きます。',
    nearer: '時間が短いので、道の少し先から始まります。',
    'nearest-match': '一部（{stage}）には、本当に近い音楽がここにありません。いちばん近いものです。',
    'one-piece': 'この時間のために作られた、一つの長い曲です。',
    taste: 'これまでのお好みで、少し変えてあります。',
    honest: 'どのくらい助けになるかは人によって違います。研究は有望ですが、結果はさまざまです。',
    reason: '{heard}には、{music}響きが合います。{strength}。',
    mood: '気分の全体',
  },
  hi: {
    'no-feeling': 'कोई साफ़ भाव नहीं मिला, इसलिए संगीत बीच से शुरू होता है।',
    pointed: 'आपने दिखाया कि आप कहाँ हैं, इसलिए संगीत वहीं से शुरू होता है।',
    'pointed-as': 'आपने दिखाया कि आप कहाँ हैं, इसलिए संगीत वहीं से शुरू होता है: {music}।',
    'begins-close': 'आपकी बातों में {heard} की झलक थी, इसलिए संगीत उसी के पास से शुरू होता है।',
    'begins-close-as': 'आपकी बातों में {heard} की झलक थी, इसलिए संगीत उसी के पास से शुरू होता है: {music}।',
    'calm-at-once': 'आपकी बातों में {heard} की झलक थी। जैसा आपने चाहा, संगीत शुरू से ही शांत है।',
    body: '{heard} की बात भी सुनी, और उसका ध्यान रखा है।',
    gentler: 'संगीत भाव से ज़्यादा कोमल रहता है, ताकि वह और न भड़के।',
    compromise: '{heard} के बीच संगीत बीच का रास्ता लेता है।',
    stronger: '{heard} में से जो ज़्यादा गहरा है, संगीत उसी के साथ चलता है।',
    leads: 'क़दम-क़दम यह {intention} के लिए संगीत बन जाता है।',
    'leads-as': 'क़दम-क़दम यह {intention} के लिए संगीत बन जाता है: {music}।',
    'open-ended': 'जब तक आप रुकने को न कहें, संगीत चलता रहेगा।',
    nearer: 'समय कम है, इसलिए संगीत रास्ते में थोड़ा आगे से शुरू होता है।',
    'nearest-match': 'एक हिस्से ({stage}) के लिए यहाँ बिल्कुल पास का संगीत नहीं है; यह सबसे नज़दीकी है।',
    'one-piece': 'यह इस समय के लिए रचा गया एक ही लंबा संगीत है।',
    taste: 'पहले जो पसंद आया या छोड़ा गया, उससे संगीत थोड़ा बदला है।',
    honest: 'इससे कितनी मदद मिलती है, यह हर किसी के लिए अलग है; शोध उम्मीद देता है, पर एकमत नहीं।',
    reason: '{heard} के साथ {music} संगीत मेल खाता है; {strength}।',
    mood: 'पूरी मनोदशा',
  },
};
