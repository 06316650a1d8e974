/** The part of jStat that is used; the package has no types of its own. */
declare module 'jstat' {
  const jstat: {
    jStat: {
      studentt: { cdf(x: number, df: number): number; inv(p: number, df: number): number };
      normal: { cdf(x: number, mean: number, sd: number): number };
    };
  };
  export default jstat;
}
