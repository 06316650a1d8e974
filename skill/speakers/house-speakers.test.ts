/** Evenings on the speakers of a house: found, playing what the session is, moved, turned, gone. */
import { afterEach, describe, expect, it } from 'vitest';
import { frames, openSpeakerHouse, until } from './house.fixture.js';
import type { Household } from './upnp/renderer.fixture.js';

type House = Awaited<ReturnType<typeof openSpeakerHouse>>;
let house: House;
afterEach(() => house?.close());

/** One of each make, named by its make. */
async function oneOfEach() {
  house = await openSpeakerHouse();
  const household: Household = new Map();
  return {
    cast: await house.receiver({ name: 'Bedroom cast', id: 'abc123' }),
    upnp: await house.renderer({ name: 'Bedroom upnp', uuid: 'uuid-upnp-1' }),
    sonos: await house.renderer({ name: 'Bedroom sonos', uuid: 'RINCON_B8E937000001400', household }),
    household,
  };
}

describe('looking for speakers', () => {
  it('finds a Chromecast, a Sonos room and a renderer within seconds, with their names', async () => {
    await oneOfEach();
    const startMs = performance.now();
    const found = await house.speakers.list();
    expect(performance.now() - startMs).toBeLessThan(10_000);
    expect(found.map(({ name, kind, address }) => ({ name, kind, address }))).toEqual([
      { name: 'Bedroom cast', kind: 'cast', address: '127.0.0.1' },
      { name: 'Bedroom sonos', kind: 'sonos', address: '127.0.0.1' },
      { name: 'Bedroom upnp', kind: 'upnp', address: '127.0.0.1' },
    ]);
    expect(house.faults).toEqual([]);
  });

  it('finds nothing in a house without any, and says so where one is wanted', async () => {
    house = await openSpeakerHouse();
    expect(await house.speakers.list()).toEqual([]);
    await house.begun();
    await expect(house.speakers.play('Bedroom')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('tells two of the same name apart by their ids, and never guesses', async () => {
    house = await openSpeakerHouse();
    await house.receiver({ name: 'Bedroom', id: 'one' });
    const upnp = await house.renderer({ name: 'Bedroom', uuid: 'two' });
    const found = await house.speakers.list();
    expect(new Set(found.map(({ id }) => id)).size).toBe(2);
    await house.begun();
    const error = await house.speakers.play('bedroom').catch((each) => each);
    expect(error.code).toBe('conflict');
    for (const { id } of found) expect(error.remedy).toContain(id);
    await house.speakers.play(found.find(({ kind }) => kind === 'upnp')!.id);
    expect(upnp.fetched).toHaveLength(1);
  });

  it.each(['huge', 'slow', 'redirects', 'doctype', 'foreign-control', 'no-renderer', 'no-xml'] as const)(
    'leaves out a device whose description is bad (%s), in time, and keeps the others',
    async (description) => {
      house = await openSpeakerHouse();
      await house.renderer({ name: 'Bad', uuid: 'bad', description });
      await house.renderer({ name: 'Good', uuid: 'good' });
      expect((await house.speakers.list()).map(({ name }) => name)).toEqual(['Good']);
    },
  );

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://192.0.2.7/description.xml',
    'http://router.example/description.xml',
    'https://127.0.0.1/description.xml',
    'http://user:secret@127.0.0.1/description.xml',
    'file:///etc/passwd',
    'no address',
  ])('never asks a foreign host, whatever a device points to: %s', async (location) => {
    house = await openSpeakerHouse();
    const bad = await house.renderer({ name: 'Bad', uuid: 'bad', location: () => location });
    expect(await house.speakers.list()).toEqual([]);
    expect(bad.described()).toBe(0);
    expect(house.warnings.join()).toContain('left out');
  });

  it('shows no control characters of a name, and no endless one', async () => {
    house = await openSpeakerHouse();
    await house.renderer({ name: `Bed\u001b[31m\nroom & <more> ${'x'.repeat(500)}`, uuid: 'odd' });
    const { name } = (await house.speakers.list())[0]!;
    expect(name).toMatch(/^Bed \[31m ?room & <more> x+$/);
    expect(name.length).toBeLessThanOrEqual(100);
  });
});

describe.each(['cast', 'upnp', 'sonos'] as const)('a session on a %s speaker', (kind) => {
  const name = `Bedroom ${kind}`;

  it('sounds from the second where it is, fetched by range under the address of the house', async () => {
    const device = (await oneOfEach())[kind];
    const { id } = await house.begun();
    await house.service.place(id, { requestId: 'p', atSec: 100, status: 'playing' });
    const shown = await house.speakers.play(name);
    expect(shown.sessionId).toBe(id);
    expect(device.faults).toEqual([]);
    const [fetched] = device.fetched;
    expect(fetched!.fromSec).toBeGreaterThanOrEqual(100);
    expect(fetched!.fromSec).toBeLessThan(115);
    expect(new URL(fetched!.url).hostname).not.toBe('localhost');
    expect((await house.where(id)).atSec).toBeGreaterThanOrEqual(100);
    expect((await house.where(id)).status).toBe('playing');
  });

  it('is paused, goes on and stops with the session, whoever does it', async () => {
    const device = (await oneOfEach())[kind];
    const { id } = await house.begun();
    await house.speakers.play(name);
    await house.service.act(id, 'pause', { requestId: 'a' });
    await until(() => device.clock.status() === 'paused');
    await house.service.act(id, 'resume', { requestId: 'b' });
    await until(() => device.clock.status() === 'playing');
    await house.speakers.act(name, 'pause');
    expect(device.clock.status()).toBe('paused');
    expect((await house.where(id)).status).toBe('paused');
    await house.speakers.act(name, 'resume');
    expect(device.clock.status()).toBe('playing');
    await house.speakers.act(name, 'stop');
    await until(() => device.clock.status() === 'stopped');
    expect((await house.where(id)).status).toBe('ended');
    await until(async () => (await house.speakers.list()).every(({ sessionId }) => sessionId === null));
    expect(device.fetched).toHaveLength(1);
    expect(house.faults).toEqual([]);
  });

  it('a pause that comes while the speaker is being looked at is not undone by what was seen', async () => {
    await oneOfEach();
    const { id } = await house.begun();
    const seen = { atSec: 30, status: 'playing', whileStill: 'playing' } as const;
    await house.service.place(id, { ...seen, requestId: 'p' });
    expect((await house.where(id)).atSec).toBeGreaterThanOrEqual(30);
    await house.service.act(id, 'pause', { requestId: 'q' });
    await house.service.place(id, { ...seen, atSec: 90, requestId: 'r' });
    expect(await house.where(id)).toMatchObject({ status: 'paused' });
    expect((await house.where(id)).atSec).toBeLessThan(90);
  });

  it.each(['deeper', 'extend', 'straight-to-calm'] as const)('"%s" is heard from the same second', async (action) => {
    const device = (await oneOfEach())[kind];
    const { id } = await house.begun();
    await house.service.place(id, { requestId: 'p', atSec: 60, status: 'playing' });
    await house.speakers.play(name);
    const [before] = device.fetched;
    await house.service.act(id, action, { requestId: 'c', ...(action === 'extend' ? { minutes: 10 } : {}) });
    await until(() => device.fetched.length === 2);
    const after = device.fetched[1]!;
    expect(new URL(after.url).searchParams.get('rev')).toBe('1');
    expect(after.fromSec - before!.fromSec).toBeGreaterThanOrEqual(0);
    expect(after.fromSec - before!.fromSec).toBeLessThan(30);
    if (action === 'extend') expect(after.totalBytes - before!.totalBytes).toBeGreaterThan(500 * 16_000);
    expect(device.faults).toEqual([]);
  });

  it('pauses with the hand at the speaker, and goes on with it', async () => {
    const device = (await oneOfEach())[kind];
    const { id } = await house.begun();
    await house.speakers.play(name);
    device.clock.turn('paused');
    await until(async () => (await house.where(id)).status === 'paused');
    device.clock.turn('playing');
    await until(async () => (await house.where(id)).status === 'playing');
  });

  it('waits at the second that was heard last when the speaker vanishes, and goes on elsewhere', async () => {
    const devices = await oneOfEach();
    const { id } = await house.begun();
    await house.service.place(id, { requestId: 'p', atSec: 200, status: 'playing' });
    await house.speakers.play(name);
    await devices[kind].vanish();
    await until(async () => (await house.where(id)).status === 'paused');
    const { atSec } = await house.where(id);
    expect(atSec).toBeGreaterThan(198);
    const gone = (await house.speakers.list()).find((each) => each.name === name)!;
    expect(gone).toMatchObject({ sessionId: null, trouble: 'lost' });
    const other = kind === 'cast' ? 'upnp' : 'cast';
    await house.speakers.play(`Bedroom ${other}`, { sessionId: id });
    expect(devices[other].fetched[0]!.fromSec).toBeCloseTo(atSec, 0);
    await expect(house.speakers.play(name, { sessionId: id })).rejects.toMatchObject({ code: 'speaker-away' });
    expect((await house.where(id)).status).toBe('playing');
  });

  it('waits where it was when somebody plays something else there', async () => {
    const device = (await oneOfEach())[kind];
    const { id } = await house.begun();
    await house.speakers.play(name);
    device.takeAway();
    await until(async () => (await house.where(id)).status === 'paused');
    await until(async () => (await house.speakers.list()).find((each) => each.name === name)!.trouble === 'taken');
  });

  it('turns its volume step by step, no step larger than one hundredth', async () => {
    const device = (await oneOfEach())[kind];
    const answer = await house.speakers.volume(name, 36, 0);
    expect(answer).toMatchObject({ from: 30, to: 36, overSec: 1.5, cappedBy: null });
    await house.speakers.settled();
    expect(device.volumes.map(({ percent }) => Math.round(percent))).toEqual([31, 32, 33, 34, 35, 36]);
    const [first, last] = [device.volumes[0]!, device.volumes.at(-1)!];
    expect(last.atMs - first.atMs).toBeGreaterThanOrEqual(5 * 240);
  });

  it('in quiet hours goes no higher than the night allows, and is brought down before a session begins', async () => {
    const devices = await oneOfEach();
    await house.rules.save('bedside', { quietHours: { from: '00:00', until: '00:00', zone: 'UTC' } });
    devices[kind].turnKnob(70);
    await house.begun();
    await house.speakers.play(name);
    expect(devices[kind].volume()).toBeCloseTo(40, 5);
    expect(await house.speakers.volume(name, 90, 0)).toMatchObject({ to: 40, cappedBy: 'quiet hours' });
    await house.speakers.settled();
    expect(devices[kind].volume()).toBeCloseTo(40, 5);
  });

  it('leaves the volume to a hand that turns it meanwhile', async () => {
    const device = (await oneOfEach())[kind];
    await house.speakers.volume(name, 50, 0);
    await until(() => device.volumes.length >= 3);
    device.turnKnob(10);
    await house.speakers.settled();
    expect(device.volume()).toBeCloseTo(10, 5);
  });
});

describe('taking a session along', () => {
  it('moves from speaker to speaker at the same second and in the same stage, and the first falls silent', async () => {
    const { cast, sonos, upnp } = await oneOfEach();
    const { id, programme } = await house.begun();
    const guide = programme.stages.find(({ stage }) => stage === 'guide')!;
    await house.service.place(id, { requestId: 'p', atSec: guide.startSec + 30, status: 'playing' });
    await house.speakers.play('Bedroom cast');
    await house.speakers.move('Bedroom cast', 'Bedroom sonos');
    expect(cast.clock.status()).toBe('stopped');
    expect(sonos.clock.status()).toBe('playing');
    await house.speakers.followTo('Bedroom upnp');
    expect(sonos.clock.status()).toBe('stopped');
    expect(upnp.clock.status()).toBe('playing');
    for (const { fetched } of [cast, sonos, upnp]) {
      expect(fetched[0]!.fromSec).toBeGreaterThanOrEqual(guide.startSec + 29);
      expect(fetched[0]!.fromSec).toBeLessThan(guide.startSec + 60);
    }
    expect((await house.where(id)).stage).toBe('guide');
    expect((await house.where(id)).status).toBe('playing');
    const sounding = (await house.speakers.list()).filter(({ sessionId }) => sessionId);
    expect(sounding.map(({ name }) => name)).toEqual(['Bedroom upnp']);
  });

  it('goes on where it was when the other speaker cannot play', async () => {
    const { cast, upnp } = await oneOfEach();
    const { id } = await house.begun();
    await house.speakers.play('Bedroom cast');
    upnp.refuses.SetAVTransportURI = 714;
    await expect(house.speakers.move('Bedroom cast', 'Bedroom upnp')).rejects.toMatchObject({
      code: 'speaker-refused',
      message: expect.stringContaining('714'),
    });
    expect(cast.clock.status()).toBe('playing');
    expect((await house.where(id)).status).toBe('playing');
  });

  it('falls silent for a surface that takes over, at the second that was heard', async () => {
    const { sonos } = await oneOfEach();
    const { id } = await house.begun();
    await house.service.place(id, { requestId: 'p', atSec: 80, status: 'playing' });
    await house.speakers.play('Bedroom sonos');
    expect(house.speakers.isSounding(id)).toBe(true);
    await house.speakers.handOver(id);
    expect(sonos.clock.status()).toBe('stopped');
    expect(await house.where(id)).toMatchObject({ status: 'playing' });
    expect((await house.where(id)).atSec).toBeGreaterThanOrEqual(80);
    expect(house.speakers.isSounding(id)).toBe(false);
    // Silent on the bedside page as well, until it is played in the house again.
    expect(house.speakers.isElsewhere(id)).toBe(true);
    await house.speakers.play('Bedroom cast');
    await house.speakers.release('Bedroom cast');
    expect(house.speakers.isElsewhere(id)).toBe(false);
  });
});

describe('a group', () => {
  it('of Sonos rooms plays in step by their own means, and parts again', async () => {
    const { household } = await oneOfEach();
    const kitchen = await house.renderer({ name: 'Kitchen', uuid: 'RINCON_K', household });
    await house.begun();
    await house.speakers.group('Bedroom sonos', ['Kitchen']);
    await house.speakers.play('Bedroom sonos');
    expect(household.get('RINCON_K')!.coordinator).toBe('RINCON_B8E937000001400');
    expect(kitchen.fetched).toEqual([]);
    await house.speakers.volume('Bedroom sonos', 32, 0);
    await house.speakers.settled();
    expect(kitchen.volume()).toBe(32);
    await house.speakers.group('Bedroom sonos', []);
    expect(household.get('RINCON_K')!.coordinator).toBe('RINCON_K');
  });

  it('never wakes rooms that were grouped by others', async () => {
    const { household, sonos } = await oneOfEach();
    await house.renderer({ name: 'Kitchen', uuid: 'RINCON_K', household });
    household.get('RINCON_B8E937000001400')!.coordinator = 'RINCON_K';
    await house.begun();
    await house.speakers.play('Bedroom sonos');
    expect(sonos.orders).toContain('BecomeCoordinatorOfStandaloneGroup');
    expect(household.get('RINCON_B8E937000001400')!.coordinator).toBe('RINCON_B8E937000001400');
  });

  it('of different makes plays the same session on each, from the same second', async () => {
    const { cast, upnp } = await oneOfEach();
    const { id } = await house.begun();
    await house.service.place(id, { requestId: 'p', atSec: 50, status: 'playing' });
    await house.speakers.play('Bedroom cast');
    await house.speakers.group('Bedroom cast', ['Bedroom upnp']);
    expect(upnp.clock.status()).toBe('playing');
    expect(Math.abs(upnp.fetched[0]!.fromSec - cast.fetched[0]!.fromSec)).toBeLessThan(30);
    await house.speakers.act('Bedroom cast', 'pause');
    await until(() => upnp.clock.status() === 'paused' && cast.clock.status() === 'paused');
    await expect(house.speakers.group('Bedroom cast', ['Bedroom cast'])).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe('a stream that has still to be made', () => {
  it('has its first seconds ready before the speaker hears of it, and nothing of it is left out', async () => {
    const told: string[] = [];
    house = await openSpeakerHouse({
      streams: async () => ({
        open: (programme) => ({
          ...frames.open(programme),
          async *read() {
            told.push(`asked after ${tv.orders.filter((each) => each !== 'GetVolume').length} orders`);
            await new Promise((resolve) => setTimeout(resolve, 700));
            yield new Uint8Array(16_000);
          },
        }),
      }),
    });
    const tv = await house.renderer({ name: 'TV', uuid: 'tv' });
    await house.begun();
    await house.speakers.list();
    const { id } = await house.begun('I feel so tense');
    await house.speakers.play('TV');
    expect(told).toEqual(['asked after 0 orders']);
    expect(tv.fetched[0]!.fromSec).toBeLessThan(0.7);
    expect((await house.where(id)).atSec).toBeLessThan(2.5);
  });

  it('that cannot be made is told to whoever asked, and the speaker stays silent', async () => {
    house = await openSpeakerHouse({
      streams: async () => ({
        open: (programme) => ({
          ...frames.open(programme),
          // biome-ignore lint/correctness/useYield: it never comes so far.
          async *read() {
            throw new Error('no sound');
          },
        }),
      }),
    });
    const tv = await house.renderer({ name: 'TV', uuid: 'tv' });
    await house.begun();
    await expect(house.speakers.play('TV')).rejects.toThrow('no sound');
    expect(tv.uri()).toBe('');
  });
});

describe('speakers that do not do as they should', () => {
  it.each([
    ['garbage', 'speaker-away'],
    ['huge', 'speaker-away'],
    ['no-json', 'speaker-away'],
    ['mute', 'speaker-away'],
    ['refuses-load', 'speaker-refused'],
    ['no-app', 'speaker-refused'],
  ] as const)('a Cast receiver that answers with %s is told in words, and nothing breaks', async (trouble, code) => {
    house = await openSpeakerHouse();
    await house.receiver({ name: 'Odd', id: 'odd', trouble });
    const { id } = await house.begun();
    await expect(house.speakers.play('Odd')).rejects.toMatchObject({ code, remedy: expect.any(String) });
    expect((await house.where(id)).status).toBe('playing');
    expect((await house.speakers.list())[0]!.sessionId).toBeNull();
  });

  it('a renderer that plays no MP3 is told so, before it is given anything', async () => {
    house = await openSpeakerHouse();
    const tv = await house.renderer({ name: 'TV', uuid: 'tv', sink: 'http-get:*:video/mp4:*,http-get:*:audio/L16:*' });
    await house.begun();
    await expect(house.speakers.play('TV')).rejects.toThrow(/does not play MP3/);
    expect(tv.uri()).toBe('');
  });

  it.each(['SetAVTransportURI', 'Play', 'GetTransportInfo'])(
    'a renderer with a fault at %s is told with its code',
    async (action) => {
      house = await openSpeakerHouse();
      await house.renderer({ name: 'Odd', uuid: 'odd', refuses: { [action]: 704 } });
      await house.begun();
      await expect(house.speakers.play('Odd')).rejects.toThrow(/704/);
    },
  );

  it('is asked on port and address of its own only, and no address of a stream is ever in a fault', async () => {
    house = await openSpeakerHouse();
    const odd = await house.renderer({ name: 'Odd', uuid: 'odd' });
    await house.begun();
    await house.speakers.play('Odd');
    odd.refuses.GetPositionInfo = 501;
    await until(() => house.faults.length >= 3);
    expect(JSON.stringify(house.faults.map((each) => String((each as Error).message)))).not.toMatch(/sig=|stream/);
  });
});
