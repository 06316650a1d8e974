/** Claims that do not fit the rest of the graph are found, placed, and told with how to mend them. */
import { describe, expect, it } from 'vitest';
import { problemsWith, whole } from './files.fixture.js';
import { EDGE_FILES } from './files.js';
import { AFFECT_AXES, FEATURES } from './nodes.js';

/** An edge on a line of its own before all others. */
const withEdge = (text: string, edge: object): string =>
  text.replace('"edges": [\n', `"edges": [\n    ${JSON.stringify(edge)},\n`);
const addedLine = whole['emotions.json'].split('\n').findIndex((line) => line.includes('"edges": [')) + 2;
const cited = { sources: [(JSON.parse(whole['sources.json']) as { sources: { id: string }[] }).sources[0]!.id] };

describe('a claim that does not fit', () => {
  const messagesWith = (...edges: object[]) =>
    problemsWith({ 'emotions.json': edges.reduce<string>(withEdge, whole['emotions.json']) });

  it('names the nearest node where a name is mistyped, with its line', () => {
    const [problem, ...others] = messagesWith({ from: 'sadnes', to: 'density', weight: -0.1, ...cited });
    expect(problem).toMatchObject({ file: 'emotions.json', line: addedLine });
    expect(problem!.message).toContain('"sadnes"');
    expect(problem!.remedy).toContain('"sadness"');
    expect(others).toEqual([]);
  });

  it('names the nearest source where a source is mistyped', () => {
    const id = cited.sources[0]!;
    const [problem] = messagesWith({ from: 'neutral', to: 'timbre:brass', weight: 0.1, sources: [`${id}x`] });
    expect(problem!.message).toContain(`"${id}x"`);
    expect(problem!.remedy).toContain(`"${id}"`);
  });

  it('is told with the column of the very word', () => {
    const edge = { from: 'sadness', to: 'tempoo', weight: -0.1, ...cited };
    const [problem] = messagesWith(edge);
    expect(problem!.column).toBe(`    ${JSON.stringify(edge)}`.indexOf('"to"') + 1);
  });

  it('names no source twice', () => {
    const twice = [...cited.sources, ...cited.sources];
    const [problem] = messagesWith({ from: 'neutral', to: 'timbre:brass', weight: 0.1, sources: twice });
    expect(problem!.message).toContain('twice');
  });

  it('guesses nothing where nothing is near', () => {
    const [problem] = messagesWith({ from: 'homesickness-on-mondays', to: 'tempo', weight: 0.1, ...cited });
    expect(problem!.remedy).not.toContain('Did you mean');
  });

  it.each([
    ['backwards', { from: 'tempo', to: 'sadness', weight: 0.1 }, 'feature to emotion'],
    ['between feelings', { from: 'sadness', to: 'joy', weight: 0.1 }, 'emotion to emotion'],
    ['from an axis to a feeling', { from: 'valence', to: 'joy', weight: 0.1 }, 'affect to emotion'],
  ])('may not lead %s', (_name, edge, said) => {
    expect(messagesWith({ ...edge, ...cited })[0]!.message).toContain(said);
  });

  it.each(['timbre:brass', 'wonder', 'soft-in-pain'])('to %s is an amount and cannot be negative', (to) => {
    const problems = messagesWith({ from: 'neutral', to, weight: -0.2, ...cited });
    expect(problems.some(({ message }) => message.includes('-0.2'))).toBe(true);
  });

  it('needs a source or the mark "practice", and not both', () => {
    const bare = { from: 'neutral', to: 'timbre:brass', weight: 0.1 };
    expect(messagesWith({ ...bare, sources: [] })[0]!.remedy).toContain('practice');
    expect(messagesWith({ ...bare, ...cited, evidence: 'practice' })[0]!.message).toContain('practice');
    expect(messagesWith({ ...bare, sources: [], evidence: 'practice' })).toEqual([]);
  });

  it.each([
    ['timbre:brass', 0.1],
    ['tempo', -0.1],
  ])('stands once only, also where the second says the same less strongly (%s)', (to, weight) => {
    const { edges } = JSON.parse(whole['emotions.json']) as { edges: { from: string; to: string }[] };
    const others = edges.filter((edge) => edge.from !== 'neutral' || edge.to !== to);
    const claim = { from: 'neutral', to, weight, ...cited };
    const told = problemsWith({
      'emotions.json': JSON.stringify({ edges: [...others, claim, { ...claim, weight: weight / 2 }] }),
    });
    expect(told.map(({ message }) => message)).toEqual([expect.stringContaining('second time')]);
  });

  it('may stand against another only with a word on it', () => {
    const edges = JSON.parse(whole['emotions.json']).edges as {
      from: string;
      to: string;
      weight: number;
      note?: string;
    }[];
    const other = edges.find(({ to, weight, note }) => to === 'tempo' && weight !== 0 && !note)!;
    const against = { ...other, weight: -other.weight, sources: cited.sources, evidence: undefined };
    expect(messagesWith(against).some(({ message }) => message.includes('contradicts'))).toBe(true);
    expect(messagesWith({ ...against, note: 'two studies of different music' })).toEqual([]);
  });

  it('may stand against what the factors of the same feeling plainly say only with a word on it', () => {
    const gems = JSON.parse(whole['gems.json']).edges as { from: string; to: string; weight: number; note?: string }[];
    const plain = gems.find(({ to, weight, note }) => Math.abs(weight) > 0.3 && !note && !to.startsWith('timbre:'))!;
    const emotions = JSON.parse(whole['emotions.json']) as { edges: { from: string; to: string }[] };
    emotions.edges = emotions.edges.filter(
      ({ from, to }) => from !== 'neutral' || (to !== plain.to && to !== plain.from),
    );
    const text = JSON.stringify(emotions);
    const says = (note?: string) =>
      problemsWith({
        'emotions.json': JSON.stringify({
          edges: [
            ...(JSON.parse(text) as typeof emotions).edges,
            { from: 'neutral', to: plain.from, weight: 0.9, ...cited },
            { from: 'neutral', to: plain.to, weight: -Math.sign(plain.weight) * 0.9, ...cited, note },
          ],
        }),
      });
    expect(says().some(({ message }) => message.includes('opposite'))).toBe(true);
    expect(says('rests on another tradition')).toEqual([]);
  });
});

describe('what hangs loose', () => {
  it('is told: a source that nothing leans on', () => {
    const sources = JSON.parse(whole['sources.json']) as { sources: { id: string }[] };
    sources.sources.push({ ...sources.sources[0]!, id: 'nobody-2001' });
    expect(problemsWith({ 'sources.json': JSON.stringify(sources) })[0]!.message).toContain('"nobody-2001"');
  });

  it('is told: a feeling that says nothing of its affect, or of any dial', () => {
    const { edges } = JSON.parse(whole['emotions.json']) as { edges: { from: string; to: string }[] };
    const saysWithout = (...dropped: string[]) =>
      problemsWith({
        'emotions.json': JSON.stringify({
          edges: edges.filter(({ from, to }) => from !== 'pride' || !dropped.includes(to)),
        }),
      }).map(({ message }) => message);
    expect(saysWithout(...AFFECT_AXES)).toEqual(['The emotion "pride" has no edge to any affect.']);
    expect(saysWithout(...FEATURES)).toContain('The emotion "pride" has no edge to any feature.');
  });

  it.each(['principles', 'cautions'] as const)('is told: two %s of one name', (list) => {
    const file = JSON.parse(whole[`${list}.json`]) as Record<string, object[]>;
    file[list]!.push(file[list]![0]!);
    expect(problemsWith({ [`${list}.json`]: JSON.stringify(file) })[0]!.message).toContain('twice');
  });

  it('is told: a caution that is called like a feeling, which it would push aside', () => {
    const file = JSON.parse(whole['cautions.json']) as { cautions: { id: string }[] };
    file.cautions.push({ ...file.cautions[0]!, id: 'joy' });
    const problems = problemsWith({ 'cautions.json': JSON.stringify(file) });
    expect(problems.some(({ message }) => message.includes('"joy" is called like'))).toBe(true);
  });

  it('is told: a source that stands twice', () => {
    const sources = JSON.parse(whole['sources.json']) as { sources: { id: string }[] };
    sources.sources.push(sources.sources[0]!);
    expect(problemsWith({ 'sources.json': JSON.stringify(sources) })[0]!.message).toContain('twice');
  });

  it('is told: a caution that no feeling calls for', () => {
    const cautions = JSON.parse(whole['cautions.json']) as { cautions: { id: string }[] };
    cautions.cautions.push({ ...cautions.cautions[0]!, id: 'never-called' });
    expect(problemsWith({ 'cautions.json': JSON.stringify(cautions) })[0]!.message).toContain('"never-called"');
  });

  it('is told: a feeling whose every edge was removed, in the file where it belongs', () => {
    for (const name of EDGE_FILES) {
      const edges = (JSON.parse(whole[name]) as { edges: { from: string; to: string }[] }).edges;
      const start = edges[0]!.from;
      const rest = edges.filter(({ from, to }) => from !== start && to !== start);
      // In all files, since an axis or a factor is reached from others too.
      const texts = Object.fromEntries(
        EDGE_FILES.map((each) => {
          const kept = (JSON.parse(whole[each]) as typeof rest & { edges: typeof rest }).edges;
          return [each, JSON.stringify({ edges: kept.filter(({ from, to }) => from !== start && to !== start) })];
        }),
      );
      const problems = problemsWith(texts);
      expect(
        problems.some(({ message, file }) => message.includes(`"${start}"`) && file === name),
        start,
      ).toBe(true);
    }
  });

  it('is told all at once, not only the first', () => {
    const text = [
      { from: 'sadnes', to: 'tempo', weight: 0.1, ...cited },
      { from: 'joy', to: 'tempoo', weight: 0.1, ...cited },
      { from: 'neutral', to: 'timbre:brass', weight: 0.1, sources: ['nobody-1999'] },
      { from: 'tempo', to: 'joy', weight: 0.1, ...cited },
    ].reduce<string>(withEdge, whole['emotions.json']);
    expect(problemsWith({ 'emotions.json': text }).length).toBeGreaterThanOrEqual(4);
  });
});
