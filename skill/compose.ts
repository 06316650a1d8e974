/**
 * The composition root: every part is made here, once, when it is first asked for, and handed to whoever needs it.
 * `feel` never waits for Whisper, `classify` never loads a SoundFont; the code of what makes, keeps and sends sound is loaded
 * with the part as well, since a command that plans would wait longer for it than for its plan.
 */
import { randomInt, randomUUID } from 'node:crypto';
import path from 'node:path';
import { explainedIn } from '../audio-prompts/explanations.js';
import { sayPrompt } from '../audio-prompts/prompts.js';
import { createSessionService } from '../engine/create-session-service.js';
import { createCrisisGate } from '../engine/crisis/gate.js';
import { loadClassifier } from '../engine/emotion/classifier.js';
import { detectLanguage } from '../engine/emotion/language.js';
import { type KnowledgeGraph, loadKnowledge } from '../engine/knowledge/graph.js';
import { infer } from '../engine/knowledge/infer.js';
import { createMemoryTastes, createTastes } from '../engine/listeners/taste.js';
import type { SessionService, SessionServiceDeps } from '../engine/session-service.js';
import { createMemoryStore, type Store } from '../engine/stores.js';
import { ownSpeechModel, usualSpeechModel } from '../engine/transcription/speech-model.js';
import { withoutSpeech } from '../engine/transcription/without-speech.js';
import { createAudioPool } from '../media-index/audio/audio-pool.js';
import { createAttributeEncoder } from '../media-index/encoders/attribute-encoder.js';
import { createBlendedEncoder } from '../media-index/encoders/blended-encoder.js';
import { besideAttributes } from '../media-index/encoders/clamp3/beside-attributes.js';
import { type HearOptions, hearTracks } from '../media-index/encoders/clamp3/hear-tracks.js';
import { openClamp3Home } from '../media-index/encoders/clamp3/home.js';
import { openKeptIndex } from '../media-index/index/kept-index.js';
import { earsFolder } from '../media-index/listening/ears.js';
import { openMiniWords } from '../media-index/mini/mini.js';
import { createMusicSearch } from '../media-index/search.js';
import { starterTracks } from '../media-index/starter/starter.js';
import type { StreamsWatch } from '../media-index/stream/watch.js';
import { createSynthPool } from '../media-index/synth/pool.js';
import { packageRoot } from '../models/paths.js';
import type { Config } from './config.js';
import { hourIn } from './routines/hour-in.js';
import { TASTES } from './store/kinds.js';

const DAY_MS = 24 * 3600 * 1000;

export interface ComposeOptions {
  /** The clock of sessions: the store's, which all who share it go by; a simulator runs a faster one. */
  nowMs?: () => number;
  /** Where sessions are kept, and what listeners like; in memory when not given. Closed by whoever opened it. */
  store?: () => Promise<Store>;
  /** The way that a study gave a listener, and what helped a listener before; nobody's where not given. */
  allocated?: SessionServiceDeps['allocated'];
  helped?: SessionServiceDeps['helped'];
  /** Where plans take their chance from; the same seed gives the same session. */
  newSeed?: () => number;
  /** Laid around the session service: who must know of every session, whatever surface begins it. */
  around?: (service: SessionService) => SessionService;
  /** What the house settled for a listener; nothing where not given. */
  rules?: SessionServiceDeps['rules'];
  askedForHelp?: SessionServiceDeps['askedForHelp'];
  onWarning?: (message: string) => void;
  /** Counts what the streams do. */
  watchStreams?: StreamsWatch;
}

export type App = ReturnType<typeof composeApp>;

export function composeApp(config: Config, options: ComposeOptions = {}) {
  const { dataDir, secretKey } = config;
  const onWarning = options.onWarning ?? ((message: string) => process.stderr.write(`${message}\n`));
  const nowMs = options.nowMs ?? Date.now;
  const isSmall = config.profile === 'small';
  const threads = isSmall ? 1 : 2;
  const closing: (() => Promise<unknown>)[] = [];
  let closed = false;

  /** One making for all who ask; a failed one is forgotten, so that it can be tried again. */
  function once<T>(make: () => Promise<T>, close?: (made: T) => Promise<unknown>): () => Promise<T> {
    let made: Promise<T> | undefined;
    return () => {
      made ??= make().then(
        (part) => {
          if (close) closing.push(() => close(part));
          // Asked for before the end and made after it: it may not hold the process.
          if (closed) void close?.(part).catch(() => {});
          return part;
        },
        (error) => {
          made = undefined;
          throw error;
        },
      );
      return made;
    };
  }

  let graph: KnowledgeGraph | undefined;
  const readKnowledge = () => loadKnowledge(config.knowledgeDir && path.resolve(config.knowledgeDir));
  const knowledge = () => {
    graph ??= readKnowledge();
    return graph;
  };
  const classifier = once(
    () => loadClassifier(config.emotionModel ?? path.join(packageRoot(), 'models', 'emotion')),
    (part) => part.close(),
  );
  const gate = createCrisisGate(classifier, options.onWarning);
  const speechModel = config.whisperModel ? ownSpeechModel(config.whisperModel) : usualSpeechModel(dataDir);
  const transcriber = once(
    async () => {
      if (isSmall) return withoutSpeech();
      const { createWhisperTranscriber } = await import('../engine/transcription/whisper.js');
      return createWhisperTranscriber({ dataDir, model: speechModel });
    },
    (part) => part.close(),
  );
  const synthesiser = once(
    async () => {
      const { createKokoroSynthesiser } = await import('../engine/voice/kokoro.js');
      return createKokoroSynthesiser({ dataDir });
    },
    (part) => part.close(),
  );
  const audio = once(
    async () => createAudioPool({ workers: threads, ...(isSmall ? {} : { ears: earsFolder(config.dataDir) }) }),
    (part) => part.close(),
  );
  const synth = once(
    async () => createSynthPool({ workers: threads }),
    (part) => part.close(),
  );
  const analyser = audio;
  const library = once(async () => {
    const { openLibrary } = await import('../media-index/library/library.js');
    return openLibrary({ dataDir, secretKey, starter: starterTracks(), analyser: lazyAnalyser() });
  });
  /** Reading the shelf needs no audio thread; only an import does. */
  function lazyAnalyser() {
    return { analyseFile: async (file: string, signal?: AbortSignal) => (await audio()).analyseFile(file, signal) };
  }
  const profileOf = async (text: string) => {
    const [reading] = await (await classifier()).classify([text]);
    return reading?.labels.some((label) => label !== 'neutral') ? infer(knowledge(), reading).profile : null;
  };
  const clamp3 = once(
    async () => {
      if (config.musicModel === 'mini') return null;
      return openClamp3Home(dataDir, onWarning, { folder: config.musicModel });
    },
    async (home) => home?.encoder.release(),
  );
  const encoder = once(async () => {
    const attributes = createAttributeEncoder({ profileOf });
    const home = await clamp3();
    if (home) return besideAttributes(attributes, home.encoder);
    const mini = await openMiniWords();
    if (!mini) return attributes;
    const trunkOf = async (text: string) => {
      const reader = await classifier();
      return reader.info().sha256.startsWith(mini.trunk) ? ((await reader.vectors?.([text]))?.[0] ?? null) : null;
    };
    return createBlendedEncoder({ attributes, mini, trunkOf });
  });
  const kept = once(
    async () => openKeptIndex((await encoder()).model, { dataDir, vectorUrl: config.vectorUrl, onWarning }),
    (part) => part.close(),
  );
  const search = once(async () => {
    const [shelf, joint, home, { index, keep }] = await Promise.all([library(), encoder(), clamp3(), kept()]);
    const tracks = () => (home ? home.heard.over(shelf.tracks()) : shelf.tracks());
    return createMusicSearch({ tracks, encoder: joint, index, keep, profileOf });
  });
  const source = once(async () => {
    const [{ createTrackSource }, { loadScore }] = await Promise.all([
      import('../media-index/synth/track-source.js'),
      import('../media-index/synth/score-file.js'),
    ]);
    const [pool, { decodeFile }] = [await synth(), await audio()];
    return createTrackSource({ dataDir, secretKey, pool, decodeFile, loadScore, onWarning });
  });
  /** Null where CLaMP3 is not used. */
  const hearShelf = async (options: HearOptions) => {
    const home = await clamp3();
    if (!home) return null;
    const [shelf, sound] = await Promise.all([library(), source()]);
    return hearTracks(shelf.tracks(), { ...home, open: (track, signal) => sound.open(track, 0, signal) }, options);
  };
  const mixing = async () => {
    const [found, made, sound] = await Promise.all([search(), source(), audio()]);
    const { openGreetings } = await import('../media-index/stream/greeting.js');
    const greeting = openGreetings({ dataDir, decodeFile: sound.decodeFile });
    return { tracks: (id: string) => found.track(id), source: made, audio: sound, greeting, onTrouble: onWarning };
  };
  const mixer = once(
    async () => {
      const found = await search();
      const { createMixer } = await import('../media-index/stream/mixer.js');
      return createMixer({ dataDir, secretKey, tracks: (id) => found.track(id), threads, onWarning });
    },
    (part) => part.close(),
  );
  const sounds = once(
    async () => {
      const { createS3Sounds, readPlace } = await import('../media-index/stream/s3-sounds.js');
      return createS3Sounds(readPlace(config.soundsUrl ?? ''), onWarning);
    },
    (part) => part.close(),
  );
  const streams = once(
    async () => {
      const { createSessionStreams } = await import('../media-index/stream/session-streams.js');
      return createSessionStreams({
        encode: (await mixer()).encode,
        dataDir,
        onWarning,
        ...(options.watchStreams ? { watch: options.watchStreams } : {}),
        ...(config.soundsUrl ? { shared: await sounds() } : {}),
      });
    },
    (part) => part.close(),
  );
  const renderer = once(async () => {
    const { createSessionRenderer } = await import('../media-index/stream/render-file.js');
    return createSessionRenderer(await mixing());
  });
  const store = once(async () => (options.store ? (await options.store()).sessions() : createMemoryStore()));
  const tastes = once(async () =>
    options.store ? createTastes(await (await options.store()).records(TASTES), nowMs) : createMemoryTastes(),
  );
  const bareService = once(async () =>
    createSessionService({
      gate,
      classifier,
      transcriber,
      search,
      knowledge,
      store,
      tastes,
      detectLanguage,
      explain: explainedIn,
      say: (key, locale, fields) => sayPrompt(key, locale, fields, Math.floor(nowMs() / DAY_MS)),
      nowMs,
      nowHour: (zone) => hourIn(zone, nowMs()),
      ...(options.allocated ? { allocated: options.allocated } : {}),
      ...(options.helped ? { helped: options.helped } : {}),
      ...(options.rules ? { rules: options.rules } : {}),
      ...(options.askedForHelp ? { askedForHelp: options.askedForHelp } : {}),
      newId: randomUUID,
      newSeed: options.newSeed ?? (() => randomInt(1, 2 ** 31)),
    }),
  );
  const service = once(async () => (options.around ?? ((each) => each))(await bareService()));

  return {
    config,
    nowMs,
    knowledge,
    /** Takes up what somebody changed in the knowledge graph. Throws, and keeps what there is, where it cannot be read. */
    reloadKnowledge: () => {
      graph = readKnowledge();
    },
    classifier,
    gate,
    transcriber,
    synthesiser,
    audio,
    analyser,
    synth,
    library,
    clamp3,
    speechModel,
    hearShelf,
    encoder,
    kept,
    search,
    mixer,
    sounds,
    streams,
    renderer,
    store,
    tastes,
    service,
    async close(): Promise<void> {
      closed = true;
      for (const close of closing.reverse()) await close().catch(() => {});
    },
  };
}
