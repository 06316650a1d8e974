/** A sentence with its fields put in: "noch {time}" → "noch 3 Minuten". A field that is not given is left out. */
export const filled = (sentence: string, fields: Record<string, string | number>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(fields[name] ?? ''));
