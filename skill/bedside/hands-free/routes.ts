/** What listening and speaking need by HTTP: the parts of the browser's ear, the sentences as sound. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Router } from 'express';
import { EmohealError } from '../../../engine/errors.js';
import type { Synthesiser } from '../../../engine/ports.js';
import type { SessionService } from '../../../engine/session-service.js';
import { moduleFolder, packageRoot } from '../../../models/paths.js';
import { type SpokenSentences, sendSpoken } from './spoken.js';

const A_WEEK = 'public, max-age=604800';
const FOR_EVER = 'public, max-age=31536000, immutable';

/** File of the page → the package that has it. The ear is loaded only where somebody switches it on. */
const PARTS: Record<string, string> = {
  'silero_vad_v5.onnx': '@ricky0123/vad-web',
  'vad.worklet.bundle.min.js': '@ricky0123/vad-web',
  'ort-wasm-simd-threaded.mjs': 'onnxruntime-web',
  'ort-wasm-simd-threaded.wasm': 'onnxruntime-web',
};

export interface HandsFreeRouteDeps {
  service: () => Promise<SessionService>;
  synthesiser: () => Promise<Synthesiser>;
  spoken: SpokenSentences;
  /** Where sentences lie as sound. */
  promptFolders: readonly string[];
}

export function handsFreeRoutes(deps: HandsFreeRouteDeps): Router {
  const router = Router();
  const root = packageRoot();
  router.get('/bedside/hands-free/main.js', (_request, response) =>
    response.sendFile(path.join(root, 'dist', 'skill', 'bedside', 'page', 'hands-free', 'main.js')),
  );
  for (const [name, from] of Object.entries(PARTS))
    router.get(`/bedside/hands-free/${name}`, (_request, response) =>
      response.set('cache-control', A_WEEK).sendFile(path.join(moduleFolder(from), 'dist', name)),
    );
  router.get('/bedside/voice/:voice/:name', (request, response) => {
    const { voice, name } = request.params;
    const isOurs = /^[a-z]{2}_[a-z]+$/.test(voice) && /^[0-9a-f]{16}\.mp3$/.test(name);
    const file = isOurs && deps.promptFolders.map((folder) => path.join(folder, voice, name)).find(existsSync);
    if (!file) throw new EmohealError('not-found', 'There is no such sentence.');
    // The data folder may be a hidden one (~/.local).
    response.set('cache-control', FOR_EVER).sendFile(path.resolve(file), { dotfiles: 'allow' });
  });
  router.get('/api/v1/spoken/:id', async (request, response) => {
    const sentence = deps.spoken.waiting(request.params.id);
    if (!sentence) throw new EmohealError('not-found', 'This sentence was said too long ago.');
    await sendSpoken(response, await deps.synthesiser(), sentence);
  });
  router.get('/api/v1/sessions/:id/why/spoken', async (request, response) => {
    const { session } = await (await deps.service()).look(request.params.id);
    if (session.blinded) throw new EmohealError('not-found', 'Why this session is as it is will be told later.');
    await sendSpoken(response, await deps.synthesiser(), {
      text: session.plan.summary.join(' '),
      locale: session.locale,
    });
  });
  return router;
}
