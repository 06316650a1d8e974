/** Looking for speakers takes nothing else away, whatever stands in its way. */
import { createSocket } from 'node:dgram';
import { describe, expect, it } from 'vitest';
import { findSpeakers } from './find.js';

describe('looking for speakers', () => {
  it('finds none by a port that another program has for itself, says so, and nothing breaks', async () => {
    const greedy = createSocket('udp4');
    await new Promise<void>((resolve) => greedy.bind(0, resolve));
    const warnings: string[] = [];
    const found = await findSpeakers({
      from: ['127.0.0.1'],
      ms: 300,
      ports: { mdns: greedy.address().port, ssdp: greedy.address().port },
      onWarning: (message) => warnings.push(message),
    });
    expect(found).toEqual([]);
    expect(warnings.join()).toContain('EADDRINUSE');
    await new Promise<void>((resolve) => greedy.close(() => resolve()));
  });

  it('from an address that this machine does not have finds none, in time', async () => {
    const warnings: string[] = [];
    expect(await findSpeakers({ from: ['10.254.253.252'], ms: 300, onWarning: (each) => warnings.push(each) })).toEqual(
      [],
    );
    expect(warnings.length).toBeGreaterThan(0);
  });
});
