/** Compiles the TypeScript of every room to dist/ (file by file, imports kept) and bundles the scripts of the pages. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const ROOMS = [
  'engine',
  'media-index',
  'models',
  'skill',
  'voice-intents',
  'audio-prompts',
  'bench',
  'test',
  'deploy/alexa',
  'deploy/home-assistant',
  'deploy/dialogflow',
];
/** Folders of the scripts that run in a browser. */
const PAGES = ['skill/bedside/page', 'skill/graph-page/page', 'skill/care/page'];
/** Parts of them that a browser loads only when they are wanted. */
const LATER = ['skill/bedside/page/hands-free'];
/** What a page may have: its script, and one that serves its shell without a network. */
const PAGE_ENTRIES = ['main', 'service-worker'];

function sources(folder) {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const inner = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return PAGES.includes(inner) || entry.name === 'node_modules' ? [] : sources(inner);
    // Fixtures and fakes too: the benches start servers and kill processes as the tests do.
    return /\.ts$/.test(entry.name) && !/\.(test|contract|d)\.ts$/.test(entry.name) ? [inner] : [];
  });
}

/**
 * Newest source time in ms, so that a build that is not needed is skipped. Whole seconds: an image that went through a
 * registry has kept no more of it, and must not build again where nothing can be written.
 */
export function newestSourceMs() {
  const files = ROOMS.flatMap(sources);
  const pages = PAGES.filter((page) => existsSync(path.join(root, page))).flatMap((page) =>
    readdirSync(path.join(root, page), { recursive: true }).map((f) => `${page}/${f}`),
  );
  const newestMs = Math.max(0, ...[...files, ...pages].map((f) => statSync(path.join(root, f)).mtimeMs));
  return Math.floor(newestMs / 1000) * 1000;
}

export async function build() {
  const esbuild = await import('esbuild');
  const target = 'node20';
  await esbuild.build({
    entryPoints: ROOMS.flatMap(sources).map((f) => path.join(root, f)),
    outbase: root,
    outdir: path.join(root, 'dist'),
    format: 'esm',
    platform: 'node',
    target,
    sourcemap: true,
    logLevel: 'warning',
  });
  const entries = [...PAGES, ...LATER].flatMap((page) => PAGE_ENTRIES.map((name) => ({ page, name })));
  for (const { page, name } of entries.filter(({ page, name }) => existsSync(path.join(root, page, `${name}.ts`)))) {
    await esbuild.build({
      entryPoints: [path.join(root, page, `${name}.ts`)],
      outfile: path.join(root, 'dist', page, `${name}.js`),
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      sourcemap: true,
      logLevel: 'warning',
    });
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await build();
