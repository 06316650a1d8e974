/**
 * The agent for Dialogflow CX as its JSON package (one folder a resource), for "Restore". One flow: every intent is a route
 * of the start page, each asks our webhook with its name as tag. The resources are those of google.cloud.dialogflow.cx.v3,
 * with display names where the interface has resource names.
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
  phrasesOf,
  SAID_INTENTS,
  uuidOf,
  WELCOME,
} from './dialogflow.js';
import { OUR_INTENTS, type OurIntent, type SlotName } from './intents.js';
import { OUR_TYPES, sentencesFor } from './sentences.js';

const FLOW = 'Default Start Flow';
const WEBHOOK = 'emoheal';
/** The two that every agent of CX has. */
const WELCOME_INTENT = 'Default Welcome Intent';
const NIL = '00000000-0000-0000-0000-00000000000';

export function dialogflowCxAgent({ webhookUrl, headers }: AgentWish): AgentFiles {
  const files: AgentFiles = {
    'agent.json': {
      displayName: AGENT_NAME,
      defaultLanguageCode: DEFAULT_LANGUAGE,
      supportedLanguageCodes: LANGUAGES_IN_ORDER.map(([, language]) => language).filter(
        (language) => language !== DEFAULT_LANGUAGE,
      ),
      timeZone: 'Etc/UTC',
      description: AGENT_DESCRIPTION,
      startFlow: FLOW,
      enableStackdriverLogging: false,
      enableSpellCorrection: false,
    },
    [`webhooks/${WEBHOOK}.json`]: {
      name: uuidOf('cx', 'webhook'),
      displayName: WEBHOOK,
      genericWebService: { uri: webhookUrl, requestHeaders: headers },
      timeout: '5s',
    },
    [`flows/${FLOW}/${FLOW}.json`]: flow(),
    [`intents/${WELCOME_INTENT}/${WELCOME_INTENT}.json`]: {
      name: `${NIL}0`,
      displayName: WELCOME_INTENT,
      priority: 500000,
    },
  };
  for (const intent of SAID_INTENTS) {
    const name = dialogflowName(intent);
    const slots: readonly SlotName[] = Object.hasOwn(OUR_INTENTS, intent) ? OUR_INTENTS[intent as OurIntent] : [];
    files[`intents/${name}/${name}.json`] = {
      name: uuidOf('cx', name),
      displayName: name,
      parameters: slots.map((slot) => ({ id: slot, entityType: `@${entityOf(slot)}` })),
      priority: 500000,
    };
    for (const [locale, language] of LANGUAGES_IN_ORDER) {
      const phrases = phrasesOf(locale, intent);
      if (phrases.length > 0)
        files[`intents/${name}/trainingPhrases/${language}.json`] = {
          trainingPhrases: phrases.map((parts, i) => ({
            id: uuidOf('cx', name, language, String(i)),
            parts: parts.map(({ text, slot }) => (slot ? { text, parameterId: slot } : { text })),
            repeatCount: 1,
            languageCode: language,
          })),
        };
    }
  }
  for (const type of OUR_TYPES) {
    files[`entityTypes/${type}/${type}.json`] = {
      name: uuidOf('cx', type),
      displayName: type,
      kind: 'KIND_MAP',
    };
    for (const [locale, language] of LANGUAGES_IN_ORDER)
      files[`entityTypes/${type}/entities/${language}.json`] = {
        entities: sentencesFor(locale).types[type].map(({ id, value, synonyms }) => ({
          value: id,
          synonyms: [...new Set([id, value, ...synonyms])],
          languageCode: language,
        })),
      };
  }
  return files;
}

function flow() {
  const asks = (tag: string) => ({ webhook: WEBHOOK, returnPartialResponses: false, tag });
  return {
    name: `${NIL}0`,
    displayName: FLOW,
    description: 'Every sentence goes to the webhook, which holds the dialogue.',
    transitionRoutes: [
      { name: uuidOf('cx', 'route', WELCOME), intent: WELCOME_INTENT, triggerFulfillment: asks(WELCOME) },
      ...SAID_INTENTS.map(dialogflowName).map((name) => ({
        name: uuidOf('cx', 'route', name),
        intent: name,
        triggerFulfillment: asks(name),
      })),
    ],
    eventHandlers: ['sys.no-match-default', 'sys.no-input-default'].map((event) => ({
      name: uuidOf('cx', 'event', event),
      event,
      triggerFulfillment: asks(FALLBACK),
    })),
    nluSettings: {
      modelType: 'MODEL_TYPE_ADVANCED',
      classificationThreshold: 0.3,
      modelTrainingMode: 'MODEL_TRAINING_MODE_AUTOMATIC',
    },
  };
}
