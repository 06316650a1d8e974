/**
 * `npm run audit`: known faults of what the product is made of. Fails where one is high or critical, and says so where the
 * registry does not answer such questions: then nothing is known, which is not the same as nothing being wrong.
 */
import { spawnSync } from 'node:child_process';
import { root } from '../setup/places.mjs';

// Also under `npm run -s`: a registry that does not answer must not look like one that had nothing to say.
const words = ['audit', '--omit=dev', '--audit-level=high', '--loglevel=warn', ...process.argv.slice(2)];
const { status, stdout, stderr } = spawnSync('npm', words, { cwd: root, encoding: 'utf8' });
const refused = /npm (?:warn|error) audit (\d{3} [^\n]*?) - (?:POST|GET)/.exec(stderr)?.[1];
if (refused || /audit endpoint returned an error|ENOTFOUND|ECONNREFUSED|ETIMEDOUT/.test(stderr)) {
  process.stderr.write(
    `Nothing is known: the registry does not answer questions about faults${refused ? ` (${refused})` : ''}. Ask one that does: npm run audit -- --registry=https://HOST, or run it where the network reaches the public one.\n`,
  );
  process.exitCode = 1;
} else {
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = status ?? 1;
}
