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
