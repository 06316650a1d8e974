import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryRecords } from '../records.js';
import { MOST_ENTRIES } from './access-log.js';
import { ACCOUNT_KEPT_MS, createAccounts } from './accounts.js';
import { type CareRecord, CareRecord as Schema } from './care-record.js';
import { type Caregivers, createCaregivers } from './caregivers.js';
import { CODE_HOLDS_MS, MOST_WRONG_TRIES } from './invitation.js';
import { MOST_CAREGIVERS } from './link.js';
import { Role, roleMay } from './role.js';

const RANK = { viewer: 0, planner: 1, owner: 2 };

const MINUTE = 60_000;

function house() {
  const records = createMemoryRecords<CareRecord>();
  const clock = { nowMs: Date.parse('2026-01-15T12:00Z') };
  let ids = 0;
  let codes = 0;
  const nowMs = () => clock.nowMs;
  const caregivers = createCaregivers({
    records,
    nowMs,
    newId: () => `c${ids++}`,
    randomBelow: () => codes++,
    hashCode: (code) => `hash of ${code}`,
  });
  return { records, clock, caregivers, accounts: createAccounts({ records, nowMs }) };
}

async function joined(caregivers: Caregivers, listener: string, name: string, role: Role = 'planner') {
  const { code } = await caregivers.invite(listener, { role, how: 'tapped' });
  const done = await caregivers.redeem(code, { name });
  return done!.account.id;
}

describe('a code', () => {
  it('makes one caregiver, once, within ten minutes', async () => {
    const { caregivers, clock } = house();
    const { code, untilMs } = await caregivers.invite('bedside', { role: 'viewer', how: 'spoken' });
    expect(code).toMatch(/^[1-9]\d{5}$/);
    expect(untilMs - clock.nowMs).toBe(CODE_HOLDS_MS);
    expect((await caregivers.redeem(code, { name: 'Anna' }))?.account.name).toBe('Anna');
    expect(await caregivers.redeem(code, { name: 'Ben' })).toBeNull();
    const late = await caregivers.invite('bedside', { role: 'viewer', how: 'spoken' });
    clock.nowMs += CODE_HOLDS_MS;
    expect(await caregivers.redeem(late.code, { name: 'Ben' })).toBeNull();
    expect((await caregivers.whoMaySee('bedside')).map(({ name }) => name)).toEqual(['Anna']);
  });

  it('is nowhere kept as it is read out', async () => {
    const { caregivers, records } = house();
    const { code } = await caregivers.invite('bedside', { role: 'viewer', how: 'spoken' });
    const kept = JSON.stringify(await records.read());
    expect(kept.replace(`hash of ${code}`, '')).not.toContain(code);
  });

  it('is burned by many wrong tries, and then a new one is simply made', async () => {
    const { caregivers } = house();
    const first = await caregivers.invite('bedside', { role: 'viewer', how: 'spoken' });
    for (let i = 0; i < MOST_WRONG_TRIES - 1; i += 1)
      expect(await caregivers.redeem('999999', { name: 'X' })).toBeNull();
    // One try before the last: still good, as long as nobody uses it up.
    const spare = await caregivers.invite('bedside', { role: 'viewer', how: 'spoken' });
    await caregivers.redeem('999999', { name: 'X' });
    expect(await caregivers.redeem(first.code, { name: 'Anna' })).toBeNull();
    expect((await caregivers.redeem(spare.code, { name: 'Anna' }))?.account.name).toBe('Anna');
  });

  it('stays good where it would make two caregivers of one name', async () => {
    const { caregivers } = house();
    await joined(caregivers, 'bedside', 'Anna');
    const { code } = await caregivers.invite('bedside', { role: 'viewer', how: 'spoken' });
    await expect(caregivers.redeem(code, { name: 'ANNA' })).rejects.toMatchObject({ code: 'conflict' });
    expect(await caregivers.redeem(code, { name: 'Anna Berg' })).not.toBeNull();
  });

  it('is made only where there is room', async () => {
    const { caregivers } = house();
    for (let i = 0; i < MOST_CAREGIVERS; i += 1) await joined(caregivers, 'bedside', `Caregiver ${i}`);
    await expect(caregivers.invite('bedside', { role: 'viewer', how: 'spoken' })).rejects.toMatchObject({
      code: 'conflict',
    });
    // A known one still gets a new way in, and stays who they are.
    const again = await caregivers.invite('bedside', { role: 'viewer', how: 'tapped', caregiver: 'c0' });
    expect((await caregivers.redeem(again.code, { name: 'Whoever' }))?.account).toMatchObject({
      id: 'c0',
      name: 'Caregiver 0',
    });
    expect((await caregivers.whoMaySee('bedside'))[0]).toMatchObject({ role: 'planner' });
  });

  it('for one listener opens no other', async () => {
    const { caregivers } = house();
    const anna = await joined(caregivers, 'bedside', 'Anna', 'owner');
    await expect(caregivers.look('attic', anna, 'see', 'nights')).rejects.toMatchObject({ code: 'not-found' });
    await expect(caregivers.look('__proto__', anna, 'see', 'nights')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('consent', () => {
  it('is the listener’s: who was invited by a caregiver sees nothing before', async () => {
    const { caregivers } = house();
    await joined(caregivers, 'bedside', 'Anna', 'owner');
    const { code } = await caregivers.invite('bedside', { role: 'owner', how: null, tellCrisis: true });
    const { account } = (await caregivers.redeem(code, { name: 'Ben' }))!;
    await expect(caregivers.look('bedside', account.id, 'see', 'nights')).rejects.toMatchObject({ code: 'not-found' });
    expect((await caregivers.readLog('bedside')).length).toBe(0);
    await caregivers.agree('bedside', account.id, 'spoken');
    const link = await caregivers.look('bedside', account.id, 'people', 'people');
    expect(link.consent).toMatchObject({ how: 'spoken' });
    // Of crises nobody is told on another caregiver's word.
    expect(link.tellCrisisSinceMs).toBeNull();
  });

  it('taken back ends everything at once, also what is not yet redeemed; the log stays', async () => {
    const { caregivers } = house();
    const anna = await joined(caregivers, 'bedside', 'Anna', 'owner');
    await caregivers.look('bedside', anna, 'see', 'nights');
    const { code } = await caregivers.invite('bedside', { role: 'owner', how: 'spoken' });
    expect((await caregivers.stopSharing('bedside')).map(({ name }) => name)).toEqual(['Anna']);
    await expect(caregivers.look('bedside', anna, 'see', 'nights')).rejects.toMatchObject({ code: 'not-found' });
    expect(await caregivers.linksOf(anna)).toEqual([]);
    expect(await caregivers.redeem(code, { name: 'Ben' })).toBeNull();
    expect(await caregivers.stopSharing('bedside')).toEqual([]);
    expect(await caregivers.readLog('bedside')).toMatchObject([{ name: 'Anna', what: 'nights', times: 1 }]);
  });

  it('says whether a caregiver is told of a call for help, from then on and never of one before', async () => {
    const { caregivers, clock } = house();
    const anna = await joined(caregivers, 'bedside', 'Anna', 'owner');
    await caregivers.askedForHelp('bedside', clock.nowMs);
    expect(await caregivers.ownOf('bedside')).toMatchObject({ helpCalls: [] });
    clock.nowMs += MINUTE;
    await caregivers.tellCrisis('bedside', anna, true);
    const ben = await joined(caregivers, 'bedside', 'Ben', 'owner');
    clock.nowMs += MINUTE;
    await caregivers.askedForHelp('bedside', clock.nowMs);
    expect(await caregivers.helpCallsFor('bedside', anna)).toEqual([clock.nowMs]);
    expect(await caregivers.helpCallsFor('bedside', ben)).toEqual([]);
    clock.nowMs += MINUTE;
    await caregivers.tellCrisis('bedside', ben, true);
    expect(await caregivers.helpCallsFor('bedside', ben)).toEqual([]);
    await caregivers.tellCrisis('bedside', anna, false);
    expect(await caregivers.helpCallsFor('bedside', anna)).toEqual([]);
  });
});

/** Whatever happens in whatever order, held against a model that is too simple to be wrong. */
describe('any run of events', () => {
  const listener = fc.constantFrom('bedside', '__proto__', 'Änne');
  const person = fc.constantFrom('Anna', 'Ben', 'Cem', '<b>Dora</b>');
  const role = fc.constantFrom(...Role.options);
  const event = fc.oneof(
    fc.record({ kind: fc.constant('join' as const), listener, person, role, byListener: fc.boolean() }),
    fc.record({ kind: fc.constant('agree' as const), listener, person }),
    fc.record({ kind: fc.constant('role' as const), listener, person, role, byListener: fc.boolean() }),
    fc.record({ kind: fc.constant('stop' as const), listener, person: fc.option(person) }),
    fc.record({
      kind: fc.constant('look' as const),
      listener,
      person,
      act: fc.constantFrom('see', 'plan', 'rule', 'people'),
    }),
    fc.record({ kind: fc.constant('forget' as const), listener }),
    fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 0, max: 100_000 }) }),
  );

  it('nobody sees without consent or beyond their role, and each look is in the log before it is answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 40 }), async (events) => {
        const { caregivers, records, clock } = house();
        const ids = new Map<string, string>();
        const model = new Map<string, { role: Role; asked?: Role | undefined; consent: boolean }>();
        /** By another caregiver: nothing more than the listener agreed to. */
        const given = (link: { role: Role; asked?: Role | undefined; consent: boolean }, role: Role) => {
          const waits = link.consent && RANK[role] > RANK[link.role];
          Object.assign(link, waits ? { asked: role } : { role, asked: undefined });
        };
        const at = (of: string, who: string) => `${of}\n${who}`;
        for (const each of events) {
          if (each.kind === 'wait') clock.nowMs += each.minutes * MINUTE;
          if (each.kind === 'join') {
            const account = ids.get(each.person);
            const { code } = await caregivers.invite(each.listener, {
              role: each.role,
              how: each.byListener ? 'tapped' : null,
            });
            const done = (await caregivers.redeem(code, account ? { account } : { name: each.person }))!;
            ids.set(each.person, done.account.id);
            const link = model.get(at(each.listener, each.person));
            if (link?.consent && !each.byListener) given(link, each.role);
            else model.set(at(each.listener, each.person), { role: each.role, consent: each.byListener });
          }
          if (each.kind === 'forget') {
            await caregivers.forget(each.listener);
            for (const key of [...model.keys()]) if (key.startsWith(`${each.listener}\n`)) model.delete(key);
          }
          if (each.kind === 'stop') {
            await caregivers.stopSharing(
              each.listener,
              each.person === null ? undefined : (ids.get(each.person) ?? '-'),
            );
            for (const key of [...model.keys()])
              if (
                key.startsWith(`${each.listener}\n`) &&
                (each.person === null || key === at(each.listener, each.person))
              )
                model.delete(key);
          }
          if (each.kind === 'agree' || each.kind === 'role') {
            const link = model.get(at(each.listener, each.person));
            const id = ids.get(each.person) ?? '-';
            const asked =
              each.kind === 'agree'
                ? caregivers.agree(each.listener, id, 'spoken')
                : caregivers.setRole(each.listener, id, each.role, each.byListener ? 'tapped' : null);
            const done = await asked.then(
              () => true,
              () => false,
            );
            expect(done).toBe(link !== undefined);
            if (link && each.kind === 'agree')
              Object.assign(link, { consent: true, role: link.asked ?? link.role, asked: undefined });
            if (link && each.kind === 'role') {
              if (each.byListener) Object.assign(link, { role: each.role, asked: undefined });
              else given(link, each.role);
            }
          }
          if (each.kind === 'look') {
            const link = model.get(at(each.listener, each.person));
            const before = (await caregivers.readLog(each.listener)).reduce((sum, { times }) => sum + times, 0);
            const answer = await caregivers
              .look(each.listener, ids.get(each.person) ?? '-', each.act as 'see', 'plan')
              .then(
                () => 'yes',
                ({ code }: { code: string }) => code,
              );
            const wanted = !link?.consent ? 'not-found' : roleMay(link.role, each.act as 'see') ? 'yes' : 'forbidden';
            expect(answer).toBe(wanted);
            const log = await caregivers.readLog(each.listener);
            expect(log.reduce((sum, { times }) => sum + times, 0)).toBe(before + (answer === 'yes' ? 1 : 0));
            if (answer === 'yes') expect(log[0]).toMatchObject({ name: each.person, lastMs: clock.nowMs });
          }
        }
        for (const record of Object.values(await records.read())) expect(Schema.safeParse(record).success).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('the log tells the newest look first, also where an older line was counted on', async () => {
    const { caregivers, clock } = house();
    const anna = await joined(caregivers, 'bedside', 'Anna', 'owner');
    await caregivers.look('bedside', anna, 'see', 'nights');
    clock.nowMs += MINUTE;
    await caregivers.look('bedside', anna, 'plan', 'changed-plan');
    clock.nowMs += MINUTE;
    await caregivers.look('bedside', anna, 'see', 'nights');
    expect((await caregivers.readLog('bedside')).map(({ what, times }) => [what, times])).toEqual([
      ['nights', 2],
      ['changed-plan', 1],
    ]);
  });

  it('the log keeps its bounds, and a page opened over and over pushes nothing out', async () => {
    const { caregivers, clock } = house();
    const [anna, ben] = [await joined(caregivers, 'bedside', 'Anna'), await joined(caregivers, 'bedside', 'Ben')];
    await caregivers.look('bedside', ben, 'see', 'nights');
    for (let i = 0; i < 700; i += 1) await caregivers.look('bedside', anna, 'see', 'nights');
    const log = await caregivers.readLog('bedside');
    expect(log.map(({ name, times }) => [name, times])).toEqual([
      ['Anna', 700],
      ['Ben', 1],
    ]);
    for (let i = 0; i < MOST_ENTRIES + 20; i += 1) {
      clock.nowMs += 11 * MINUTE;
      await caregivers.look('bedside', anna, 'see', 'nights');
    }
    expect((await caregivers.readLog('bedside')).length).toBe(MOST_ENTRIES);
    clock.nowMs += 181 * 24 * 60 * MINUTE;
    expect(await caregivers.readLog('bedside')).toEqual([]);
  });
});

describe('an account', () => {
  const passkey = (id: string, counter = 0) => ({
    id,
    publicKey: 'AA',
    counter,
    transports: ['internal'],
    synced: true,
    addedAtMs: 1,
    usedAtMs: null,
  });

  it('is opened by its own passkeys, and a key whose counter goes back by nobody', async () => {
    const { caregivers, accounts } = house();
    const [anna, ben] = [await joined(caregivers, 'bedside', 'Anna'), await joined(caregivers, 'bedside', 'Ben')];
    await accounts.addPasskey(anna, passkey('k1', 5));
    await expect(accounts.addPasskey(ben, passkey('k1'))).rejects.toMatchObject({ code: 'conflict' });
    expect((await accounts.withPasskey('k1'))?.id).toBe(anna);
    await accounts.usePasskey(anna, 'k1', 6);
    await expect(accounts.usePasskey(anna, 'k1', 6)).rejects.toMatchObject({ code: 'forbidden' });
    await accounts.removePasskey(anna, 'k1');
    expect(await accounts.withPasskey('k1')).toBeNull();
  });

  it('goes with its links at its owner’s word, and by itself a month after its last listener', async () => {
    const { caregivers, accounts, clock } = house();
    const [anna, ben] = [await joined(caregivers, 'bedside', 'Anna'), await joined(caregivers, 'bedside', 'Ben')];
    await accounts.remove(anna);
    expect((await caregivers.whoMaySee('bedside')).map(({ name }) => name)).toEqual(['Ben']);
    clock.nowMs += ACCOUNT_KEPT_MS + 1;
    expect(await accounts.tidy()).toBe(0);
    await caregivers.stopSharing('bedside');
    expect(await accounts.tidy()).toBe(1);
    expect(await accounts.find(ben)).toBeNull();
  });
});
