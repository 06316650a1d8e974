/** Request envelopes as Amazon sends them, made for a device model. Shapes: Request and Response JSON Reference. */
import type { DeviceModel, PlayerEvent } from './device-model.js';

export interface Caller {
  skillId: string;
  userId: string;
  deviceId: string;
  personId?: string;
  locale: string;
  device: DeviceModel;
  newId: () => string;
}

export interface Conversation {
  sessionId: string;
  isNew: boolean;
  attributes: Record<string, unknown>;
}

export interface SlotGiven {
  said: string;
  value?: string;
  id?: string;
  /** Name of the slot's type, for its resolutions. */
  type?: string;
}

type Json = Record<string, unknown>;

function context(caller: Caller): Json {
  const { device } = caller;
  const stream = device.current();
  return {
    System: {
      application: { applicationId: caller.skillId },
      user: { userId: caller.userId },
      ...(caller.personId ? { person: { personId: caller.personId } } : {}),
      device: { deviceId: caller.deviceId, supportedInterfaces: { AudioPlayer: {} } },
      apiEndpoint: 'https://api.amazonalexa.com',
      apiAccessToken: 'simulated',
    },
    AudioPlayer: {
      ...(stream ? { token: stream.token, offsetInMilliseconds: Math.round(device.offsetMs()) } : {}),
      playerActivity: device.activity(),
    },
  };
}

function request(caller: Caller, type: string, atMs: number, more: Json): Json {
  return {
    type,
    requestId: `amzn1.echo-api.request.${caller.newId()}`,
    // Amazon writes whole seconds.
    timestamp: `${new Date(atMs).toISOString().slice(0, 19)}Z`,
    locale: caller.locale,
    ...more,
  };
}

function conversational(caller: Caller, talk: Conversation, body: Json): Json {
  return {
    version: '1.0',
    session: {
      new: talk.isNew,
      sessionId: talk.sessionId,
      application: { applicationId: caller.skillId },
      attributes: talk.attributes,
      user: { userId: caller.userId },
    },
    context: context(caller),
    request: body,
  };
}

export const launchEnvelope = (caller: Caller, talk: Conversation): Json =>
  conversational(caller, talk, request(caller, 'LaunchRequest', caller.device.nowMs(), {}));

export function intentEnvelope(
  caller: Caller,
  talk: Conversation,
  name: string,
  slots: Record<string, SlotGiven> = {},
): Json {
  const filled = Object.fromEntries(
    Object.entries(slots).map(([slot, { said, value, id, type }]) => [
      slot,
      {
        name: slot,
        value: value ?? said,
        confirmationStatus: 'NONE',
        source: 'USER',
        ...(id
          ? {
              resolutions: {
                resolutionsPerAuthority: [
                  {
                    authority: `amzn1.er-authority.echo-sdk.${caller.skillId}.${type ?? slot.toUpperCase()}`,
                    status: { code: 'ER_SUCCESS_MATCH' },
                    values: [{ value: { name: said, id } }],
                  },
                ],
              },
            }
          : {}),
      },
    ]),
  );
  const intent = { name, confirmationStatus: 'NONE', slots: filled };
  return conversational(
    caller,
    talk,
    request(caller, 'IntentRequest', caller.device.nowMs(), { intent, dialogState: 'COMPLETED' }),
  );
}

export const sessionEndedEnvelope = (caller: Caller, talk: Conversation, reason: string): Json =>
  conversational(caller, talk, request(caller, 'SessionEndedRequest', caller.device.nowMs(), { reason }));

/** Of a player; it has no conversation. */
export function playerEnvelope(caller: Caller, event: PlayerEvent): Json {
  const { type, token, offsetMs, atMs } = event;
  const failure =
    type === 'AudioPlayer.PlaybackFailed'
      ? {
          error: { type: 'MEDIA_ERROR_SERVICE_UNAVAILABLE', message: 'simulated' },
          currentPlaybackState: { token, offsetInMilliseconds: offsetMs, playerActivity: caller.device.activity() },
        }
      : { offsetInMilliseconds: offsetMs };
  return { version: '1.0', context: context(caller), request: request(caller, type, atMs, { token, ...failure }) };
}

/** A button or the screen. */
export const controllerEnvelope = (caller: Caller, command: 'Play' | 'Pause' | 'Next' | 'Previous'): Json => ({
  version: '1.0',
  context: context(caller),
  request: request(caller, `PlaybackController.${command}CommandIssued`, caller.device.nowMs(), {}),
});
