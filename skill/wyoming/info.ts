/** What this server offers, as Wyoming's `info` says it. A part that is not set up is not offered. */
import { LANGUAGES as SPOKEN } from '../../audio-prompts/prompts.js';
import type { PartState, SynthesiserVoice } from '../../engine/ports.js';
import type { SpeechModel } from '../../engine/transcription/speech-model.js';

/** What the multilingual Whisper models were trained on (openai/whisper, tokenizer.py), most heard first. */
const HEARD =
  'en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su yue';

export interface InfoParts {
  version: string;
  speech: PartState;
  speechModel: Pick<SpeechModel, 'name' | 'multilingual'>;
  voice: PartState;
  voices: readonly SynthesiserVoice[];
}

const OURS = { name: 'EmoHeal Bedside', url: 'https://www.npmjs.com/package/emoheal' };

/** `starting` counts as there: assistants ask once, when they are set up, and the first words come later. */
const isThere = ({ status }: PartState) => status !== 'unavailable';

export function wyomingInfo({ version, speech, speechModel, voice, voices }: InfoParts): Record<string, unknown> {
  const program = { name: 'EmoHeal Bedside', attribution: OURS, installed: true, version };
  return {
    asr: isThere(speech)
      ? [
          {
            ...program,
            description: 'Whisper on this machine; nothing is kept',
            supports_transcript_streaming: true,
            models: [
              {
                name: speechModel.name,
                attribution: { name: 'OpenAI', url: 'https://github.com/openai/whisper' },
                installed: true,
                description: speechModel.multilingual ? 'Whisper, multilingual' : 'Whisper, English only',
                version: null,
                languages: speechModel.multilingual ? HEARD.split(' ') : ['en'],
              },
            ],
          },
        ]
      : [],
    handle: [
      {
        ...program,
        description: 'A spoken feeling begins music that leads to rest',
        supports_handled_streaming: false,
        supports_home_control: false,
        models: [
          {
            name: 'emoheal',
            attribution: OURS,
            installed: true,
            description: 'Feelings, and what bends the music while it plays',
            version,
            languages: Object.keys(SPOKEN),
          },
        ],
      },
    ],
    tts: isThere(voice)
      ? [
          {
            ...program,
            description: 'Kokoro on this machine',
            supports_synthesize_streaming: true,
            voices: voices.map(({ name, description, languages }) => ({
              name,
              description,
              languages,
              attribution: { name: 'hexgrad', url: 'https://huggingface.co/hexgrad/Kokoro-82M' },
              installed: true,
              version: null,
            })),
          },
        ]
      : [],
    intent: [],
    wake: [],
    mic: [],
    snd: [],
  };
}
