/**
 * Session settings of ONNX Runtime for a server that does other things as well.
 *
 * Its threads sleep between two readings: by default they spin, ready for the next one, on cores that others need. And sum and
 * normalisation of a layer stay two steps: fused into one, as the runtime does by itself, they take a tenth longer (for 24
 * tokens, both in one process: emotion model 7.8 ms fused and 7.1 apart, the gate's network 3.9 and 3.4, ONNX Runtime 1.30).
 */
export const ONNX_SETTINGS = {
  session: { intra_op: { allow_spinning: '0' } },
  optimization: { disable_specified_optimizers: 'SkipLayerNormFusion' },
};
