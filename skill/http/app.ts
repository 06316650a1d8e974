/** The HTTP surface as an Express app, made of its parts; tests call it without a socket of their own. */
import { randomUUID } from 'node:crypto';
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import type { KnowledgeGraph } from '../../engine/knowledge/graph.js';
import type { TasteStore } from '../../engine/listeners/taste.js';
import type { MusicSearch, PartState, SessionStreams } from '../../engine/ports.js';
import type { SessionService } from '../../engine/session-service.js';
import type { AudioPool } from '../../media-index/audio/audio-pool.js';
import type { Cover } from '../../media-index/library/cover.js';
import { type PairingDeps, pairingRoute } from '../alexa/pairing-route.js';
import { type AlexaDoor, alexaRoute } from '../alexa/route.js';
import { type HandsFreeRouteDeps, handsFreeRoutes } from '../bedside/hands-free/routes.js';
import { bedsideRoutes } from '../bedside/routes.js';
import { houseNamesOnly, noForeignPage, ownNetworkOnly } from '../care/own-network.js';
import { type CareRouteDeps, careRoutes } from '../care/routes.js';
import { docsRoutes } from '../docs/routes.js';
import { type GoogleDoors, googleRoutes } from '../google/routes.js';
import { graphRoutes } from '../graph-page/routes.js';
import { faultFields } from '../operations/faults.js';
import { logRequests } from '../operations/log.js';
import { createMetrics, type Metrics } from '../operations/metrics.js';
import { traceRequests } from '../operations/tracing.js';
import type { OwnDataDeps } from '../privacy/own-data.js';
import type { SigningKey } from './address-keys.js';
import { type CheckInRouteDeps, checkInRoutes } from './checkins.js';
import { coverRoutes } from './covers.js';
import { houseRulesRoutes, type RulesRouteDeps } from './house-rules.js';
import { legalRoutes } from './legal.js';
import { operatorRoutes } from './operators.js';
import { ownDataRoutes } from './own-data.js';
import { problemHandler, reasonForLog, sendProblem } from './problems.js';
import { type RoutineRouteDeps, routineRoutes } from './routines.js';
import { sessionRoutes } from './sessions.js';
import { soundPictureRoutes } from './sound-picture.js';
import { type SpeakersRouteDeps, speakersRoutes } from './speakers.js';
import { streamRoutes } from './streams.js';
import { tasteRoutes } from './taste.js';
import { utteranceRoutes } from './utterances.js';

export interface HttpDeps {
  service: () => Promise<SessionService>;
  streams: () => Promise<SessionStreams>;
  search: () => Promise<MusicSearch>;
  audio: () => Promise<Pick<AudioPool, 'decodeSpeech' | 'timeline'>>;
  knowledge: () => KnowledgeGraph;
  /** What listeners like, where they agreed to have it kept. */
  tastes: () => Promise<TasteStore>;
  /** The picture of a track of the listener's own. */
  coverOf?: (trackId: string) => Promise<Cover | null>;
  /** State of each part, by name, for /readyz. */
  parts: () => Promise<Record<string, PartState>>;
  /** Several servers answer: the same `Idempotency-Key` must give the same session on each. */
  sharedIds?: boolean;
  /** True while the server is being stopped: it answers what comes, and wants nothing new sent to it. */
  ending?: () => boolean;
  /** Signs stream addresses. */
  signingKey: SigningKey;
  publicUrl: string | undefined;
  /** Addresses and networks whose X-Forwarded-For is believed, beside those of this machine. */
  trustedProxies?: readonly string[];
  nowMs: () => number;
  newId: () => string;
  metrics: Metrics;
}

export type AppDeps = Omit<HttpDeps, 'metrics' | 'newId'> & {
  log: Logger;
  /** Own ones, read by nobody else, where not given. */
  metrics?: Metrics;
  care?: RoutineRouteDeps & CheckInRouteDeps & RulesRouteDeps & OwnDataDeps;
  /** The console of caregivers, and the listener's own side of it. */
  console?: Omit<CareRouteDeps, 'nowMs' | 'publicUrl' | 'service' | 'search'>;
  /** Listening and speaking at the bedside. */
  handsFree?: HandsFreeRouteDeps;
  alexa?: AlexaDoor & Pick<PairingDeps, 'state' | 'caregivers'>;
  google?: GoogleDoors;
  /** Speakers of the house. */
  speakers?: SpeakersRouteDeps['speakers'];
};

const LISTENERS_OWN = [
  '/api/v1/check-ins',
  '/api/v1/house-rules',
  '/api/v1/routines',
  '/api/v1/speaker',
  '/api/v1/taste',
];

/** Headers that keep foreign scripts, frames and guesses out. */
const guarded = (...scripts: string[]) =>
  helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", ...scripts],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'self'"],
        upgradeInsecureRequests: null,
      },
    },
    // The page is used over plain HTTP inside the house; promising HTTPS would lock people out.
    strictTransportSecurity: false,
  });

export function createApp(deps: AppDeps): Express {
  const http: HttpDeps = { ...deps, metrics: deps.metrics ?? createMetrics(), newId: randomUUID };
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', ['loopback', ...(deps.trustedProxies ?? [])]);
  const [plain, hearing] = [guarded(), guarded("'wasm-unsafe-eval'")];
  // On the bedside page WebAssembly hears whether somebody speaks; no script may be made of text for it.
  app.use((request, response, next) => (request.path === '/' ? hearing : plain)(request, response, next));
  app.use(traceRequests(), logRequests(deps.log));
  app.use(http.metrics.middleware);
  // What belongs to a listener is for who is in the house: once there is a door to the outside, strangers come by it. Before
  // every route, whichever of the rooms below has it.
  app.use(LISTENERS_OWN, deps.publicUrl ? ownNetworkOnly(deps.publicUrl) : houseNamesOnly);
  app.use('/api/v1', noForeignPage(deps.publicUrl));
  if (deps.alexa) app.use(alexaRoute(deps.alexa), pairingRoute({ ...deps.alexa, ...http }));
  if (deps.google) app.use(googleRoutes(deps.google));
  app.use(bedsideRoutes());
  if (deps.handsFree) app.use(handsFreeRoutes(deps.handsFree));
  app.use(legalRoutes());
  app.use(docsRoutes());
  app.use(utteranceRoutes(http));
  app.use(sessionRoutes(http));
  app.use(graphRoutes(http));
  app.use(soundPictureRoutes(http));
  app.use(tasteRoutes(http));
  if (deps.console) app.use(careRoutes({ ...http, ...deps.console }));
  // It tells who cares for a listener, and erasing ends it: never for a stranger.
  app.use('/api/v1/listeners', ownNetworkOnly(deps.publicUrl));
  if (deps.care)
    app.use(routineRoutes(deps.care), houseRulesRoutes(deps.care), checkInRoutes(deps.care), ownDataRoutes(deps.care));
  // They sound in somebody's bedroom: never for a stranger.
  app.use('/api/v1/speakers', ownNetworkOnly(deps.publicUrl));
  if (deps.speakers) app.use(speakersRoutes({ speakers: deps.speakers }));
  app.use(coverRoutes(http));
  app.use(streamRoutes(http));
  app.use(operatorRoutes(http));
  app.use((_request, response) => sendProblem(response, 404, 'Not found', 'There is nothing at this address.'));
  app.use(
    problemHandler((error) =>
      deps.log.error(
        { ...faultFields(error), name: (error as Error)?.name, reason: reasonForLog(error) },
        'a request failed',
      ),
    ),
  );
  return app;
}
