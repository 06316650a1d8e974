/** `store …`: where the state is kept, bringing it somewhere else, and what is kept of one listener. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { EmohealError } from '../../engine/errors.js';
import { BEDSIDE } from '../../engine/listeners/bedside.js';
import { createTastes } from '../../engine/listeners/taste.js';
import { openSecretBox, rotateKey } from '../../engine/secrets/key-file.js';
import type { Store } from '../../engine/stores.js';
import { connections } from '../../media-index/library/remote/connections.js';
import { ALEXA, openAlexaState } from '../alexa/alexa-state.js';
import { openCaregivers } from '../care/open-caregivers.js';
import { type Config, readConfig } from '../config.js';
import { DIALOGFLOW } from '../google/kept.js';
import { GOOGLE_LINKS } from '../google/smarthome/links.js';
import { eraseOwnData, exportOwnData, type OwnDataDeps } from '../privacy/own-data.js';
import { openCare } from '../routines/care.js';
import { sealedStudies } from '../secrets/sealed-study.js';
import { signingKey } from '../secrets/signing-key.js';
import { ALL_KINDS, STUDY, TASTES } from '../store/kinds.js';
import { checkSigningKeys, moveGreetings, moveSigningKey, sealStudyAnew } from '../store/move-beside.js';
import { moveStore } from '../store/move-store.js';
import { openStore } from '../store/open-store.js';
import { openApp } from './app.js';
import { notice, printJson, printLine } from './terminal.js';

const PLACES = `A place is "files" (also "lowdb": the data folder), "postgres" (EMOHEAL_DATABASE_URL), another data folder, or postgres://USER:PASSWORD@HOST/NAME.`;

export function addStoreCommands(program: Command): void {
  const group = program
    .command('store')
    .description('where sessions, routines, check-ins and tastes are kept')
    .addHelpText(
      'after',
      `
Examples:
  emoheal store status
  emoheal store backup tonight.tar.gz     stop the server first, also for restore and rotate-key
  emoheal store export anna --out anna.json`,
    );
  group
    .command('status')
    .option('--json', 'print one JSON value')
    .description('which store is in use, and how much it keeps')
    .action(async (options: { json?: boolean }) => {
      const config = readConfig(process.env);
      const status = await withStore(config, async (store) => {
        const counts: Record<string, number> = {};
        for (const kind of ALL_KINDS) counts[kind.name] = Object.keys(await (await store.records(kind)).read()).length;
        return { kind: config.databaseUrl ? 'postgres' : 'files', ...counts };
      });
      if (options.json) return printJson(status);
      for (const [name, value] of Object.entries(status)) printLine(`${name.padEnd(10)} ${value}`);
    });
  group
    .command('listeners')
    .option('--json', 'print one JSON value')
    .description('every name that something is kept under; listeners of Alexa and Dialogflow are keyed hashes')
    .action(async (options: { json?: boolean }) => {
      const listeners = await withStore(readConfig(process.env), listenersOf);
      if (options.json) return printJson(listeners);
      for (const { listener, keeps } of listeners) printLine(`${listener.padEnd(26)} ${keeps.join(', ')}`);
    });
  group
    .command('migrate')
    .argument('<from>', 'where the state is now')
    .argument('<to>', 'where it is to be')
    .option('--replace', 'what the target holds differently is replaced')
    .option('--json', 'print one JSON value')
    .description('bring everything to another place; each record is compared afterwards, the source is left as it is')
    .addHelpText(
      'after',
      `\n${PLACES}\n\nExamples:\n  emoheal store migrate files postgres\n  emoheal store migrate postgres://emoheal@db.example.org/emoheal files\n  emoheal store migrate /mnt/old/emoheal files\n\nStop the server first. Afterwards start it with EMOHEAL_DATABASE_URL set, or without it.`,
    )
    .action(async (from: string, to: string, options: { replace?: boolean; json?: boolean }) => {
      const config = readConfig(process.env);
      const [source, target] = [placeOf(from, config), placeOf(to, config)];
      if (source.databaseUrl === target.databaseUrl && source.dataDir === target.dataDir)
        throw new EmohealError('bad-input', 'Both places are the same.', { remedy: PLACES });
      const folders = { from: source.dataDir, to: target.dataDir, secretKey: config.secretKey };
      const elsewhere = source.dataDir !== target.dataDir;
      if (elsewhere && !options.replace) checkSigningKeys(folders);
      const moved = await moveStore(
        () => openStore({ ...source, onWarning: notice }),
        () => openStore({ ...target, onWarning: notice }),
        {
          kinds: ALL_KINDS,
          ...(options.replace ? { replace: true } : {}),
          onProgress: (done, all) => process.stderr.write(`\r${done} of ${all}`),
        },
      );
      process.stderr.write('\n');
      const greetings = elsewhere ? await moveGreetings(folders) : 0;
      if (elsewhere) moveSigningKey(folders);
      if (elsewhere) await withStore({ ...config, ...target }, (store) => sealStudyAnew(store, folders));
      if (options.json) return printJson({ ...moved, greetings });
      const records = Object.entries(moved.records).map(([name, count]) => `${name} ${count}`);
      printLine(
        `sessions ${moved.sessions}, ${records.join(', ')}: all there, each compared (${moved.already} were there before).`,
      );
    });
  group
    .command('backup')
    .argument('<file>', 'a .tar.gz to be written; readable by you only, and it opens all that the house keeps')
    .option('--json', 'print one JSON value')
    .description('everything that a new machine needs: state, keys, greetings, what is known of your own music')
    .addHelpText(
      'after',
      '\nStop the server first. Your music files themselves are not in it.\n\nExample:\n  emoheal store backup tonight.tar.gz',
    )
    .action(async (file: string, options: { json?: boolean }) => {
      const config = readConfig(process.env);
      const openCurrent = () => openStore({ ...config, onWarning: notice });
      const { backUp } = await import('../store/backup.js');
      const packed = await backUp({ dataDir: config.dataDir, openCurrent, file, nowMs: Date.now() });
      if (options.json) return printJson({ file, ...packed });
      printLine(`${file}: ${packed.sessions} sessions and all collections, each compared. Keep it in a safe place.`);
    });
  group
    .command('restore')
    .argument('<file>', 'a file that "store backup" made')
    .option('--replace', 'what is here and differs is replaced, the keys too')
    .option('--json', 'print one JSON value')
    .description('bring a backup back; the whole file is checked before anything is changed')
    .addHelpText('after', '\nStop the server first.\n\nExample:\n  emoheal store restore tonight.tar.gz')
    .action(async (file: string, options: { replace?: boolean; json?: boolean }) => {
      const config = readConfig(process.env);
      const openCurrent = () => openStore({ ...config, onWarning: notice });
      const { restore } = await import('../store/backup.js');
      const replace = options.replace ? { replace: true } : {};
      const back = await restore({ dataDir: config.dataDir, openCurrent, file, ...replace });
      if (options.json) return printJson(back);
      printLine(`${back.sessions} sessions and all collections are back, each compared.`);
    });
  group
    .command('export')
    .argument('<listener>', `the name that was given with "listener", or "${BEDSIDE}"`)
    .option('--out <file>', 'a JSON file; without it, to the screen')
    .description('everything that is kept of one listener')
    .addHelpText('after', '\nExample:\n  emoheal store export anna --out anna.json')
    .action(async (listener: string, options: { out?: string }) => {
      const own = await withOwnData((deps) => exportOwnData(listener, deps));
      if (!options.out) return printJson(own);
      await writeFile(options.out, `${JSON.stringify(own, null, 1)}\n`, { mode: 0o600 });
      printLine(options.out);
    });
  group
    .command('erase')
    .argument('<listener>', `the name that was given with "listener", or "${BEDSIDE}"`)
    .requiredOption('--yes', 'really: it cannot be undone')
    .description('erase everything that is kept of one listener')
    .addHelpText('after', '\nExample:\n  emoheal store erase anna --yes')
    .action(async (listener: string) => {
      await withOwnData((deps) => eraseOwnData(listener, deps));
      printLine('Erased.');
    });
  addRotateKey(group);
}

function addRotateKey(group: Command): void {
  group
    .command('rotate-key')
    .description('a new key for the secrets that are kept; with EMOHEAL_SECRET_KEY="new,old" seals them by the new one')
    .addHelpText('after', '\nStop the server first.\n\nExample:\n  emoheal store rotate-key')
    .action(async () => {
      const config = readConfig(process.env);
      await withStore(config, async (store) => {
        // Whoever has the sessions has the old key in memory.
        await store.sessions();
        await rotateKey(config, async (box) => {
          signingKey(config.dataDir, box);
          await sealedStudies(await store.records(STUDY), box);
          await connections(config);
        });
      });
      printLine('All secrets are sealed by the newest key.');
    });
}

type Place = Pick<Config, 'dataDir' | 'databaseUrl'>;

function placeOf(named: string, config: Config): Place {
  if (named === 'files' || named === 'lowdb') return { dataDir: config.dataDir, databaseUrl: undefined };
  if (named === 'postgres') {
    if (config.databaseUrl) return { dataDir: config.dataDir, databaseUrl: config.databaseUrl };
    throw new EmohealError('bad-input', 'No PostgreSQL database is named.', {
      remedy: 'Set EMOHEAL_DATABASE_URL, or write postgres://USER:PASSWORD@HOST/NAME instead.',
    });
  }
  if (/^postgres(ql)?:\/\//.test(named)) return { dataDir: config.dataDir, databaseUrl: named };
  if (/^\w+:\/\//.test(named))
    throw new EmohealError('bad-input', 'That is no place for the state.', { remedy: PLACES });
  return { dataDir: path.resolve(named), databaseUrl: undefined };
}

/** Sessions are not looked into: a running server has them, and whoever has one has something else. */
async function listenersOf(store: Store): Promise<{ listener: string; keeps: string[] }[]> {
  const keeps = new Map<string, Set<string>>();
  for (const kind of ALL_KINDS) {
    const records = Object.entries(await (await store.records(kind)).read());
    for (const [key, record] of records) {
      const listener = kind.listenerOf ? kind.listenerOf(key, record) : key;
      if (listener) keeps.set(listener, (keeps.get(listener) ?? new Set()).add(kind.name));
    }
  }
  return [...keeps].map(([listener, names]) => ({ listener, keeps: [...names] }));
}

async function withStore<T>(config: Config, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ ...config, onWarning: notice });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Throws `conflict` with the running server's own way where a server has the sessions. */
async function withOwnData<T>(work: (deps: OwnDataDeps) => Promise<T>): Promise<T> {
  await using app = await openApp();
  return withStore(app.config, async (store) => {
    const sessions = await store.sessions().catch((error) => {
      if ((error as EmohealError).code !== 'conflict') throw error;
      throw new EmohealError('conflict', 'The server runs and has the sessions.', {
        remedy: `Stop it, or ask it: curl [-X DELETE] http://localhost:${app.config.port}/api/v1/listeners/NAME/data`,
        cause: error,
      });
    });
    const secrets = openSecretBox(app.config);
    const key = signingKey(app.config.dataDir, secrets);
    const [tastes, care, house] = await Promise.all([
      store.records(TASTES).then((records) => createTastes(records)),
      openCare({ ...app, store, secrets }),
      openCaregivers({ store, key, dataDir: app.config.dataDir, audio: app.audio }),
    ]);
    return work({
      store: async () => sessions,
      tastes: async () => tastes,
      routines: async () => care.routines,
      checkIns: async () => care.checkIns,
      studies: async () => care.studies,
      rules: async () => care.rules,
      caregivers: async () => house.caregivers,
      greetings: async () => house.greetings,
      googleLinks: () => store.records(GOOGLE_LINKS),
      assistants: () =>
        Promise.all(
          [ALEXA, DIALOGFLOW].map(async (kind) => openAlexaState({ records: await store.records(kind), key })),
        ),
    });
  });
}
