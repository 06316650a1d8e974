import { defineConfig } from 'vitest/config';
import './deploy/setup/no-telemetry.mjs';

/**
 * What is played depends on the hour: at night a session leads to sleep. Unless TEST_HOUR says otherwise the tests live in
 * the early afternoon, whatever the time is where they run (an offset from UTC, with its sign turned round, as POSIX has it).
 */
const hour = Number(process.env.TEST_HOUR ?? 14);
const behind = ((new Date().getUTCHours() - hour + 36) % 24) - 12;
process.env.TZ = `Etc/GMT${behind < 0 ? behind : `+${behind}`}`;

export default defineConfig({
  test: {
    include: ['{engine,media-index,models,skill,audio-prompts,voice-intents,bench,test,deploy}/**/*.test.ts'],
    // Two cores: more workers only queue behind each other and behind the audio threads.
    maxWorkers: 2,
    // For a machine with other work to do: no test is about time.
    testTimeout: 180_000,
    hookTimeout: 240_000,
    setupFiles: ['./models/node20.ts', './test/repeatable.ts'],
  },
});
