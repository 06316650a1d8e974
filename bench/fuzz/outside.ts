/** Readers of what platforms, devices of the house, pages, files and people send, and what is written for other programs. */
import fc from 'fast-check';
import { CheckIn } from '../../engine/checkins/checkin.js';
import { toCsv, toFhirBundle } from '../../engine/checkins/export.js';
import { readPatterns } from '../../engine/crisis/gate.js';
import { FILES, type FileName } from '../../engine/knowledge/files.js';
import { readText } from '../../engine/knowledge/read-file.js';
import { readAs } from '../../engine/read-as.js';
import { licenceFrom } from '../../media-index/library/tags.js';
import { FromPage } from '../../skill/bedside/hands-free/messages.js';
import { RulesBody, readBody } from '../../skill/care/schemas.js';
import { askedBy } from '../../skill/google/dialogflow/webhook.js';
import { HomeRequest } from '../../skill/google/smarthome/shapes.js';
import { CheckInBody } from '../../skill/http/checkins.js';
import { NapBody, RoutineBody } from '../../skill/http/routines.js';
import { ActionBody } from '../../skill/http/sessions.js';
import { PointBody, UtteranceBody } from '../../skill/http/utterances.js';
import { createFrameReader, MOST_BYTES, writeFrame } from '../../skill/speakers/cast/frame.js';
import { speakerFrom } from '../../skill/speakers/upnp/description.js';
import { seconds } from '../../skill/speakers/upnp/upnp-player.js';
import { readXml } from '../../skill/speakers/upnp/xml.js';
import { calledWith } from '../../voice-intents/called.js';
import { durationFrom, minutesOf } from '../../voice-intents/durations.js';
import { BUILT_IN_INTENTS, OUR_INTENTS } from '../../voice-intents/intents.js';
import { matchSentence } from '../../voice-intents/matcher.js';
import { LANGUAGES } from '../../voice-intents/sentences.js';
import { timeFrom } from '../../voice-intents/times.js';
import { damagedBytes, damagedText, type FuzzedParser, noise, orRefused, parser } from './fuzzed.js';

const said = fc.oneof(
  damagedText(
    fc.constantFrom(
      'stop the music in ten minutes',
      'I feel so sad and alone',
      'hör in zwanzig Minuten auf',
      'wake me at half past seven',
      "I don't want to be here any more",
      '20 more minutes please',
      '午後7時半に起こして',
      'शाम सात बजे',
    ),
  ),
  fc
    .array(fc.constantFrom('no', 'not', 'half', 'past', 'one', 'twenty', 'and', 'more', 'minutes', 'at', 'um', 'la'), {
      maxLength: 60,
    })
    .map((words) => words.join(' ')),
  noise,
);

const json = (good: fc.Arbitrary<unknown>) =>
  fc.oneof(damagedText(good.map((each) => JSON.stringify(each))), fc.json(), noise);
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const esRequest = fc.record(
  {
    responseId: fc.string(),
    session: fc.constantFrom('projects/p/agent/sessions/s', ''),
    queryResult: fc.record(
      {
        queryText: fc.oneof(said, fc.jsonValue()),
        languageCode: fc.constantFrom('en-us', 'de', 'x'),
        parameters: fc.dictionary(fc.constantFrom('length', 'time', 'emotion', '__proto__', 'feeling'), fc.jsonValue()),
        intent: fc.record({
          displayName: fc.oneof(fc.constantFrom(...Object.keys(OUR_INTENTS), 'YesIntent'), fc.string()),
        }),
        outputContexts: fc.array(fc.record({ name: fc.string(), parameters: fc.jsonValue() }), { maxLength: 3 }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['queryResult'] },
);
const cxRequest = fc.record(
  {
    detectIntentResponseId: fc.string(),
    languageCode: fc.string(),
    text: said,
    sessionInfo: fc.record({ session: fc.string(), parameters: fc.jsonValue() }),
    intentInfo: fc.record({ displayName: fc.string(), parameters: fc.jsonValue() }),
    fulfillmentInfo: fc.record({ tag: fc.string() }),
  },
  { requiredKeys: ['sessionInfo'] },
);

const fromPage = fc.record(
  {
    type: fc.constantFrom('begin', 'ask', 'pause', 'end', 'drop', 'sing'),
    mode: fc.constantFrom('awake', 'overheard', 7),
    locale: fc.oneof(fc.constantFrom('en-US', 'de'), fc.string()),
    minutes: fc.oneof(fc.double(), fc.jsonValue()),
    question: fc.constantFrom('before', 'after', 'why'),
    asks: fc.jsonValue(),
  },
  { requiredKeys: ['type'] },
);

/** Bodies of the interface, by the word that no refusal may repeat. */
const MARKED = 'quittengelee';
const value = fc.oneof(fc.constant(`my ${MARKED}`), fc.constant(MARKED), fc.double(), fc.boolean(), fc.jsonValue());
const FIELDS = ['text', 'locale', 'minutes', 'listener', 'when', 'zone', 'wake', 'name', 'moment', 'words', 'points'];
const MORE_FIELDS = ['action', 'atSec', 'valence', 'arousal', 'inMinutes', 'quietHours', 'loudnessCapLufs', 'night'];
const body = fc.dictionary(fc.constantFrom(...FIELDS, ...MORE_FIELDS), value);
const BODIES = [UtteranceBody, PointBody, RoutineBody, NapBody, ActionBody, CheckInBody, RulesBody];

const service = (kind: string, url: string) =>
  `<service><serviceType>urn:schemas-upnp-org:service:${kind}:1</serviceType><controlURL>${url}</controlURL></service>`;
const description = fc
  .constantFrom('/control', 'http://127.0.0.1:80/c', 'http://192.0.2.1/c', 'file:///etc/passwd', '//evil.example/c')
  .map(
    (url) =>
      `<?xml version="1.0"?><root><device><UDN>uuid:1</UDN><friendlyName>A &amp; B</friendlyName><serviceList>${service('AVTransport', url)}${service('RenderingControl', url)}</serviceList></device></root>`,
  );

const checkIn = fc.record(
  {
    id: fc.oneof(fc.constantFrom('=1+1', '@x', '-2', '+3', 'a"b', 'a,b', 'a\r\nb'), fc.string({ maxLength: 64 })),
    atMs: fc.integer({ min: 0, max: 4e12 }),
    moment: fc.constantFrom('before', 'after', 'morning'),
    sessionId: fc.oneof(fc.constantFrom('\t=cmd', '"', ','), fc.string({ maxLength: 64 })),
    mood: fc.double({ min: -1, max: 1, noNaN: true }),
    sleepQuality: fc.integer({ min: 1, max: 5 }),
  },
  { requiredKeys: ['id', 'atMs', 'moment'] },
) as fc.Arbitrary<CheckIn>;

/** Cells of a CSV by the rules of RFC 4180, as another program would read them. */
function cells(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)!.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.slice(0, -1);
}

const dropIn = fc.tuple(
  fc.constantFrom(...(Object.keys(FILES) as FileName[])),
  json(
    fc.record(
      {
        cautions: fc.array(
          fc.record(
            {
              id: fc.constantFrom('no-rousing', 'No', '__proto__'),
              says: fc.string({ maxLength: 20 }),
              limits: fc.dictionary(fc.constantFrom('arousal', 'tempo', 'x'), fc.oneof(fc.double(), fc.jsonValue())),
              strength: fc.constantFrom('good', 'bad'),
            },
            { requiredKeys: ['id'] },
          ),
          { maxLength: 2 },
        ),
        principles: fc.jsonValue(),
        sources: fc.jsonValue(),
        strengthOfKind: fc.dictionary(fc.string(), fc.double()),
        edges: fc.array(fc.record({ from: fc.string(), to: fc.string(), weight: fc.double() }), { maxLength: 2 }),
      },
      { requiredKeys: [] },
    ),
  ),
);

export const OUTSIDE: readonly FuzzedParser[] = [
  parser('Dialogflow requests', json(fc.oneof(esRequest, cxRequest)), (text) => {
    const asked = orRefused(() => askedBy(parsed(text)), 'bad-input');
    return asked === null || (asked.said.length <= 2000 && /^[\w-]+$/.test(asked.locale));
  }),
  parser(
    'smart home requests',
    json(
      fc.record({
        requestId: fc.string(),
        inputs: fc.array(
          fc.record({
            intent: fc.constantFrom('action.devices.SYNC', 'action.devices.QUERY', 'action.devices.EXECUTE', 'x'),
            payload: fc.jsonValue(),
          }),
          { maxLength: 2 },
        ),
      }),
    ),
    (text) => {
      const read = orRefused(() => readAs(HomeRequest, parsed(text)), 'bad-input');
      return read === null || read.inputs.length === 1;
    },
  ),
  parser(
    'voice intents',
    fc.tuple(fc.constantFrom('en-US', 'de-DE', 'ja-JP', 'hi-IN', 'es-ES'), said),
    ([locale, text]) => {
      const matched = matchSentence(locale as 'en-US', text);
      const known: readonly string[] = [...Object.keys(OUR_INTENTS), ...BUILT_IN_INTENTS];
      return matched === null || (known.includes(matched.intent) && matched.confidence > 0 && matched.confidence <= 1);
    },
  ),
  parser('times and lengths as said', fc.tuple(fc.constantFrom(...LANGUAGES), said), ([language, text]) => {
    const time = timeFrom(language, text);
    const length = durationFrom(language, text);
    const minutes = length === null ? null : minutesOf(length);
    return (time === null || /^([01]\d|2[0-3]):[0-5]\d$/.test(time)) && (minutes === null || minutes >= 0);
  }),
  parser(
    'the name of the speaker',
    fc.tuple(fc.constantFrom('en-US', 'de-DE', 'ja-JP', 'xx'), said),
    ([locale, text]) => {
      const rest = calledWith(locale, text);
      return rest === null || rest.length <= text.length * 3;
    },
  ),
  parser('words of need', said, (text) => ['none', 'concern', 'crisis'].includes(readPatterns(text).level)),
  parser('messages of a page', json(fromPage), (text) => {
    const read = orRefused(() => readAs(FromPage, parsed(text)), 'bad-input');
    return read === null || read.type !== ('sing' as string);
  }),
  parser('bodies of the interface', fc.tuple(fc.constantFrom(...BODIES), body), ([schema, given]) => {
    try {
      readBody(schema as never, given, 'Send something else.');
      return true;
    } catch (error) {
      // What somebody said is in no refusal.
      return (error as { code?: string }).code === 'bad-input' && !(error as Error).message.includes(MARKED);
    }
  }),
  parser(
    'Cast frames',
    damagedBytes(
      fc
        .record({ source: fc.string(), destination: fc.string(), namespace: fc.string(), text: fc.string() })
        .map(writeFrame),
    ),
    (bytes) => {
      try {
        return createFrameReader()
          .push(Buffer.from(bytes))
          .every(({ text }) => text.length <= MOST_BYTES);
      } catch (error) {
        // Whatever it is called, its reader takes it for the end of this connection and of nothing else.
        return error instanceof Error;
      }
    },
  ),
  parser('descriptions of devices', fc.oneof(damagedText(description), noise), (text) => {
    readXml(text);
    const found = speakerFrom(text, 'http://127.0.0.1:1400/d.xml', '127.0.0.1');
    const urls = found === null ? [] : Object.values(found.control ?? {}).filter((each) => each !== null);
    return urls.every((url) => new URL(url).hostname === '127.0.0.1' && url.startsWith('http:'));
  }),
  parser('times of devices', fc.oneof(damagedText(fc.constantFrom('1:02:03.5', 'NOT_IMPLEMENTED')), noise), (text) => {
    const sec = seconds(text);
    return sec === null || (sec >= 0 && sec < 4e7);
  }),
  parser(
    'licences in tags',
    fc.record({ license: said, copyright: noise, comment: fc.array(fc.record({ text: said })) }),
    (tags) => {
      const { id, name } = licenceFrom(tags as never);
      return id.length <= 40 && name.length <= 200;
    },
  ),
  parser('knowledge drop-ins', dropIn, ([name, text]) => {
    const { value: read, problems } = readText(name, text, FILES[name] as never);
    return problems.every(({ line, column }) => line >= 1 && column >= 1) && (read !== null || problems.length > 0);
  }),
  parser('check-ins for other programs', fc.array(checkIn, { maxLength: 4 }), (checkIns) => {
    const rows = cells(toCsv(checkIns));
    const bundle = toFhirBundle(checkIns, { subject: 's', nowMs: 0 });
    // As many rows and columns as there are, whatever stands in them, and none that a spreadsheet would run.
    const safe = rows.slice(1).every((row) => row.slice(0, 4).every((cell) => !/^[=+@\t\r-]/.test(cell)));
    return (
      safe &&
      rows.length === checkIns.length + 1 &&
      rows.every((row) => row.length === 8) &&
      JSON.stringify(bundle) !== ''
    );
  }),
  parser('check-ins that are kept', json(checkIn), (text) => {
    const read = CheckIn.safeParse(parsed(text));
    return !read.success || Number.isFinite(read.data.atMs);
  }),
];
