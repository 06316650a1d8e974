/** The words of the data-protection page, made from the list of what is kept. */
import { wordsOfField } from './field-words.js';
import { fieldsOf, KEPT, type KeptKind } from './kept.js';

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const kind = ({ name, where, whatFor, howLong, consent, schema }: KeptKind): string => `
<section><h3>${escaped(name)}</h3>
<p>${escaped(whatFor)}</p>
<dl><dt>How long</dt><dd>${escaped(howLong)}</dd>
<dt>Only if you agreed</dt><dd>${consent ? 'Yes' : 'No: it is needed for what you ask for'}</dd>
<dt>Where</dt><dd><code>${escaped(where)}</code> in the data folder of this server</dd>
${
  schema
    ? `<dt>What exactly</dt><dd><ul>${fieldsOf(schema)
        .map(
          (field) =>
            `<li><code>${escaped(field)}</code>: ${escaped(wordsOfField(name, field) ?? 'not explained')}</li>`,
        )
        .join('')}</ul></dd>`
    : ''
}</dl></section>`;

export const privacyText = (): string => `
<p>This server belongs to whoever runs it. Nothing goes anywhere else.</p>
<h2>What is never kept</h2>
<p>What you say or type, recordings of your voice, and the probabilities of feelings that were read from them. They are used to choose
the music, held in memory while your question "why this music?" may come, and forgotten. None of it is written to a log.</p>
<h2>What is kept on this server</h2>
${KEPT.map(kind).join('\n')}
<p>What has reached its age is removed when the server starts and once a day.</p>
<h2>How to see it, and how to have it deleted</h2>
<p>Say "forget me" to the speaker, or switch the skill off: settings, ratings and sessions of that account go at once. Of a
listener of the bedside speaker, <code>GET /api/v1/listeners/NAME/data</code> gives everything as one file, and
<code>DELETE</code> on the same address erases it. The name is <code>bedside</code> where nobody gave another.</p>`;
