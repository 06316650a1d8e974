/** Settings from the environment, checked once at the start. An unknown or malformed one stops the start with one line. */
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { EmohealError } from '../engine/errors.js';
import { readKeys } from '../engine/secrets/secret-box.js';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);

/** Name, schema and one sentence for each setting: the table of the README is made from it. */
export const SETTINGS = {
  EMOHEAL_DATA_DIR: {
    schema: z.string().min(1).optional(),
    says: 'folder for models, caches and state (default: ~/.local/share/emoheal)',
  },
  EMOHEAL_PORT: { schema: port(8080), says: 'HTTP port; 0 takes a free one' },
  EMOHEAL_HOST: { schema: z.string().min(1).default('0.0.0.0'), says: 'address to listen on' },
  EMOHEAL_WYOMING_PORT: {
    schema: z
      .union([z.literal(['off', '']).transform(() => 'off' as const), port(10_300)], {
        error: 'is a TCP port, or "off"',
      })
      .default(10_300),
    says: 'TCP port for Home Assistant (Wyoming); 0 takes a free one, off or empty opens none',
  },
  EMOHEAL_MQTT_URL: {
    schema: z
      .string()
      .regex(/^(mqtts?|wss?):\/\/\S+$/, 'is the address of an MQTT broker: mqtt://USER:PASSWORD@HOST')
      .optional(),
    says: 'address of the MQTT broker of the house, so that Home Assistant and lights can follow a session',
  },
  EMOHEAL_PUBLIC_URL: {
    schema: z.url().optional(),
    says: 'how speakers reach this server from outside, e.g. https://music.example.org',
  },
  EMOHEAL_EMOTION_MODEL: {
    schema: z.string().min(1).optional(),
    says: 'folder with another emotion model (28 GoEmotions labels)',
  },
  EMOHEAL_DATABASE_URL: {
    schema: z
      .string()
      .regex(/^postgres(ql)?:\/\/\S+$/, 'is the address of a PostgreSQL database: postgres://USER:PASSWORD@HOST/NAME')
      .optional(),
    says: 'address of a PostgreSQL database that keeps the state; without it files in the data folder',
  },
  EMOHEAL_SECRET_KEY: {
    schema: z
      .string()
      .refine((text) => readKeys(text) !== null, 'is 32 bytes as base64, for instance from: openssl rand -base64 32')
      .optional(),
    says: 'key that seals the secrets of this house at rest, or "new,old"; without it the file secret-key in the data folder',
  },
  EMOHEAL_VECTOR_URL: {
    schema: z.string().min(1).optional(),
    says: 'address of a Milvus server that holds the music index for several machines; without it FAISS on this one',
  },
  EMOHEAL_KNOWLEDGE_DIR: {
    schema: z.string().min(1).optional(),
    says: 'folder with your own knowledge graph; begin with a copy of engine/knowledge/data',
  },
  EMOHEAL_ALEXA_SKILL_ID: {
    schema: z
      .string()
      .regex(
        /^amzn1\.ask\.skill\.[0-9a-f-]{36}$/,
        'is the id of a skill: amzn1.ask.skill.… (see deploy/alexa/README.md)',
      )
      .optional(),
    says: 'id of your Alexa skill; without it POST /alexa answers nobody',
  },
  EMOHEAL_ALEXA_RELAY_SECRET: {
    schema: z.string().min(32, 'needs at least 32 characters that nobody can guess').optional(),
    says: 'shared with our Lambda function, where Alexa comes through one (deploy/alexa/README.md)',
  },
  EMOHEAL_ALEXA_VERIFY: {
    schema: z.enum(['always', 'never']).default('always'),
    says: "whether POST /alexa checks Amazon's signature; never only to try the skill on your own machine",
  },
  EMOHEAL_DIALOGFLOW_SECRET: {
    schema: z.string().min(32, 'needs at least 32 characters that nobody can guess').optional(),
    says: 'stands in the header of your Dialogflow webhook (docs/google.md); without it or the next one POST /dialogflow answers nobody',
  },
  EMOHEAL_DIALOGFLOW_SERVICE_AGENT: {
    schema: z
      .string()
      .regex(
        /^[\w.-]+@[\w.-]+\.gserviceaccount\.com$/,
        "is the e-mail address of your project's Dialogflow service agent",
      )
      .optional(),
    says: "e-mail address of your project's Dialogflow service agent, whose tokens are then believed",
  },
  EMOHEAL_GOOGLE_CLIENT_ID: {
    schema: z.string().min(8, 'needs at least 8 characters').max(200).optional(),
    says: 'OAuth client id that you give Google for its smart home; with the next two the speaker can be linked (docs/google.md)',
  },
  EMOHEAL_GOOGLE_CLIENT_SECRET: {
    schema: z.string().min(32, 'needs at least 32 characters that nobody can guess').max(200).optional(),
    says: 'OAuth client secret that you give Google',
  },
  EMOHEAL_GOOGLE_PROJECT_ID: {
    schema: z
      .string()
      .regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'is the id of a Google project, e.g. my-house-1234')
      .optional(),
    says: 'id of your Google Home project',
  },
  EMOHEAL_GOOGLE_SERVICE_ACCOUNT: {
    schema: z.string().min(1).optional(),
    says: 'JSON file with a key of a service account; with it Google is told when the speaker changes',
  },
  EMOHEAL_LOG_LEVEL: {
    schema: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
    says: 'how much is logged; never what anyone says',
  },
} as const;

export interface Config {
  dataDir: string;
  port: number;
  host: string;
  wyomingPort: number | 'off';
  /** May hold a password: never shown. */
  mqttUrl: string | undefined;
  publicUrl: string | undefined;
  emotionModel: string | undefined;
  /** May hold a password: never shown. */
  databaseUrl: string | undefined;
  /** Never shown. */
  secretKey: string | undefined;
  /** May hold a password: never shown. */
  vectorUrl: string | undefined;
  knowledgeDir: string | undefined;
  alexaSkillId: string | undefined;
  alexaRelaySecret: string | undefined;
  alexaVerify: 'always' | 'never';
  dialogflowSecret: string | undefined;
  dialogflowServiceAgent: string | undefined;
  googleClientId: string | undefined;
  googleClientSecret: string | undefined;
  googleProjectId: string | undefined;
  googleServiceAccount: string | undefined;
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

/** Throws `config-invalid`. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const wrong: string[] = [];
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(env)) {
    if (name.startsWith('EMOHEAL_') && !(name in SETTINGS)) wrong.push(`${name} is no setting of EmoHeal`);
  }
  for (const [name, { schema }] of Object.entries(SETTINGS)) {
    // Empty means "not given", except where it means "off".
    const given = env[name] === '' && name !== 'EMOHEAL_WYOMING_PORT' ? undefined : env[name];
    const parsed = schema.safeParse(given);
    if (parsed.success) values[name] = parsed.data;
    else wrong.push(`${name}: ${parsed.error.issues[0]?.message}`);
  }
  if (wrong.length > 0)
    throw new EmohealError('config-invalid', `${wrong.join('; ')}.`, {
      remedy: `Settings: ${Object.keys(SETTINGS).join(', ')}.`,
    });
  const share = env.XDG_DATA_HOME || path.join(os.homedir(), '.local', 'share');
  return {
    dataDir: path.resolve((values.EMOHEAL_DATA_DIR as string | undefined) ?? path.join(share, 'emoheal')),
    port: values.EMOHEAL_PORT as number,
    host: values.EMOHEAL_HOST as string,
    mqttUrl: values.EMOHEAL_MQTT_URL as string | undefined,
    wyomingPort: values.EMOHEAL_WYOMING_PORT as Config['wyomingPort'],
    publicUrl: values.EMOHEAL_PUBLIC_URL as string | undefined,
    emotionModel: values.EMOHEAL_EMOTION_MODEL as string | undefined,
    databaseUrl: values.EMOHEAL_DATABASE_URL as string | undefined,
    secretKey: values.EMOHEAL_SECRET_KEY as string | undefined,
    vectorUrl: values.EMOHEAL_VECTOR_URL as string | undefined,
    knowledgeDir: values.EMOHEAL_KNOWLEDGE_DIR as string | undefined,
    alexaSkillId: values.EMOHEAL_ALEXA_SKILL_ID as string | undefined,
    alexaRelaySecret: values.EMOHEAL_ALEXA_RELAY_SECRET as string | undefined,
    alexaVerify: values.EMOHEAL_ALEXA_VERIFY as Config['alexaVerify'],
    dialogflowSecret: values.EMOHEAL_DIALOGFLOW_SECRET as string | undefined,
    dialogflowServiceAgent: values.EMOHEAL_DIALOGFLOW_SERVICE_AGENT as string | undefined,
    googleClientId: values.EMOHEAL_GOOGLE_CLIENT_ID as string | undefined,
    googleClientSecret: values.EMOHEAL_GOOGLE_CLIENT_SECRET as string | undefined,
    googleProjectId: values.EMOHEAL_GOOGLE_PROJECT_ID as string | undefined,
    googleServiceAccount: values.EMOHEAL_GOOGLE_SERVICE_ACCOUNT as string | undefined,
    logLevel: values.EMOHEAL_LOG_LEVEL as Config['logLevel'],
  };
}
