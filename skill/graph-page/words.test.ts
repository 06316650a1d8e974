import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../engine/knowledge/graph.js';
import { graphView } from './view.js';
import { answersTo, idInAddress } from './words.js';

const { nodes } = graphView(loadKnowledge());
const found = (words: string) => nodes.filter(({ id, label }) => answersTo(id, label, words)).map(({ id }) => id);

describe('what the graph page understands', () => {
  it('finds everything that its search field offers as an example', () => {
    expect(found('sadness')).toContain('sadness');
    expect(found('slow')).toEqual(['tempo']);
    expect(found(' PIANO ')).toEqual(['timbre:piano']);
    expect(found('no such thing')).toEqual([]);
  });

  it('reads the name out of an address, and nothing out of a broken one', () => {
    expect(idInAddress('#fall-asleep')).toBe('fall-asleep');
    expect(idInAddress('#timbre%3Apiano')).toBe('timbre:piano');
    for (const hash of ['', '#', '#%', '#%E0%A4%A']) expect(idInAddress(hash), hash).toBeNull();
  });
});
