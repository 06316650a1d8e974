/** For tests: a Whisper file of whisper.cpp that is whole, in the smallest sizes, though it has learnt nothing. */
import { writeFileSync } from 'node:fs';

const WIDTH = 32;
const Q8_0 = 8;
const integers = (...values: number[]) => Buffer.from(Int32Array.from(values).buffer);

/** One layer of each kind, every tensor one block of q8_0: 50 of them. Writes the file and gives its path back. */
export function wholeGgmlFile(file: string, { words = 51_865 } = {}): string {
  const sizes = [words, 1500, WIDTH, 1, 1, 448, WIDTH, 1, 1, 80, 2007];
  const tokens = ['a', '', 'night'].flatMap((token) => [integers(token.length), Buffer.from(token)]);
  const tensors = Array.from({ length: 11 + 15 + 24 }, (_, i) => {
    const name = `tensor.${i}`;
    return [integers(2, name.length, Q8_0, WIDTH, 1), Buffer.from(name), Buffer.alloc(34)];
  });
  const head = [integers(0x67676d6c, ...sizes), integers(80, 2), Buffer.alloc(80 * 2 * 4), integers(3)];
  writeFileSync(file, Buffer.concat([...head, ...tokens, ...tensors.flat()]));
  return file;
}
