/** The segments of an HLS list that lies at `address`, in order: how long each lasts and where it is. */
export function segmentsIn(list: string, address: string): { sec: number; url: string }[] {
  const lines = list.split('\n');
  return lines.flatMap((line, i) =>
    line.startsWith('#EXTINF:')
      ? [{ sec: Number.parseFloat(line.slice('#EXTINF:'.length)), url: new URL(lines[i + 1]!, address).href }]
      : [],
  );
}
