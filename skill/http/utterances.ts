/** POST /api/v1/utterances: a feeling, typed or spoken, becomes a session; POST /api/v1/sessions: one that is pointed to. */
import express, { type Request, Router } from 'express';
import { z } from 'zod';
import { sayPrompt } from '../../audio-prompts/prompts.js';
import { EmohealError } from '../../engine/errors.js';
import { NightAsk } from '../../engine/plan/night-ask.js';
import { readAs } from '../../engine/read-as.js';
import { readWav } from '../../engine/transcription/wav.js';
import { Approach, Intention, SessionForm, SessionStyle } from '../../engine/vocabulary.js';
import type { HttpDeps } from './app.js';
import { bodyBudget } from './body-budget.js';
import { idempotent } from './idempotency.js';
import { sendProblem } from './problems.js';
import { sameSession } from './same-session.js';
import { sessionAnswer } from './session-answer.js';
import { Listener } from './taste.js';

const MOST_JSON = '1mb';
const MOST_AUDIO = '25mb';

export const LanguageTag = z
  .string()
  .regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/, 'must be a language tag such as en-US');
const Locale = LanguageTag.default('en-US');

export const UtteranceBody = z
  .object({
    text: z.string(),
    locale: Locale,
    minutes: z.number().optional(),
    form: SessionForm.optional(),
    approach: Approach.optional(),
    intention: Intention.optional(),
    style: SessionStyle.optional(),
    night: NightAsk.optional(),
    seed: z
      .number()
      .int()
      .min(0)
      .max(2 ** 31)
      .optional(),
    listener: Listener.optional(),
  })
  .strict();

/** Where the listener pointed to, or nothing at all; and the same wishes as with words. */
export const PointBody = UtteranceBody.omit({ text: true })
  .extend({ valence: z.number().min(-1).max(1).optional(), arousal: z.number().min(-1).max(1).optional() })
  .refine(({ valence, arousal }) => (valence === undefined) === (arousal === undefined), {
    message: 'valence and arousal go together',
  });

/** Quiet sound and no music: what the help answer offers. */
export const QuietBody = z
  .object({ locale: Locale, minutes: z.number().min(2).max(180).optional(), listener: Listener.optional() })
  .strict();

const SpeechQuery = z.object({
  locale: Locale,
  minutes: z.coerce.number().optional(),
  form: SessionForm.optional(),
  approach: Approach.optional(),
  style: SessionStyle.optional(),
  listener: Listener.optional(),
});

const isAudio = (request: Request) =>
  /^(audio|video)\/(x-|vnd\.)?(wav|wave|webm|ogg|opus|mp4|mpeg)/i.test(request.headers['content-type'] ?? '');

export function utteranceRoutes(deps: HttpDeps): Router {
  const router = Router();
  router.post(
    '/api/v1/utterances',
    bodyBudget(),
    express.json({ limit: MOST_JSON }),
    express.raw({ type: (request) => isAudio(request as Request), limit: MOST_AUDIO }),
    idempotent(async (request, response) => {
      const outcome = request.is('application/json')
        ? await fromText(request)
        : isAudio(request)
          ? await fromSpeech(request)
          : null;
      if (!outcome)
        return sendProblem(
          response,
          415,
          'Unknown kind of body',
          'Send JSON {"text": "…"}, or a WAV, WebM or Ogg recording with its content type.',
        );
      if (outcome.kind === 'not-heard')
        return sendProblem(response, 422, 'Nothing was heard', outcome.say, {
          code: 'nothing-heard',
          say: outcome.say,
        });
      if (outcome.kind === 'help') {
        const { service, number, emergency } = outcome.help;
        response.json({
          utterance: outcome.utterance,
          help: {
            level: outcome.level,
            category: outcome.category,
            say: outcome.say,
            service,
            number,
            emergency,
            quiet: '/api/v1/quiet',
          },
          timingsMs: outcome.timingsMs,
        });
        return;
      }
      const { session, utterance, reading, timingsMs, concern } = outcome;
      // Rendering begins now: the sound is on its way before the player asks for it.
      (await deps.streams()).open(session.programme);
      response
        .status(201)
        .location(`/api/v1/sessions/${session.id}`)
        .json({ utterance, reading, ...(concern ? { concern } : {}), ...sessionAnswer(deps, session), timingsMs });
    }),
  );
  router.post(
    '/api/v1/sessions',
    express.json({ limit: '4kb' }),
    idempotent(async (request, response) => {
      const { valence, arousal, ...wish } = readAs(PointBody, request.body, {
        remedy: 'Send {"valence": -0.4, "arousal": 0.6}, each from -1 to 1; words go to /api/v1/utterances.',
      });
      const { session, reading, timingsMs } = await (await deps.service()).beginFromPoint({
        ...wish,
        ...sameSession(deps, request),
        ...(valence !== undefined && arousal !== undefined ? { point: { valence, arousal } } : {}),
      });
      (await deps.streams()).open(session.programme);
      response
        .status(201)
        .location(`/api/v1/sessions/${session.id}`)
        .json({ reading, ...sessionAnswer(deps, session), timingsMs });
    }),
  );
  router.post(
    '/api/v1/quiet',
    express.json({ limit: '2kb' }),
    idempotent(async (request, response) => {
      const wish = readAs(QuietBody, request.body ?? {}, { remedy: 'Send {} or {"minutes": 30}.' });
      const { session } = await (await deps.service()).beginQuiet(wish);
      (await deps.streams()).open(session.programme);
      response
        .status(201)
        .location(`/api/v1/sessions/${session.id}`)
        .json({ say: sayPrompt('withYouQuiet', wish.locale), ...sessionAnswer(deps, session) });
    }),
  );
  return router;

  async function fromText(request: Request) {
    const wish = readAs(UtteranceBody, request.body, { remedy: 'Send {"text": "how you feel"}.' });
    return (await deps.service()).beginFromText({ ...wish, ...sameSession(deps, request), whenEmpty: 'ask' });
  }

  async function fromSpeech(request: Request) {
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (bytes.length === 0)
      throw new EmohealError('bad-input', 'The recording is empty.', {
        remedy: 'Record a sentence and send it again.',
      });
    const query = readAs(SpeechQuery, request.query, { whole: 'query' });
    const isWav =
      bytes.subarray(0, 4).toString('latin1') === 'RIFF' || /wav/i.test(request.headers['content-type'] ?? '');
    const pcm16k = isWav ? readWav(bytes) : await (await deps.audio()).decodeSpeech(new Uint8Array(bytes));
    return (await deps.service()).beginFromSpeech({ pcm16k, ...query, ...sameSession(deps, request) });
  }
}
