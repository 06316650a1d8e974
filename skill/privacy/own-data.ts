/** Everything that is kept of one listener: given out as one document, or erased as a whole. */
import type { Caregivers } from '../../engine/caregivers/caregivers.js';
import type { CheckIns } from '../../engine/checkins/checkins.js';
import type { createStudies } from '../../engine/checkins/study.js';
import { EmohealError } from '../../engine/errors.js';
import { BEDSIDE } from '../../engine/listeners/bedside.js';
import type { RulesBook } from '../../engine/listeners/rules-book.js';
import type { TasteStore } from '../../engine/listeners/taste.js';
import type { Records } from '../../engine/records.js';
import type { Routines } from '../../engine/routines/routines.js';
import { newestFirst, type OwnSessions, type SessionStore } from '../../engine/stores.js';
import type { AlexaState } from '../alexa/alexa-state.js';
import type { Greetings } from '../care/greetings.js';
import { type GoogleLink, unlink } from '../google/smarthome/links.js';

export interface OwnDataDeps {
  store: () => Promise<SessionStore>;
  tastes: () => Promise<TasteStore>;
  routines: () => Promise<Routines>;
  rules: () => Promise<RulesBook>;
  checkIns: () => Promise<CheckIns>;
  studies: () => Promise<ReturnType<typeof createStudies>>;
  caregivers: () => Promise<Caregivers>;
  greetings: () => Promise<Pick<Greetings, 'load' | 'remove'>>;
  googleLinks: () => Promise<Records<GoogleLink>>;
  /** What the voice assistants remember between requests, theirs or ours to erase. */
  assistants: () => Promise<readonly Pick<AlexaState, 'keptOf' | 'forget'>[]>;
}

/** Of the bedside also those that were begun without a name: they are nobody else's. */
async function sessionsOf(listener: string, store: SessionStore): Promise<OwnSessions> {
  const named = await store.ofListener(listener);
  if (listener !== BEDSIDE) return named;
  const nameless = await store.ofListener(null);
  return {
    sessions: newestFirst([...named.sessions, ...nameless.sessions]),
    unreadable: [...new Set([...named.unreadable, ...nameless.unreadable])],
  };
}

/**
 * Null or empty where nothing of a kind is kept. A study's lot is not told while the study runs. `sessionsLeftOut` counts
 * what a newer EmoHeal wrote, which may be theirs.
 */
export async function exportOwnData(listener: string, deps: OwnDataDeps) {
  const [store, tastes, routines, rules, checkIns, studies, caregivers, greetings, links, assistants] =
    await opened(deps);
  const houseRules = await rules.load(listener);
  const greeting = houseRules?.greeting && (await greetings.load(houseRules.greeting.id));
  const { sessions, unreadable } = await sessionsOf(listener, store);
  return {
    listener,
    sessions,
    sessionsLeftOut: unreadable.length,
    taste: await tastes.load(listener),
    routines: await routines.list(listener),
    houseRules,
    greeting: greeting ? { type: 'audio/mpeg', base64: greeting.toString('base64') } : null,
    checkIns: await checkIns.book(listener),
    study: await studies.participation(listener),
    caregivers: await caregivers.ownOf(listener),
    // Of tokens nothing but their ends is kept that anybody could read.
    googleLinks: Object.values(await links.read()).filter((link) => link.listener === listener),
    assistants: assistants.flatMap((each) => each.keptOf(listener) ?? []),
  };
}

/**
 * Asked twice, the second time finds nothing and is no error. Throws `conflict` where sessions of a newer EmoHeal are there,
 * whoever's they are: when everything else is erased, and with them untouched.
 */
export async function eraseOwnData(listener: string, deps: OwnDataDeps): Promise<void> {
  const [store, tastes, routines, rules, checkIns, studies, caregivers, greetings, links, assistants] =
    await opened(deps);
  // First of all, so that nobody sees the rest go.
  await caregivers.forget(listener);
  await unlink(links, listener);
  const greeting = (await rules.load(listener))?.greeting;
  if (greeting) await greetings.remove(greeting.id);
  await studies.forget(listener);
  await routines.forget(listener);
  await rules.remove(listener);
  await checkIns.forget(listener);
  await tastes.forget(listener);
  const { sessions, unreadable } = await sessionsOf(listener, store);
  for (const { id } of sessions) await store.remove(id);
  for (const each of assistants) await each.forget({ listener });
  if (unreadable.length > 0)
    throw new EmohealError(
      'conflict',
      `Erased is everything but what a newer EmoHeal wrote (sessions: ${unreadable.length}): whose that is cannot be read here.`,
      { remedy: 'Update EmoHeal, and erase again.' },
    );
}

const opened = (deps: OwnDataDeps) =>
  Promise.all([
    deps.store(),
    deps.tastes(),
    deps.routines(),
    deps.rules(),
    deps.checkIns(),
    deps.studies(),
    deps.caregivers(),
    deps.greetings(),
    deps.googleLinks(),
    deps.assistants(),
  ]);
