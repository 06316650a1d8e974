/** GET /api/v1/speaker/events: what the bedside page should play and how loud, told by voice elsewhere in the house. */
import { Router } from 'express';
import type { Speaker } from '../google/smarthome/speaker.js';
import type { RunningSession } from '../house/running-session.js';
import type { HouseSpeakers } from '../speakers/house-speakers.js';
import { follow } from './followers.js';

const MOST_LISTENING = 50;
const HEARTBEAT_MS = 25_000;

export interface SpeakerRouteDeps {
  speaker: Speaker;
  running: Pick<RunningSession, 'latest' | 'onChange'>;
  /** Speakers of the house: the page is silent while they have its session. */
  house?: Pick<HouseSpeakers, 'isElsewhere' | 'onChange'>;
}

export function speakerRoutes({ speaker, running, house }: SpeakerRouteDeps): Router {
  const router = Router();
  let listening = 0;
  router.get('/api/v1/speaker/events', (_request, response) => {
    if (listening >= MOST_LISTENING) {
      response.status(503).set('retry-after', '60').end();
      return;
    }
    listening += 1;
    const follower = follow(response);
    const tell = () => {
      const latest = running.latest();
      const playing = latest && {
        id: latest.session.id,
        status: latest.position.status,
        revision: latest.session.revision,
        elsewhere: house?.isElsewhere(latest.session.id) ?? false,
      };
      follower.send('speaker', { ...speaker.state(), playing });
    };
    const ends = [speaker.onChange(tell), running.onChange(tell), ...(house ? [house.onChange(tell)] : [])];
    const heartbeat = setInterval(() => follower.stillHere(), HEARTBEAT_MS);
    follower.whenGone(() => {
      listening -= 1;
      clearInterval(heartbeat);
      for (const end of ends) end();
    });
    tell();
  });
  return router;
}
