/**
 * `npm run alexa:package`: everything that the developer console or the ASK command line wants, in one folder.
 *
 *     skill-package/skill.json                       manifest
 *     skill-package/interactionModels/custom/*.json  one model a locale
 *     skill-package.zip                              both, for the upload through SMAPI
 *     lambda.zip                                     the relay function, for AWS Lambda (Node 20 or 22)
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { type Zippable, zipSync } from 'fflate';
import { EmohealError } from '../../engine/errors.js';
import { packageRoot } from '../../models/paths.js';
import { interactionModel } from '../../voice-intents/alexa-model.js';
import { LOCALES } from '../../voice-intents/intents.js';
import { skillManifest } from './skill-manifest.js';

export interface PackageWish {
  /** https address of the home server. */
  publicUrl: string;
  /** ARN of the Lambda function; without it Alexa calls the home server itself. */
  lambdaArn?: string;
  /** Folder to write into; made where it is missing. */
  out: string;
}

/** A fixed moment in every archive: the same sources give the same bytes. */
const STAMP = new Date('2026-01-01T00:00:00Z');

export async function packageSkill({
  publicUrl,
  lambdaArn,
  out,
}: PackageWish): Promise<{ file: string; bytes: number; sha256: string }[]> {
  if (!URL.canParse(publicUrl) || new URL(publicUrl).protocol !== 'https:')
    throw new EmohealError('bad-input', `"${publicUrl}" is no https address.`, {
      remedy: 'Give the address at which Alexa reaches your server: --public-url https://music.example.org',
    });
  if (lambdaArn !== undefined && !/^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9-_:]+$/.test(lambdaArn))
    throw new EmohealError('bad-input', `"${lambdaArn}" is no ARN of a Lambda function.`, {
      remedy: 'It looks like arn:aws:lambda:eu-west-1:123456789012:function:emoheal.',
    });
  const endpoint = lambdaArn ?? new URL('/alexa', publicUrl).href;
  const files: Record<string, Uint8Array> = { 'skill.json': json(skillManifest({ endpoint, publicUrl })) };
  for (const locale of LOCALES) files[`interactionModels/custom/${locale}.json`] = json(interactionModel(locale));
  for (const [name, content] of Object.entries(files)) write(path.join(out, 'skill-package', name), content);
  const written = [
    write(path.join(out, 'skill-package.zip'), zip(files)),
    write(path.join(out, 'lambda.zip'), zip({ 'index.mjs': await bundleLambda() })),
  ];
  return written.map(({ file, content }) => ({
    file,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  }));
}

const json = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

function zip(files: Record<string, Uint8Array>): Uint8Array {
  const entries: Zippable = Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name, [content, { mtime: STAMP, level: 9 }]]),
  );
  return zipSync(entries);
}

/** One file without dependencies. */
async function bundleLambda(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [path.join(packageRoot(), 'deploy', 'alexa', 'lambda.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    legalComments: 'none',
  });
  return outputFiles[0]!.contents;
}

function write(file: string, content: Uint8Array): { file: string; content: Uint8Array } {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return { file, content };
}
