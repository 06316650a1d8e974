/**
 * Where the music was, so that a page that was closed, reloaded or killed can go on there: a session's id and a second,
 * nothing of what was said or felt. A browser that keeps nothing (storage full or forbidden) plays all the same.
 */
import type { Playing } from './tabs';

const PLACE = 'where-the-music-was';

/** Anything kept by this page: null where nothing is kept or nothing can be. */
export function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // Full, or forbidden: the next evening begins without it.
  }
}

export const keepPlace = (place: Playing | null): void => keep(PLACE, place && JSON.stringify(place));

export function keptPlace(): Playing | null {
  try {
    const place = JSON.parse(kept(PLACE) ?? 'null') as Playing | null;
    return typeof place?.session === 'string' && Number.isFinite(place.atSec) ? place : null;
  } catch {
    return null;
  }
}
