/** The path on the plane of feeling: from felt to calm as planned, and where the chosen tracks measure. Labelled directly, readable in grey. */
import { profileAt } from '../../engine/plan/planner.js';
import type { SessionPlan, Stage } from '../../engine/vocabulary.js';

const SIZE = 400;
const HUE: Record<Stage, string> = { match: '#e8a565', guide: '#c9868a', target: '#8795c9' };
const x = (valence: number) => (SIZE * (1 + valence)) / 2;
const y = (arousal: number) => (SIZE * (1 - arousal)) / 2;
const escaped = (text: string) => text.replace(/[<>&"]/g, (c) => `&#${c.charCodeAt(0)};`);

export interface PictureTrack {
  title: string;
  stage: Stage;
  measured: { valence: number; arousal: number } | null;
}

export function pathPicture(plan: SessionPlan, tracks: readonly PictureTrack[]): string {
  const totalSec = plan.stages[2]!.endSec;
  const planned = Array.from({ length: 61 }, (_, i) => profileAt(plan, (i / 60) * totalSec * 0.9999).affect);
  const line = planned
    .map(({ valence, arousal }, i) => `${i === 0 ? 'M' : 'L'}${x(valence).toFixed(1)} ${y(arousal).toFixed(1)}`)
    .join('');
  const dots = tracks
    .map(({ title, stage, measured }, i) =>
      measured
        ? `<g><circle cx="${x(measured.valence).toFixed(1)}" cy="${y(measured.arousal).toFixed(1)}" r="7" fill="${HUE[stage]}" stroke="#0b0908"/><text x="${x(measured.valence).toFixed(1)}" y="${(y(measured.arousal) + 4).toFixed(1)}" font-size="10" text-anchor="middle" fill="#0b0908">${i + 1}</text><title>${i + 1}. ${escaped(title)} (${stage})</title></g>`
        : '',
    )
    .join('');
  const start = planned[0]!;
  const end = planned[planned.length - 1]!;
  const words = `Planned path from valence ${start.valence.toFixed(2)}, arousal ${start.arousal.toFixed(2)} to valence ${end.valence.toFixed(2)}, arousal ${end.arousal.toFixed(2)}; ${tracks.length} tracks.`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-30 -24 460 448" role="img" aria-label="${words}" font-family="Atkinson Hyperlegible, Verdana, sans-serif" font-size="13" fill="#f3e9dc"><title>${words}</title><rect x="-30" y="-24" width="460" height="448" fill="#0b0908"/><path d="M0 ${SIZE / 2}H${SIZE}M${SIZE / 2} 0V${SIZE}" stroke="#4a3f36"/><text x="0" y="${SIZE / 2 - 6}">unpleasant</text><text x="${SIZE}" y="${SIZE / 2 - 6}" text-anchor="end">pleasant</text><text x="${SIZE / 2 + 6}" y="10">stirred up</text><text x="${SIZE / 2 + 6}" y="${SIZE - 2}">quiet</text><path d="${line}" fill="none" stroke="#f3e9dc" stroke-width="2" stroke-dasharray="2 5" stroke-linecap="round"/><text x="${x(start.valence) + 10}" y="${y(start.arousal) - 8}">from here</text><text x="${x(end.valence) + 10}" y="${y(end.arousal) + 18}">to rest</text>${dots}</svg>`;
}
