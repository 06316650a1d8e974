/**
 * ONNX Runtime as its makers publish it (1.29 and newer, on every system) tells them of the machine, of each model and of
 * how often it ran, under a number that it keeps in the user's folder. It leaves all of that where this is set before it is
 * loaded; so this comes first wherever a process of ours begins. Child processes inherit it.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';
