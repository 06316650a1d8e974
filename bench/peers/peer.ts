/** A process that is asked by lines of JSON and answers so, timed from the question to the answer. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { residentMb } from '../../test/server-process.js';

export interface Peer {
  name: string;
  /** From the start of the process to its first line, ms: everything loaded. */
  readyMs: number;
  /** Milliseconds until the answer, and the answer. Rejects with what the other side says went wrong. */
  ask(question: object): Promise<{ ms: number; told: Record<string, unknown> }>;
  /** Resident memory of the process and its children, MB. */
  residentMb(): Promise<number>;
  stop(): Promise<void>;
}

export async function startPeer(name: string, command: string, args: readonly string[]): Promise<Peer> {
  const startMs = performance.now();
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map<number, { resolve(told: Record<string, unknown>): void; reject(error: Error): void }>();
  let nextId = 1;
  let ready: (() => void) | undefined;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const begun = new Promise<void>((resolve, reject) => {
    ready = resolve;
    child.once('error', reject);
    void ended.then(() => reject(new Error(`${name}: the process ended`)));
  });
  void ended.then(() => {
    for (const { reject } of waiting.values()) reject(new Error(`${name}: the process ended`));
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, ...told } = JSON.parse(line) as { id?: number; error?: string };
    if (id === undefined) return ready?.();
    const asked = waiting.get(id);
    waiting.delete(id);
    if (told.error !== undefined) asked?.reject(new Error(`${name}: ${told.error}`));
    else asked?.resolve(told);
  });
  await begun;
  return {
    name,
    readyMs: performance.now() - startMs,
    async ask(question) {
      const id = nextId;
      nextId += 1;
      const askedMs = performance.now();
      const answer = new Promise<Record<string, unknown>>((resolve, reject) => waiting.set(id, { resolve, reject }));
      child.stdin.write(`${JSON.stringify({ id, ...question })}\n`);
      const told = await answer;
      return { ms: performance.now() - askedMs, told };
    },
    residentMb: () => residentMb(child.pid as number),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
