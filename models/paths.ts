/** Where things are: the package itself (read-only) and compiled worker files. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

let cachedRoot: string | undefined;

/** Absolute path of the folder that holds our package.json, from source and from dist/ alike. */
export function packageRoot(): string {
  if (cachedRoot) return cachedRoot;
  let folder = path.dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const manifest = path.join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'emoheal') {
      cachedRoot = folder;
      return folder;
    }
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('emoheal: package.json of the package was not found above this file');
    folder = parent;
  }
}

/**
 * Folder of an installed package, found as Node finds it: in our own node_modules, or further up where ours is installed in
 * somebody's project. Throws where it is nowhere.
 */
export function moduleFolder(name: string): string {
  for (let at = packageRoot(); ; at = path.dirname(at)) {
    const folder = path.join(at, 'node_modules', name);
    if (existsSync(path.join(folder, 'package.json'))) return folder;
    if (path.dirname(at) === at) throw new Error(`The package ${name} is not installed.`);
  }
}

/**
 * URL of a compiled worker module, e.g. `workerUrl('media-index/analysis/worker')`.
 * Workers always run from dist/, also in tests (which build first): plain Node cannot run TypeScript.
 */
export function workerUrl(moduleWithoutEnding: string): URL {
  return pathToFileURL(path.join(packageRoot(), 'dist', `${moduleWithoutEnding}.js`));
}

/** The version of this package. */
export const packageVersion = (): string =>
  (JSON.parse(readFileSync(path.join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;
