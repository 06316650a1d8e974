/** One device and one dialogue with the skill, on the clock of the fixture. */
import type { Directive, Response } from 'ask-sdk-model';
import {
  type Caller,
  type Conversation,
  controllerEnvelope,
  intentEnvelope,
  launchEnvelope,
  playerEnvelope,
  type SlotGiven,
} from './simulator/envelopes.js';
import { type FixtureOptions, type SkillFixture, skillFixture } from './skill.fixture.js';

export async function evening(options: FixtureOptions = {}, changes: Partial<Caller> = {}) {
  const fixture = await skillFixture(options);
  return { fixture, ...bedroom(fixture, changes) };
}

export function bedroom(fixture: SkillFixture, changes: Partial<Caller> = {}) {
  const caller = fixture.callerOn('dot', changes);
  let talk: Conversation = { sessionId: 'talk', isNew: true, attributes: {} };
  async function send(envelope: Record<string, unknown>): Promise<Response> {
    const reply = await fixture.ask(envelope);
    talk = { sessionId: 'talk', isNew: false, attributes: reply.sessionAttributes ?? {} };
    for (const event of caller.device.receive(reply.response.directives as Directive[]))
      await fixture.ask(playerEnvelope(caller, event));
    return reply.response;
  }
  return {
    caller,
    open: () => send(launchEnvelope(caller, { ...talk, isNew: true, attributes: {} })),
    say: (intent: string, slots: Record<string, SlotGiven> = {}) => send(intentEnvelope(caller, talk, intent, slots)),
    press: (button: 'Play' | 'Pause' | 'Next' | 'Previous') => send(controllerEnvelope(caller, button)),
    async listen(sec: number) {
      const untilMs = caller.device.nowMs() + sec * 1000;
      while (caller.device.nowMs() < untilMs) {
        const events = caller.device.advance(untilMs - caller.device.nowMs());
        fixture.clock.nowMs = caller.device.nowMs();
        for (const event of events) {
          const { response } = await fixture.ask(playerEnvelope(caller, event));
          for (const more of caller.device.receive(response.directives as Directive[]))
            await fixture.ask(playerEnvelope(caller, more));
        }
      }
    },
  };
}

export const words = (response: Response): string =>
  response.outputSpeech && 'ssml' in response.outputSpeech ? response.outputSpeech.ssml.replace(/<[^>]+>/g, '') : '';
export const playOf = (response: Response) =>
  (response.directives ?? []).find((each) => each.type === 'AudioPlayer.Play') as
    | {
        playBehavior: string;
        audioItem: {
          stream: { token: string; url: string; offsetInMilliseconds: number; captionData: { content: string } };
        };
      }
    | undefined;
export const sad = { feeling: { said: 'so sad tonight' } };
