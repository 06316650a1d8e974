/** Who may see the listener's nights and who looked, said by voice; and whether they are told of a call for help. */
import type { Response } from 'ask-sdk-model';
import type { AccessEntry } from '../../engine/caregivers/access-log.js';
import { question, tell } from './answers.js';
import type { Turn } from './turn.js';

/** More than this nobody remembers at night. */
const MOST_SAID = 4;

/** Those who see with the listener's own consent; one who was only invited by another sees nothing. */
async function seeing(turn: Turn) {
  const links = (await turn.deps.caregivers?.whoMaySee(turn.listenerKey)) ?? [];
  return links.filter(({ consent }) => consent !== null);
}

export async function whoSees(turn: Turn): Promise<Response> {
  const links = await seeing(turn);
  if (links.length === 0) return tell(turn, turn.say('nobodySees'));
  return tell(turn, turn.say('whoSees', { names: turn.list(links.map(({ name }) => name)) }));
}

/** The newest look and the newest change of each caregiver, by name and time; the whole log is in the listener's own data. */
export async function whoLooked(turn: Turn): Promise<Response> {
  const log = (await turn.deps.caregivers?.readLog(turn.listenerKey)) ?? [];
  const newest = log.filter((entry, i) => log.findIndex((each) => sameKind(each, entry)) === i);
  if (newest.length === 0) return tell(turn, turn.say('nobodyLooked'));
  const looks = newest.slice(0, MOST_SAID).map((entry) => said(turn, entry));
  return tell(turn, turn.say('whoLooked', { looks: turn.list(looks) }));
}

const isChange = ({ what }: AccessEntry): boolean => what.startsWith('changed-');
const sameKind = (a: AccessEntry, b: AccessEntry): boolean =>
  a.caregiver === b.caregiver && isChange(a) === isChange(b);

function said(turn: Turn, entry: AccessEntry): string {
  const { name, lastMs } = entry;
  const when = new Intl.DateTimeFormat(turn.locale, {
    weekday: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: turn.deps.zone(),
  });
  return turn.say(isChange(entry) ? 'lookChanged' : 'lookSeen', { name, when: when.format(lastMs) }).text;
}

/** Consent to that is asked once more before it holds. */
export async function askTellCrisis(turn: Turn): Promise<Response> {
  const links = await seeing(turn);
  if (links.length === 0) return tell(turn, turn.say('notPaired'));
  turn.memory.asked = 'tell-crisis';
  return question(turn, turn.say('tellCrisisSure', { names: turn.list(links.map(({ name }) => name)) }));
}

export async function tellThem(turn: Turn): Promise<Response> {
  for (const { caregiver } of await seeing(turn))
    await turn.deps.caregivers?.tellCrisis(turn.listenerKey, caregiver, true);
  return tell(turn, turn.say('tellCrisisOn'));
}

/** Taken back at once, also where it was never given. */
export async function tellNobody(turn: Turn): Promise<Response> {
  for (const { caregiver } of (await turn.deps.caregivers?.whoMaySee(turn.listenerKey)) ?? [])
    await turn.deps.caregivers?.tellCrisis(turn.listenerKey, caregiver, false);
  return tell(turn, turn.say('tellCrisisOff'));
}
