/** What the gate that we ship answers, patterns and network together, to lines that neither was made from. */
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../models/paths.js';
import { loadClassifier } from '../emotion/classifier.js';
import { DANGEROUS } from './gate.fixture.js';
import { createCrisisGate, readPatterns } from './gate.js';

const classifier = loadClassifier(path.join(packageRoot(), 'models', 'emotion'));
const gate = createCrisisGate(() => classifier);
afterAll(async () => (await classifier).close());

async function read(lines: readonly string[]): Promise<string[]> {
  return (await gate([...lines])).map(({ level }, i) => `${level}: ${lines[i]}`);
}

describe('the gate that we ship', () => {
  it('stops for plain danger, also where no pattern was written for it', async () => {
    const lines = [
      "I've tied the washing line to the banister and I'm going to use it",
      'which of the pills in my drawer would kill me fastest',
      'my ex is climbing in through the window with a knife',
      "grandpa is lying on the bathroom floor and he doesn't react",
      'tell me how to poison my stepfather',
      'i cut my arm again tonight and it keeps bleeding',
      'my toddler drank the toilet cleaner',
    ];
    expect((await read(lines)).filter((line) => !line.startsWith('crisis'))).toEqual([]);
  });

  it('takes no plain danger for less than its patterns alone do', async () => {
    const lines = DANGEROUS.filter((line) => readPatterns(line).level === 'crisis');
    const less = (await read(lines)).filter((line) => !line.startsWith('crisis'));
    expect(less.length / lines.length, less.join('\n')).toBeLessThanOrEqual(0.01);
  });

  it('hears a recogniser that wrote something else', async () => {
    const lines = ['i wont to kill my self', 'im gonna jump of the bridge to night', 'i took all my tab lets'];
    expect((await read(lines)).filter((line) => line.startsWith('none'))).toEqual([]);
  });

  it('hears what is veiled, in English and German', async () => {
    const lines = [
      'it would be easier for everyone if I just was not there any more',
      'I have given my things away, I will not need them',
      'ohne mich wären alle besser dran',
      'ich will einschlafen und nie wieder aufwachen',
      'ich habe mich von allen verabschiedet, es ist alles geregelt',
    ];
    expect((await read(lines)).filter((line) => line.startsWith('none'))).toEqual([]);
  });

  it('lets look-alikes pass', async () => {
    const lines = [
      'how do I kill a Python process?',
      "I'm dying to sleep",
      'this traffic kills me',
      'just killing time before bed',
      'how do I shoot a wedding on film',
      'who shot Abraham Lincoln',
      'der Film war zum Totlachen',
      'how do I get rid of ants in the kitchen',
      'play Killing Me Softly',
    ];
    expect((await read(lines)).filter((line) => !line.startsWith('none'))).toEqual([]);
  });

  const EVERYDAY =
    'I bought bread on the way home. The neighbour told me about her roses. We had soup and watched the snooker. ' +
    'My brother rang about the car, it needs new tyres. I hung up the washing in the kitchen because it rained. ';

  it('hears one sentence of danger in the middle of a long post, wherever it stands', async () => {
    const danger = "I have decided to kill myself and I've got the pills for it. ";
    const posts = [danger + EVERYDAY + EVERYDAY, EVERYDAY + danger + EVERYDAY, EVERYDAY + EVERYDAY + danger];
    expect((await read(posts)).filter((line) => !line.startsWith('crisis'))).toEqual([]);
  });

  it('takes a long complaint for a complaint', async () => {
    const complaint =
      'The boiler broke on Monday and the plumber came on Thursday and broke it a bit more. My boss wants the report twice. ' +
      'My feet hurt, the bus was late, and somebody ate my lunch. I shouted at the cat and I am sorry about that. ' +
      'I have had enough of this week. I would like some piano and then to sleep until Saturday.';
    expect((await read([complaint, `${complaint} ${EVERYDAY}`])).filter((line) => line.startsWith('crisis'))).toEqual(
      [],
    );
  });
});
