import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{engine,media-index,models,skill,audio-prompts,voice-intents,bench,test,deploy}/**/*.test.ts'],
    // Two cores: more workers only queue behind each other and behind the audio threads.
    maxWorkers: 2,
    // For a machine with other work to do: no test is about time.
    testTimeout: 180_000,
    hookTimeout: 240_000,
    setupFiles: ['./models/node20.ts'],
  },
});
