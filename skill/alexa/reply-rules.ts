/**
 * Amazon's rules for a reply, as far as a machine can check them: which request may be answered with what, which
 * members go together, how long things may be. Every reply in every test goes through here, and so does the simulator.
 * Sources: AudioPlayer and PlaybackController interface references, Request and Response JSON Reference (Amazon).
 */
import type { Response, ResponseEnvelope } from 'ask-sdk-model';

export interface RuleBreak {
  rule: string;
  found: string;
}

const MOST_SPEECH = 8000;
const MOST_REPLY_BYTES = 24_000;
const MOST_TOKEN = 1024;

type Loose = Record<string, unknown>;

/** Empty when the reply keeps every rule. */
export function brokenRules(requestType: string, envelope: ResponseEnvelope | null): RuleBreak[] {
  const broken: RuleBreak[] = [];
  const say = (rule: string, found: unknown) =>
    broken.push({ rule, found: JSON.stringify(found)?.slice(0, 200) ?? '' });
  if (envelope === null || typeof envelope !== 'object')
    return [{ rule: 'a reply is a JSON object', found: String(envelope) }];
  if (envelope.version !== '1.0') say('version is "1.0"', envelope.version);
  const response: Response = envelope.response ?? ({} as Response);
  if (Buffer.byteLength(JSON.stringify(envelope)) > MOST_REPLY_BYTES) say('a reply has 24 kB at most', 'larger');
  const directives = (response.directives ?? []) as unknown as Loose[];
  const speaks = Boolean(response.outputSpeech || response.reprompt || response.card);
  const audio = directives.filter((directive) => String(directive.type).startsWith('AudioPlayer.'));
  const plays = audio.filter((directive) => directive.type === 'AudioPlayer.Play');

  if (requestType === 'AudioPlayer.PlaybackStopped' || requestType === 'SessionEndedRequest') {
    if (Object.keys(response).length > 0) say('this request gets no content', response);
  } else if (requestType.startsWith('AudioPlayer.') || requestType.startsWith('PlaybackController.')) {
    if (speaks) say('no speech, card or reprompt in answer to a player', response);
    if (response.shouldEndSession === false) say('no open microphone in answer to a player', response.shouldEndSession);
    if (directives.length > audio.length) say('only AudioPlayer directives in answer to a player', directives);
    if (/Playback(Started|Finished)$/.test(requestType) && plays.length > 0)
      say('started and finished are answered by Stop or ClearQueue at most', plays);
  } else if (requestType === 'System.ExceptionEncountered' || requestType.startsWith('AlexaSkillEvent.')) {
    if (speaks || directives.length > 0) say('no speech and no directives here', response);
  }

  if (plays.length > 1) say('one Play at most', plays.length);
  for (const play of plays) checkPlay(play, say);
  if (plays.length > 0 && response.shouldEndSession === false)
    say('a reply with Play ends the session, or the music stays paused', response.shouldEndSession);
  if (response.reprompt && response.shouldEndSession !== false)
    say('a reprompt needs an open microphone', response.shouldEndSession);
  if (response.shouldEndSession === false && !response.outputSpeech)
    say('an open microphone is announced by speech', response);
  checkSpeech(response.outputSpeech as unknown as Loose | undefined, say);
  checkSpeech(response.reprompt?.outputSpeech as unknown as Loose | undefined, say);
  for (const directive of directives) checkDialog(directive, requestType, say);
  return broken;
}

type Say = (rule: string, found: unknown) => void;

function checkPlay(play: Loose, say: Say): void {
  const behaviour = play.playBehavior;
  if (!['REPLACE_ALL', 'ENQUEUE', 'REPLACE_ENQUEUED'].includes(String(behaviour)))
    say('a known playBehavior', behaviour);
  const stream = ((play.audioItem as Loose | undefined)?.stream ?? {}) as Loose;
  if (typeof stream.token !== 'string' || stream.token === '' || stream.token.length > MOST_TOKEN)
    say('a token of 1 to 1,024 characters', stream.token);
  if (typeof stream.url !== 'string' || !/^https:\/\//.test(stream.url))
    say('the stream is fetched by https', stream.url);
  if (!Number.isInteger(stream.offsetInMilliseconds) || Number(stream.offsetInMilliseconds) < 0)
    say('a whole, not negative offset', stream.offsetInMilliseconds);
  if ((behaviour === 'ENQUEUE') !== (stream.expectedPreviousToken !== undefined))
    say('expectedPreviousToken with ENQUEUE and only with it', { behaviour, expected: stream.expectedPreviousToken });
  const captions = stream.captionData as Loose | undefined;
  if (captions && (captions.type !== 'WEBVTT' || !String(captions.content).startsWith('WEBVTT')))
    say('captions are WEBVTT', captions);
}

function checkSpeech(speech: Loose | undefined, say: Say): void {
  if (!speech) return;
  const text = String(speech.type === 'SSML' ? speech.ssml : speech.text);
  if (text.length > MOST_SPEECH) say('speech has 8,000 characters at most', text.length);
  if (speech.type !== 'SSML') return;
  if (!/^<speak>[\s\S]+<\/speak>$/.test(text)) say('SSML stands in <speak>', text);
  const open: string[] = [];
  for (const [, closing, name, , selfClosing] of text.matchAll(
    /<(\/?)([a-z-]+)((?:\s+[a-z-]+="[^"<>]*")*)\s*(\/?)>/g,
  )) {
    if (!SSML_TAGS.has(name!)) say('a tag that Alexa knows', name);
    if (closing) {
      if (open.pop() !== name) say('SSML tags close in order', text);
    } else if (!selfClosing) open.push(name!);
  }
  if (open.length > 0) say('every SSML tag is closed', open);
  const bare = text.replace(/<\/?[a-z-]+(?:\s+[a-z-]+="[^"<>]*")*\s*\/?>/g, '');
  if (/[<>]/.test(bare) || /&(?!(amp|lt|gt|quot|apos);)/.test(bare)) say('<, > and & are escaped', bare);
  if (bare.trim() === '') say('speech says something', text);
}

const SSML_TAGS = new Set(['speak', 'break', 'prosody', 'say-as', 's', 'p', 'lang', 'sub', 'w', 'emphasis']);

function checkDialog(directive: Loose, requestType: string, say: Say): void {
  if (!String(directive.type).startsWith('Dialog.')) return;
  if (!['LaunchRequest', 'IntentRequest'].includes(requestType)) say('dialogue only in a conversation', directive.type);
  if (directive.type === 'Dialog.ElicitSlot' && typeof directive.slotToElicit !== 'string')
    say('ElicitSlot names its slot', directive);
}
