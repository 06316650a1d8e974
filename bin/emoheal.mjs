#!/usr/bin/env node
/** The command: sees to it that set-up is done, then hands over to the compiled command line. */
import '../deploy/setup/no-telemetry.mjs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../deploy/setup/places.mjs';

// Flushing a file to disk takes a thread of this pool; four would make everybody else wait for the disk.
process.env.UV_THREADPOOL_SIZE ??= '16';

const [major, minor] = process.versions.node.split('.').map(Number);
const words = process.argv.slice(2);

// SIGHUP asks a server to read its settings again. While it begins or ends there is nothing to read them into; left to Node,
// it would then end the process at once.
if (words[0] === 'serve') {
  // `pkill -HUP -x emoheal` finds it, and not the npm above it.
  process.title = 'emoheal';
  process.on('SIGHUP', () => {});
}

// `emoheal care log | head -3` has enough after three lines: whoever stops reading is no fault of ours.
if (words[0] !== 'serve')
  process.stdout.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });

async function start() {
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write(`emoheal: Node ${process.versions.node} is too old. Install Node 20.19 or newer.\n`);
    return 2;
  }
  const { ensureFront, ensureNative, startNativeInBackground, SPEECH } = await import('../deploy/setup/setup.mjs');
  try {
    await ensureFront();
  } catch (error) {
    process.stderr.write(`emoheal: set-up did not succeed. ${error.message}\n`);
    return 1;
  }
  // The server starts at once; what only speech and large libraries need comes while it runs.
  if (words[0] === 'serve') startNativeInBackground();
  else if (words[0] === 'transcribe' || words.includes('--wav')) await ensureNative({ only: SPEECH });
  const { main } = await import(pathToFileURL(path.join(root, 'dist', 'skill', 'cli', 'main.js')).href);
  return main(words);
}

process.exitCode = await start();
