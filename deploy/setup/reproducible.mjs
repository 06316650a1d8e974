/** `npm run reproducible`: builds twice, compares every file, and writes dist/SHA256SUMS (as `sha256sum -c` reads it). */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './places.mjs';
import { ensureFront } from './setup.mjs';

await ensureFront({ withDev: true });
const { build } = await import('./build.mjs');

const dist = path.join(root, 'dist');
const LIST = 'SHA256SUMS';

function sums() {
  return readdirSync(dist, { recursive: true })
    .filter((name) => name !== LIST && statSync(path.join(dist, name)).isFile())
    .sort()
    .map(
      (name) =>
        `${createHash('sha256')
          .update(readFileSync(path.join(dist, name)))
          .digest('hex')}  ${name}`,
    );
}

async function builtAnew() {
  rmSync(dist, { recursive: true, force: true });
  await build();
  return sums();
}

const [first, second] = [await builtAnew(), await builtAnew()];
const differ = second.filter((line, i) => line !== first[i]);
if (differ.length > 0 || first.length !== second.length) {
  process.stderr.write(`The two builds differ:\n${differ.join('\n')}\n`);
  process.exit(1);
}
writeFileSync(path.join(dist, LIST), `${second.join('\n')}\n`);
process.stdout.write(`${second.length} files, the same in both builds; dist/${LIST} holds their SHA-256.\n`);
