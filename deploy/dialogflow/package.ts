/**
 * `npm run dialogflow:package`: the agents that the consoles of Dialogflow ES and CX restore, as zip archives.
 *
 *     dialogflow-es.zip    "Export and import" → "Restore from zip"
 *     dialogflow-cx.zip    "Restore" → "Upload", format "JSON package"
 *     dialogflow-es/, dialogflow-cx/    the same, to look into
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { EmohealError } from '../../engine/errors.js';
import { SECRET_HEADER } from '../../skill/google/dialogflow/auth.js';
import type { AgentFiles } from '../../voice-intents/dialogflow.js';
import { dialogflowCxAgent } from '../../voice-intents/dialogflow-cx.js';
import { dialogflowEsAgent } from '../../voice-intents/dialogflow-es.js';

export interface PackageWish {
  /** https address of the home server. */
  publicUrl: string;
  /** Put into the header of the webhook; without it the agent sends none (CX: Google's token is believed instead). */
  secret?: string;
  /** Folder to write into; made where it is missing. */
  out: string;
}

/** A fixed moment in every archive: the same sources give the same bytes. */
const STAMP = new Date('2026-01-01T00:00:00Z');

/** Throws `bad-input` for an address that Google cannot reach. */
export function packageAgents({
  publicUrl,
  secret,
  out,
}: PackageWish): { file: string; bytes: number; sha256: string }[] {
  if (!URL.canParse(publicUrl) || new URL(publicUrl).protocol !== 'https:')
    throw new EmohealError('bad-input', `"${publicUrl}" is no https address.`, {
      remedy: 'Give the address at which Google reaches your server: --public-url https://music.example.org',
    });
  const wish = {
    webhookUrl: new URL('/dialogflow', publicUrl).href,
    headers: secret ? { [SECRET_HEADER]: secret } : {},
  };
  return [write(out, 'dialogflow-es', dialogflowEsAgent(wish)), write(out, 'dialogflow-cx', dialogflowCxAgent(wish))];
}

function write(out: string, name: string, agent: AgentFiles) {
  const entries: Zippable = {};
  for (const [place, value] of Object.entries(agent).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const bytes = new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
    entries[place] = [bytes, { mtime: STAMP, level: 9 }];
    const file = path.join(out, name, place);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes, { mode: 0o600 });
  }
  const file = path.join(out, `${name}.zip`);
  const content = zipSync(entries);
  // It may hold the secret of the webhook.
  writeFileSync(file, content, { mode: 0o600 });
  return { file, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}
