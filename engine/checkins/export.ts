/** Check-ins for other programs: CSV, and a FHIR R4 Bundle of Observations (hl7.org/fhir/R4/observation.html). */
import type { CheckIn } from './checkin.js';

const COLUMNS = ['id', 'time', 'moment', 'session', 'mood', 'points', 'sleepQuality', 'understood'] as const;

/** RFC 4180: CRLF, a header, quotes where needed. A cell that a spreadsheet would run as a formula is quoted by a mark. */
export function toCsv(checkIns: readonly CheckIn[]): string {
  const rows = checkIns.map(({ id, atMs, moment, sessionId, mood, points, sleepQuality, understood }) => [
    id,
    new Date(atMs).toISOString(),
    moment,
    sessionId,
    mood,
    points,
    sleepQuality,
    understood,
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | undefined): string {
  if (value === undefined || typeof value === 'number') return String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const SYSTEM = 'urn:emoheal:check-in';
const QUESTIONS = {
  mood: 'How the listener feels, -1 (very bad) to 1 (very good)',
  'sleep-quality': 'How the listener slept, 1 (very badly) to 5 (very well)',
  understood: 'How well the listener felt understood, 1 (not at all) to 5 (entirely)',
} as const;

/**
 * One Observation an answer. The codes are this product's own: no published code asks exactly these questions. The
 * subject is a pseudonym given by the caller, never a name.
 */
export function toFhirBundle(checkIns: readonly CheckIn[], { subject, nowMs }: { subject: string; nowMs: number }) {
  const observations = checkIns.flatMap((checkIn) => {
    const { mood, sleepQuality, understood } = checkIn;
    return [
      mood === undefined
        ? null
        : observation(checkIn, subject, 'mood', {
            valueQuantity: { value: mood, system: 'http://unitsofmeasure.org', code: '1' },
          }),
      sleepQuality === undefined
        ? null
        : observation(checkIn, subject, 'sleep-quality', { valueInteger: sleepQuality }),
      understood === undefined ? null : observation(checkIn, subject, 'understood', { valueInteger: understood }),
    ].filter((each) => each !== null);
  });
  return {
    resourceType: 'Bundle' as const,
    type: 'collection' as const,
    timestamp: new Date(nowMs).toISOString(),
    // FHIR has no empty lists (hl7.org/fhir/R4/json.html).
    ...(observations.length > 0
      ? { entry: observations.map((resource) => ({ fullUrl: `${SYSTEM}:${resource.id}`, resource })) }
      : {}),
  };
}

function observation(
  { id, atMs, moment, sessionId }: CheckIn,
  subject: string,
  code: keyof typeof QUESTIONS,
  value: { valueQuantity: { value: number; system: string; code: string } } | { valueInteger: number },
) {
  return {
    resourceType: 'Observation' as const,
    id: `${id}-${code}`.slice(0, 64),
    identifier: [{ system: SYSTEM, value: `${id}-${code}` }],
    status: 'final' as const,
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey', display: 'Survey' },
        ],
      },
    ],
    code: { coding: [{ system: SYSTEM, code, display: QUESTIONS[code] }], text: `${QUESTIONS[code]} (${moment})` },
    subject: { identifier: { system: 'urn:emoheal:listener', value: subject } },
    effectiveDateTime: new Date(atMs).toISOString(),
    ...value,
    ...(sessionId ? { note: [{ text: `session ${sessionId}, ${moment}` }] } : {}),
  };
}
