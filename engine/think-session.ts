/**
 * Thinks a session out: what is known of the listener, what the house allows, the plan, the tracks, the night, and the words
 * that explain it. Nothing of it is begun or kept.
 */
import { withHelped } from './checkins/helped.js';
import type { HouseRules } from './listeners/house-rules.js';
import { both, narrowing } from './listeners/obeyed.js';
import type { Taste } from './listeners/taste.js';
import { chooseTracks, stagesOnlyNearest } from './plan/choose-tracks.js';
import { followedBy, leavesTime } from './plan/night-ask.js';
import { planSession } from './plan/planner.js';
import { QUIET_LUFS } from './plan/quiet.js';
import { greetedBy, planWithin, programmeWithin, searchWithin } from './plan/within.js';
import type { MusicSearch } from './ports.js';
import type { Prepared, SessionServiceDeps, SessionWish } from './session-service.js';
import { timed } from './tracing.js';
import type { Approach, EmotionReading, Programme, SessionPlan, SummaryFact, TimingsMs } from './vocabulary.js';

export interface Thinker {
  /** Everything of a session but its beginning. `pointed`: a point on the plane of affect, not words. */
  think(
    reading: EmotionReading,
    wish: SessionWish & { pointed?: boolean },
    atMs: number,
    locale: string,
    timingsMs: TimingsMs,
  ): Promise<Prepared>;
  /** What was prepared for this wish, where the rules are still those that it was thought out by. */
  stillFits(wish: SessionWish): Promise<Prepared | null>;
  /** Null for nobody in particular, and for everyone who has not agreed. */
  tasteOf(listener: string | undefined): Promise<Taste | null>;
  rulesOf(listener: string | undefined): Promise<HouseRules | null>;
}

export function createThinker(deps: SessionServiceDeps): Thinker {
  return { think, stillFits, tasteOf, rulesOf };

  /** Rules may have been changed between thinking a session out and beginning it. */
  async function stillFits({ prepared, listener }: SessionWish): Promise<Prepared | null> {
    if (!prepared) return null;
    return JSON.stringify(await rulesOf(listener)) === JSON.stringify(prepared.rules ?? null) ? prepared : null;
  }

  async function think(
    reading: EmotionReading,
    wish: SessionWish & { pointed?: boolean },
    atMs: number,
    locale: string,
    timingsMs: TimingsMs,
  ): Promise<Prepared> {
    const quiet = wish.style === 'quiet sound';
    // All asked at once: what keeps them may be far away.
    const [own, helped, allocated, rules] = await Promise.all([
      tasteOf(wish.listener),
      helpedOf(wish.listener),
      // Quiet sound is no way from one feeling to another: it is part of no study.
      quiet ? null : allocatedTo(wish.listener),
      rulesOf(wish.listener),
    ]);
    const taste = withHelped(own, helped);
    const house = narrowing(rules, atMs);
    const within = quiet ? both(house, { loudestLufs: QUIET_LUFS }) : house;
    const bare = await timed(timingsMs, 'plan', async () =>
      planSession(deps.knowledge(), {
        reading,
        pointed: wish.pointed,
        minutes: wish.minutes,
        form: wish.form,
        approach: allocated ?? wish.approach ?? 'iso',
        ...(wish.intention ? { intention: wish.intention } : {}),
        seed: wish.seed ?? deps.newSeed(),
        nowHour: deps.nowHour(wish.zone),
        ...(taste ? { taste } : {}),
      }),
    );
    const planned = planWithin(wish.style ? { ...bare, style: wish.style } : bare, within);
    const chosen = await timed(timingsMs, 'search', async () => {
      const shelf = await deps.search();
      const search = searchWithin(shelf, rules);
      const music = await chooseTracks({
        plan: planned,
        search,
        fill: true,
        signal: wish.signal,
        ...(taste ? { taste } : {}),
      });
      const { night } = wish;
      if (!night || (wish.nightIfItFits && !leavesTime(music, night, atMs))) return music;
      return followedBy(music, night, atMs, { ...deps, search: shelf, rules, within });
    });
    const search = await deps.search();
    const held = programmeWithin(chosen, planned, { rules, search });
    const programme = wish.greeted ? greetedBy(held, rules) : held;
    return { plan: explained(planned, programme, search, locale), programme, allocated, rules };
  }

  /** The summary in the listener's language, with a word on stages for which the music at hand is only the nearest. */
  function explained(plan: SessionPlan, programme: Programme, search: MusicSearch, locale: string): SessionPlan {
    const facts = [...(plan.summaryFacts ?? [])];
    const onePiece: SummaryFact[] = plan.style === 'one long piece' ? [{ key: 'one-piece' }] : [];
    const nearest =
      plan.style === 'quiet sound'
        ? []
        : stagesOnlyNearest(plan, programme, search).map((stage): SummaryFact => ({ key: 'nearest-match', stage }));
    // The word on how sure anyone can be stays last.
    facts.splice(Math.max(0, facts.length - 1), 0, ...onePiece, ...nearest);
    const reasons = plan.stages[0]?.because ?? [];
    return { ...plan, summaryFacts: facts, summary: deps.explain({ facts, reasons }, locale) };
  }

  async function tasteOf(listener: string | undefined): Promise<Taste | null> {
    return listener ? (await deps.tastes()).load(listener) : null;
  }

  async function rulesOf(listener: string | undefined): Promise<HouseRules | null> {
    return (listener ? await deps.rules?.(listener) : null) ?? null;
  }

  async function allocatedTo(listener: string | undefined): Promise<Approach | null> {
    return (listener ? await deps.allocated?.(listener) : null) ?? null;
  }

  async function helpedOf(listener: string | undefined): Promise<Taste | null> {
    return (listener ? await deps.helped?.(listener) : null) ?? null;
  }
}
