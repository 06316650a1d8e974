/** "One moment": said by Alexa while the reply is still being made. Goes to Amazon's own hosts only, and is never waited for. */
import type { Envelope } from './requests.js';

const WAIT_MS = 1500;

export type SendDirective = (envelope: Envelope, ssml: string) => Promise<void>;

export const sendProgressive: SendDirective = async (envelope, ssml) => {
  const { apiEndpoint, apiAccessToken } = envelope.context?.System ?? {};
  if (!apiEndpoint || !apiAccessToken || !URL.canParse(apiEndpoint)) return;
  const url = new URL('/v1/directives', apiEndpoint);
  if (url.protocol !== 'https:' || !/(^|\.)amazonalexa\.com$/.test(url.hostname) || url.port !== '') return;
  await fetch(url, {
    method: 'POST',
    redirect: 'error',
    signal: AbortSignal.timeout(WAIT_MS),
    headers: { authorization: `Bearer ${apiAccessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      header: { requestId: envelope.request.requestId },
      directive: { type: 'VoicePlayer.Speak', speech: ssml },
    }),
    // The reply itself follows; nobody is helped by an error here.
  }).catch(() => {});
};
