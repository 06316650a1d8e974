/**
 * The agent for Dialogflow ES, file by file, as its console exports and restores one. The format is not described by Google;
 * the shape is that of exported agents, and the schemas in deploy/dialogflow/package.test.ts hold it.
 */
import {
  AGENT_DESCRIPTION,
  AGENT_NAME,
  type AgentFiles,
  type AgentWish,
  DEFAULT_LANGUAGE,
  dialogflowName,
  entityOf,
  FALLBACK,
  LANGUAGES_IN_ORDER,
  MEDIA_STATUS,
  phrasesOf,
  SAID_INTENTS,
  uuidOf,
  WELCOME,
} from './dialogflow.js';
import { OUR_INTENTS, type OurIntent, type SlotName } from './intents.js';
import { OUR_TYPES, sentencesFor } from './sentences.js';

export function dialogflowEsAgent({ webhookUrl, headers }: AgentWish): AgentFiles {
  const files: AgentFiles = { 'package.json': { version: '1.0.0' }, 'agent.json': agent(webhookUrl, headers) };
  for (const intent of SAID_INTENTS) {
    const name = dialogflowName(intent);
    files[`intents/${name}.json`] = intentFile(name, { parameters: slotsOf(intent) });
    for (const [locale, language] of LANGUAGES_IN_ORDER) {
      const phrases = phrasesOf(locale, intent);
      if (phrases.length > 0) files[`intents/${name}_usersays_${language}.json`] = usersays(name, language, phrases);
    }
  }
  files[`intents/${WELCOME}.json`] = intentFile(WELCOME, { events: ['WELCOME', 'GOOGLE_ASSISTANT_WELCOME'] });
  files[`intents/${MEDIA_STATUS}.json`] = intentFile(MEDIA_STATUS, { events: ['actions_intent_MEDIA_STATUS'] });
  files[`intents/${FALLBACK}.json`] = intentFile(FALLBACK, { fallback: true });
  for (const type of OUR_TYPES) {
    files[`entities/${type}.json`] = {
      id: uuidOf('es', type),
      name: type,
      isOverridable: true,
      isEnum: false,
      isRegexp: false,
      automatedExpansion: false,
      allowFuzzyExtraction: false,
    };
    // The value that reaches us is our id, in every language the same.
    for (const [locale, language] of LANGUAGES_IN_ORDER)
      files[`entities/${type}_entries_${language}.json`] = sentencesFor(locale).types[type].map(
        ({ id, value, synonyms }) => ({ value: id, synonyms: [...new Set([value, ...synonyms])] }),
      );
  }
  return files;
}

function agent(url: string, headers: Readonly<Record<string, string>>) {
  return {
    description: AGENT_DESCRIPTION,
    language: DEFAULT_LANGUAGE,
    shortDescription: '',
    examples: '',
    linkToDocs: '',
    displayName: AGENT_NAME,
    // What people say stays out of Google's logs as far as the agent can ask for it.
    disableInteractionLogs: true,
    disableStackdriverLogs: true,
    defaultTimezone: 'Etc/UTC',
    webhook: {
      url,
      username: '',
      headers,
      available: true,
      useForDomains: false,
      cloudFunctionsEnabled: false,
      cloudFunctionsInitialized: false,
    },
    isPrivate: true,
    customClassifierMode: 'use.after',
    mlMinConfidence: 0.3,
    supportedLanguages: LANGUAGES_IN_ORDER.map(([, language]) => language).filter(
      (language) => language !== DEFAULT_LANGUAGE,
    ),
    onePlatformApiVersion: 'v2',
    analyzeQueryTextSentiment: false,
    enabledKnowledgeBaseNames: [],
    knowledgeServiceConfidenceAdjustment: 0,
    dialogBuilderMode: false,
    baseActionPackagesUrl: '',
  };
}

const slotsOf = (intent: string): readonly SlotName[] =>
  Object.hasOwn(OUR_INTENTS, intent) ? OUR_INTENTS[intent as OurIntent] : [];

function intentFile(
  name: string,
  {
    parameters = [],
    events = [],
    fallback = false,
  }: { parameters?: readonly SlotName[]; events?: string[]; fallback?: boolean },
) {
  return {
    id: uuidOf('es', name),
    name,
    auto: true,
    contexts: [],
    responses: [
      {
        resetContexts: false,
        action: fallback ? 'input.unknown' : name,
        affectedContexts: [],
        parameters: parameters.map((slot) => ({
          id: uuidOf('es', name, slot),
          name: slot,
          required: false,
          dataType: `@${entityOf(slot)}`,
          value: `$${slot}`,
          defaultValue: '',
          isList: false,
          prompts: [],
          promptMessages: [],
          noMatchPromptMessages: [],
          noInputPromptMessages: [],
          outputDialogContexts: [],
        })),
        messages: [],
        speech: [],
      },
    ],
    priority: 500000,
    webhookUsed: true,
    webhookForSlotFilling: false,
    fallbackIntent: fallback,
    events: events.map((event) => ({ name: event })),
    conditionalResponses: [],
    condition: '',
    conditionalFollowupEvents: [],
  };
}

const usersays = (name: string, language: string, phrases: ReturnType<typeof phrasesOf>) =>
  phrases.map((parts, i) => ({
    id: uuidOf('es', name, language, String(i)),
    data: parts.map(({ text, slot }) =>
      slot ? { text, meta: `@${entityOf(slot)}`, alias: slot, userDefined: true } : { text, userDefined: false },
    ),
    isTemplate: false,
    count: 0,
    lang: language,
    updated: 0,
  }));
