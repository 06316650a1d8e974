/** What is uploaded to Amazon is held against Amazon's own published schema, and the zip against itself. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RELAY_HEADER } from '../../skill/alexa/relay.js';
import { interactionModel } from '../../voice-intents/alexa-model.js';
import { LOCALES } from '../../voice-intents/intents.js';
import { relay } from './lambda.js';
import { packageSkill } from './package.js';
import { skillManifest } from './skill-manifest.js';

type Schema = Record<string, unknown>;

/** The definitions of `ask-smapi-model`, with what JSON Schema lacks (discriminators, examples) left out. */
function smapi(definition: string): ValidateFunction {
  const file = createRequire(import.meta.url).resolve('ask-smapi-model/spec.json');
  const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as { definitions: Schema };
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  return ajv.compile({ $ref: `#/definitions/${definition}`, definitions });
}

let out: string;
beforeAll(() => {
  out = mkdtempSync(path.join(os.tmpdir(), 'emoheal-package-'));
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

const WISH = { endpoint: 'https://music.example.org/alexa', publicUrl: 'https://music.example.org' };

describe('the package for Alexa', () => {
  it('has a manifest that the Skill Management API accepts', () => {
    const validate = smapi('v1.skill.Manifest.SkillManifestEnvelope');
    expect(validate(skillManifest(WISH)), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:emoheal';
    expect(validate(skillManifest({ ...WISH, endpoint: arn }))).toBe(true);
    expect(validate({ manifest: { apis: { custom: { endpoint: { uri: '' } } } } }), 'the schema sees faults').toBe(
      false,
    );
  });

  it.each(LOCALES)('has an interaction model that the Skill Management API accepts: %s', (locale) => {
    const validate = smapi('v1.skill.interactionModel.InteractionModelData');
    expect(validate(interactionModel(locale)), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  });

  it('keeps the lengths of the store, names its interfaces as Amazon does, and promises no healing', () => {
    const { manifest } = skillManifest(WISH);
    expect(manifest.apis.custom.interfaces).toEqual([{ type: 'AUDIO_PLAYER' }]);
    for (const [locale, text] of Object.entries(manifest.publishingInformation.locales)) {
      expect(text.name.length, locale).toBeLessThanOrEqual(50);
      expect(text.summary.length, locale).toBeLessThanOrEqual(160);
      expect(text.description.length, locale).toBeLessThanOrEqual(4000);
      expect(text.examplePhrases, locale).toHaveLength(3);
      expect(text.keywords.length, locale).toBeLessThanOrEqual(30);
      expect(`${text.name} ${text.summary}`, locale).not.toMatch(/heals|cures|therapy|stimmung|\bmood\b/i);
    }
  });

  it('is written whole, the same bytes every time, with a function that needs nothing else', {
    timeout: 30_000,
  }, async () => {
    const first = await packageSkill({ publicUrl: WISH.publicUrl, out });
    const second = await packageSkill({ publicUrl: WISH.publicUrl, out });
    expect(second).toEqual(first);
    const upload = unzipSync(readFileSync(path.join(out, 'skill-package.zip')));
    expect(Object.keys(upload).sort()).toEqual(
      ['skill.json', ...LOCALES.map((locale) => `interactionModels/custom/${locale}.json`)].sort(),
    );
    const code = new TextDecoder().decode(unzipSync(readFileSync(path.join(out, 'lambda.zip')))['index.mjs']);
    expect(code).toMatch(/export\s*\{[^}]*handler/);
    expect(code).not.toMatch(/from\s*"(?!node:)/);
  });

  it.each(['http://music.example.org', 'music.example.org', ''])(
    'refuses a server that Alexa cannot reach: %j',
    async (publicUrl) => {
      await expect(packageSkill({ publicUrl, out })).rejects.toThrow(/no https address/);
    },
  );
});

describe('the Lambda function', () => {
  const settings = { homeUrl: 'https://home.example', secret: 'x'.repeat(40), skillId: 'amzn1.ask.skill.one' };
  const event = {
    context: { System: { application: { applicationId: 'amzn1.ask.skill.one' } } },
    request: { type: 'LaunchRequest' },
  };

  it('hands its own skill on, signed, and gives back the reply', async () => {
    let seen: RequestInit | undefined;
    const send = (async (url: URL, init: RequestInit) => {
      expect(String(url)).toBe('https://home.example/alexa');
      seen = init;
      return Response.json({ version: '1.0', response: {} });
    }) as unknown as typeof fetch;
    expect(await relay(event, { ...settings, send })).toEqual({ version: '1.0', response: {} });
    const headers = (seen?.headers ?? {}) as Record<string, string>;
    expect(headers[RELAY_HEADER]).toMatch(/^t=\d+,sig=/);
  });

  it('serves no other skill, and says so when the home server does not answer well', async () => {
    const send = (async () => new Response('', { status: 502 })) as unknown as typeof fetch;
    await expect(relay({ session: { application: { applicationId: 'other' } } }, settings)).rejects.toThrow(
      /another skill/,
    );
    await expect(relay(event, { ...settings, send })).rejects.toThrow(/502/);
  });
});
