/**
 * The interaction model that Amazon's skill management takes (`ask smapi set-interaction-model`), made from our
 * sentences. Only its shape is decided here; what may stand in a sentence is checked in `lint.ts`.
 */
import {
  BUILT_IN_INTENTS,
  type Locale,
  OUR_INTENTS,
  type OurIntent,
  type SLOT_TYPES,
  type SlotName,
} from './intents.js';
import { OUR_TYPES, sentencesFor, slotsOf } from './sentences.js';

type SlotType = (typeof SLOT_TYPES)[SlotName];

export interface ModelIntent {
  name: string;
  slots: { name: SlotName; type: SlotType }[];
  samples: string[];
}

export interface InteractionModel {
  interactionModel: {
    languageModel: {
      invocationName: string;
      intents: ModelIntent[];
      types: { name: string; values: { id: string; name: { value: string; synonyms: string[] } }[] }[];
    };
    dialog: {
      delegationStrategy: 'SKILL_RESPONSE';
      intents: {
        name: OurIntent;
        delegationStrategy: 'SKILL_RESPONSE';
        confirmationRequired: boolean;
        prompts: Record<string, never>;
        slots: {
          name: SlotName;
          type: SlotType;
          elicitationRequired: boolean;
          confirmationRequired: boolean;
          prompts: Record<string, never>;
        }[];
      }[];
    };
    prompts: never[];
  };
}

/**
 * The model of one locale. The sensitivity of the fallback is left at Amazon's default (low): a drowsy half sentence
 * should rather land in an intent than be turned away.
 */
export function interactionModel(locale: Locale): InteractionModel {
  const sentences = sentencesFor(locale);
  const ours = (Object.keys(OUR_INTENTS) as OurIntent[]).map((name) => ({
    name,
    slots: slotsOf(name),
    samples: [...sentences.intents[name]],
  }));
  const builtIn = BUILT_IN_INTENTS.map((name) => ({ name, slots: [], samples: [] }));
  const types = OUR_TYPES.map((name) => ({
    name,
    values: sentences.types[name].map(({ id, value, synonyms }) => ({ id, name: { value, synonyms: [...synonyms] } })),
  }));
  return {
    interactionModel: {
      languageModel: { invocationName: sentences.invocationName, intents: [...builtIn, ...ours], types },
      dialog: { delegationStrategy: 'SKILL_RESPONSE', intents: [elicitable('FeelingIntent')] },
      prompts: [],
    },
  };
}

/**
 * An intent must be in the dialog part for `Dialog.ElicitSlot` to be accepted in a reply. Nothing is required, so that
 * Amazon never asks by itself; the skill speaks every question. The slot gets no samples of its own: one for a search
 * query would need carrier words as well, and `{feeling}` alone is refused.
 */
function elicitable(name: OurIntent) {
  return {
    name,
    delegationStrategy: 'SKILL_RESPONSE' as const,
    confirmationRequired: false,
    prompts: {},
    slots: slotsOf(name).map((slot) => ({
      ...slot,
      elicitationRequired: false,
      confirmationRequired: false,
      prompts: {},
    })),
  };
}
