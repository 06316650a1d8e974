/** What a caregiver does for a listener: looks at nights, plans, sets the rules of the house, cares for who else may see. */
import express, { type RequestHandler, type Response, Router } from 'express';
import type { z } from 'zod';
import { styleName } from '../../audio-prompts/screen/style-names.js';
import type { Accessed } from '../../engine/caregivers/access-log.js';
import type { CareLink } from '../../engine/caregivers/link.js';
import type { CareAct } from '../../engine/caregivers/role.js';
import { EmohealError } from '../../engine/errors.js';
import { trackOf } from '../../engine/plan/made.js';
import { nextDueMs } from '../../engine/routines/due.js';
import { makeRoutine } from '../../engine/routines/routine.js';
import { settle } from '../http/house-rules.js';
import { idempotent } from '../http/idempotency.js';
import { pageLocale } from '../http/page-locale.js';
import { pathPicture } from '../http/path-picture.js';
import { signedIn } from './door.js';
import { careRoutine, linkAnswer, overviewOf, personOf } from './overview.js';
import type { CareHouse } from './routes.js';
import {
  CalledBody,
  CareInvitationBody,
  CareRoutineBody,
  CareRoutineChange,
  isoOf,
  type ListenerAnswer,
  type MusicAnswer,
  type Overview,
  PersonBody,
  type PreviewAnswer,
  RulesBody,
  readBody,
} from './schemas.js';

const PLAN_HINT = 'Send {"when": "weekdays 21:30", "minutes": 40, "intention": "fall-asleep", "approach": "straight"}.';
const RULES_HINT =
  'Send {"loudnessCapLufs": -30, "quietHours": {"from": "22:30", "until": "06:00", "zone": "Europe/Berlin"}}.';
const ROLE_HINT = 'Send {"role": "planner"}.';
const MOST_SHOWN_TRACKS = 30;
/** The same picture for the same wish, however often it is looked at. */
const PREVIEW_SEED = 1;
/** Two lists of five hundred ids each. */
const RULES_JSON = express.json({ limit: '256kb' });

const listenerOf = (request: { params: Record<string, unknown> }) => String(request.params.listener);
const linkIn = (response: Response): CareLink => response.locals.link as CareLink;

/** Before anything is done or an earlier answer is repeated: may this caregiver, now? And it is in the log. */
export const mayFirst =
  (house: CareHouse, act: CareAct, what: Accessed): RequestHandler =>
  async (request, response, next) => {
    const { caregiver } = signedIn(response).session;
    response.locals.link = await house.caregivers.look(listenerOf(request as never), caregiver, act, what);
    next();
  };

export function listenerRoutes(house: CareHouse): Router {
  const { door } = house;
  const router = Router();
  const body = express.json({ limit: '4kb' });
  const may = (act: CareAct, what: Accessed): RequestHandler[] => [door.signedIn, mayFirst(house, act, what)];
  const who = (response: Response) => signedIn(response).session.caregiver;
  const at = '/api/v1/care/listeners/:listener';

  router.get('/api/v1/care/listeners', door.signedIn, async (_request, response) => {
    const caregiver = who(response);
    const links = await house.caregivers.linksOf(caregiver);
    const listeners: z.infer<typeof Overview>[] = [];
    for (const { listener, link } of links)
      if (link.consent) {
        // Taken back a moment ago: then there is nothing to show of that listener, and the others are shown.
        const seen = await house.caregivers.look(listener, caregiver, 'see', 'overview').catch(unseen);
        if (seen) listeners.push(await overviewOf(listener, seen, house));
      }
    const waiting = links.filter(({ link }) => !link.consent).map(({ listener, link }) => linkAnswer(listener, link));
    response.json({ listeners, waiting });
  });

  router.get(at, ...may('see', 'nights'), async (request, response) => {
    const [listener, link] = [listenerOf(request), linkIn(response)];
    const routines = await (await house.routines()).list(listener);
    const owner = link.role === 'owner';
    const answer: z.infer<typeof ListenerAnswer> = {
      ...(await overviewOf(listener, link, house)),
      zone: house.zone(),
      routines: routines.map(careRoutine),
      rules: (await (await house.rules()).load(listener)) ?? {},
      ...(owner ? { people: (await house.caregivers.whoMaySee(listener)).map(personOf) } : {}),
    };
    response.json(answer);
  });
  router.put(`${at}/called`, ...may('see', 'overview'), body, async (request, response) => {
    const { called } = readBody(CalledBody, request.body, 'Send {"called": "Grandma"}.');
    const link = await house.caregivers.call(listenerOf(request), who(response), called);
    response.json(linkAnswer(listenerOf(request), link));
  });
  /** Whoever no longer cares leaves by themselves. */
  router.delete(`${at}/me`, door.signedIn, async (request, response) => {
    await house.caregivers.stopSharing(listenerOf(request), who(response));
    response.status(204).end();
  });

  router.post(`${at}/preview`, ...may('plan', 'plan'), body, async (request, response) => {
    const wish = readBody(CareRoutineBody, request.body, PLAN_HINT);
    const zone = wish.zone ?? house.zone();
    const routine = makeRoutine({ ...wish, zone }, { id: 'preview', listener: '', nowMs: house.nowMs() });
    const { minutes, intention, approach, locale } = routine;
    const atMs = nextDueMs({ ...routine, enabled: true })!;
    // Without the listener: what they like, and their place in a study, are nobody else's to see.
    const { plan, programme } = await (await house.service()).prepare({
      minutes,
      locale,
      zone,
      atMs,
      seed: PREVIEW_SEED,
      ...(intention ? { intention } : {}),
      ...(approach ? { approach } : {}),
    });
    const search = await house.search();
    const tracks = programme.tracks.map(({ trackId, title, stage, startSec, endSec }) => {
      const track = trackOf(programme, search, trackId);
      const { valence, arousal } = track?.analysis ?? {};
      const measured = track && !track.analysis.foretold ? { valence: valence!, arousal: arousal! } : null;
      return { title, stage, startSec, endSec, measured };
    });
    const answer: z.infer<typeof PreviewAnswer> = {
      next: isoOf(atMs),
      intention: plan.intention,
      stages: plan.stages.map(({ stage, startSec, endSec }) => ({ stage, startSec, endSec })),
      tracks: tracks.map(({ title, stage }) => ({ title, stage })),
      picture: pathPicture(plan, tracks, 'day', pageLocale(request)),
    };
    response.json(answer);
  });
  router.post(
    `${at}/routines`,
    ...may('plan', 'changed-plan'),
    body,
    idempotent(async (request, response) => {
      const { zone, ...wish } = readBody(CareRoutineBody, request.body, PLAN_HINT);
      const made = await (await house.routines()).add(listenerOf(request), { ...wish, zone: zone ?? house.zone() });
      response.status(201).json(careRoutine(made));
    }, who),
  );
  router.patch(`${at}/routines/:id`, ...may('plan', 'changed-plan'), body, async (request, response) => {
    const wish = readBody(CareRoutineChange, request.body, PLAN_HINT);
    const after = await (await house.routines()).change(listenerOf(request), String(request.params.id), wish);
    response.json(careRoutine(after));
  });
  router.post(
    `${at}/routines/:id/skip`,
    ...may('plan', 'changed-plan'),
    idempotent(async (request, response) => {
      const after = await (await house.routines()).skip(listenerOf(request), String(request.params.id));
      response.json(careRoutine(after));
    }, who),
  );
  router.delete(`${at}/routines/:id`, ...may('plan', 'changed-plan'), async (request, response) => {
    await (await house.routines()).remove(listenerOf(request), String(request.params.id));
    response.status(204).end();
  });

  router.put(`${at}/rules`, ...may('rule', 'changed-rules'), RULES_JSON, async (request, response) => {
    const wish = readBody(RulesBody, request.body, RULES_HINT);
    response.json(await settle(await house.rules(), listenerOf(request), wish));
  });
  router.get(`${at}/music`, ...may('rule', 'rules'), async (request, response) => {
    const words = String(request.query.q ?? '')
      .toLowerCase()
      .slice(0, 100);
    const all = (await house.library()).tracks();
    const called = (style: string) => `${style} ${styleName(style, pageLocale(request))}`;
    const found = all.filter(({ title, maker, style }) =>
      `${title} ${maker} ${called(style)}`.toLowerCase().includes(words),
    );
    const styles = new Map<string, number>();
    for (const { style } of all) styles.set(style, (styles.get(style) ?? 0) + 1);
    const answer: z.infer<typeof MusicAnswer> = {
      styles: [...styles].sort(([a], [b]) => (a < b ? -1 : 1)).map(([style, tracks]) => ({ style, tracks })),
      tracks: found.slice(0, MOST_SHOWN_TRACKS).map(({ id, title, maker, style }) => ({ id, title, maker, style })),
      more: found.length > MOST_SHOWN_TRACKS,
    };
    response.json(answer);
  });

  router.post(
    `${at}/invitations`,
    ...may('people', 'changed-people'),
    body,
    idempotent(async (request, response) => {
      const { role } = readBody(CareInvitationBody, request.body, ROLE_HINT);
      const { code, untilMs } = await house.caregivers.invite(listenerOf(request), { role, how: null });
      response.status(201).json({ code, until: isoOf(untilMs) });
    }, who),
  );
  router.patch(`${at}/caregivers/:id`, ...may('people', 'changed-people'), body, async (request, response) => {
    const { role } = readBody(PersonBody, request.body, ROLE_HINT);
    const link = await house.caregivers.setRole(listenerOf(request), String(request.params.id), role, null);
    response.json(personOf(link));
  });
  router.delete(`${at}/caregivers/:id`, ...may('people', 'changed-people'), async (request, response) => {
    await house.caregivers.stopSharing(listenerOf(request), String(request.params.id));
    response.status(204).end();
  });
  return router;
}

function unseen(error: unknown): null {
  if (error instanceof EmohealError && error.code === 'not-found') return null;
  throw error;
}
