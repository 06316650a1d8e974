/** Google's doors in the HTTP surface. */
import { Router } from 'express';
import { type DialogflowDoor, dialogflowRoute } from './dialogflow/route.js';

export interface GoogleDoors {
  dialogflow: DialogflowDoor;
}

export function googleRoutes({ dialogflow }: GoogleDoors): Router {
  const router = Router();
  router.use(dialogflowRoute(dialogflow));
  return router;
}
