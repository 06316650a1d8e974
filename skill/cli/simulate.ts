/** `simulate`: an evening with an assistant's device, without an account, a device or a network. */
import { type Command, Option } from 'commander';
import { EmohealError } from '../../engine/errors.js';
import type { SessionStream } from '../../engine/ports.js';
import { LOCALES } from '../../voice-intents/intents.js';
import type { DeviceKind } from '../alexa/simulator/device-model.js';
import type { SimulatedTurn } from '../alexa/simulator/dialogue.js';
import { simulateEvening } from '../alexa/simulator/simulate.js';
import { type GoogleTurn, plainIn, simulateGoogle, soundIn } from '../google/simulator/simulate.js';
import { openApp } from './app.js';
import { clock, notice, number, printJson, printLine } from './terminal.js';

interface SimulateOptions {
  device: DeviceKind;
  edition: 'es' | 'cx';
  client: 'assistant' | 'plain';
  locale: string;
  between: number;
  json?: boolean;
}

export function addSimulateCommand(program: Command): void {
  program
    .command('simulate')
    .argument('<assistant>', 'alexa or google')
    .argument('<said...>', 'what you say, one sentence after another')
    .addOption(
      new Option('--device <kind>', 'how the device behaves: they differ in when they ask for the next stage')
        .choices(['show', 'dot', 'v1'])
        .default('dot'),
    )
    .addOption(new Option('--edition <edition>', 'of Dialogflow, for google').choices(['es', 'cx']).default('es'))
    .addOption(
      new Option('--client <kind>', 'for google: a player that tells when a stage ends, or one that tells nothing')
        .choices(['assistant', 'plain'])
        .default('plain'),
    )
    .addOption(new Option('--locale <xx-XX>', 'language of the device').choices([...LOCALES]).default('en-US'))
    .option('--between <sec>', 'music between two sentences, seconds of the device', number('between'), 60)
    .option('--json', 'print one JSON value: every request and reply as sent')
    .description('a whole dialogue with the local skill and a device model whose clock runs fast')
    .addHelpText(
      'after',
      `
Examples:
  emoheal simulate alexa "open quiet bedside" "I feel so anxious" "why this music" "stay here"
  emoheal simulate alexa --device show --locale de-DE "ich kann nicht schlafen" "noch zehn Minuten"
  emoheal simulate google "open quiet bedside" "I feel so anxious" "why this music" "ten more minutes"
  emoheal simulate google --edition cx --locale de-DE "ich kann nicht schlafen" "bleib hier"
  emoheal simulate alexa "I feel sad" --json | jq '.turns[].reply'`,
    )
    .action(simulate);
}

function spokenLine({ said, request, reply, playerEvents }: SimulatedTurn): string {
  const { type } = request.request as { type: string };
  const { outputSpeech, directives = [] } = reply.response;
  const words = outputSpeech && 'ssml' in outputSpeech ? outputSpeech.ssml.replace(/<[^>]+>/g, '') : '';
  const acts = directives.map((each) => ('playBehavior' in each ? `${each.type} ${each.playBehavior}` : each.type));
  const lines = [said === undefined ? `    device: ${type}` : `you:    ${said}`];
  if (words) lines.push(`alexa:  ${words}`);
  for (const act of acts) lines.push(`      → ${act}`);
  for (const event of playerEvents) lines.push(`      ← ${event.type} at ${clock(event.offsetMs / 1000)}`);
  return lines.join('\n');
}

async function simulate(assistant: string, said: string[], options: SimulateOptions): Promise<void> {
  if (assistant === 'google') return google(said, options);
  if (assistant !== 'alexa')
    throw new EmohealError('bad-input', `There is no simulator of "${assistant}".`, {
      remedy: 'Say: simulate alexa "…" or simulate google "…".',
    });
  const time = { nowMs: Date.now() };
  await using app = await openApp({ nowMs: () => time.nowMs });
  const evening = await simulateEvening({
    // Nobody listens to this evening: the sound itself is not made.
    app: { service: app.service, streams: async () => ({ open: () => ({}) as SessionStream }) },
    time,
    said,
    device: options.device,
    locale: options.locale,
    betweenSec: options.between,
    onTurn: options.json ? undefined : (turn) => printLine(spokenLine(turn)),
    onFault: (error) => notice(`The skill failed: ${(error as Error).message}`),
  });
  for (const { turn, rule, found } of evening.broken)
    notice(`Turn ${turn} breaks a rule of Alexa's: ${rule} (${found}).`);
  if (options.json) printJson({ turns: evening.turns, broken: evening.broken, heard: evening.heard });
  else printHeard(evening.heard);
  if (evening.broken.length > 0) process.exitCode = 1;
}

function printHeard(heard: readonly { stage: string | null; revision: number | null; sec: number }[]): void {
  printLine('');
  for (const { stage, revision, sec } of heard)
    printLine(`  ${clock(sec).padStart(8)}  ${stage ? `${stage} (revision ${revision})` : 'silence'}`);
}

function googleLine({ said, reply }: GoogleTurn): string {
  const told = plainIn(reply);
  const lines = [
    said === undefined ? '    player: the stage has ended' : `you:    ${said}`,
    `google: ${told?.say ?? ''}`,
  ];
  const { play, stop } = soundIn(reply);
  if (play) lines.push(`      → plays ${new URL(play).pathname}`);
  if (stop) lines.push('      → stops');
  return lines.join('\n');
}

async function google(said: string[], { edition, client, locale, between, json }: SimulateOptions): Promise<void> {
  if (edition === 'cx' && client === 'assistant')
    throw new EmohealError('bad-input', 'Only Dialogflow ES had the Assistant as a client.', {
      remedy: 'Leave out --client assistant, or say --edition es.',
    });
  const time = { nowMs: Date.now() };
  await using app = await openApp({ nowMs: () => time.nowMs });
  const evening = await simulateGoogle({
    // Nobody listens to this evening: the sound itself is not made.
    app: { service: app.service, gate: app.gate, streams: async () => ({ open: () => ({}) as SessionStream }) },
    time,
    said,
    edition,
    client,
    locale,
    betweenSec: between,
    ...(json ? {} : { onTurn: (turn: GoogleTurn) => printLine(googleLine(turn)) }),
    onFault: (error) => notice(`The webhook failed: ${(error as Error).message}`),
  });
  if (json) printJson(evening);
  else printHeard(evening.heard);
}
