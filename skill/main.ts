/** The server: one cancellation for everything that runs, and a clear word where it cannot start. */
import '../models/node20.js';
import { chmod, mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Caregivers } from '../engine/caregivers/caregivers.js';
import { EmohealError } from '../engine/errors.js';
import { ownZone } from '../engine/routines/schedule.js';
import { openSecretBox } from '../engine/secrets/key-file.js';
import { positionAt } from '../engine/session.js';
import { coverOf } from '../media-index/library/cover.js';
import { packageVersion } from '../models/paths.js';
import { openAlexa } from './alexa/alexa.js';
import { ALEXA } from './alexa/alexa-state.js';
import { createVerifier } from './alexa/verify/verifier.js';
import { createHandsFree } from './bedside/hands-free/open-hands-free.js';
import { openCaregivers } from './care/open-caregivers.js';
import { composeApp } from './compose.js';
import { type Config, readConfig } from './config.js';
import { openGoogle } from './google/serve-google.js';
import { GOOGLE_LINKS } from './google/smarthome/links.js';
import { createForgetMe } from './house/forget-me.js';
import { openHouse } from './house/open-house.js';
import { createRunningSession } from './house/running-session.js';
import { openKeyRing } from './http/address-keys.js';
import { createApp } from './http/app.js';
import { FIND_VANISHED, LOOK_FOR_SLOW_MS, limitConnections } from './http/limits.js';
import { sessionAnswer } from './http/session-answer.js';
import { createDrain } from './operations/drain.js';
import { endAtTheLatest, untilToldToEnd } from './operations/ending.js';
import { faultFields, watchForFaults } from './operations/faults.js';
import { createLog } from './operations/log.js';
import { createMetrics } from './operations/metrics.js';
import { lookAtParts } from './operations/parts.js';
import { reload } from './operations/reload.js';
import { startTracing, tracedService } from './operations/tracing.js';
import { prepareAhead } from './prepare-ahead.js';
import { eraseOwnData, type OwnDataDeps } from './privacy/own-data.js';
import { keepRemovingTooOld } from './privacy/retention.js';
import { type Care, openCare } from './routines/care.js';
import { HOUSE_KEYS, sharedSigningKey, signingKey } from './secrets/signing-key.js';
import { openSpeakers } from './speakers/open-speakers.js';
import { openStore } from './store/open-store.js';
import { takeLead } from './store/postgres/lead.js';

/** A server that is just ending, or whose database has not yet noticed that it was killed, is waited for. */
const STOPPING_SEC = 10;

/** Runs until SIGINT or SIGTERM. Throws `config-invalid` where the port is taken. */
export async function serve(config: Config): Promise<void> {
  const log = createLog(config);
  const metrics = createMetrics();
  const tracing = await startTracing(process.env, packageVersion());
  const onWarning = (message: string) => log.warn(message);
  watchForFaults(log);
  // Also what lies beside the state (whose music it is, what was rendered for a night) is nobody else's on this machine.
  process.umask(0o077);
  await keepPrivate(path.join(config.dataDir, 'state'));
  const secrets = openSecretBox(config);
  const store = await openStore({ ...config, onWarning, waitForLockSec: STOPPING_SEC });
  const many = config.instances === 'many' && config.databaseUrl ? config.databaseUrl : null;
  const key = many
    ? await sharedSigningKey(config.dataDir, secrets, await store.records(HOUSE_KEYS))
    : signingKey(config.dataDir, secrets);
  let care: Care | undefined;
  const { nowMs } = store;
  const running = createRunningSession((session) => positionAt(session, nowMs()));
  let caregivers: Caregivers | undefined;
  const app = composeApp(config, {
    onWarning,
    nowMs,
    allocated: async (listener) => (await care?.studies.allocated(listener)) ?? null,
    helped: async (listener) => (await care?.checkIns.helped(listener)) ?? null,
    rules: async (listener) => (await care?.rules.load(listener)) ?? null,
    askedForHelp: async (listener, atMs) =>
      caregivers
        ?.askedForHelp(listener, atMs)
        .catch((error) => log.error(faultFields(error), 'a caregiver could not be told of a call for help')),
    store: async () => store,
    around: (service) => tracedService(metrics.around(running.around(service))),
    watchStreams: metrics.streams,
  });
  const { fault } = app.speechModel;
  if (fault && config.profile !== 'small') onWarning(`Nobody is heard: ${fault.detail} ${fault.remedy}`);
  const closeStore = (error: unknown) => store.close().then(() => Promise.reject(error));
  await Promise.all([app.store(), app.tastes()]).catch(closeStore);
  // A graph of the house's own with a slip in it is told now, not in the middle of a night.
  await Promise.resolve().then(app.knowledge).catch(closeStore);
  const kept = await openCare({ ...app, store, secrets, onWarning }).catch(closeStore);
  care = kept;
  const server = createServer({ connectionsCheckingInterval: LOOK_FOR_SLOW_MS, ...FIND_VANISHED });
  limitConnections(server);
  const drain = createDrain(server);
  const addressKey = openKeyRing(config.dataDir, key);
  const house = await openCaregivers({ store, key, dataDir: config.dataDir, audio: app.audio, nowMs }).catch(
    closeStore,
  );
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
    assistants: async () => [alexa.state, google.dialogflow],
  };
  const speakers = openSpeakers({
    service: app.service,
    streams: app.streams,
    running,
    rules: async () => kept.rules,
    nowMs,
    signingKey: addressKey,
    listensOn: config.host,
    port: () => (server.address() as AddressInfo | null)?.port ?? config.port,
    houseUrl: config.houseUrl,
    onFault: (error) => log.warn(faultFields(error), 'a speaker did not do as asked'),
    onWarning: (message) => log.debug(message),
  });
  /** What both voice assistants are given. */
  const household = {
    caregivers: house.caregivers,
    routines: kept.routines,
    rules: kept.rules,
    checkIns: kept.checkIns,
    // Their own memory they forget themselves, with what sounds.
    erase: (listener: string) => eraseOwnData(listener, { ...own, assistants: async () => [] }),
    zone: ownZone,
    elsewhere: { latest: running.latest, handOver: speakers.handOver },
  };
  const alexa = await openAlexa({
    service: app.service,
    streams: app.streams,
    signingKey: key,
    addressKey,
    // Alexa fetches by https only; without a public address this one at least says what is missing.
    publicUrl: () =>
      config.publicUrl ?? `https://localhost:${(server.address() as AddressInfo | null)?.port ?? config.port}`,
    records: await store.records(ALEXA),
    nowMs,
    ...household,
    onFault: (error) => log.error(faultFields(error), 'an Alexa request failed'),
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
    speakers,
    household,
    routines: (listener) => kept.routines.list(listener),
    signingKey: key,
    addressKey,
    localUrl: () => `http://localhost:${(server.address() as AddressInfo | null)?.port ?? config.port}`,
    onFault: (error) => log.error(faultFields(error), 'a Google request failed'),
    onRefused: (reason) => log.warn({ reason }, 'a request of Google was refused'),
  });
  const forgetMe = () => createForgetMe({ erase: (listener) => eraseOwnData(listener, own), nowMs });
  const handsFree = await createHandsFree(
    app,
    running,
    async () => kept.checkIns,
    (session) => sessionAnswer({ signingKey: addressKey, publicUrl: config.publicUrl, nowMs }, session),
    forgetMe(),
    (error) => log.error(faultFields(error), 'hearing failed'),
  );
  const parts = () =>
    lookAtParts({
      ...app,
      sounds: config.soundsUrl ? async () => (await app.sounds()).state() : undefined,
      dataDir: config.dataDir,
    });
  metrics.watchParts(parts);
  const http = createApp({
    handsFree: handsFree.routes,
    service: app.service,
    streams: app.streams,
    search: app.search,
    audio: app.audio,
    knowledge: app.knowledge,
    tastes: app.tastes,
    care: {
      ...own,
      nowMs,
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
    speakers,
    publicUrl: config.publicUrl,
    trustedProxies: config.trustedProxies,
    nowMs,
    coverOf: (id) => coverOf(config.dataDir, id),
    parts,
    ending: drain.ending,
    metrics,
    sharedIds: many !== null,
  });
  server.on('request', http);
  const hearing = handsFree.open(server);
  await listen(server, config).catch(async (error) => {
    await app.close();
    await store.close();
    throw error;
  });
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`EmoHeal Bedside is ready: http://localhost:${port}\n`);

  const doors = await openHouse({
    app,
    running,
    log,
    ownKey: key,
    signingKey: addressKey,
    httpPort: port,
    forgetMe: forgetMe(),
  });
  // Of several servers one begins the routines; another takes over when it is gone.
  const lead = many ? takeLead(many, { begin: kept.run, end: kept.pause }) : null;
  if (!lead) kept.run();
  const stopRemoving = keepRemovingTooOld(store, { nowMs, onWarning });
  let stopping = false;
  void prepareAhead(app, { metrics, tracing, stopped: () => stopping }).catch((error) =>
    log.warn(faultFields(error), 'preparing ahead did not succeed'),
  );

  const { reloadKnowledge } = app;
  const hearReload = () => void reload({ config, read: () => readConfig(process.env), log, reloadKnowledge });
  process.on('SIGHUP', hearReload);
  const { signal, hurry } = await untilToldToEnd();
  stopping = true;
  process.off('SIGHUP', hearReload);
  log.info({ signal, streams: drain.underWay() }, 'ending');
  endAtTheLatest(log, config.drainSec);
  stopRemoving();
  hearing.close();
  await speakers.close();
  const { cut } = await drain.end(config.drainSec, hurry);
  if (cut > 0) log.warn({ streams: cut, sec: config.drainSec }, 'streams were cut at the end');
  await doors.close();
  await lead?.close();
  await kept.close();
  await app.close();
  await alexa.state.close();
  await google.close();
  await store.close();
  await tracing.end();
}

/** Throws `config-invalid` where the port is taken. */
function listen(server: Server, { host, port }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE';
      reject(
        new EmohealError(
          'config-invalid',
          taken ? `Port ${port} is in use.` : `The server cannot listen on ${host}:${port} (${cause.code}).`,
          { remedy: 'Set EMOHEAL_PORT to another port, or stop the program that uses it.', cause },
        ),
      );
    });
    server.listen(port, host, resolve);
  });
}

/** The state is for the server's own user only, whatever made the folder before. */
async function keepPrivate(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700).catch(() => {});
}
