/** Google's doors in the HTTP surface. */
import { Router } from 'express';
import { type SpeakerRouteDeps, speakerRoutes } from '../http/speaker.js';
import { type DialogflowDoor, dialogflowRoute } from './dialogflow/route.js';
import { type HomeDoor, homeRoutes } from './smarthome/route.js';

export interface GoogleDoors {
  dialogflow: DialogflowDoor;
  /** Only where a client of Google's is set up. */
  home?: HomeDoor;
  speaker: SpeakerRouteDeps;
}

export function googleRoutes({ dialogflow, home, speaker }: GoogleDoors): Router {
  const router = Router();
  router.use(dialogflowRoute(dialogflow));
  if (home) router.use(homeRoutes(home));
  router.use(speakerRoutes(speaker));
  return router;
}
