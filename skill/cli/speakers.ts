/** `speakers …`: what the server of this house knows of speakers, asked and told by its own HTTP interface. */
import type { Command } from 'commander';
import { z } from 'zod';
import { EmohealError, type ErrorCode } from '../../engine/errors.js';
import { BEDSIDE } from '../../engine/listeners/bedside.js';
import { readConfig } from '../config.js';
import { SpeakerAnswer, SpeakersAnswer, SpeakerVolumeAnswer } from '../http/speakers.js';
import { findSpeakers } from '../speakers/find/find.js';
import { notice, number, printJson, printLine } from './terminal.js';

interface SpeakerOptions {
  server?: string;
  json?: boolean;
  session?: string;
  minutes?: number;
  locale?: string;
  listener?: string;
  over?: number;
}

type Shown = z.infer<typeof SpeakerAnswer>;

const Problem = z.object({ detail: z.string(), code: z.string().optional() });
const Begun = z.looseObject({
  id: z.string().optional(),
  help: z.looseObject({ say: z.string() }).optional(),
  concern: z.string().optional(),
});

export function addSpeakersCommands(program: Command): void {
  const speakers = program
    .command('speakers')
    .description('Chromecast, Sonos and UPnP/DLNA speakers of the house: find them, play on them, take music along')
    .addHelpText(
      'after',
      `
Examples:
  emoheal speakers list
  emoheal speakers play "Bedroom" "I feel so tense tonight" --minutes 30
  emoheal speakers play bedroom                    the session that is on
  emoheal speakers volume bedroom 25 --over 60
  emoheal speakers group bedroom "Living room"
  emoheal speakers follow bathroom                 from wherever it sounds
  emoheal speakers stop bathroom`,
    );
  const common = (command: Command) =>
    command
      .option('--server <address>', 'address of the running server; this machine where not given')
      .option('--json', 'print one JSON value');
  const one = (name: string, says: string) =>
    common(speakers.command(name).argument('<speaker>', 'name or id').description(says));

  common(speakers.command('list').alias('find'))
    .description('every speaker that answers now')
    .action(async (options: SpeakerOptions) => {
      const found = await listed(options);
      if (options.json) return printJson(found);
      if (found.length === 0)
        notice(
          'No speaker answered. It must be switched on, and in the same network as this machine (docs/speakers.md).',
        );
      for (const each of found) printLine(row(each));
    });
  one('play', 'plays the session that is on, or one for a feeling')
    .argument('[feeling]', 'how you feel; begins a new session')
    .option('--session <id>', 'another session than the one that is on')
    .option('--minutes <n>', 'length of a new session', number('minutes'))
    .option('--locale <tag>', 'language of a new session, such as de-DE')
    .option('--listener <name>', 'whose taste and house rules hold for a new session', BEDSIDE)
    .action(async (speaker: string, feeling: string | undefined, options: SpeakerOptions) => {
      const sessionId = feeling === undefined ? options.session : await begin(feeling, options);
      if (sessionId === null) return;
      // The words come first: whoever needs help hears of it, whatever speaker was named.
      await told(options, speaker, 'POST', 'play', sessionId ? { sessionId } : {}).catch(async (error) => {
        if (feeling !== undefined) await endUnheard(options, sessionId!);
        throw error;
      });
    });
  for (const [action, says] of [
    ['pause', 'the session waits, on every surface'],
    ['resume', 'the session goes on at that second'],
    ['stop', 'the session ends'],
    ['release', 'this speaker falls silent; the session goes on where else it is heard'],
  ] as const)
    one(action, says).action((speaker: string, options: SpeakerOptions) =>
      told(options, speaker, 'POST', 'actions', { action }),
    );
  one('volume', 'to a volume, step by step; in quiet hours never above 40')
    .argument('<percent>', '0 to 100', number('percent'))
    .option('--over <seconds>', 'how long the way takes (8)', number('seconds'))
    .action(async (speaker: string, percent: number, options: SpeakerOptions) => {
      const wish = { percent, ...(options.over === undefined ? {} : { overSec: options.over }) };
      const answer = await ask(options, 'PUT', path(speaker, 'volume'), wish, SpeakerVolumeAnswer);
      if (options.json) return printJson(answer);
      printLine(`${answer.from} → ${answer.to} % within ${answer.overSec} s`);
      if (answer.cappedBy) notice('It is quiet hours: no louder than this until they are over.');
    });
  one('group', 'these speakers follow the first')
    .argument('<members...>', 'names or ids')
    .action((speaker: string, members: string[], options: SpeakerOptions) =>
      told(options, speaker, 'PUT', 'group', { members }),
    );
  one('ungroup', 'nobody follows it any more').action((speaker: string, options: SpeakerOptions) =>
    told(options, speaker, 'PUT', 'group', { members: [] }),
  );
  one('move', 'takes what sounds there to another speaker, at the same second')
    .argument('<to>', 'name or id')
    .action((speaker: string, to: string, options: SpeakerOptions) => told(options, speaker, 'POST', 'move', { to }));
  one('follow', 'brings the session that is on here, from wherever it sounds').action(
    (speaker: string, options: SpeakerOptions) => told(options, speaker, 'POST', 'follow', {}),
  );
}

const path = (speaker: string, what: string) => `/api/v1/speakers/${encodeURIComponent(speaker)}/${what}`;

async function told(
  options: SpeakerOptions,
  speaker: string,
  method: 'POST' | 'PUT',
  what: string,
  body: unknown,
): Promise<void> {
  const answer = await ask(options, method, path(speaker, what), body, SpeakerAnswer);
  if (options.json) return printJson(answer);
  printLine(row(answer));
}

/** Id of the new session; null where the answer is help and not music. Throws what the server says. */
async function begin(text: string, options: SpeakerOptions): Promise<string | null> {
  const { minutes, locale, listener } = options;
  const body = {
    text,
    ...(minutes ? { minutes } : {}),
    ...(locale ? { locale } : {}),
    ...(listener ? { listener } : {}),
  };
  const begun = await ask(options, 'POST', '/api/v1/utterances', body, Begun);
  if (begun.help) {
    if (options.json) printJson({ help: begun.help });
    else printLine(begun.help.say);
    return null;
  }
  if (begun.concern) notice(begun.concern);
  if (!begun.id) throw new EmohealError('internal', 'The server began no session.');
  return begun.id;
}

/** A session that was begun for a speaker which cannot play it goes on nowhere. */
const endUnheard = (options: SpeakerOptions, id: string): Promise<unknown> =>
  ask(options, 'POST', `/api/v1/sessions/${id}/actions`, { action: 'stop' }, z.unknown()).catch(() => {});

/** Without a server the house is looked through from here: what answers is the same. */
async function listed(options: SpeakerOptions): Promise<Shown[]> {
  try {
    return (await ask(options, 'GET', '/api/v1/speakers?fresh=1', undefined, SpeakersAnswer)).speakers;
  } catch (error) {
    if (options.server || !(error instanceof EmohealError) || error.code !== 'busy') throw error;
    const found = await findSpeakers({ onWarning: notice });
    return found.map(({ id, name, kind, model, host }) => ({
      id,
      name,
      kind,
      model,
      address: host,
      sessionId: null,
      group: [],
      trouble: null,
    }));
  }
}

/** Throws the server's own problem, or `busy` where no server answers. */
async function ask<T>(
  { server }: SpeakerOptions,
  method: string,
  where: string,
  body: unknown,
  schema: z.ZodType<T>,
): Promise<T> {
  const base = addressOf(server);
  const response = await fetch(new URL(where, base), {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new EmohealError('busy', `No server answers at ${base}.`, {
      retryable: true,
      remedy: 'Start it: npm start. Another address: --server http://…',
    });
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const problem = Problem.safeParse(answer);
    throw new EmohealError(
      (problem.data?.code as ErrorCode | undefined) ?? 'internal',
      problem.data?.detail ?? `The server answers with ${response.status}.`,
    );
  }
  const read = schema.safeParse(answer);
  if (!read.success)
    throw new EmohealError('internal', 'The server answers with something else.', {
      remedy: 'Is it of the same version as this command?',
    });
  return read.data;
}

function addressOf(given: string | undefined): string {
  if (given === undefined) return `http://127.0.0.1:${readConfig(process.env).port}`;
  if (!/^https?:\/\//.test(given) || !URL.canParse(given))
    throw new EmohealError('bad-input', 'That is no address of a server.', {
      remedy: 'Say --server http://192.168.1.20:8080.',
    });
  return given;
}

const row = ({ id, name, model, kind, address, sessionId, group, trouble }: Shown) =>
  [
    id,
    name,
    model === name ? kind : model,
    address,
    sessionId
      ? `plays ${sessionId}`
      : trouble === 'lost'
        ? 'went away'
        : trouble === 'taken'
          ? 'plays something else'
          : 'idle',
    ...(group.length > 0 ? [`followed by ${group.join(', ')}`] : []),
  ].join('  ');
