/** Speech to text on the resident whisper process. Comes alive by itself when set-up has finished its parts. */
import { EmohealError } from '../errors.js';
import type { PartState, Transcriber, Transcript } from '../ports.js';
import { audioContext, believable, speechPart } from './activity.js';
import { speechPartsState, speechPlaces, THREADS } from './native-parts.js';
import { type SpeechModel, usualSpeechModel } from './speech-model.js';
import { type Supervisor, supervise } from './supervisor.js';

const RATE = 16_000;
const MOST_SECONDS = 60;

export interface WhisperOptions {
  dataDir: string;
  /** The one of set-up where left out. */
  model?: SpeechModel;
  /** ISO 639-1 of the household; wins where the detection is unsure. */
  expectedLanguage?: string;
}

export type WhisperTranscriber = Transcriber & {
  /** Loads the model ahead of the first utterance; a no-op where the parts are not there. */
  warm(): Promise<void>;
  pid(): number | undefined;
};

/**
 * `options.language` (ISO 639-1) skips the detection; a locale such as en-US is understood.
 * Errors: `speech-unavailable` with its remedy, `too-large` over 60 s, `busy`, `cancelled`.
 */
export function createWhisperTranscriber({
  dataDir,
  model = usualSpeechModel(dataDir),
  expectedLanguage = '',
}: WhisperOptions): WhisperTranscriber {
  const { binary } = speechPlaces(dataDir);
  let supervisor: Supervisor | undefined;

  function state(): PartState {
    return speechPartsState(dataDir, model);
  }

  function process(): Supervisor {
    const parts = state();
    if (parts.status !== 'ready') {
      throw new EmohealError('speech-unavailable', parts.detail, {
        retryable: parts.status === 'starting',
        remedy: parts.remedy,
      });
    }
    supervisor ??= supervise({ command: binary, args: [model.file, String(THREADS), String(model.memoryLimitMb)] });
    return supervisor;
  }

  return {
    state,
    async transcribe(pcm16k, { language, brief, signal } = {}): Promise<Transcript> {
      const durationSec = pcm16k.length / RATE;
      if (durationSec > MOST_SECONDS) {
        throw new EmohealError(
          'too-large',
          `This recording has ${Math.round(durationSec)} s; a spoken feeling may have ${MOST_SECONDS} s.`,
          {
            remedy: 'Cut it to the sentence itself.',
          },
        );
      }
      const recogniser = process();
      const spoken = speechPart(pcm16k);
      const given = model.multilingual ? languageOf(language) : 'en';
      if (!spoken)
        return { text: '', language: given || languageOf(expectedLanguage) || 'en', durationSec, model: model.name };
      const answer = await recogniser.ask(
        {
          pcm: spoken,
          audioCtx: audioContext(spoken.length / RATE, brief),
          ...(brief ? { brief } : {}),
          language: given,
          expected: languageOf(expectedLanguage),
        },
        signal,
      );
      return { text: believable(answer), language: answer.language, durationSec, model: model.name };
    },
    warm: async () => {
      if (state().status === 'ready') await process().warm();
    },
    pid: () => supervisor?.pid(),
    close: async () => {
      await supervisor?.close();
    },
  } satisfies WhisperTranscriber;
}

const languageOf = (locale: string | undefined) =>
  locale && /^[a-z]{2,3}([-_]|$)/i.test(locale) ? locale.split(/[-_]/)[0]!.toLowerCase() : '';
