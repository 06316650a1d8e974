/** Two language features that node-av relies on and Node 20 lacks; imported first by every entry point and worker. */
type Resolvers<T> = {
  promise: Promise<T>;
  resolve: (value: T | PromiseLike<T>) => void;
  reject: (reason?: unknown) => void;
};

const promiseClass = Promise as unknown as { withResolvers?: <T>() => Resolvers<T> };
promiseClass.withResolvers ??= function withResolvers<T>(): Resolvers<T> {
  let resolve!: Resolvers<T>['resolve'];
  let reject!: Resolvers<T>['reject'];
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
};

const symbols = Symbol as unknown as { dispose?: symbol; asyncDispose?: symbol };
for (const name of ['dispose', 'asyncDispose'] as const) {
  if (!symbols[name]) Object.defineProperty(Symbol, name, { value: Symbol.for(`Symbol.${name}`) });
}
