/** What the house may know of a session: whether one is on, its stage, how long it lasts, where its sound is. No feeling. */
import type { Position, Session } from '../../engine/session.js';
import { type AddressDeps, streamAddress } from '../http/session-answer.js';

export interface HouseState {
  session: 'idle' | 'playing' | 'paused';
  stage: 'none' | 'match' | 'guide' | 'target';
  minutes_left: number;
  /** Second of the session when this was written. */
  position_sec: number;
  /** Changes with every new session and every change of its music: a player must then be given the new address. */
  music: string;
  /** MP3, then HLS; empty where nothing is on. */
  media_url: string;
  media_content_type: string;
  hls_url: string;
}

const IDLE: HouseState = {
  session: 'idle',
  stage: 'none',
  minutes_left: 0,
  position_sec: 0,
  music: '',
  media_url: '',
  media_content_type: 'audio/mpeg',
  hls_url: '',
};

export function houseState(deps: AddressDeps, on: { session: Session; position: Position } | null): HouseState {
  if (!on || on.position.status === 'ended') return IDLE;
  const { session, position } = on;
  return {
    session: position.status as 'playing' | 'paused',
    stage: position.stage,
    minutes_left: Math.ceil(position.leftSec / 60),
    position_sec: Math.floor(position.atSec),
    music: `${session.id}-${session.revision}`,
    media_url: streamAddress(deps, session, 'session.mp3'),
    media_content_type: 'audio/mpeg',
    hls_url: streamAddress(deps, session, 'master.m3u8'),
  };
}

/** Milliseconds until the state looks different by itself; null where only an event can change it. */
export function nextChangeMs(on: { position: Position } | null): number | null {
  if (on?.position.status !== 'playing') return null;
  const { stageLeftSec, leftSec } = on.position;
  const minute = leftSec % 60 || 60;
  return Math.max(250, Math.ceil(Math.min(stageLeftSec || leftSec, minute, leftSec) * 1000) + 50);
}
