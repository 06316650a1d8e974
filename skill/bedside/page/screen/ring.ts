/** The thin ring behind the light: three arcs of 25, 50 and 25 hundredths, filled as time passes. */
import type { SessionAnswer } from '../shapes';

const SHARES = [
  ['match', 0.25],
  ['guide', 0.5],
  ['target', 0.25],
] as const;
const GAP = 0.01;
const RADIUS = 144;
const MIDDLE = 150;

export function drawRing(): void {
  let from = 0;
  for (const [stage, share] of SHARES) {
    const path = `M${point(from + GAP)}A${RADIUS} ${RADIUS} 0 ${share > 0.5 ? 1 : 0} 1 ${point(from + share - GAP)}`;
    for (const arc of document.querySelectorAll(`#ring .${stage}`)) arc.setAttribute('d', path);
    from += share;
  }
}

export function fillRing(stages: SessionAnswer['stages'], atSec: number): void {
  for (const { stage, startSec, endSec } of stages) {
    const share = Math.min(1, Math.max(0, (atSec - startSec) / (endSec - startSec)));
    // Half a hundredth is a step that no eye sees; nothing is painted between.
    const length = `${Math.round(share * 200) / 2} 100`;
    const arc = document.querySelector<SVGPathElement>(`.done.${stage}`);
    if (!arc || arc.dataset.length === length) continue;
    arc.dataset.length = length;
    arc.style.strokeDasharray = length;
    // A round end of no length would be a dot.
    arc.style.opacity = share > 0 ? '1' : '0';
  }
}

function point(share: number): string {
  const angle = share * 2 * Math.PI;
  return `${(MIDDLE + RADIUS * Math.cos(angle)).toFixed(2)} ${(MIDDLE + RADIUS * Math.sin(angle)).toFixed(2)}`;
}
