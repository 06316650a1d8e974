/**
 * A plan, a search and a programme held to house rules (`listeners/house-rules.ts`): the cap on every stage, the lists on
 * every track. Whatever was planned or chosen through these obeys; nothing else needs to know that there are rules.
 */
import type { HouseRules } from '../listeners/house-rules.js';
import { both, permits, type Within } from '../listeners/obeyed.js';
import type { MusicSearch } from '../ports.js';
import type { Programme, SessionPlan } from '../vocabulary.js';
import { musicEndSec } from './night.js';
import { profileAt } from './way.js';

/** A spoken greeting beside the bed, LUFS, where no cap is softer: quieter than the music that most sessions begin with. */
const GREETING_LUFS = -22;
/** How far nature lies under the cap where something wakes above it. */
const UNDER_WAKE_LU = 6;

/** The plan no louder than its cap at any second. The same plan where nothing is narrowed. */
export function planWithin(plan: SessionPlan, narrowed: Within | undefined): SessionPlan {
  const within = both(plan.within, narrowed);
  if (!within || JSON.stringify(within) === JSON.stringify(plan.within)) return plan;
  const cap = within.loudestLufs ?? 0;
  const held = (profile: SessionPlan['from']) => ({ ...profile, loudnessLufs: Math.min(cap, profile.loudnessLufs) });
  const capped: SessionPlan = { ...plan, within, from: held(plan.from), to: held(plan.to) };
  return {
    ...capped,
    stages: plan.stages.map((stage) => ({
      ...stage,
      profile: profileAt(capped, (stage.startSec + stage.endSec) / 2),
    })),
  };
}

/** Finds only what the rules permit; where nothing is left it finds nothing. */
export function searchWithin(search: MusicSearch, rules: HouseRules | null | undefined): MusicSearch {
  if (!rules?.banned && !rules?.allowed) return search;
  const { along } = search;
  return {
    search: (query, signal) => search.search({ ...query, permits: (track) => permits(rules, track) }, signal),
    track: (id) => search.track(id),
    ...(along ? { along: async (points, signal) => searchWithin(await along(points, signal), rules) } : {}),
  };
}

/** The programme with its cap, for the mix, and with nothing in the night that is louder or banned. */
export function programmeWithin(
  programme: Programme,
  { within }: Pick<SessionPlan, 'within'>,
  wish: { rules: HouseRules | null | undefined; search: MusicSearch },
): Programme {
  const cap = within?.loudestLufs;
  const softer = <T extends { loudnessLufs: number }>(part: T): T =>
    cap === undefined ? part : { ...part, loudnessLufs: Math.min(cap, part.loudnessLufs) };
  const held: Programme = {
    ...programme,
    ...(cap === undefined ? {} : { loudestLufs: cap }),
    tracks: programme.tracks.map(softer),
    stages: programme.stages.map(softer),
    ...(programme.greeting ? { greeting: softer(programme.greeting) } : {}),
  };
  const { night } = programme;
  if (!night) return held;
  const may = (id: string) => {
    const track = wish.search.track(id);
    return !track || permits(wish.rules, track);
  };
  const nature = night.nature && may(night.nature.trackId) ? softer(night.nature) : undefined;
  const wake = night.wake && may(night.wake.trackId) ? softer(night.wake) : undefined;
  if (nature && wake && cap !== undefined) {
    // Both sound together before dawn: it is their sum that the cap holds.
    nature.loudnessLufs = Math.min(nature.loudnessLufs, cap - UNDER_WAKE_LU);
    const left = 10 ** (cap / 10) - 10 ** (nature.loudnessLufs / 10);
    wake.loudnessLufs = Math.min(wake.loudnessLufs, 10 * Math.log10(left));
  }
  if (nature || wake)
    return {
      ...held,
      night: { musicEndSec: night.musicEndSec, ...(nature ? { nature } : {}), ...(wake ? { wake } : {}) },
    };
  const { night: _gone, ...music } = held;
  return { ...music, durationSec: musicEndSec(programme) };
}

/** Played before the first music of a routine's session. */
export function greetedBy(programme: Programme, rules: HouseRules | null | undefined): Programme {
  if (!rules?.greeting) return programme;
  const loudnessLufs = Math.min(GREETING_LUFS, programme.loudestLufs ?? 0);
  return { ...programme, greeting: { ...rules.greeting, loudnessLufs } };
}
