/** A body that is nested without end is refused at the doors of the platforms, in words, and with all depths before it taken. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEnvelope } from '../alexa/route.js';
import { askedBy } from '../google/dialogflow/webhook.js';
import { mustBeShallow } from './shallow.js';

const nested = (depth: number, inside = '1') => '{"a":'.repeat(depth) + inside + '}'.repeat(depth);
const refused = expect.objectContaining({ code: 'bad-input' });

describe('a body', () => {
  it('is taken down to sixty-four levels, in whatever place, and no deeper', () => {
    for (const depth of [0, 1, 63, 64]) expect(() => mustBeShallow(JSON.parse(nested(depth)))).not.toThrow();
    for (const depth of [65, 1000, 500_000]) expect(() => mustBeShallow(JSON.parse(nested(depth)))).toThrow(refused);
    const beside = JSON.parse(`[1, {"b": [${'['.repeat(100)}${']'.repeat(100)}]}]`);
    expect(() => mustBeShallow(beside)).toThrow(refused);
  });

  it('is taken where it is what anybody sends', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 10 }), (value) => mustBeShallow(value)));
  });

  it('that nests without end is no request of a platform', () => {
    const deep = nested(15_000);
    expect(() =>
      parseEnvelope(
        `{"session":{"attributes":${deep}},"request":{"type":"LaunchRequest","requestId":"a","timestamp":"2026-01-01T00:00:00Z"}}`,
      ),
    ).toThrow(refused);
    expect(() => askedBy(JSON.parse(`{"queryResult":{"parameters":${deep}},"session":"s"}`))).toThrow(refused);
    expect(() => askedBy(JSON.parse(`{"sessionInfo":{"parameters":${deep}}}`))).toThrow(refused);
  });
});
