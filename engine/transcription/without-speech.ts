/** Takes the place of Whisper where there is too little memory for it: whoever speaks is told to type. */
import { EmohealError } from '../errors.js';
import type { PartState } from '../ports.js';
import type { WhisperTranscriber } from './whisper.js';

const STATE: PartState = {
  status: 'unavailable',
  detail: 'Speech is off: this machine runs in the small profile.',
  remedy: 'Type how you feel, or set EMOHEAL_PROFILE=full where there are 2 GB of memory.',
};

export function withoutSpeech(): WhisperTranscriber {
  return {
    state: () => STATE,
    async transcribe() {
      throw new EmohealError('speech-unavailable', STATE.detail, { remedy: STATE.remedy });
    },
    warm: async () => {},
    pid: () => undefined,
    close: async () => {},
  } satisfies WhisperTranscriber;
}
