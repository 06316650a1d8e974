/** Every route of the console, tried as everybody: what each may do, and that nobody may do more. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument } from '../http/openapi.js';
import { routesOf } from '../http/routes-of.fixture.js';
import { CSRF_HEADER } from './door.js';
import { type Browser, from, type HouseFixture, houseFixture, ORIGIN } from './house.fixture.js';
import { IDLE_CODE_MS } from './web-sessions.js';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
interface Case {
  route: `${Method} ${string}`;
  /** What the smallest role that may gets; and which role that is, where it is about a listener. */
  good: number;
  least?: 'viewer' | 'planner' | 'owner';
  /** `anybody`: before signing in. `signed-in`: about oneself. `own`: the listener's side. */
  for: 'anybody' | 'signed-in' | 'listener' | 'own';
  body?: object | Buffer;
  query?: string;
}

const PLAN = { when: 'weekdays 21:30', minutes: 40, intention: 'fall-asleep', approach: 'straight' };
const CREDENTIAL = { ticket: '1.x', response: { id: 'AA', type: 'public-key', response: {} } };
const L = '/api/v1/care/listeners/:listener';
const CASES: Case[] = [
  { route: 'post /api/v1/care/codes', for: 'anybody', good: 404, body: { code: '999999', name: 'Eve' } },
  { route: 'post /api/v1/care/sign-in/options', for: 'anybody', good: 200 },
  { route: 'post /api/v1/care/sign-in', for: 'anybody', good: 400, body: CREDENTIAL },
  { route: 'get /api/v1/care/me', for: 'signed-in', good: 200 },
  { route: 'get /api/v1/care/now', for: 'signed-in', good: 200 },
  { route: 'delete /api/v1/care/me', for: 'signed-in', good: 204 },
  { route: 'get /api/v1/care/sessions', for: 'signed-in', good: 200 },
  { route: 'delete /api/v1/care/sessions/:id', for: 'signed-in', good: 204 },
  { route: 'post /api/v1/care/sign-out', for: 'signed-in', good: 204 },
  { route: 'post /api/v1/care/sign-out-everywhere', for: 'signed-in', good: 204 },
  { route: 'post /api/v1/care/passkeys/options', for: 'signed-in', good: 200 },
  { route: 'post /api/v1/care/passkeys', for: 'signed-in', good: 400, body: CREDENTIAL },
  { route: 'delete /api/v1/care/passkeys/:id', for: 'signed-in', good: 204 },
  { route: 'get /api/v1/care/listeners', for: 'signed-in', good: 200 },
  { route: `delete ${L}/me`, for: 'signed-in', good: 204 },
  { route: `get ${L}`, for: 'listener', least: 'viewer', good: 200 },
  { route: `put ${L}/called`, for: 'listener', least: 'viewer', good: 200, body: { called: 'Grandma' } },
  { route: `post ${L}/preview`, for: 'listener', least: 'planner', good: 200, body: PLAN },
  { route: `post ${L}/routines`, for: 'listener', least: 'planner', good: 201, body: PLAN },
  { route: `patch ${L}/routines/:id`, for: 'listener', least: 'planner', good: 200, body: { enabled: false } },
  { route: `post ${L}/routines/:id/skip`, for: 'listener', least: 'planner', good: 200 },
  { route: `delete ${L}/routines/:id`, for: 'listener', least: 'planner', good: 204 },
  { route: `put ${L}/rules`, for: 'listener', least: 'planner', good: 200, body: { loudnessCapLufs: -30 } },
  { route: `get ${L}/music`, for: 'listener', least: 'planner', good: 200 },
  { route: `post ${L}/greeting`, for: 'listener', least: 'planner', good: 201, body: Buffer.from('sound') },
  { route: `get ${L}/greeting`, for: 'listener', least: 'viewer', good: 200 },
  { route: `delete ${L}/greeting`, for: 'listener', least: 'planner', good: 204 },
  { route: `post ${L}/invitations`, for: 'listener', least: 'owner', good: 201, body: { role: 'viewer' } },
  { route: `patch ${L}/caregivers/:id`, for: 'listener', least: 'owner', good: 200, body: { role: 'viewer' } },
  { route: `delete ${L}/caregivers/:id`, for: 'listener', least: 'owner', good: 204 },
  { route: 'get /api/v1/care/own', for: 'own', good: 200 },
  { route: 'post /api/v1/care/own/invitations', for: 'own', good: 201, body: { role: 'viewer' } },
  { route: 'put /api/v1/care/own/caregivers/:id', for: 'own', good: 200, body: { tellCrisis: true } },
  { route: 'delete /api/v1/care/own/caregivers', for: 'own', good: 200 },
  { route: 'delete /api/v1/care/own/caregivers/:id', for: 'own', good: 200 },
  { route: 'get /api/v1/care/own/greeting', for: 'own', good: 200 },
  { route: 'delete /api/v1/care/own/greeting', for: 'own', good: 204 },
];

const RANK = { viewer: 0, planner: 1, owner: 2 } as const;

/** One house a route; what a try changed is undone before the next. */
async function world() {
  const house = await houseFixture();
  houses.push(house);
  const people = {
    viewer: await house.joined('bedside', 'Vera', 'viewer'),
    planner: await house.joined('bedside', 'Paul', 'planner'),
    owner: await house.joined('bedside', 'Olga', 'owner'),
    'owner of another listener': await house.joined('attic', 'Otto', 'owner'),
    'revoked owner': await house.joined('bedside', 'Rita', 'owner'),
  };
  await house.caregivers.stopSharing('bedside', people['revoked owner'].caregiver);
  const { code } = await house.caregivers.invite('bedside', { role: 'owner', how: null });
  const waiting = (await house.caregivers.redeem(code, { name: 'Willa' }))!.account.id;
  const withoutConsent = await house.browserOf(waiting);
  const routine = await house.routines.add('bedside', { when: 'daily 21:30', zone: 'UTC' });
  await house.rules.save('bedside', { greeting: { id: 'hello', durationSec: 1 } });
  await mkdir(path.join(house.dataDir, 'greetings'));
  const restored = await house.snapshot();
  const restore = async () => {
    await restored();
    await writeFile(path.join(house.dataDir, 'greetings', 'hello'), 'sound');
  };
  return { house, people: { ...people, 'owner without consent': withoutConsent }, routine, restore };
}
type World = Awaited<ReturnType<typeof world>>;

let asked = 0;
async function ask(
  { house, routine, people, restore }: World,
  { route, body, query = '', for: whose }: Case,
  headers: Record<string, string>,
): Promise<number> {
  await restore();
  const [method, path] = route.split(' ') as [Method, string];
  const id = path.includes('caregivers') ? people.viewer.caregiver : path.includes('routines') ? routine.id : 'x';
  const address = path.replace(':listener', 'bedside').replace(':id', id) + query;
  // Each from an address of its own: here nobody is to be stopped for asking often.
  const away: Record<string, string> = whose === 'own' ? {} : { 'x-forwarded-for': `198.51.100.${asked++ % 250}` };
  const sent = request(house.app)
    [method](address)
    .set({ ...away, ...headers });
  const { status } = await (Buffer.isBuffer(body)
    ? sent.set('content-type', 'audio/webm').send(body)
    : body
      ? sent.send(body)
      : sent);
  return status;
}

const houses: HouseFixture[] = [];
afterAll(() => {
  for (const house of houses) house.remove();
});

describe('the table', () => {
  let whole: HouseFixture;
  beforeAll(async () => {
    whole = await houseFixture();
    houses.push(whole);
  });

  it('holds every route that there is', () => {
    const real = routesOf(whole.router).filter((route) => route.includes('/api/'));
    expect([...new Set(real)].sort()).toEqual(CASES.map(({ route }) => route).sort());
  });

  it('is the description of the interface as well', () => {
    const { paths = {} } = openApiDocument() as { paths?: Record<string, object> };
    const told = Object.entries(paths)
      .filter(([path]) => path.startsWith('/api/v1/care/'))
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
    const tried = CASES.map(({ route }) => route.replace(/:(\w+)/g, '{$1}'));
    expect(told.sort()).toEqual(tried.sort());
  });
});

describe.each(CASES)('$route', (each) => {
  const changes = !each.route.startsWith('get ');
  let here: World;
  beforeAll(async () => {
    here = await world();
  });
  const wanted = (who: string): number => {
    if (each.for !== 'listener') return each.good;
    if (!(who in RANK)) return 404;
    return RANK[who as keyof typeof RANK] >= RANK[each.least!] ? each.good : 403;
  };

  if (each.for === 'own') {
    it('is for who is in the house, and for nobody outside', async () => {
      expect(await ask(here, each, {})).toBe(each.good);
      for (const header of ['x-forwarded-for', 'forwarded', 'via', 'cf-connecting-ip'])
        expect([header, await ask(here, each, { [header]: '203.0.113.7' })]).toEqual([header, 403]);
      expect(await ask(here, each, { host: 'bedside.local', origin: 'https://evil.example' })).toBe(403);
      expect(await ask(here, each, { host: 'bedside.local', origin: 'http://bedside.local' })).toBe(each.good);
    });
    return;
  }

  it('gives each role what it may, and nobody more', async () => {
    const found: Record<string, number> = {};
    for (const [who, browser] of Object.entries(here.people)) found[who] = await ask(here, each, from(browser));
    expect(found).toEqual(Object.fromEntries(Object.keys(here.people).map((who) => [who, wanted(who)])));
  });

  it('is shut for nobody, for who is signed in no more, and for a forged cookie', async () => {
    const { owner } = here.people;
    const good = each.for === 'anybody' ? each.good : 401;
    expect(await ask(here, each, { host: 'bedside.test', origin: ORIGIN })).toBe(good);
    const forged: Browser = { ...owner, cookie: `emoheal-care=${'A'.repeat(43)}` };
    expect(await ask(here, each, from(forged))).toBe(good);
    here.house.clock.nowMs += IDLE_CODE_MS;
    expect(await ask(here, each, from(owner))).toBe(good);
    here.house.clock.nowMs -= IDLE_CODE_MS;
  });

  if (changes)
    it('is not done for another page, nor without the token of this very session', async () => {
      const { owner, planner } = here.people;
      const { [CSRF_HEADER]: _csrf, ...withoutToken } = from(owner);
      const { origin: _origin, ...withoutOrigin } = from(owner);
      const needsToken = each.for !== 'anybody' || each.route.endsWith('codes');
      const tries: Record<string, string>[] = [
        { ...from(owner), origin: 'https://evil.example' },
        { ...from(owner), origin: 'null' },
        withoutOrigin,
        ...(needsToken
          ? [
              withoutToken,
              { ...from(owner), [CSRF_HEADER]: planner.csrf },
              { ...from(owner), [CSRF_HEADER]: 'x'.repeat(43) },
            ]
          : []),
      ];
      for (const headers of tries) expect(await ask(here, each, headers)).toBe(403);
    });
});
