/** Throws: a hole in a sentence is a fault of ours, which the first test that says it finds. */
function lacks(name: string): never {
  throw new TypeError(`A sentence lacks its field "${name}".`);
}

/** A sentence with its fields put in: "noch {time}" → "noch 3 Minuten". `missing` stands in for a field that is not given. */
export const filled = (
  sentence: string,
  fields: Readonly<Record<string, string | number | undefined>>,
  missing: (name: string) => string = lacks,
): string => sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(fields[name] ?? missing(name)));
