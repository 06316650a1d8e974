/**
 * Lets messages and other work through: runs of the native code, and long loops of ours, come back without a turn of the event
 * loop.
 */
export const giveWay = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
