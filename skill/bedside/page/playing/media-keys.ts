/** The keys of headphones, keyboards and locked screens. "Next" goes deeper: that is what comes next here. */
export interface KeyHands {
  pause(): void;
  resume(): void;
  stop(): void;
  deeper(): void;
}

const ARTWORK = [192, 512].map((size) => ({
  src: `/bedside/icon-${size}.png`,
  sizes: `${size}x${size}`,
  type: 'image/png',
}));

/** What plays, for the locked screen: the stage and the piece, never a feeling. */
export function showOnLockedScreen(stage: string, piece: string): void {
  if (!('mediaSession' in navigator)) return;
  const shown = navigator.mediaSession.metadata;
  if (shown?.title === stage && shown.artist === piece) return;
  navigator.mediaSession.metadata = new MediaMetadata({
    title: stage,
    artist: piece,
    album: 'EmoHeal',
    artwork: ARTWORK,
  });
}

export function listenToMediaKeys(hands: KeyHands): void {
  if (!('mediaSession' in navigator)) return;
  const on = (key: MediaSessionAction, press: () => void) => {
    try {
      navigator.mediaSession.setActionHandler(key, press);
    } catch {
      // A browser that does not know this key lacks it.
    }
  };
  on('pause', hands.pause);
  on('play', hands.resume);
  on('stop', hands.stop);
  on('nexttrack', hands.deeper);
}
