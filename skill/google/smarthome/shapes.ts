/** What Google sends to POST /smarthome, as far as it is read. Shapes: Google Home, Cloud-to-cloud intent fulfilment. */
import { z } from 'zod';

const Devices = z.array(z.looseObject({ id: z.string().min(1).max(256) })).max(200);

const Input = z.discriminatedUnion('intent', [
  z.looseObject({ intent: z.literal('action.devices.SYNC') }),
  z.looseObject({ intent: z.literal('action.devices.QUERY'), payload: z.looseObject({ devices: Devices }) }),
  z.looseObject({
    intent: z.literal('action.devices.EXECUTE'),
    payload: z.looseObject({
      commands: z
        .array(
          z.looseObject({
            devices: Devices,
            execution: z
              .array(
                z.looseObject({ command: z.string().max(200), params: z.record(z.string(), z.unknown()).optional() }),
              )
              .min(1)
              .max(20),
          }),
        )
        .max(50),
    }),
  }),
  z.looseObject({ intent: z.literal('action.devices.DISCONNECT') }),
]);

export const HomeRequest = z.looseObject({
  requestId: z.string().min(1).max(200),
  inputs: z.array(Input).length(1),
});
export type HomeRequest = z.infer<typeof HomeRequest>;
export type HomeInput = HomeRequest['inputs'][number];
