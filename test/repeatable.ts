/**
 * The same commit passes or fails, whenever and wherever it is tried. Properties draw their cases from one seed;
 * `TEST_SEED=$RANDOM npx vitest run PLACE` looks for new ones.
 */
import fc from 'fast-check';

const seed = Number(process.env.TEST_SEED ?? 20_261_129);
if (!Number.isSafeInteger(seed)) throw new Error(`TEST_SEED is a whole number, not "${process.env.TEST_SEED}".`);
fc.configureGlobal({ seed });
