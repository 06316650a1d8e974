/** Hour 0..23 that clocks in an IANA zone show at a moment; the server's own zone where none is named. */
export function hourIn(zone: string | undefined, atMs: number): number {
  if (!zone) return new Date(atMs).getHours();
  const shown = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: zone }).format(atMs);
  return Number(shown);
}
