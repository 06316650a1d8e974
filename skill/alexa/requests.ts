/**
 * What Amazon sends, as far as this skill reads it. Parsed once, at the door; whatever is missing there (old SDKs, odd
 * devices) gets a default here, so that no handler trips over it. Shapes: Amazon's Request and Response JSON Reference.
 */
import { z } from 'zod';

const MOST_SLOT_CHARACTERS = 2000;

const Slot = z.looseObject({
  name: z.string().optional(),
  value: z
    .string()
    .nullish()
    .transform((value) => value?.slice(0, MOST_SLOT_CHARACTERS) ?? ''),
  resolutions: z
    .looseObject({
      resolutionsPerAuthority: z
        .array(
          z.looseObject({
            status: z.looseObject({ code: z.string() }).optional(),
            values: z
              .array(z.looseObject({ value: z.looseObject({ id: z.string().nullish(), name: z.string() }) }))
              .nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
});

const AnyRequest = z.looseObject({
  type: z.string().min(1),
  requestId: z.string().min(1).max(300),
  timestamp: z.union([z.string(), z.number()]),
  locale: z.string().max(20).optional(),
  token: z.string().optional(),
  offsetInMilliseconds: z.number().optional(),
  intent: z.looseObject({ name: z.string(), slots: z.record(z.string(), Slot).nullish() }).optional(),
});

/** The whole envelope; unknown members are kept, because Amazon adds some every year. */
export const Envelope = z.looseObject({
  version: z.string().optional(),
  session: z
    .looseObject({
      sessionId: z.string().optional(),
      new: z.boolean().optional(),
      attributes: z.record(z.string(), z.unknown()).nullish(),
      application: z.looseObject({ applicationId: z.string() }).optional(),
      user: z.looseObject({ userId: z.string() }).optional(),
    })
    .nullish(),
  context: z
    .looseObject({
      System: z
        .looseObject({
          application: z.looseObject({ applicationId: z.string() }).optional(),
          user: z.looseObject({ userId: z.string().optional() }).optional(),
          person: z.looseObject({ personId: z.string() }).nullish(),
          device: z.looseObject({ deviceId: z.string().optional() }).optional(),
          apiEndpoint: z.string().optional(),
          apiAccessToken: z.string().optional(),
        })
        .optional(),
      AudioPlayer: z
        .looseObject({
          token: z.string().nullish(),
          offsetInMilliseconds: z.number().nullish(),
          playerActivity: z.string().nullish(),
        })
        .nullish(),
    })
    .nullish(),
  request: AnyRequest,
});
export type Envelope = z.infer<typeof Envelope>;

/** The skill that the request is meant for, from wherever this kind of request carries it. */
export const applicationOf = (envelope: Envelope): string | undefined =>
  envelope.context?.System?.application?.applicationId ?? envelope.session?.application?.applicationId;

export interface Speaking {
  /** Amazon's ids, opaque; absent in some tests and old devices. */
  userId: string;
  personId: string | undefined;
  deviceId: string;
}

export function whoSpeaks(envelope: Envelope): Speaking {
  const system = envelope.context?.System;
  const userId = system?.user?.userId ?? envelope.session?.user?.userId ?? 'nobody';
  return {
    userId,
    personId: system?.person?.personId ?? undefined,
    deviceId: system?.device?.deviceId ?? `only-device-of-${userId}`,
  };
}

/** What was said into a slot; empty where nothing was. */
export const slotText = (envelope: Envelope, name: string): string =>
  (envelope.request.intent?.slots?.[name]?.value ?? '').trim();

/** The id of the value of ours that a slot was matched to; undefined where none was. */
export function slotId(envelope: Envelope, name: string): string | undefined {
  for (const authority of envelope.request.intent?.slots?.[name]?.resolutions?.resolutionsPerAuthority ?? []) {
    if (authority.status?.code === 'ER_SUCCESS_MATCH') return authority.values?.[0]?.value.id ?? undefined;
  }
  return undefined;
}
