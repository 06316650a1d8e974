/**
 * The words of the house, as schemas and types: what a person said, how it was read, what music should do, what plays.
 * Everything that crosses a door (HTTP, file, worker message) is parsed by one of these schemas; inside, the types are trusted.
 */
import { z } from 'zod';

/** The 27 GoEmotions labels and neutral, in the order of the published label file (Demszky et al. 2020). */
export const EMOTION_LABELS = [
  'admiration',
  'amusement',
  'anger',
  'annoyance',
  'approval',
  'caring',
  'confusion',
  'curiosity',
  'desire',
  'disappointment',
  'disapproval',
  'disgust',
  'embarrassment',
  'excitement',
  'fear',
  'gratitude',
  'grief',
  'joy',
  'love',
  'nervousness',
  'optimism',
  'pride',
  'realization',
  'relief',
  'remorse',
  'sadness',
  'surprise',
  'neutral',
] as const;
export const EmotionLabel = z.enum(EMOTION_LABELS);
export type EmotionLabel = z.infer<typeof EmotionLabel>;

/** The nine factors of felt musical emotion (GEMS: Zentner, Grandjean & Scherer 2008). */
export const GEMS_FACTORS = [
  'wonder',
  'transcendence',
  'tenderness',
  'nostalgia',
  'peacefulness',
  'power',
  'joyfulActivation',
  'tension',
  'sadness',
] as const;
export const GemsFactor = z.enum(GEMS_FACTORS);
export type GemsFactor = z.infer<typeof GemsFactor>;

export const STAGES = ['match', 'guide', 'target'] as const;
export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;

/** Core affect: valence (unpleasant to pleasant) and arousal (quiet to stirred up), both in -1..1. */
export const Affect = z.object({ valence: z.number().min(-1).max(1), arousal: z.number().min(-1).max(1) });
export type Affect = z.infer<typeof Affect>;

export const Utterance = z.object({
  text: z.string(),
  /** BCP 47, of the person ("en-US"): decides the language of replies and the help numbers. */
  locale: z.string(),
  /** ISO 639-1 of the words themselves, or "und" where it cannot be told. */
  language: z.string(),
  source: z.enum(['text', 'speech']),
});
export type Utterance = z.infer<typeof Utterance>;

/** What people say at a bedside beside emotions; thin for now, deepened with the classifier. */
export const BodyState = z.enum(['tired', 'wired', 'sleepless', 'in-pain', 'restless']);
export type BodyState = z.infer<typeof BodyState>;

/** The six emotions of BRIGHTER (Muhammad et al. 2025), rated in many languages. */
export const BASIC_EMOTIONS = ['anger', 'disgust', 'fear', 'joy', 'sadness', 'surprise'] as const;
export const BasicEmotion = z.enum(BASIC_EMOTIONS);
export type BasicEmotion = z.infer<typeof BasicEmotion>;

export const EmotionReading = z.object({
  /** Labels over their own threshold, strongest first; empty when nothing was readable. */
  labels: z.array(EmotionLabel),
  /** All 28 independent probabilities, 0..1 (they do not sum to one). */
  probabilities: z.record(EmotionLabel, z.number().min(0).max(1)),
  valence: z.number().min(-1).max(1),
  arousal: z.number().min(-1).max(1),
  /** How strongly anything but neutral was read, 0..1. */
  intensity: z.number().min(0).max(1),
  bodyState: z.array(BodyState).optional(),
  /** The six basic emotions as a model with an output of its own for them reads them, 0..1. */
  basic: z.record(BasicEmotion, z.number().min(0).max(1)).optional(),
});
export type EmotionReading = z.infer<typeof EmotionReading>;

export const CrisisReading = z.object({
  level: z.enum(['none', 'concern', 'crisis']),
  /** e.g. "suicide", "self-harm", "harm-to-others", "abuse", "medical", "overdose", "child-danger"; null when none. */
  category: z.string().nullable(),
  /** Which rule spoke, in words that hold nothing of what was said. */
  reason: z.string().nullable(),
});
export type CrisisReading = z.infer<typeof CrisisReading>;

const unit = z.number().min(0).max(1);

/** What the music should be like. Scales are defined once in `musical-profile.ts`. */
export const MusicalProfile = z.object({
  affect: Affect,
  onsetRatePerSec: z.number().min(0).max(12),
  tempoBpm: z.number().min(30).max(180),
  /** -1 = minor, 0 = ambiguous or modal, +1 = major. */
  mode: z.number().min(-1).max(1),
  /** Programme loudness of the stage, LUFS (EBU R128). */
  loudnessLufs: z.number().min(-60).max(-10),
  /** 0 = dark (spectral centroid near 300 Hz) .. 1 = bright (near 4 kHz), logarithmic. */
  brightness: unit,
  /** 0 = legato .. 1 = staccato. */
  articulation: unit,
  /** 0 = one sparse line .. 1 = full texture. */
  density: unit,
  /** Centre of the sounding register as a MIDI pitch. */
  register: z.number().min(24).max(96),
  /** 0 = clusters and unresolved dissonance .. 1 = pure triads. */
  consonance: unit,
  /** 0 = no felt beat .. 1 = a clear pulse. */
  pulseClarity: unit,
  /**
   * Families of sound that fit, best first ("piano", "strings", "harp", "pad", "choir", "bells", "guitar", "mallets", "winds",
   * "brass", "nature").
   */
  instrumentation: z.array(z.string()),
});
export type MusicalProfile = z.infer<typeof MusicalProfile>;

/** How sure anyone can be: good evidence; a study or two; what is done rather than what is known. */
export const Confidence = z.enum(['fairly-sure', 'some-evidence', 'tradition']);
export type Confidence = z.infer<typeof Confidence>;

/** One reason for a feature of the plan, with how strong the evidence is and where it comes from. */
export const Reason = z.object({
  text: z.string(),
  /** 0..1: product of edge weight and evidence strength along the path. */
  strength: unit,
  sources: z.array(z.object({ id: z.string(), citation: z.string(), doi: z.string().optional(), kind: z.string() })),
  /** What the text says, as data: the path through the graph that it names, so that a surface can say it in any language. */
  path: z
    .object({
      from: z.string(),
      via: z.string().nullable(),
      to: z.string(),
      direction: z.enum(['low', 'high']),
      confidence: Confidence,
    })
    .optional(),
  /** Or the id of the principle or caution of the graph that it names. */
  principle: z.string().optional(),
  caution: z.string().optional(),
});
export type Reason = z.infer<typeof Reason>;

export const StagePlan = z.object({
  stage: Stage,
  startSec: z.number().min(0),
  endSec: z.number().positive(),
  /** The profile at the middle of the stage; `profileAt` gives it at any second. */
  profile: MusicalProfile,
  because: z.array(Reason),
});
export type StagePlan = z.infer<typeof StagePlan>;

export const Approach = z.enum(['iso', 'straight']);
export type Approach = z.infer<typeof Approach>;
export const Intention = z.enum([
  'calm-down',
  'fall-asleep',
  'let-it-out',
  'lift-up',
  'focus',
  'grieve',
  'wake-gently',
]);
export type Intention = z.infer<typeof Intention>;

/** What the summary of a plan says, as data, so that a surface can say it in the listener's language. */
export const SummaryFact = z.object({
  key: z.enum([
    'no-feeling', // nothing was readable: a calm middle way
    'pointed', // the listener pointed to where they are: the music begins there
    'begins-close', // the music begins near these feelings, as this music
    'calm-at-once', // straight to calm, as asked
    'body', // what was heard of the body, and what it changes
    'gentler', // these feelings are met less than fully, on purpose
    'compromise', // two feelings, the music lies between them
    'stronger', // two feelings, the stronger leads
    'leads', // where it goes: the intention and the music there
    'open-ended', // it plays until told otherwise
    'nearer', // there is too little time to begin where the feeling is
    'nearest-match', // the catalogue holds nothing close to a stage
    'one-piece', // composed for this session as one piece, as wished
    'taste', // what the listener liked or skipped took part
    'honest', // how sure anyone can be that this helps
  ]),
  feelings: z.array(EmotionLabel).optional(),
  bodyStates: z.array(BodyState).optional(),
  intention: z.enum(['calm-down', 'fall-asleep', 'let-it-out', 'lift-up', 'focus', 'grieve', 'wake-gently']).optional(),
  stage: Stage.optional(),
  /** Words for the music, e.g. "slow", "soft", "minor"; the words of `audio-prompts/words.ts`. */
  music: z.array(z.string()).optional(),
  confidence: Confidence.optional(),
});
export type SummaryFact = z.infer<typeof SummaryFact>;

/** short: 8 to 10 minutes; default: 20; sleep: 30 to 45 with a long target and a slow end; open: until told. */
export const SessionForm = z.enum(['short', 'default', 'sleep', 'open']);
export type SessionForm = z.infer<typeof SessionForm>;

/** Tracks of the shelf one after the other, one piece composed for this session, or a sound of nature and no music. */
export const SessionStyle = z.enum(['tracks', 'one long piece', 'quiet sound']);
export type SessionStyle = z.infer<typeof SessionStyle>;

export const SessionPlan = z.object({
  style: SessionStyle.optional(),
  approach: Approach,
  minutes: z.number(),
  intention: Intention,
  form: SessionForm.optional(),
  seed: z.number().int(),
  /** Where the listener is, and where the music leads. */
  from: MusicalProfile,
  to: MusicalProfile,
  /** Always match, guide, target, contiguous, from 0 to minutes * 60. */
  stages: z.array(StagePlan).length(3),
  /** What house rules narrow (`listeners/house-rules.ts`): no second is louder, and no piece is composed in these styles. */
  within: z
    .object({
      loudestLufs: z.number().optional(),
      withoutStyles: z.array(z.string()).optional(),
      onlyStyles: z.array(z.string()).optional(),
    })
    .optional(),
  /** How far along the way (0 = from, 1 = to) the music is at a second; smooth through the points, never falling. */
  way: z.array(z.object({ sec: z.number().min(0), share: z.number().min(0).max(1) })).optional(),
  /** Plain sentences for the listener: the honest "why this music?". */
  summary: z.array(z.string()),
  /** The same as data. */
  summaryFacts: z.array(SummaryFact).optional(),
});
export type SessionPlan = z.infer<typeof SessionPlan>;

/** Measured from the rendered sound itself, never from what a composer or tag meant. */
export const AudioAnalysis = z.object({
  /** Where nobody has measured yet, and this is what was asked for: of pieces that are composed when they are played. */
  foretold: z.literal(true).optional(),
  durationSec: z.number(),
  /** Null where no beat can be felt (drones, nature). */
  tempoBpm: z.number().nullable(),
  onsetRatePerSec: z.number(),
  pulseClarity: unit,
  mode: z.enum(['major', 'minor']),
  /** -1 minor .. +1 major: how far the better mode wins. */
  modeScore: z.number().min(-1).max(1),
  /** 0..1: how well any key fits at all. */
  keyClarity: unit,
  /** Tonic of the best key, 0 = C .. 11 = B. */
  keyTonic: z.number().int().min(0).max(11),
  /** Mean spectral centroid, Hz. */
  brightnessHz: z.number(),
  /**
   * Sensory roughness after Vassilakis: 0 for a pure tone, about 1 for a bare minor second. Absent in analyses before it was
   * measured.
   */
  roughness: z.number().min(0).optional(),
  /** Energy-weighted mean pitch as a MIDI number (estimate). */
  register: z.number(),
  integratedLufs: z.number(),
  loudnessRangeLu: z.number(),
  truePeakDbtp: z.number(),
  /** Silence at the two ends, seconds below -60 dBFS. */
  leadingSilenceSec: z.number(),
  trailingSilenceSec: z.number(),
  valence: z.number().min(-1).max(1),
  arousal: z.number().min(-1).max(1),
  gems: z.record(GemsFactor, unit),
  /** How sure the model that listens is that somebody sings, 0..1. */
  vocals: unit.optional(),
  /** Which model listened as well as our own measures, where one did. */
  heardBy: z.string().optional(),
  /** The piece in the space of the trained music model, unit length, and which model that was. */
  heardVector: z.object({ model: z.string(), values: z.array(z.number()).max(1024) }).optional(),
});
export type AudioAnalysis = z.infer<typeof AudioAnalysis>;

export const Licence = z.object({ id: z.string(), name: z.string(), url: z.string().optional() });
export type Licence = z.infer<typeof Licence>;

/** Where the sound of a track comes from. */
export const TrackOrigin = z.discriminatedUnion('kind', [
  /** A composed piece: score file relative to the package root. */
  z.object({ kind: z.literal('score'), path: z.string() }),
  /** A synthesised nature sound: which, and the seed of its random walks. */
  z.object({ kind: z.literal('nature'), sound: z.string(), seed: z.number().int() }),
  /** A file of the listener's own, absolute path. */
  z.object({ kind: z.literal('file'), path: z.string() }),
  /** A piece composed when it is played, led through points of a plan (`engine/plan/made.ts`). */
  z.object({
    kind: z.literal('morph'),
    seed: z.number().int(),
    minutes: z.number().positive().max(190),
    points: z
      .array(z.object({ atSec: z.number().min(0), profile: MusicalProfile }))
      .min(1)
      .max(24),
    /** Styles that it may not be composed in, and the only ones that it may, where house rules say so. */
    withoutStyles: z.array(z.string()).optional(),
    onlyStyles: z.array(z.string()).optional(),
  }),
  /** A track of a connected music server: which server, its own id there, the ending of its file. */
  z.object({ kind: z.literal('remote'), server: z.string(), item: z.string(), ending: z.string() }),
]);
export type TrackOrigin = z.infer<typeof TrackOrigin>;

export const Track = z.object({
  id: z.string(),
  title: z.string(),
  maker: z.string(),
  /** Texture or genre word ("nocturne", "string-adagio", "rain-on-leaves", "imported"). */
  style: z.string(),
  durationSec: z.number().positive(),
  licence: Licence,
  attribution: z.string(),
  origin: TrackOrigin,
  analysis: AudioAnalysis,
});
export type Track = z.infer<typeof Track>;

/** A track with its place in the session. Neighbours overlap by the cross-fade. */
export const ScheduledTrack = z.object({
  trackId: z.string(),
  title: z.string(),
  stage: Stage,
  /** On the session's clock: the first audible second (fade-in begins) and the last (fade-out ends). */
  startSec: z.number().min(0),
  endSec: z.number().positive(),
  fadeInSec: z.number().min(0),
  fadeOutSec: z.number().min(0),
  /** Second of the track at which it is entered (0 unless it is entered midway). */
  offsetSec: z.number().min(0),
  /** The loudness it is brought to, LUFS. */
  loudnessLufs: z.number(),
  licence: Licence,
  attribution: z.string(),
  score: z.number(),
  /** Named parts of the score, so that "why" can show them. */
  parts: z.record(z.string(), z.number()),
});
export type ScheduledTrack = z.infer<typeof ScheduledTrack>;

/** Everything that the renderer needs: the exact audio follows from it alone. */
export const Programme = z.object({
  durationSec: z.number().positive(),
  stages: z.array(z.object({ stage: Stage, startSec: z.number(), endSec: z.number(), loudnessLufs: z.number() })),
  tracks: z.array(ScheduledTrack),
  /** Tracks of it that are on no shelf: composed for this session. */
  made: z.array(Track).max(50).optional(),
  /** Length of the fade to nothing at the end, seconds. */
  endFadeSec: z.number().min(0),
  /** No second of it is louder, LUFS, where house rules say so: also held by the mix. */
  loudestLufs: z.number().optional(),
  /** A recording that is heard before the music, which comes up under its end. */
  greeting: z.object({ id: z.string(), durationSec: z.number().positive(), loudnessLufs: z.number() }).optional(),
  /** What follows the music, where the listener wished for it; without it the end is silence. */
  night: z
    .object({
      /** Where the music has faded to nothing; `durationSec` is then the end of the whole night. */
      musicEndSec: z.number().positive(),
      /** Quiet nature that comes as the music goes. */
      nature: z.object({ trackId: z.string(), untilSec: z.number().positive(), loudnessLufs: z.number() }).optional(),
      /** Music or nature that rises over minutes. */
      wake: z
        .object({
          trackId: z.string(),
          startSec: z.number().positive(),
          riseSec: z.number().positive(),
          loudnessLufs: z.number(),
        })
        .optional(),
    })
    .optional(),
  /** Ends that had begun to fade when more was asked for: the fade up to `atSec` was heard, then the music comes back. */
  takenBack: z
    .array(z.object({ fadeFromSec: z.number(), fadeSec: z.number().positive(), atSec: z.number() }))
    .optional(),
});
export type Programme = z.infer<typeof Programme>;

export const TimingsMs = z.record(z.string(), z.number());
export type TimingsMs = z.infer<typeof TimingsMs>;
