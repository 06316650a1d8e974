/**
 * The figures of `eval:music` as a picture: a bar for each factor, the product over our own measures, and the listeners' own
 * agreement.
 */

export interface RankBar {
  name: string;
  own: number;
  product: number;
  interval: readonly [number, number];
  ceiling: number;
}

const WIDTH = 640;
const LEFT = 150;
const STEP = 34;

export function rankPicture(bars: readonly RankBar[]): string {
  const height = bars.length * STEP + 92;
  const x = (rho: number) => LEFT + Math.max(0, rho) * (WIDTH - LEFT - 40);
  const at = (value: number) => value.toFixed(1);
  const words = bars
    .map(({ name, product, ceiling }) => `${name} ${product.toFixed(2)} of ${ceiling.toFixed(2)}`)
    .join(', ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Rank correlation by factor: ${words}" font-family="Atkinson Hyperlegible, Verdana, sans-serif" font-size="13" fill="#2b2119"><title>Rank correlation by factor: ${words}</title><rect width="${WIDTH}" height="${height}" fill="#f7f1e8"/>`,
    ...[0, 0.2, 0.4, 0.6, 0.8].map(
      (rho) =>
        `<path d="M${at(x(rho))} 30V${height - 48}" stroke="#cdbfae"/><text x="${at(x(rho))}" y="22" text-anchor="middle">${rho.toFixed(1)}</text>`,
    ),
    ...bars.map(({ name, own, product, interval, ceiling }, i) => {
      const y = 40 + i * STEP;
      return (
        `<text x="${LEFT - 8}" y="${y + 15}" text-anchor="end">${name}</text>` +
        `<rect x="${LEFT}" y="${y}" width="${at(x(product) - LEFT)}" height="12" fill="#9c4a12"/>` +
        `<rect x="${LEFT}" y="${y + 13}" width="${at(x(own) - LEFT)}" height="6" fill="#b5a899"/>` +
        `<path d="M${at(x(interval[0]))} ${y + 6}H${at(x(interval[1]))}" stroke="#2b2119"/>` +
        `<path d="M${at(x(ceiling))} ${y - 3}V${y + 22}" stroke="#3d5a94" stroke-width="2"/>`
      );
    }),
    `<text x="16" y="${height - 28}">brown: our order and the listeners' ratings (thin line: 95 %); blue: two halves of the listeners</text>`,
    `<text x="16" y="${height - 10}">grey: ours by what is measured in the sound alone, without the model that listens to it</text></svg>`,
  ].join('');
}
