/** `npm run home-assistant:sentences`: writes custom_sentences/ from the sentences in voice-intents/. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { packageRoot } from '../../models/paths.js';
import { customSentences } from '../../voice-intents/home-assistant.js';
import { nearestLocale } from '../../voice-intents/intents.js';
import { LANGUAGES, type Language } from '../../voice-intents/sentences.js';

export const sentencesFile = (language: Language): string =>
  path.join(packageRoot(), 'deploy', 'home-assistant', 'custom_sentences', language, 'emoheal.yaml');

export const sentencesText = (language: Language): string =>
  `# Made by "npm run home-assistant:sentences" from voice-intents/sentences/${language}.json. Change it there.\n${stringify(
    customSentences(nearestLocale(language)),
    { lineWidth: 0 },
  )}`;

export async function main(): Promise<number> {
  for (const language of LANGUAGES) {
    const file = sentencesFile(language);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, sentencesText(language));
    process.stdout.write(`${path.relative(packageRoot(), file)}\n`);
  }
  return 0;
}
