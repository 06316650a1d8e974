/**
 * Every reader of ours that takes what strangers send, and what it promises whatever that is: an answer of its own kind or
 * one clear refusal; never another error, never a value outside its bounds. Half of the cases are good ones, damaged a
 * little: those come further than noise.
 */
import fc from 'fast-check';
import { KnowledgeEdge } from '../../engine/knowledge/files.js';
import { readText } from '../../engine/knowledge/read-file.js';
import { nextAfter, readWhen } from '../../engine/routines/schedule.js';
import { createSecretBox, readKeys } from '../../engine/secrets/secret-box.js';
import { readWav, SPEECH_RATE, writeWav } from '../../engine/transcription/wav.js';
import { checkRelay, relayHeader } from '../../skill/alexa/relay.js';
import { parseEnvelope } from '../../skill/alexa/route.js';
import { formatToken, parseToken } from '../../skill/alexa/stage-token.js';
import { checkCertificateUrl } from '../../skill/alexa/verify/certificate-url.js';
import { readConfig, SETTINGS } from '../../skill/config.js';
import { checkQuery, signQuery } from '../../skill/http/signed-address.js';
import { parseRange } from '../../skill/http/streams-bytes.js';
import { fuzzReader } from '../wyoming/fuzz.js';
import { damagedBytes, damagedText, type FuzzedParser, noise, orRefused, parser } from './fuzzed.js';
import { OUTSIDE } from './outside.js';

const wav = fc.oneof(
  damagedBytes(
    fc
      .array(fc.float({ min: -1, max: 1, noNaN: true }), { maxLength: 64 })
      .map((samples) => writeWav(Float32Array.from(samples), SPEECH_RATE)),
  ),
  fc.uint8Array({ maxLength: 200 }),
);

const KEY = Buffer.alloc(32, 7);
const NOW_MS = Date.UTC(2026, 0, 15, 22);
const query = fc
  .tuple(fc.nat(20), fc.integer({ min: -10, max: 3 * 24 * 3600 }), fc.constantFrom('session', 'match' as const))
  .map(([revision, sec, scope]) => signQuery(KEY, 's1', revision, NOW_MS + sec * 1000, scope, NOW_MS));
const parts = (text: string) => Object.fromEntries(new URLSearchParams(text));

const RELAY_BODY = Buffer.from('{"version":"1.0"}');
const box = createSecretBox([Buffer.alloc(32, 1), Buffer.alloc(32, 2)]);
const sealed = fc.uint8Array({ maxLength: 64 }).map((secret) => box.seal(secret, 'fuzz'));

const envelope = fc.oneof(
  damagedText(
    fc
      .record({
        version: fc.constant('1.0'),
        session: fc.jsonValue(),
        context: fc.oneof(fc.constant({ System: { application: { applicationId: 'a' } } }), fc.jsonValue()),
        request: fc.oneof(
          fc.record({
            type: fc.constantFrom('IntentRequest', 'LaunchRequest', 'AudioPlayer.PlaybackStarted'),
            requestId: fc.string(),
            timestamp: fc.oneof(fc.constant('2026-01-15T22:00:00Z'), fc.jsonValue()),
            locale: fc.constantFrom('en-US', 'de-DE', ''),
            intent: fc.jsonValue(),
          }),
          fc.jsonValue(),
        ),
      })
      .map((each) => JSON.stringify(each)),
  ),
  fc.json(),
  noise,
);

const when = fc.oneof(
  damagedText(
    fc.constantFrom('weekdays 21:30', 'mon,wed 9:05', '2026-12-24 20:00', 'daily 7 pm', '0 22 * * 1-5', 'sun 00:00'),
  ),
  fc
    .tuple(...Array.from({ length: 5 }, () => fc.stringMatching(/^[0-9*/,L#W?-]{1,6}$/)))
    .map((fields) => fields.join(' ')),
  noise,
);
const zone = fc.oneof(fc.constantFrom('Europe/Berlin', 'America/New_York', 'UTC', 'Asia/Kathmandu'), noise);

const graphFile = fc.oneof(
  {
    weight: 200,
    arbitrary: damagedText(
      fc
        .array(
          fc.record({
            from: fc.constantFrom('joy', 'grief', 'x'),
            to: fc.constantFrom('tempo', 'mode'),
            weight: fc.oneof(fc.double({ noNaN: true }), fc.jsonValue()),
            source: fc.jsonValue(),
          }),
          { maxLength: 3 },
        )
        .map((edges) => JSON.stringify({ edges }, null, 1)),
    ),
  },
  // Rare: going that deep takes long.
  { arbitrary: fc.nat(20_000).map((depth) => '['.repeat(depth)), weight: 1 },
  { arbitrary: fc.json(), weight: 100 },
  { arbitrary: noise, weight: 100 },
);
export const PARSERS: readonly FuzzedParser[] = [
  { name: 'Wyoming frames', run: (cases, seed) => void fuzzReader(cases, seed) },
  parser('WAV at the door', wav, (bytes) => {
    const pcm = orRefused(() => readWav(bytes), 'bad-input', 'too-large');
    return pcm === null || (pcm.length <= 61 * SPEECH_RATE && pcm.every((each) => Math.abs(each) <= 1.5));
  }),
  parser(
    'Range',
    fc.tuple(fc.oneof(damagedText(fc.constantFrom('bytes=0-99', 'bytes=-5', 'bytes=7-')), noise), fc.nat(5000)),
    ([header, length]) => {
      const range = parseRange(header, length);
      if (range === null || range === 'unsatisfiable') return true;
      const [from, to] = range;
      return from >= 0 && from < to && to <= length;
    },
  ),
  parser('signed addresses', fc.tuple(query, damagedText(query), fc.constantFrom('session', 'match')), (given) => {
    const [good, changed, wanted] = given as [string, string, 'session' | 'match'];
    const opens = checkQuery(KEY, 's1', wanted, parts(changed), NOW_MS);
    // Whatever opens must be one that we signed, word for word.
    const { rev, exp, for: scope } = parts(changed);
    const ours = () => signQuery(KEY, 's1', Number(rev), Number(exp) * 1000, (scope ?? 'session') as 'session', NOW_MS);
    return (!opens || parts(ours()).sig === parts(changed).sig) && typeof good === 'string';
  }),
  parser('values of an address', fc.dictionary(fc.constantFrom('rev', 'exp', 'sig', 'for'), fc.anything()), (any) => {
    return checkQuery(KEY, 's1', 'match', any, NOW_MS) === false;
  }),
  parser('stage tokens', fc.oneof(fc.anything(), damagedText(fc.constant('emoheal1:s1:match:3:0:1000'))), (any) => {
    const token = parseToken(any);
    return token === null || parseToken(formatToken(token))?.sessionId === token.sessionId;
  }),
  parser(
    'relay headers',
    fc.oneof(damagedText(fc.constant(relayHeader('s'.repeat(32), RELAY_BODY, NOW_MS))), noise),
    (header) => {
      orRefused(() => checkRelay('s'.repeat(32), header, RELAY_BODY, NOW_MS), 'forbidden');
      return true;
    },
  ),
  parser('Alexa requests', envelope, (text) => {
    orRefused(() => parseEnvelope(text), 'bad-input');
    return true;
  }),
  parser(
    'certificate addresses',
    fc.oneof(noise, damagedText(fc.constant('https://s3.amazonaws.com/echo.api/c.pem'))),
    (text) => {
      const found = checkCertificateUrl(text);
      return 'refused' in found || /^https:\/\/s3\.amazonaws\.com\/echo\.api\//.test(found.url.href);
    },
  ),
  parser('routines', fc.tuple(when, zone), ([said, where]) => {
    const read = orRefused(() => readWhen(said, where, NOW_MS), 'bad-input');
    if (read === null) return true;
    const next = nextAfter(read, where, NOW_MS);
    return next === null || (Number.isFinite(next) && next > NOW_MS);
  }),
  parser('knowledge graph files', graphFile, (text) => {
    const { value, problems } = readText('edges.json', text, KnowledgeEdge.array());
    const placed = problems.every(({ line, column }) => line >= 1 && column >= 1);
    return placed && (value !== null || problems.length > 0);
  }),
  parser('sealed secrets', fc.oneof(damagedText(sealed), noise), (text) => {
    const opened = orRefused(() => box.open(text, 'fuzz'), 'config-invalid');
    return opened === null || text.startsWith('sealed1.');
  }),
  parser('keys', noise, (text) => readKeys(text)?.every((key) => key.length === 32) ?? true),
  parser(
    'settings',
    fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(SETTINGS)), fc.constant('EMOHEAL_X')), noise),
    (env) => {
      const { EMOHEAL_SETTINGS_FILE: _file, ...rest } = env;
      const config = orRefused(() => readConfig(rest), 'config-invalid');
      return config === null || (config.port >= 0 && config.port <= 65_535);
    },
  ),
  ...OUTSIDE,
];
