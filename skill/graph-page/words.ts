/** Numbers of the graph in words; used by the page's script too, so it imports nothing but types. */
import type { NodeKind } from '../../engine/knowledge/nodes.js';

/** What a weight says, in words: "-0.65" of a dial is "well below its middle". */
export function weightWords(weight: number, kind: NodeKind): string {
  const size = Math.abs(weight);
  if (kind === 'feature' || kind === 'affect') {
    if (size < 0.1) return 'in the middle';
    return `${size > 0.6 ? 'far' : size > 0.3 ? 'well' : 'a little'} ${weight < 0 ? 'below' : 'above'} the middle`;
  }
  return size > 0.6 ? 'strongly' : size > 0.3 ? 'clearly' : 'a little';
}

export const sureWords = (confidence: number): string =>
  confidence >= 0.8 ? 'fairly sure' : confidence > 0.3 ? 'some evidence' : 'tradition more than proof';

/** The name in the hash of an address, "#fall-asleep"; null where there is none or it cannot be decoded ("#%E0%A4"). */
export function idInAddress(hash: string): string | null {
  try {
    return decodeURIComponent(hash.slice(1)) || null;
  } catch {
    return null;
  }
}

/** Everyday words for the dials, so that whoever looks for "slow" finds the tempo. */
const ALSO_CALLED: Record<string, string> = {
  tempo: 'slow fast pace',
  mode: 'minor major key',
  loudness: 'soft loud volume',
  articulation: 'flowing legato detached staccato',
  brightness: 'dark bright',
  density: 'sparse full',
  register: 'low high pitch',
  consonance: 'dissonance harmony clear unsettled',
  pulseClarity: 'pulse rhythm',
  onsetRate: 'busy unhurried',
  sleepless: 'insomnia awake',
};

/** Whether a search finds a name: by any part of its label, or by the beginning of another word for it. */
export function answersTo(id: string, label: string, words: string): boolean {
  const wanted = words.trim().toLowerCase();
  if (label.toLowerCase().includes(wanted)) return true;
  return (ALSO_CALLED[id] ?? '').split(' ').some((other) => other.startsWith(wanted));
}
