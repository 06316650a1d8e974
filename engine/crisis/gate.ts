/**
 * The crisis gate: before any other understanding, on every surface. Patterns with rules, pure and well under a
 * millisecond, and a small network beside them that hears what nobody wrote a pattern for.
 *
 * Rules, in order:
 * 1. The strongest pattern wins; crisis over concern, earlier over later.
 * 2. A denial ("I'm not suicidal", "I don't want to die") takes it back to concern: someone who says so has thought of it.
 * 3. Somebody else, or long ago, is concern rather than crisis, except for emergencies, where another's need is as urgent.
 * 4. A look-alike ("kill a process", "dying to sleep") is taken out before the patterns look; the rest can still speak.
 * 5. Talk of a film, song, game or lesson without a word of oneself is nothing ("play Killing Me Softly").
 * 6. In a long text a rule reaches only its own sentence and the next one: what was "years ago" at its beginning does not
 *    make less of what is said at its end.
 * 7. What the network thinks unlikely to be meant counts less than a pattern says (`together`).
 */
import { giveWay } from '../give-way.js';
import type { DangerRead, EmotionClassifier } from '../ports.js';
import type { CrisisReading } from '../vocabulary.js';
import { ABOUT_A_WORK, HARMLESS, TRAVEL } from './harmless.js';
import { ABOUT_A_LESSON, HARMLESS_FURTHER, MY_LESSON } from './harmless-further.js';
import { normalise } from './normalise.js';
import type { CrisisPattern } from './pattern.js';
import { CRISIS_PATTERNS } from './patterns.js';

/** The reason of what no pattern heard, only the network. */
export const THE_NETWORK = 'the network';

const NONE: CrisisReading = { level: 'none', category: null, reason: null };

const DENIAL =
  /\b(i'm|i am|i was|i'd|i would|i'll|i will|i've|i have|i)? ?(not|never|no longer|don't|wouldn't|won't|haven't|didn't|not going to|nicht|nie|keine|no|ne|non|não|niet) (\w+ ){0,3}(suicid(e|al)|kill(ing)? myself|hurt(ing)? myself|harm(ing)? myself|end(ing)? my life|want(ing)? to die|dying|die|cut(ting)? myself|suizidal|selbstmord(gedanken)?|umbringen|sterben|suicidarme|matarme|me suicider|me tuer)\b/;
/** "I do not want to die" in languages where it holds the words of who does. */
const DENIAL_FURTHER =
  /ik wil niet (?:dood|sterven|doodgaan)|nie (?:chce|zamierzam|mam zamiaru) (?:\p{L}+ )?(?:umrzec|umierac|sie zabi[cj]\p{L}*|zabic sie|zabijac sie|popelnic samobojstwa)|nie (?:zabije sie|jestem samobojc\p{L}*)|intihar (?:etmek istemiyorum|etmeyecegim|etmem)|kendimi oldur(?:mek istemiyorum|meyecegim|mem)|(?:لا|لن|ما|مش) (?:اريد|ارغب في|افكر في|ابغي|عايز|بدي)? ?(?:ان )?(?:الموت|اموت|الانتحار|انتحر|اقتل نفسي)|不想死|不想自杀|不会自杀|没想过?(?:死|自杀)|不会伤害自己/u;
const SOMEONE_ELSE =
  /\b(my|a|our|his|her|the|some|this) (\w+ )?(friend|brother|sister|mother|mom|mum|father|dad|son|daughter|cousin|colleague|neighbou?r|uncle|aunt|wife|husband|girlfriend|boyfriend|partner|student|patient|client|grandma|grandpa|grandmother|grandfather|roommate|ex|celebrity|singer|actor)\b|\b(he|she|they|er|sie|someone|somebody)\b|\bmein(e|em|er)? (freund|freundin|bruder|schwester|mutter|vater|sohn|tochter|kollege|kollegin|mann|frau)\b/;
/** Polish "się" is written like German "sie", and says nothing of who. */
const SOMEONE_ELSE_POLISH =
  /\bmo(?:j|ja|jego|jej) (?:przyjaci\p{L}+|koleg\p{L}|kolezank\p{L}|brat|siostra|mama|matka|tata|ojciec|syn|corka|maz|zona|sasiad\p{L}*|wnu\p{L}+)(?!\p{L})|\b(?:on|ona) (?:chce|mowi|chcial\p{L}*)/u;
const FIRST_PERSON = /\b(i|i'm|i've|i'll|i'd|me|my|myself|ich|mich|mir|mein\w*|yo|me|je|j'|moi|io|eu|ik)\b/;
const LONG_AGO =
  /\b(years? ago|when i was (a )?(kid|child|young|teen\w*|little|in)|used to|back (then|in)|last (year|decade)|in the past|früher|damals|vor (\w+ )?jahren|als kind)\b/;
const ACUTE: readonly string[] = ['medical', 'overdose', 'child-danger', 'abuse', 'harm-to-others'];

const ORDER: readonly CrisisReading['level'][] = ['none', 'concern', 'crisis'];

/** What the patterns and their rules say. */
export function readPatterns(text: string): CrisisReading {
  const whole = readPart(normalise(text));
  if (whole.level !== 'concern' || !TAKEN_BACK.test(whole.reason ?? '')) return whole;
  const parts = sentencesOf(text);
  if (parts.length < LONG) return whole;
  return parts.reduce((highest, sentence, i) => {
    const alone = readPart(normalise(sentence));
    if (ORDER.indexOf(alone.level) <= ORDER.indexOf(highest.level)) return highest;
    const inContext = i === 0 ? alone : readPart(normalise(`${parts[i - 1]} ${sentence}`));
    return TAKEN_BACK.test(inContext.reason ?? '') ? highest : alone;
  }, whole);
}

function readPart(said: string): CrisisReading {
  if (said === '') return NONE;
  const plain = withoutLookAlikes(said);
  const found = strongest(plain);
  if (!found) return NONE;
  if (ABOUT_A_WORK.test(said) && !FIRST_PERSON.test(plain)) return NONE;
  if (ABOUT_A_LESSON.test(said) && !FIRST_PERSON.test(plain.replace(MY_LESSON, ' '))) return NONE;
  if (found.rule === 'passive despair' && TRAVEL.test(said)) return NONE;
  const why = (level: 'concern' | 'crisis', addition = ''): CrisisReading => ({
    level,
    category: found.category,
    reason: `${found.rule}${addition}`,
  });
  if (found.level === 'concern') return why('concern');
  if (
    (DENIAL.test(plain) || DENIAL_FURTHER.test(plain)) &&
    !/\b(don't|no longer|not|never) (want|wish|care) to (live|be alive|wake|exist|be here)\b/.test(plain)
  ) {
    return why('concern', ', denied');
  }
  if (LONG_AGO.test(plain) && !ACUTE.includes(found.category)) return why('concern', ', long ago');
  if (!ACUTE.includes(found.category) && someoneElse(found).test(plain) && !saysItOfThemselves(plain))
    return why('concern', ', of someone else');
  return why('crisis');
}

const someoneElse = ({ rule }: CrisisPattern) => (rule.endsWith('(pl)') ? SOMEONE_ELSE_POLISH : SOMEONE_ELSE);

const LOOK_ALIKES: readonly RegExp[] = [...HARMLESS, ...HARMLESS_FURTHER];

const withoutLookAlikes = (said: string): string =>
  LOOK_ALIKES.reduce((rest, lookAlike) => rest.replace(everywhere(lookAlike), ' · '), said)
    .replace(/\s+/g, ' ')
    .trim();

const global = new Map<RegExp, RegExp>();
function everywhere(pattern: RegExp): RegExp {
  const known = global.get(pattern) ?? new RegExp(pattern.source, 'gu');
  global.set(pattern, known);
  return known;
}

function strongest(plain: string): CrisisPattern | undefined {
  const matches = CRISIS_PATTERNS.filter(({ pattern }) => pattern.test(plain));
  return matches.find((m) => m.level === 'crisis') ?? matches[0];
}

/** "My friend wants to kill himself" holds "my", but nobody who speaks of "i", "me" or "myself". */
function saysItOfThemselves(plain: string): boolean {
  return FIRST_PERSON.test(
    plain
      .replace(
        /\bmy (\w+ )?(friend|brother|sister|mother|mom|mum|father|dad|son|daughter|cousin|colleague|uncle|aunt|wife|husband|girlfriend|boyfriend|partner|ex)\b/g,
        ' ',
      )
      .replace(/\bi (think|heard|know|believe|worry|fear|read)\b/g, ' '),
  );
}

/**
 * What patterns and network say together. The rules of the patterns bind the network. What a pattern heard counts, but less where
 * the network thinks that nothing is meant ("I die in act three every night"): help lines become one caring sentence, and where
 * it is sure, nothing; save where the speaker denied, or spoke of long ago or of somebody else.
 */
export function together(text: string, patterns: CrisisReading, danger: DangerRead | null): CrisisReading {
  if (!danger) return patterns;
  if (danger.level === 'none') return lessened(patterns, danger.lessBy);
  if (patterns.level === 'crisis') return patterns;
  const said = normalise(text);
  if (ABOUT_A_WORK.test(said) && !FIRST_PERSON.test(withoutLookAlikes(said))) return patterns;
  // A denial, long ago, or somebody else: what the rules took back to concern stays there; a long text says more than that.
  const takenBack = patterns.level === 'concern' && TAKEN_BACK.test(patterns.reason ?? '');
  if (takenBack && sentencesOf(text).length < LONG) return patterns;
  if (patterns.level === 'concern' && danger.level === 'concern') return patterns;
  return { level: danger.level, category: danger.category, reason: THE_NETWORK };
}

function lessened(patterns: CrisisReading, lessBy: DangerRead['lessBy']): CrisisReading {
  if (lessBy === 0 || TAKEN_BACK.test(patterns.reason ?? '') || UNTRAINED.test(patterns.reason ?? '')) return patterns;
  // Of "I will kill myself" in a language of which the network saw little, something is always left.
  const least = PLAIN.test(patterns.reason ?? '') ? ORDER.indexOf('concern') : 0;
  const level = ORDER[Math.max(least, ORDER.indexOf(patterns.level) - lessBy)]!;
  return level === 'none' ? NONE : { ...patterns, level, reason: `${patterns.reason}, hardly meant` };
}

/**
 * Patterns of Turkish and Arabic, which the network never learned: what it thinks of such words takes nothing back. A short
 * sentence may look like a language that it knows ("ölmek istiyorum"), so that the language alone does not keep it out.
 */
const UNTRAINED = /\((?:tr|ar)\)/;

const PLAIN = /^plain words \(/;

const TAKEN_BACK = /, (denied|long ago|of someone else)$/;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });
/** From so many sentences on a text is a long one. */
const LONG = 4;

/** At most 400 of them, each once: enough for anything that is said or pasted. */
const sentencesOf = (text: string): string[] =>
  [...new Set(Array.from(sentences.segment(text.slice(0, 20_000)), ({ segment }) => segment.trim()))]
    .filter((sentence) => sentence !== '')
    .slice(0, 400);

/** Far more than anybody says; what comes after so many is read as it is. */
const MOST_SENTENCES = 2000;

/** A sentence said over and over is read once: the network hears distress in mere repetition. */
export function saidOnce(text: string): string {
  const said = new Set<string>();
  let count = 0;
  for (const { segment, index } of sentences.segment(text)) {
    count += 1;
    said.add((count > MOST_SENTENCES ? text.slice(index) : segment).trim());
    if (count > MOST_SENTENCES) break;
  }
  return [...said].join(' ').trim();
}

export type CrisisGate = (texts: string[], signal?: AbortSignal) => Promise<CrisisReading[]>;

/**
 * The gate of the product. Where the network is missing or fails, the patterns stand alone.
 */
export function createCrisisGate(
  classifier: () => Promise<EmotionClassifier>,
  onWarning?: (message: string) => void,
): CrisisGate {
  let told = false;
  /** Once: who brings a model of their own has to know what it costs, and needs no line a sentence. */
  function tellPatternsAlone(): void {
    if (told) return;
    told = true;
    onWarning?.(
      'The crisis gate has only its patterns: its network is missing, or does not fit the emotion model that is in use.',
    );
  }
  /** Null where it is missing or fails. */
  const network = (texts: string[], signal?: AbortSignal): Promise<(DangerRead | null)[] | null> =>
    classifier()
      .then(async (reader) => {
        const read = await reader.dangers?.(texts, signal);
        if (!read) tellPatternsAlone();
        return read ?? null;
      })
      .catch((error: Error) => {
        signal?.throwIfAborted();
        onWarning?.(`The crisis gate has only its patterns: ${error.message}`);
        return null;
      });
  return async (texts, signal) => {
    const open = texts.flatMap((text, i) => (text.trim() === '' ? [] : [i]));
    const asked =
      open.length === 0
        ? Promise.resolve(null)
        : network(
            open.map((i) => saidOnce(texts[i]!)),
            signal,
          );
    // The patterns are looked for while the network reads, not before it begins.
    const [dangers, found] = await Promise.all([asked, giveWay().then(() => texts.map(readPatterns))]);
    open.forEach((i, at) => {
      found[i] = together(texts[i]!, found[i]!, dangers?.[at] ?? null);
    });
    return found;
  };
}
