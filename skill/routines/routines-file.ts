/** Routines in `state/routines.json`; nothing of what anybody said. */
import { z } from 'zod';
import { Routine } from '../../engine/routines/routine.js';
import type { RoutineBook } from '../../engine/routines/runner.js';
import { openRecordsFile } from './records-file.js';

export const openRoutinesFile = ({ dataDir }: { dataDir: string }): Promise<RoutineBook> =>
  openRecordsFile({
    dataDir,
    name: 'routines',
    schema: z.array(Routine),
    version: 1,
    afterMovingAway: 'routines are then to be made anew.',
  });
