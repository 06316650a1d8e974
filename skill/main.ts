/** The server: one cancellation for everything that runs, and a clear word where it cannot start. */
import { coverOf } from '../media-index/library/cover.js';
import '../models/node20.js';
import { chmod, mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pino } from 'pino';
import type { Caregivers } from '../engine/caregivers/caregivers.js';
import { EmohealError } from '../engine/errors.js';
import type { PartState } from '../engine/ports.js';
import { ownZone } from '../engine/routines/schedule.js';
import { openSecretBox } from '../engine/secrets/key-file.js';
import { positionAt } from '../engine/session.js';
import { openAlexa } from './alexa/alexa.js';
import { ALEXA } from './alexa/alexa-state.js';
import { createVerifier } from './alexa/verify/verifier.js';
import { openCaregivers } from './care/open-caregivers.js';
import { composeApp } from './compose.js';
import type { Config } from './config.js';
import { openGoogle } from './google/serve-google.js';
import { GOOGLE_LINKS } from './google/smarthome/links.js';
import { openHouse } from './house/open-house.js';
import { createRunningSession } from './house/running-session.js';
import { openKeyRing } from './http/address-keys.js';
import { createApp } from './http/app.js';
import { eraseOwnData, type OwnDataDeps } from './privacy/own-data.js';
import { keepRemovingTooOld } from './privacy/retention.js';
import { type Care, openCare } from './routines/care.js';
import { signingKey } from './secrets/signing-key.js';
import { openStore } from './store/open-store.js';

const DRAIN_MS = 3000;
/** A server that is just ending, or whose database has not yet noticed that it was killed, is waited for. */
const STOPPING_SEC = 10;

/** Runs until SIGINT or SIGTERM. Throws `config-invalid` where the port is taken. */
export async function serve(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: false }));
  const onWarning = (message: string) => log.warn(message);
  await keepPrivate(path.join(config.dataDir, 'state'));
  const secrets = openSecretBox(config);
  const key = signingKey(config.dataDir, secrets);
  const store = await openStore({ ...config, onWarning, waitForLockSec: STOPPING_SEC });
  let care: Care | undefined;
  const running = createRunningSession((session) => positionAt(session, Date.now()));
  let caregivers: Caregivers | undefined;
  const app = composeApp(config, {
    onWarning,
    allocated: async (listener) => (await care?.studies.allocated(listener)) ?? null,
    helped: async (listener) => (await care?.checkIns.helped(listener)) ?? null,
    rules: async (listener) => (await care?.rules.load(listener)) ?? null,
    askedForHelp: async (listener, atMs) =>
      caregivers
        ?.askedForHelp(listener, atMs)
        .catch((error) => log.error({ code: error?.code }, 'a caregiver could not be told of a call for help')),
    store: async () => store,
    around: running.around,
  });
  const closeStore = (error: unknown) => store.close().then(() => Promise.reject(error));
  await app.store().catch(closeStore);
  const kept = await openCare({ ...app, store, secrets, onWarning }).catch(closeStore);
  care = kept;
  const state = async (part: () => Promise<unknown>, detail: string): Promise<PartState> =>
    Promise.race([
      part().then(
        (): PartState => ({ status: 'ready', detail }),
        (error): PartState => ({
          status: 'unavailable',
          detail: (error as Error).message,
          remedy: (error as EmohealError).remedy,
        }),
      ),
      new Promise<PartState>((resolve) =>
        setTimeout(resolve, 50, { status: 'starting', detail: `${detail} is being loaded` }),
      ),
    ]);
  const server = createServer();
  const addressKey = openKeyRing(config.dataDir, key);
  const house = await openCaregivers({ store, key, dataDir: config.dataDir, audio: app.audio }).catch(closeStore);
  caregivers = house.caregivers;
  await house.accounts.tidy();
  const own: OwnDataDeps = {
    store: app.store,
    tastes: app.tastes,
    routines: async () => kept.routines,
    rules: async () => kept.rules,
    checkIns: async () => kept.checkIns,
    studies: async () => kept.studies,
    caregivers: async () => house.caregivers,
    greetings: async () => house.greetings,
    googleLinks: () => store.records(GOOGLE_LINKS),
  };
  const onFault = (error: unknown) =>
    log.error({ code: (error as { code?: string })?.code, stack: (error as Error)?.stack }, 'an Alexa request failed');
  const alexa = await openAlexa({
    service: app.service,
    streams: app.streams,
    signingKey: key,
    addressKey,
    // Alexa fetches by https only; without a public address this one at least says what is missing.
    publicUrl: () =>
      config.publicUrl ?? `https://localhost:${(server.address() as AddressInfo | null)?.port ?? config.port}`,
    records: await store.records(ALEXA),
    caregivers: house.caregivers,
    routines: kept.routines,
    rules: kept.rules,
    erase: (listener) => eraseOwnData(listener, own),
    zone: ownZone,
    onFault,
  });
  if (config.alexaSkillId && !config.publicUrl?.startsWith('https://'))
    log.warn('Alexa devices cannot fetch the music: set EMOHEAL_PUBLIC_URL to the https address of this server.');
  if (config.alexaVerify === 'never')
    log.warn(
      'POST /alexa answers everybody, signed or not (EMOHEAL_ALEXA_VERIFY=never): only for trying the skill out.',
    );
  const google = await openGoogle({
    ...app,
    config,
    store,
    running,
    routines: (listener) => kept.routines.list(listener),
    signingKey: key,
    addressKey,
    localUrl: () => `http://localhost:${(server.address() as AddressInfo | null)?.port ?? config.port}`,
    onFault: (error) =>
      log.error(
        { code: (error as { code?: string })?.code, stack: (error as Error)?.stack },
        'a Google request failed',
      ),
    onRefused: (reason) => log.warn({ reason }, 'a request of Google was refused'),
  });
  const http = createApp({
    service: app.service,
    streams: app.streams,
    search: app.search,
    audio: app.audio,
    knowledge: app.knowledge,
    tastes: app.tastes,
    care: {
      ...own,
      look: () => kept.tick(),
      zone: ownZone,
      pseudonymKey: key,
    },
    console: {
      house,
      routines: async () => kept.routines,
      rules: async () => kept.rules,
      store: app.store,
      library: app.library,
      zone: ownZone,
      key,
    },
    log,
    signingKey: addressKey,
    alexa: {
      skill: async () => alexa.skill,
      state: alexa.state,
      caregivers: house.caregivers,
      verifier: config.alexaVerify === 'never' ? null : createVerifier({ nowMs: Date.now }),
      skillId: config.alexaSkillId,
      relaySecret: config.alexaRelaySecret,
      onRefused: (reason) => log.warn({ reason }, 'a request to /alexa was refused'),
    },
    google: google.doors,
    publicUrl: config.publicUrl,
    nowMs: Date.now,
    coverOf: (id) => coverOf(config.dataDir, id),
    parts: async () => ({
      emotion: await state(app.classifier, 'the emotion model'),
      music: await state(app.search, 'the music index').then(async (found) =>
        found.status === 'ready' ? (await app.kept()).index.state() : found,
      ),
      speech: (await app.transcriber()).state(),
    }),
  });
  server.on('request', http);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE';
      reject(
        new EmohealError(
          'config-invalid',
          taken
            ? `Port ${config.port} is in use.`
            : `The server cannot listen on ${config.host}:${config.port} (${cause.code}).`,
          {
            remedy: 'Set EMOHEAL_PORT to another port, or stop the program that uses it.',
            cause,
          },
        ),
      );
    });
    server.listen(config.port, config.host, resolve);
  }).catch(async (error) => {
    await app.close();
    await store.close();
    throw error;
  });
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`EmoHeal Bedside is ready: http://localhost:${port}\n`);

  const doors = await openHouse({ app, running, log, ownKey: key, signingKey: addressKey, httpPort: port });
  kept.run();
  const stopRemoving = keepRemovingTooOld(store, { nowMs: Date.now, onWarning });
  let stopping = false;
  // What the first feeling will need is prepared now, in the background, the lightest first.
  void (async () => {
    const steps: (() => Promise<unknown>)[] = [
      app.service,
      app.classifier,
      app.streams,
      async () => (await app.mixer()).prepare(),
      async () => (await app.transcriber()).warm(),
    ];
    // What is made after the end would keep the process from ending.
    for (const step of steps) if (!stopping) await step();
  })().catch((error) => log.warn({ code: error?.code }, 'preparing ahead did not succeed'));

  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  stopping = true;
  stopRemoving();
  server.close();
  setTimeout(() => server.closeAllConnections(), DRAIN_MS).unref();
  server.closeIdleConnections();
  await doors.close();
  await kept.close();
  await app.close();
  await alexa.state.close();
  await google.close();
  await store.close();
  server.closeAllConnections();
}

/** The state is for the server's own user only, whatever made the folder before. */
async function keepPrivate(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700).catch(() => {});
}
