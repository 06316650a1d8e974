/** Settings from the environment, checked once at the start. An unknown or malformed one stops the start with one line. */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { EmohealError } from '../engine/errors.js';
import { readKeys } from '../engine/secrets/secret-box.js';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);

const NO_SETTING = 'is no setting of EmoHeal';

const PROXY = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]).refine((text) => !text.endsWith('/0'));

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
  EMOHEAL_TRUSTED_PROXIES: {
    schema: z
      .string()
      .default('')
      .transform((text) => text.split(',').flatMap((each) => each.trim() || []))
      .refine(
        (all) => all.every((each) => PROXY.safeParse(each).success),
        'is a list of addresses or networks of your own proxies, and never everybody: 10.0.0.7,192.168.4.0/24',
      ),
    says: 'proxies on other machines whose word on where a request comes from is believed (X-Forwarded-For): 10.0.0.7,192.168.4.0/24; this machine always is',
  },
  EMOHEAL_HOUSE_URL: {
    schema: z
      .string()
      .regex(/^http:\/\/[^\s/?#]+\/?$/, 'is how speakers of the house reach this server: http://192.168.1.20:8080')
      .optional(),
    says: 'how Chromecast, Sonos and DLNA speakers reach this server, where it cannot tell itself (a container): http://192.168.1.20:8080',
  },
  EMOHEAL_EMOTION_MODEL: {
    schema: z.string().min(1).optional(),
    says: 'folder with another emotion model (28 GoEmotions labels)',
  },
  EMOHEAL_WHISPER_MODEL: {
    schema: z.string().min(1).optional(),
    says: 'file of another speech model: Whisper in the format of whisper.cpp (ggml-….bin)',
  },
  EMOHEAL_MUSIC_MODEL: {
    schema: z.string().min(1).optional(),
    says: 'mini for the music model that ships, whatever was chosen here, or a folder with exported CLaMP3; without it what "emoheal library use-clamp3" chose',
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
    schema: z
      .string()
      .regex(/^(https?|milvus):\/\/[^\s/]+(\/\S*)?$/, 'is the address of a Milvus server: http://HOST:19530')
      .optional(),
    says: 'address of a Milvus server that holds the music index for several machines; without it FAISS on this one',
  },
  EMOHEAL_PROFILE: {
    schema: z.enum(['full', 'small'], { error: 'is "full" or "small"' }).default('full'),
    says: 'small for machines with 1 GB of memory: no speech, one thread for sound (docs/device.md)',
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
  EMOHEAL_INSTANCES: {
    schema: z.enum(['one', 'many']).default('one'),
    says: 'many where several servers share one database (docs/many-machines.md)',
  },
  EMOHEAL_SOUNDS_URL: {
    schema: z
      .string()
      .regex(
        /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w./-]*)?(\?[^\s#]*)?$/,
        'is a place in S3-compatible storage: s3://BUCKET/PREFIX?endpoint=https://HOST&region=REGION',
      )
      .optional(),
    says: 'S3-compatible storage where several servers share the sound that they make; keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  },
  EMOHEAL_DRAIN_SEC: {
    schema: z.coerce.number().min(0).max(3600).default(5),
    says: 'how long a server that is stopped lets the streams go on that it is giving out',
  },
  EMOHEAL_SETTINGS_FILE: {
    schema: z.string().min(1).optional(),
    says: 'file with more of these settings, one NAME=value a line; the environment wins; read again on SIGHUP',
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
  /** Addresses and networks. */
  trustedProxies: string[];
  houseUrl: string | undefined;
  emotionModel: string | undefined;
  whisperModel: string | undefined;
  /** `mini`, or a folder. */
  musicModel: string | undefined;
  /** May hold a password: never shown. */
  databaseUrl: string | undefined;
  /** Never shown. */
  secretKey: string | undefined;
  /** May hold a password: never shown. */
  vectorUrl: string | undefined;
  profile: 'full' | 'small';
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
  drainSec: number;
  instances: 'one' | 'many';
  soundsUrl: string | undefined;
}

/** Fields whose values are never shown anywhere, not even in part. */
export const SECRET_SETTINGS = [
  'mqttUrl',
  'databaseUrl',
  'secretKey',
  'vectorUrl',
  'alexaRelaySecret',
  'dialogflowSecret',
  'googleClientSecret',
] as const satisfies readonly (keyof Config)[];

/** The settings of the file that the environment names, below the environment's own. Throws `config-invalid`. */
export function withSettingsFile(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const file = env.EMOHEAL_SETTINGS_FILE;
  if (!file) return env;
  try {
    const { EMOHEAL_SETTINGS_FILE: _another, ...own } = parseEnv(readFileSync(file, 'utf8'));
    const others = Object.keys(own).filter((name) => !name.startsWith('EMOHEAL_'));
    if (others.length > 0)
      throw new EmohealError('config-invalid', `The settings file holds what is no setting of EmoHeal: ${others[0]}.`, {
        remedy: 'It takes lines like EMOHEAL_LOG_LEVEL=debug.',
      });
    return { ...own, ...env };
  } catch (error) {
    if (error instanceof EmohealError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new EmohealError('config-invalid', `EMOHEAL_SETTINGS_FILE: the file cannot be read (${code}).`, {
      remedy: 'Name a file that the server may read, or unset it.',
    });
  }
}

/** Throws `config-invalid`. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const env = withSettingsFile(environment);
  const wrong: string[] = [];
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(env)) {
    if (name.startsWith('EMOHEAL_') && !(name in SETTINGS)) wrong.push(`${name} ${NO_SETTING}`);
  }
  for (const [name, { schema }] of Object.entries(SETTINGS)) {
    // Empty means "not given", except where it means "off".
    const given = env[name] === '' && name !== 'EMOHEAL_WYOMING_PORT' ? undefined : env[name];
    const parsed = schema.safeParse(given);
    if (parsed.success) values[name] = parsed.data;
    else wrong.push(`${name}: ${parsed.error.issues[0]?.message}`);
  }
  if (values.EMOHEAL_INSTANCES === 'many')
    for (const needed of ['EMOHEAL_DATABASE_URL', 'EMOHEAL_SECRET_KEY'])
      if (values[needed] === undefined) wrong.push(`EMOHEAL_INSTANCES=many needs ${needed}, the same on each server`);
  if (wrong.length > 0)
    throw new EmohealError('config-invalid', `${wrong.join('; ')}.`, {
      remedy: wrong.some((each) => each.endsWith(NO_SETTING))
        ? `Settings: ${Object.keys(SETTINGS).join(', ')}.`
        : 'The README says under "Settings" what each takes.',
    });
  const share = env.XDG_DATA_HOME || path.join(os.homedir(), '.local', 'share');
  return {
    dataDir: path.resolve((values.EMOHEAL_DATA_DIR as string | undefined) ?? path.join(share, 'emoheal')),
    port: values.EMOHEAL_PORT as number,
    host: values.EMOHEAL_HOST as string,
    mqttUrl: values.EMOHEAL_MQTT_URL as string | undefined,
    wyomingPort: values.EMOHEAL_WYOMING_PORT as Config['wyomingPort'],
    publicUrl: values.EMOHEAL_PUBLIC_URL as string | undefined,
    trustedProxies: values.EMOHEAL_TRUSTED_PROXIES as string[],
    houseUrl: values.EMOHEAL_HOUSE_URL as string | undefined,
    emotionModel: values.EMOHEAL_EMOTION_MODEL as string | undefined,
    whisperModel: values.EMOHEAL_WHISPER_MODEL as string | undefined,
    musicModel: values.EMOHEAL_MUSIC_MODEL as string | undefined,
    databaseUrl: values.EMOHEAL_DATABASE_URL as string | undefined,
    secretKey: values.EMOHEAL_SECRET_KEY as string | undefined,
    vectorUrl: values.EMOHEAL_VECTOR_URL as string | undefined,
    profile: values.EMOHEAL_PROFILE as Config['profile'],
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
    drainSec: values.EMOHEAL_DRAIN_SEC as number,
    instances: values.EMOHEAL_INSTANCES as Config['instances'],
    soundsUrl: values.EMOHEAL_SOUNDS_URL as string | undefined,
  };
}
