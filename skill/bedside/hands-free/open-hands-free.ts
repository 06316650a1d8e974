/** Hands-free listening as the server composes it: who hears, who understands, who speaks. */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { sayPrompt } from '../../../audio-prompts/prompts.js';
import { detectLanguage } from '../../../engine/emotion/language.js';
import type { Session } from '../../../engine/session.js';
import type { App } from '../../compose.js';
import { createHouseConversation } from '../../house/conversation.js';
import type { ForgetMe } from '../../house/forget-me.js';
import type { RunningSession } from '../../house/running-session.js';
import { whyInStudy } from '../../http/blinded.js';
import type { CheckInAnswerDeps } from './check-in-answer.js';
import { promptFolders } from './prompt-files.js';
import type { HandsFreeRouteDeps } from './routes.js';
import { type HearingDoor, openHearing } from './socket.js';
import { canSpeak, createSpokenSentences } from './spoken.js';

const DAY_MS = 24 * 3600 * 1000;

export interface HandsFree {
  routes: HandsFreeRouteDeps;
  /** Answers pages that listen, from now on. */
  open(server: Server): HearingDoor;
}

export async function createHandsFree(
  app: App,
  running: RunningSession,
  checkIns: CheckInAnswerDeps['checkIns'],
  tell: (session: Session) => object,
  forgetMe: ForgetMe,
  onFault: (error: unknown) => void,
): Promise<HandsFree> {
  const { service, streams, classifier, gate, transcriber, synthesiser, config } = app;
  const speaker = await synthesiser();
  const folders = promptFolders(config.dataDir);
  const spoken = createSpokenSentences(folders, speaker);
  return {
    routes: { service, synthesiser, spoken, promptFolders: folders },
    open: (server) =>
      openHearing(server, {
        publicUrl: config.publicUrl,
        transcriber,
        service,
        running,
        conversationAbout: (about) =>
          createHouseConversation({
            service,
            streams,
            classifier,
            gate,
            running: about,
            detectLanguage,
            say: (key, locale, fields) => sayPrompt(key, locale, fields, Math.floor(Date.now() / DAY_MS)),
            newId: randomUUID,
            forgetMe,
            onFault,
          }),
        checkIn: { gate, checkIns },
        say: (key, locale) => sayPrompt(key, locale),
        voiceOf: spoken.addressOf,
        tell,
        why: ({ id, locale, plan, blinded }) => {
          if (blinded) return { say: whyInStudy(locale) };
          const voice = canSpeak(speaker, locale) ? { voice: `/api/v1/sessions/${id}/why/spoken` } : {};
          return { say: plan.summary.join(' '), ...voice };
        },
        onFault,
      }),
  };
}
