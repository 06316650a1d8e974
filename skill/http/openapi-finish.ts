/**
 * What every description of a route says besides its own answers: anything else is a problem document (RFC 9457), such as 400
 * for what cannot be read, 404, 413, 429 and 503. And patterns as JSON Schema has them: without the flags of JavaScript, and
 * with ranges for the classes of Unicode that few readers of a description know.
 */

const PROBLEM = {
  description: 'Anything else, as an RFC 9457 problem document',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
          code: { type: 'string' },
        },
        required: ['type', 'title', 'status', 'detail'],
      },
    },
  },
};
const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options']);

export function finished<T extends { paths?: object | undefined }>(document: T): T {
  for (const path of Object.values(document.paths ?? {}) as Record<string, { responses?: Record<string, unknown> }>[])
    for (const [method, operation] of Object.entries(path))
      if (METHODS.has(method) && operation.responses) operation.responses.default ??= PROBLEM;
  plainPatterns(document);
  return document;
}

/** Lone surrogates cannot be in JSON at all. */
const RANGES: Record<string, string> = { '\\p{Cc}': '\\u0000-\\u001f\\u007f-\\u009f', '\\p{Cs}': '' };

function plainPatterns(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  const holder = node as Record<string, unknown>;
  if (typeof holder.pattern === 'string') {
    let plain = holder.pattern.replace(/\/[dgimsuvy]+$/, '');
    for (const [name, range] of Object.entries(RANGES)) plain = plain.replaceAll(name, range);
    holder.pattern = plain;
  }
  for (const inner of Object.values(holder)) plainPatterns(inner);
}
