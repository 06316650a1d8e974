/** The description of the HTTP interface, generated from the very schemas that parse it. */
import { extendZodWithOpenApi, OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { describeCare } from '../care/openapi.js';
import { describeListeners } from './listeners-openapi.js';
import { finished } from './openapi-finish.js';
import { describeOperators } from './operators-openapi.js';
import { describePlatforms } from './platforms-openapi.js';
import { describeSessions } from './sessions-openapi.js';
import { describeSpeakers } from './speakers-openapi.js';

extendZodWithOpenApi(z);

let made: object | undefined;

export function openApiDocument(): object {
  if (made) return made;
  const registry = new OpenAPIRegistry();
  for (const describe of [
    describeSessions,
    describeListeners,
    describePlatforms,
    describeSpeakers,
    describeCare,
    describeOperators,
  ])
    describe(registry);
  made = finished(
    new OpenApiGeneratorV31(registry.definitions).generateDocument({
      openapi: '3.1.0',
      info: { title: 'EmoHeal Bedside', version: '1' },
    }),
  );
  return made;
}
