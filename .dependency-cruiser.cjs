/** The import rules of ARCHITECTURE.md, checked by `npm run check` and in CI. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: `^${from}/` },
  to: {
    path: '^(engine|media-index|models|skill|voice-intents|audio-prompts|bench|test)/',
    pathNot: allowed.map((a) => `^${a}/`),
  },
});
module.exports = {
  forbidden: [
    only('engine-stands-alone', 'engine', ['engine', 'models']),
    only('media-index-knows-engine-and-models', 'media-index', ['media-index', 'engine', 'models']),
    only('models-import-libraries-only', 'models', ['models']),
    only('voice-intents-import-libraries-only', 'voice-intents', ['voice-intents']),
    only('audio-prompts-import-libraries-only', 'audio-prompts', ['audio-prompts']),
    only('skill-is-the-composition-root', 'skill', [
      'skill',
      'engine',
      'media-index',
      'models',
      'voice-intents',
      'audio-prompts',
    ]),
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    {
      name: 'no-vague-folders',
      severity: 'error',
      from: {},
      to: { path: '/(utils?|helpers?|common|misc)(/|\\.ts$)', pathNot: 'node_modules' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
  },
};
