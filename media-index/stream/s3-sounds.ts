/**
 * Shared sound in S3-compatible object storage (Amazon S3, MinIO, Ceph, Garage …) through Amazon's own client. Storage that
 * is slow or away costs a listener nothing but a moment: every request has a limit, and after a few failures in a row it is
 * left alone for a while and the sound is made here.
 */
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';
import { EmohealError } from '../../engine/errors.js';
import type { SharedSounds } from './shared-sounds.js';

const REQUEST_MS = 3000;
/** Somebody waits for the first sound: it is sooner made than waited for. */
const FIRST_MS = 700;
const CONNECT_MS = 700;
const FAILURES = 3;
const LEFT_ALONE_MS = 15_000;
/** A part of the widest format is well below; whatever is larger is not ours. */
const MOST_BYTES = 4 * 1024 * 1024;
/** Parts on their way out; beyond, they are not shared rather than kept in memory. */
const MOST_GIVING = 32;

export interface S3Place {
  bucket: string;
  prefix: string;
  endpoint?: string;
  region: string;
}

/** s3://BUCKET/PREFIX?endpoint=…&region=…; throws `config-invalid`. */
export function readPlace(text: string): S3Place {
  const url = new URL(text);
  const endpoint = url.searchParams.get('endpoint') ?? undefined;
  if (endpoint !== undefined && !/^https?:\/\/[^\s/@]+\/?$/.test(endpoint))
    throw new EmohealError('config-invalid', 'EMOHEAL_SOUNDS_URL: its endpoint is not the address of a server.', {
      remedy:
        'Write s3://BUCKET/PREFIX?endpoint=https://HOST; keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    });
  const prefix = url.pathname.replace(/^\/+|\/+$/g, '');
  return {
    bucket: url.hostname,
    prefix: prefix === '' ? '' : `${prefix}/`,
    region: url.searchParams.get('region') ?? process.env.AWS_REGION ?? 'us-east-1',
    ...(endpoint ? { endpoint } : {}),
  };
}

export function createS3Sounds(place: S3Place, onWarning: (message: string) => void): SharedSounds {
  const client = new S3Client({
    region: place.region,
    // Servers of one's own have no name for each bucket.
    ...(place.endpoint ? { endpoint: place.endpoint, forcePathStyle: true } : {}),
    maxAttempts: 2,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: REQUEST_MS },
  });
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: LEFT_ALONE_MS,
    breaker: new ConsecutiveBreaker(FAILURES),
  });
  let away = false;
  let giving = 0;
  breaker.onBreak(() => {
    if (!away) onWarning('The storage of shared sounds does not answer; sound is made on this server meanwhile.');
    away = true;
  });
  breaker.onReset(() => {
    away = false;
    onWarning('The storage of shared sounds answers again.');
  });
  const keyOf = (rendering: string, n: number) => `${place.prefix}sessions/${rendering}/${n}`;

  return {
    async take(rendering, n) {
      try {
        return await breaker.execute(async () => {
          try {
            const { Body, ContentLength } = await client.send(
              new GetObjectCommand({ Bucket: place.bucket, Key: keyOf(rendering, n) }),
              { abortSignal: AbortSignal.timeout(n === 0 ? FIRST_MS : REQUEST_MS) },
            );
            if (!Body || (ContentLength ?? 0) > MOST_BYTES) return null;
            return await Body.transformToByteArray();
          } catch (error) {
            // "Nobody has made it" is an answer, not a fault.
            if ((error as { name?: string }).name === 'NoSuchKey') return null;
            throw error;
          }
        });
      } catch {
        return null;
      }
    },
    async give(rendering, n, bytes) {
      if (giving >= MOST_GIVING) return;
      giving += 1;
      try {
        await breaker.execute(() =>
          client.send(
            new PutObjectCommand({
              Bucket: place.bucket,
              Key: keyOf(rendering, n),
              Body: bytes,
              ContentType: 'application/octet-stream',
            }),
            { abortSignal: AbortSignal.timeout(REQUEST_MS) },
          ),
        );
      } catch {
        // Told by the breaker; the next server makes this part itself.
      } finally {
        giving -= 1;
      }
    },
    state: () =>
      away
        ? {
            status: 'degraded',
            detail: 'shared sounds: the storage does not answer; sound is made here',
            remedy: 'Look after the storage of EMOHEAL_SOUNDS_URL and its keys.',
          }
        : { status: 'ready', detail: 'shared sounds' },
    async close() {
      client.destroy();
    },
  };
}
