/** What answers look like in the description of the HTTP interface. */
import { z } from 'zod';
import { Listener } from './taste.js';

export const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});
export const problem = (description: string) => ({
  description,
  content: {
    'application/problem+json': {
      schema: z.object({
        type: z.string(),
        title: z.string(),
        status: z.number(),
        detail: z.string(),
        code: z.string().optional(),
      }),
    },
  },
});

/** What stands in an address: `{id}`, or whose. */
export const id = z.object({ id: z.string() });
export const ofListener = { query: z.object({ listener: Listener.optional() }) };
