/** The description is one that other programs can take at its word. */
import { expect, it } from 'vitest';
import { openApiDocument } from './openapi.js';

const { paths } = openApiDocument() as {
  paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
};

it('says of each route that anything else is a problem document', () => {
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  expect(operations.length).toBeGreaterThan(60);
  for (const { responses } of operations)
    expect(responses.default).toMatchObject({ content: { 'application/problem+json': {} } });
});

it('holds no pattern that means something else outside JavaScript', () => {
  const patterns = [...JSON.stringify(paths).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map((each) =>
    JSON.parse(each[1]!),
  );
  expect(patterns.length).toBeGreaterThan(5);
  for (const pattern of patterns) {
    expect(pattern).not.toMatch(/\/[a-z]+$/);
    expect(() => new RegExp(pattern, 'u')).not.toThrow();
  }
});
