/**
 * Says a sentence: the server's sound of it, else the browser's own voice. Quieter at night, and never over the music:
 * that is ducked meanwhile.
 */
export interface Voice {
  /** Resolves when it was said or hushed: true; false where nothing here speaks it. */
  say(text: string, sound: string | undefined, locale: string): Promise<boolean>;
  isSpeaking(): boolean;
  hush(): void;
}

const NIGHT_FROM = 21;
const NIGHT_UNTIL = 7;
const LOUDNESS = { day: 0.9, night: 0.5 };
const LONGEST_MS = 120_000;

export const loudnessAt = (hour: number): number =>
  hour >= NIGHT_FROM || hour < NIGHT_UNTIL ? LOUDNESS.night : LOUDNESS.day;

export function createVoice(duck: (down: boolean) => void): Voice {
  const player = new Audio();
  let speaking = false;
  let finish: () => void = () => {};

  async function played(sound: string): Promise<boolean> {
    player.src = sound;
    player.volume = loudnessAt(new Date().getHours());
    const done = new Promise<boolean>((resolve) => {
      finish = () => resolve(true);
      player.onended = () => resolve(true);
      player.onerror = () => resolve(false);
      setTimeout(resolve, LONGEST_MS, true);
    });
    return player.play().then(
      () => done,
      () => false,
    );
  }

  function ownVoice(text: string, locale: string): Promise<boolean> {
    const language = locale.split(/[-_]/)[0]?.toLowerCase();
    const speaks =
      'speechSynthesis' in window &&
      speechSynthesis.getVoices().some(({ lang }) => lang.toLowerCase().startsWith(language ?? ''));
    if (!speaks) return Promise.resolve(false);
    return new Promise((resolve) => {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = locale;
      utterance.rate = 0.9;
      utterance.volume = loudnessAt(new Date().getHours());
      utterance.onend = () => resolve(true);
      utterance.onerror = () => resolve(false);
      finish = () => resolve(true);
      setTimeout(resolve, LONGEST_MS, true);
      speechSynthesis.speak(utterance);
    });
  }

  return {
    async say(text, sound, locale) {
      if (text === '') return true;
      speaking = true;
      duck(true);
      try {
        return (sound !== undefined && (await played(sound))) || (await ownVoice(text, locale));
      } finally {
        speaking = false;
        duck(false);
      }
    },
    isSpeaking: () => speaking,
    hush() {
      player.pause();
      if ('speechSynthesis' in window) speechSynthesis.cancel();
      finish();
    },
  };
}
