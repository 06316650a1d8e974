/**
 * Session settings of ONNX Runtime for a server that does other things as well: its threads sleep between two readings.
 * By default they spin, ready for the next one, on cores that others need.
 */
export const NO_SPINNING = { session: { intra_op: { allow_spinning: '0' } } };
