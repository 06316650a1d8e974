/** The agents that are uploaded to Google: CX held against Google's published types, ES against the shape of exported agents. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { intentNamed, isWelcome } from '../../skill/google/dialogflow/asked.js';
import { misfits } from '../../skill/google/dialogflow/published.fixture.js';
import { FALLBACK, MEDIA_STATUS } from '../../voice-intents/dialogflow.js';
import { BUILT_IN_INTENTS, LOCALES, OUR_INTENTS } from '../../voice-intents/intents.js';
import { matchSentence } from '../../voice-intents/matcher.js';
import { packageAgents } from './package.js';

const out = mkdtempSync(path.join(os.tmpdir(), 'emoheal-dialogflow-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

const WISH = { publicUrl: 'https://music.example.org', secret: 'a secret of thirty-two characters or more', out };
const written = packageAgents(WISH);

function archive(name: 'dialogflow-es' | 'dialogflow-cx') {
  const files = unzipSync(readFileSync(path.join(out, `${name}.zip`)));
  return Object.fromEntries(
    Object.entries(files).map(([place, bytes]) => [place, JSON.parse(new TextDecoder().decode(bytes))]),
  );
}

/** As the console of Dialogflow ES exports an agent; written down from exported agents, because Google describes it nowhere. */
const ES = {
  agent: z.strictObject({
    description: z.string(),
    language: z.string(),
    shortDescription: z.string(),
    examples: z.string(),
    linkToDocs: z.string(),
    displayName: z.string().regex(/^[\w-]{1,128}$/),
    disableInteractionLogs: z.boolean(),
    disableStackdriverLogs: z.boolean(),
    defaultTimezone: z.string(),
    webhook: z.strictObject({
      url: z.url(),
      username: z.string(),
      headers: z.record(z.string(), z.string()),
      available: z.literal(true),
      useForDomains: z.boolean(),
      cloudFunctionsEnabled: z.literal(false),
      cloudFunctionsInitialized: z.literal(false),
    }),
    isPrivate: z.boolean(),
    customClassifierMode: z.enum(['use.after', 'use.instead']),
    mlMinConfidence: z.number().min(0).max(1),
    supportedLanguages: z.array(z.string()),
    onePlatformApiVersion: z.literal('v2'),
    analyzeQueryTextSentiment: z.boolean(),
    enabledKnowledgeBaseNames: z.array(z.string()),
    knowledgeServiceConfidenceAdjustment: z.number().min(-1).max(1),
    dialogBuilderMode: z.boolean(),
    baseActionPackagesUrl: z.string(),
  }),
  intent: z.strictObject({
    id: z.uuid(),
    name: z.string().regex(/^[\w -]{1,480}$/),
    auto: z.boolean(),
    contexts: z.array(z.string()),
    responses: z
      .array(
        z.strictObject({
          resetContexts: z.boolean(),
          action: z.string(),
          affectedContexts: z.array(z.unknown()),
          parameters: z.array(
            z.strictObject({
              id: z.uuid(),
              name: z.string().regex(/^[\w-]+$/),
              required: z.boolean(),
              dataType: z.string().regex(/^@(sys\.[a-z]+|[A-Z]+)$/),
              value: z.string().startsWith('$'),
              defaultValue: z.string(),
              isList: z.boolean(),
              prompts: z.array(z.unknown()),
              promptMessages: z.array(z.unknown()),
              noMatchPromptMessages: z.array(z.unknown()),
              noInputPromptMessages: z.array(z.unknown()),
              outputDialogContexts: z.array(z.unknown()),
            }),
          ),
          messages: z.array(z.unknown()),
          speech: z.array(z.unknown()),
        }),
      )
      .length(1),
    priority: z.number().int(),
    webhookUsed: z.literal(true),
    webhookForSlotFilling: z.boolean(),
    fallbackIntent: z.boolean(),
    events: z.array(z.strictObject({ name: z.string() })),
    conditionalResponses: z.array(z.unknown()),
    condition: z.string(),
    conditionalFollowupEvents: z.array(z.unknown()),
  }),
  usersays: z
    .array(
      z.strictObject({
        id: z.uuid(),
        data: z
          .array(
            z.union([
              z.strictObject({ text: z.string().min(1), userDefined: z.literal(false) }),
              z.strictObject({
                text: z.string().min(1),
                meta: z.string().regex(/^@(sys\.[a-z]+|[A-Z]+)$/),
                alias: z.string(),
                userDefined: z.literal(true),
              }),
            ]),
          )
          .min(1),
        isTemplate: z.literal(false),
        count: z.number().int(),
        lang: z.string(),
        updated: z.number().int(),
      }),
    )
    .min(1)
    // Google's limit for an intent in a language.
    .max(2000),
  entity: z.strictObject({
    id: z.uuid(),
    name: z.string(),
    isOverridable: z.boolean(),
    isEnum: z.boolean(),
    isRegexp: z.boolean(),
    automatedExpansion: z.boolean(),
    allowFuzzyExtraction: z.boolean(),
  }),
  entries: z.array(z.strictObject({ value: z.string().min(1), synonyms: z.array(z.string().min(1)).min(1) })).min(1),
};

const kindOf = (place: string) =>
  place === 'agent.json'
    ? ES.agent
    : /^intents\/\w+_usersays_/.test(place)
      ? ES.usersays
      : place.startsWith('intents/')
        ? ES.intent
        : /_entries_/.test(place)
          ? ES.entries
          : ES.entity;

describe('the agent for Dialogflow ES', () => {
  const files = archive('dialogflow-es');
  it('has the shape of an exported agent, file by file', () => {
    expect(files['package.json']).toEqual({ version: '1.0.0' });
    for (const [place, value] of Object.entries(files).filter(([place]) => place !== 'package.json')) {
      const parsed = kindOf(place).safeParse(value);
      expect(parsed.success ? [] : parsed.error.issues, place).toEqual([]);
    }
  });

  it('has every intent, every language, and no id twice', () => {
    const languages = [files['agent.json'].language, ...files['agent.json'].supportedLanguages];
    expect(languages).toHaveLength(LOCALES.length);
    for (const intent of Object.keys(OUR_INTENTS))
      for (const language of languages)
        expect(files, language).toHaveProperty([`intents/${intent}_usersays_${language}.json`]);
    const ids = Object.values(files)
      .flatMap((value) => (Array.isArray(value) ? value : [value]).map(({ id }) => id))
      .filter(Boolean);
    expect(new Set(ids).size).toBe(ids.length);
    expect(files['agent.json'].webhook).toMatchObject({ url: 'https://music.example.org/dialogflow' });
  });

  it('uses only lists that it has, and names that the webhook knows', () => {
    for (const [place, value] of Object.entries(files).filter(([, each]) => each.responses)) {
      for (const { dataType } of value.responses[0].parameters)
        if (!dataType.startsWith('@sys.')) expect(files, place).toHaveProperty([`entities/${dataType.slice(1)}.json`]);
      const known =
        intentNamed(value.name) !== null || isWelcome(value.name) || [FALLBACK, MEDIA_STATUS].includes(value.name);
      expect(known, value.name).toBe(true);
    }
  });

  it('teaches sentences that our own matcher hears the same way', () => {
    const own = new Set<string>(Object.keys(OUR_INTENTS));
    const wrong: string[] = [];
    let total = 0;
    for (const [place, value] of Object.entries(files)) {
      const [, intent, language] = /^intents\/(\w+)_usersays_(de|en|ja|hi)\.json$/.exec(place) ?? [];
      if (!intent || !own.has(intent)) continue;
      for (const { data } of value as z.infer<typeof ES.usersays>) {
        total += 1;
        const said = data.map(({ text }) => text).join('');
        const heard = matchSentence(
          ({ de: 'de-DE', en: 'en-US', ja: 'ja-JP', hi: 'hi-IN' } as const)[language as 'de'],
          said,
        );
        if (heard?.intent !== intent) wrong.push(`${language} ${said}: ${heard?.intent} for ${intent}`);
      }
    }
    // A free-word filling may by chance be a sentence of another intent.
    expect(wrong.length / total, wrong.slice(0, 20).join('\n')).toBeLessThan(0.03);
  });
});

describe('the agent for Dialogflow CX', () => {
  const files = archive('dialogflow-cx');
  const within = (folder: string) => Object.keys(files).filter((place) => place.startsWith(`${folder}/`));

  it('is made of resources that fit Google’s published types', () => {
    expect(misfits('cx', 'Agent', files['agent.json'])).toEqual([]);
    expect(misfits('cx', 'Webhook', files['webhooks/emoheal.json'])).toEqual([]);
    expect(misfits('cx', 'Flow', files['flows/Default Start Flow/Default Start Flow.json'])).toEqual([]);
    for (const place of [...within('intents'), ...within('entityTypes')]) {
      const { trainingPhrases, entities, ...rest } = files[place];
      const bare = (list: { languageCode: string }[]) => list.map(({ languageCode: _, ...each }) => each);
      const wrong = trainingPhrases
        ? misfits('cx', 'Intent', { trainingPhrases: bare(trainingPhrases) })
        : entities
          ? misfits('cx', 'EntityType', { entities: bare(entities) })
          : misfits('cx', place.startsWith('intents') ? 'Intent' : 'EntityType', rest);
      expect(wrong, place).toEqual([]);
    }
  });

  it('sends every intent and every miss to the webhook, by a name that it knows', () => {
    const { transitionRoutes, eventHandlers } = files['flows/Default Start Flow/Default Start Flow.json'];
    const tags = transitionRoutes.map(
      ({ triggerFulfillment }: { triggerFulfillment: { tag: string } }) => triggerFulfillment.tag,
    );
    expect(tags.every((tag: string) => intentNamed(tag) !== null || isWelcome(tag))).toBe(true);
    expect(new Set(tags).size).toBe(Object.keys(OUR_INTENTS).length + BUILT_IN_INTENTS.length - 2 + 1);
    for (const { intent, triggerFulfillment } of transitionRoutes) {
      expect(files).toHaveProperty([`intents/${intent}/${intent}.json`]);
      expect(triggerFulfillment.webhook).toBe('emoheal');
    }
    expect(
      eventHandlers.map(({ triggerFulfillment }: { triggerFulfillment: { tag: string } }) => triggerFulfillment.tag),
    ).toEqual([FALLBACK, FALLBACK]);
    expect(files['webhooks/emoheal.json'].timeout).toBe('5s');
  });

  it('marks in its phrases only parameters that the intent has, of lists that the agent has', () => {
    for (const place of within('intents').filter((each) => /trainingPhrases/.test(each))) {
      const intent = place.split('/')[1]!;
      const known = new Map<string, string>(
        files[`intents/${intent}/${intent}.json`].parameters.map(
          ({ id, entityType }: { id: string; entityType: string }) => [id, entityType],
        ),
      );
      for (const { parts } of files[place].trainingPhrases)
        for (const { parameterId } of parts)
          if (parameterId) expect(known.has(parameterId), `${place} ${parameterId}`).toBe(true);
      for (const entity of known.values())
        if (!entity.startsWith('@sys.'))
          expect(files).toHaveProperty([`entityTypes/${entity.slice(1)}/${entity.slice(1)}.json`]);
    }
  });
});

describe('the package', () => {
  it('has the same bytes every time', () => {
    expect(packageAgents(WISH)).toEqual(written);
  });
  it.each(['http://music.example.org', 'music.example.org', ''])(
    'refuses a server that Google cannot reach: %j',
    (publicUrl) => {
      expect(() => packageAgents({ publicUrl, out })).toThrow(/https/);
    },
  );
});
