/** The bedside speaker as it is now: what it was asked to play by Google, how loud, and who wants to hear of changes. */

export interface SpeakerState {
  /** Begun by a scene, for the bedside page to take up; null before the first. */
  wanted: string | null;
  /** Percent. */
  volume: number;
  muted: boolean;
}

export interface Speaker {
  state(): Readonly<SpeakerState>;
  change(changes: Partial<SpeakerState>): void;
  /** Returns what ends that. */
  onChange(hear: () => void): () => void;
}

/** As the bedside page begins. */
const AT_FIRST: SpeakerState = { wanted: null, volume: 80, muted: false };

export function createSpeaker(): Speaker {
  let state = AT_FIRST;
  const hearers = new Set<() => void>();
  return {
    state: () => state,
    change(changes) {
      state = { ...state, ...changes };
      for (const hear of hearers) hear();
    },
    onChange(hear) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
  };
}
