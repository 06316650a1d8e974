/**
 * The pages of docs/ for a browser. Each keeps the place that it has in the repository (`/docs/bedside.md`), so that every
 * link in it leads on; what lies outside docs/ stands below `/docs/repository/`. Nothing but Markdown and pictures is given.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Marked } from 'marked';
import { packageRoot } from '../../models/paths.js';

/** Where the pages of the product begin: what a person wants to do, and the page for it. */
export const INDEX = 'docs/README.md';
const OUTSIDE = '/docs/repository/';

/** The address of a file of the package: `docs/bedside.md` is `/docs/bedside.md`, `README.md` is `/docs/repository/README.md`. */
export function addressOf(file: string): string {
  if (file === INDEX) return '/docs/';
  return file.startsWith('docs/') ? `/${file}` : `${OUTSIDE}${file}`;
}

/** The file that an address below `/docs/` means, or null where it is none that we give. */
export function fileAt(address: string): string | null {
  const file = address.startsWith(OUTSIDE) ? address.slice(OUTSIDE.length) : address.slice(1);
  if (address === '/docs/') return INDEX;
  // Names that begin with a letter, one below another: no way out of the package, into hidden files or into the modules.
  if (!/^(?:[A-Za-z0-9][\w.-]*\/)*[A-Za-z0-9][\w.-]*\.(?:md|svg|png)$/.test(file)) return null;
  return file.startsWith('node_modules/') ? null : file;
}

/** The page of a Markdown file. Throws as `readFileSync` does where there is none. */
export function docsPage(file: string): string {
  const text = readFileSync(path.join(packageRoot(), file), 'utf8');
  const title = /^# (.*)$/m.exec(text)?.[1] ?? path.basename(file);
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)} · EmoHeal Bedside</title><link rel="stylesheet" href="/docs/style.css"></head>
<body><nav><a href="/docs/">All tasks</a> · <a href="/">The bedside page</a> · <a href="/docs/api.md">HTTP interface</a></nav>
<main>${markdownOf(file)(text)}</main></body></html>`;
}

/** Every decision page has a date before its name: newest first. */
export function decisionsPage(): string {
  const names = readdirSync(path.join(packageRoot(), 'docs', 'decisions')).filter((name) => name.endsWith('.md'));
  const items = names
    .sort()
    .reverse()
    .map((name) => `<li><a href="/docs/decisions/${name}">${name.replace(/\.md$/, '')}</a></li>`);
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Decisions · EmoHeal Bedside</title><link rel="stylesheet" href="/docs/style.css"></head>
<body><nav><a href="/docs/">All tasks</a></nav><main><h1>Decisions</h1><ul>${items.join('')}</ul></main></body></html>`;
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** The anchor of a heading, as GitHub makes it, so that one link works in both places. */
export const anchorOf = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');

function markdownOf(file: string): (text: string) => string {
  const folder = path.posix.dirname(file);
  /** A link of this file as an address; null where it leads to code, which is not given out here. */
  const led = (href: string): string | null => {
    if (/^[a-z]+:|^#|^\//.test(href)) return href;
    const [target = '', anchor] = href.split('#');
    const at = path.posix.normalize(path.posix.join(folder, target)).replace(/\/$/, '');
    if (at === 'docs/decisions') return '/docs/decisions/';
    const address = addressOf(at);
    return fileAt(address) ? `${address}${anchor ? `#${anchor}` : ''}` : null;
  };
  const marked = new Marked({ gfm: true });
  marked.use({
    renderer: {
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${anchorOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const to = led(href);
        const words = this.parser.parseInline(tokens);
        return to === null ? words : `<a href="${escaped(to)}">${words}</a>`;
      },
      image({ href, text }) {
        return `<img src="${escaped(led(href) ?? href)}" alt="${escaped(text)}">`;
      },
      // Only our own files come here; their pictures are written as HTML where they need a width.
      html({ text }) {
        return text.replace(/src="([^"]+)"/g, (_all, href: string) => `src="${escaped(led(href) ?? href)}"`);
      },
      // Wide ones are drawn sideways; a keyboard reaches them too.
      table(token) {
        const row = (cells: typeof token.header, tag: string) =>
          `<tr>${cells.map(({ tokens, align }) => `<${tag}${align ? ` class="${align}"` : ''}>${this.parser.parseInline(tokens)}</${tag}>`).join('')}</tr>`;
        const head = token.header.some(({ text }) => text !== '') ? `<thead>${row(token.header, 'th')}</thead>` : '';
        return `<div class="wide" tabindex="0" role="region" aria-label="table"><table>${head}<tbody>${token.rows.map((cells) => row(cells, 'td')).join('')}</tbody></table></div>`;
      },
    },
  });
  return (text) => marked.parse(text, { async: false });
}
