/** A score as a Standard MIDI File, for a notation program or another synthesiser. */
import { MIDIBuilder } from 'spessasynth_core';
import { channelOf, scoreEvents } from '../synth/score-events.js';
import type { Score } from './score.js';

/** Ticks a quarter note. */
const DIVISION = 480;
/** Where no beat is meant, a tick still needs a length: one quarter a second. */
const FREE_BPM = 60;
const [VOLUME, PAN, REVERB] = [7, 10, 91] as const;

/**
 * Type 1, one track an instrument, the tempo that the score names; what the hands did (rubato, rolled chords) stays in the
 * places of the notes. Not carried: the piece's low-pass, shelf and gain, which are the synthesiser's.
 */
export function midiOf(score: Score): Uint8Array {
  const bpm = score.tempoBpm ?? FREE_BPM;
  const midi = new MIDIBuilder({ timeDivision: DIVISION, initialTempo: bpm, name: score.title, format: 1 });
  const seven = (share: number) => Math.round(share * 127);
  score.parts.forEach((part, index) => {
    const [track, channel] = [index + 1, channelOf(index)];
    midi.addTrack(part.name);
    midi.programChange(0, track, channel, part.program);
    midi.controllerChange(0, track, channel, VOLUME, seven(part.volume));
    midi.controllerChange(0, track, channel, PAN, Math.round(64 + 63 * part.pan));
    midi.controllerChange(0, track, channel, REVERB, seven(part.reverb));
  });
  const trackOf = new Map(score.parts.map((_, index) => [channelOf(index), index + 1]));
  for (const event of scoreEvents(score, (DIVISION * bpm) / 60, 1)) {
    const track = trackOf.get(event.channel)!;
    if (event.kind === 'on') midi.noteOn(event.at, track, event.channel, event.pitch, event.velocity);
    else if (event.kind === 'off') midi.noteOff(event.at, track, event.channel, event.pitch);
    else midi.controllerChange(event.at, track, event.channel, event.controller as 7, event.value);
  }
  midi.flush();
  return new Uint8Array(midi.writeMIDI());
}
