/** Speakers are told an address at which they reach this server, or the house is told why they cannot. */
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { houseUrlFor } from './own-address.js';

describe('the address for a speaker', () => {
  it('is this machine’s on the way to that speaker, never localhost', async () => {
    const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    const outer = own.find(({ internal, family }) => !internal && family === 'IPv4');
    if (!outer) return;
    const neighbour = outer.address.replace(/\d+$/, (last) => String((Number(last) % 200) + 7));
    expect(await houseUrlFor(neighbour, { listensOn: '0.0.0.0', port: 8080, houseUrl: undefined })).toBe(
      `http://${outer.address}:8080`,
    );
  });

  it('is the loopback only for a speaker on this very machine', async () => {
    const open = { listensOn: '0.0.0.0', port: 80, houseUrl: undefined };
    expect(await houseUrlFor('127.0.0.1', open)).toBe('http://127.0.0.1:80');
    await expect(houseUrlFor('192.168.1.50', { ...open, listensOn: '127.0.0.1' })).rejects.toMatchObject({
      code: 'config-invalid',
      remedy: expect.stringContaining('EMOHEAL_HOUSE_URL'),
    });
  });

  it('is the one that the house set, where it set one', async () => {
    const url = await houseUrlFor('192.168.1.50', {
      listensOn: '127.0.0.1',
      port: 80,
      houseUrl: 'http://192.168.1.2:9/',
    });
    expect(url).toBe('http://192.168.1.2:9');
  });
});
