import { BasicMIDI } from 'spessasynth_core';
import { describe, expect, it } from 'vitest';
import { profileForAffect } from '../starter/affect-profile.js';
import { channelOf } from '../synth/score-events.js';
import { compose } from './compose.js';
import { midiOf } from './midi.js';
import type { TextureName } from './textures.js';

const piece = (texture: TextureName) =>
  compose({ id: 'x', title: 'Größe', texture, seed: 3, minutes: 0.5, profile: profileForAffect(0.4, -0.2) });

describe.each(['piano-nocturne', 'ambient-drones-bells'] as const)('%s as a MIDI file', (texture) => {
  const score = piece(texture);
  const midi = BasicMIDI.fromArrayBuffer(midiOf(score).slice().buffer);

  it('names the piece and has a track for each instrument after the one that conducts', () => {
    expect(midi.getName('utf-8')).toBe('Größe');
    expect(midi.tracks.slice(1).map(({ name }) => name)).toEqual(score.parts.map(({ name }) => name));
  });

  it('plays every note where the score has it, at its pitch and touch', () => {
    const played = midi.getNoteTimes();
    score.parts.forEach(({ notes }, index) => {
      const found = played[channelOf(index)]!;
      expect(found.map(({ midiNote, velocity }) => [midiNote, velocity])).toEqual(
        notes.map(([, , pitch, velocity]) => [pitch, velocity]),
      );
      found.forEach(({ start }, i) => {
        expect(Math.abs(start - notes[i]![0])).toBeLessThan(0.005);
      });
    });
  });
});
