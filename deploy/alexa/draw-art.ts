/**
 * Draws the icons of the skill and the pictures that devices with a screen show while the music plays: a lamp-lit
 * circle over the night, warmer at the beginning and cooler at the end, like the bedside page. The PNG files are in the
 * repository; run this again only to change them (needs Chromium):
 *
 *     node deploy/setup/build.mjs && node dist/deploy/alexa/draw-art.js
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../../models/paths.js';

const COLOURS = { match: '#e8a565', guide: '#c9868a', target: '#8795c9', icon: '#e8a565' } as const;
type Look = keyof typeof COLOURS;

interface Picture {
  file: string;
  width: number;
  height: number;
  look: Look;
  /** Rounded like an app's icon. */
  round?: boolean;
}

const PICTURES: Picture[] = [
  { file: 'icon-108.png', width: 108, height: 108, look: 'icon', round: true },
  { file: 'icon-512.png', width: 512, height: 512, look: 'icon', round: true },
  ...(['match', 'guide', 'target'] as const).flatMap((look) => [
    { file: `${look}-512.png`, width: 512, height: 512, look },
    { file: `${look}-wide.png`, width: 1280, height: 800, look },
  ]),
];

function svg({ width, height, look, round }: Picture): string {
  const colour = COLOURS[look];
  const x = width / 2;
  const y = height / 2;
  const unit = Math.min(width, height);
  const ring = (radius: number, opacity: number, stroke: number) =>
    `<circle cx="${x}" cy="${y}" r="${radius * unit}" fill="none" stroke="${colour}" stroke-opacity="${opacity}" stroke-width="${stroke * unit}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
  <defs>
    <radialGradient id="lamp" cx="50%" cy="50%" r="${round ? 62 : 55}%">
      <stop offset="0" stop-color="${colour}" stop-opacity=".55"/>
      <stop offset=".45" stop-color="${colour}" stop-opacity=".14"/>
      <stop offset="1" stop-color="${colour}" stop-opacity="0"/>
    </radialGradient>
  </defs>
  <rect width="${width}" height="${height}" rx="${round ? unit * 0.5 : 0}" fill="#0b0908"/>
  <rect width="${width}" height="${height}" rx="${round ? unit * 0.5 : 0}" fill="url(#lamp)"/>
  ${ring(0.4, 0.25, 0.006)}
  ${ring(0.3, 0.5, 0.01)}
  <mask id="crescent">
    <circle cx="${x}" cy="${y}" r="${0.17 * unit}" fill="white"/>
    <circle cx="${x + 0.07 * unit}" cy="${y - 0.05 * unit}" r="${0.145 * unit}" fill="black"/>
  </mask>
  <circle cx="${x}" cy="${y}" r="${0.17 * unit}" fill="${colour}" mask="url(#crescent)"/>
</svg>`;
}

async function draw(): Promise<void> {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    for (const picture of PICTURES) {
      const { width, height } = picture;
      const page = await browser.newPage({ viewport: { width, height } });
      await page.setContent(
        `<style>html,body{margin:0;background:transparent}svg{display:block}</style>${svg(picture)}`,
      );
      const png = await page.screenshot({ omitBackground: true, type: 'png' });
      await writeFile(path.join(packageRoot(), 'deploy', 'alexa', 'art', picture.file), png);
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

if (process.argv[1]?.endsWith('draw-art.js')) await draw();
