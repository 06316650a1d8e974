/**
 * The console: signs in, shows the listeners and one of them, and lets go of everything as soon as it may not be shown any
 * more: an open page asks every few seconds, and whoever left it open sees nothing after that.
 */
import { browserSupportsWebAuthn, startAuthentication } from '@simplewebauthn/browser';
import { addPasskey, showAccount } from './account';
import { ask, type Me, type Now, onSignedOut, remember } from './api';
import { find, onSubmit, say, tried, twice } from './dom';
import { showHome } from './home';
import { clearListener, readyListener, showListener } from './listener';
import { words } from './words';

const ASK_AGAIN_MS = 5000;
const VIEWS = ['sign-in', 'home', 'listener', 'account'] as const;
type View = (typeof VIEWS)[number];

let me: Me | null = null;
/** An address such as 192.168.1.4 can have no passkey, nor can plain http. */
const canPasskey = browserSupportsWebAuthn() && isSecureContext && !/^[\d.]+$|:/.test(location.hostname);

function show(view: View): void {
  for (const each of VIEWS) find(each).hidden = each !== view;
  find('to-account').hidden = view === 'sign-in';
  document.body.dataset.view = view;
  const heading = find(view).querySelector<HTMLElement>('h1')!;
  heading.focus({ preventScroll: true });
  scrollTo({ top: 0 });
}

function gone(): void {
  me = null;
  clearListener();
  find('listeners').replaceChildren();
  find('keys').replaceChildren();
  find('sessions').replaceChildren();
  find('account-name').textContent = '';
  show('sign-in');
}

async function go(): Promise<void> {
  if (!me) return show('sign-in');
  const listener = /^#\/listener\/(.+)$/.exec(location.hash)?.[1];
  try {
    if (listener) {
      clearListener();
      await showListener(decodeURIComponent(listener), me);
      show('listener');
    } else if (location.hash === '#/account') {
      await showAccount(me, canPasskey, (after) => {
        me = after;
        void go();
      });
      show('account');
    } else {
      clearListener();
      await showHome(me, canPasskey);
      show('home');
    }
  } catch (error) {
    if (!me) return;
    if (listener) {
      clearListener();
      location.hash = '#/';
    }
    say((error as Error).message);
  }
}

async function enter(entered: Me): Promise<void> {
  me = remember(entered);
  known = linksOf(entered.links.map(({ listener, role, consent }) => ({ listener, role, consent: consent !== null })));
  await go();
}

/** What this caregiver might see when the page last looked. */
let known = '';
const linksOf = (links: Now['links']): string =>
  JSON.stringify(links.map(({ listener, role, consent }) => [listener, role, consent]));

async function stillThere(): Promise<void> {
  if (!me || document.hidden) return;
  const now = await ask<Now>('GET', '/now').catch(() => null);
  if (!now || !me) return;
  const links = linksOf(now.links);
  if (links === known) return;
  known = links;
  say(words.viewChanged);
  await go();
}

onSignedOut(() => {
  if (!me) return;
  gone();
  say(words.signedOut);
});
onSubmit('by-code', async (form) => {
  const called = String(form.get('called') ?? '').trim();
  await enter(
    await ask<Me>('POST', '/codes', { code: form.get('code'), name: form.get('name'), ...(called ? { called } : {}) }),
  );
  find<HTMLFormElement>('by-code').reset();
});
onSubmit('more-code', async (form) => {
  const called = String(form.get('called') ?? '').trim();
  await enter(await ask<Me>('POST', '/codes', { code: form.get('code'), ...(called ? { called } : {}) }));
  find<HTMLFormElement>('more-code').reset();
});
find('by-passkey').hidden = !canPasskey;
find('passkey-in').addEventListener('click', () =>
  tried(async () => {
    type Ticket = { ticket: string; options: Parameters<typeof startAuthentication>[0]['optionsJSON'] };
    const { ticket, options } = await ask<Ticket>('POST', '/sign-in/options');
    const response = await startAuthentication({ optionsJSON: options }).catch(() => {
      throw new Error(words.keyNotUsed);
    });
    await enter(await ask<Me>('POST', '/sign-in', { ticket, response }));
  }),
);
for (const id of ['passkey-add', 'passkey-add-here'])
  find(id).addEventListener('click', () => tried(async () => enter(await addPasskey()), words.keyKept));
const leave = (path: string, method = 'POST') =>
  tried(async () => {
    await ask(method, path);
    gone();
  }, words.signedOut);
find('sign-out').addEventListener('click', () => leave('/sign-out'));
find('sign-out-everywhere').addEventListener('click', () => leave('/sign-out-everywhere'));
twice(find<HTMLButtonElement>('account-delete'), () => leave('/me', 'DELETE'));
readyListener(() => {
  location.hash = '#/';
});
addEventListener('hashchange', () => void go());
document.addEventListener('visibilitychange', () => void stillThere());
// A page that comes back out of the browser's memory shows nothing that it has not asked for anew.
addEventListener('pageshow', (event) => event.persisted && location.reload());
setInterval(() => void stillThere(), ASK_AGAIN_MS);

const here = await fetch('/api/v1/care/me').then(
  (response) => (response.ok ? (response.json() as Promise<Me>) : null),
  () => null,
);
if (here) await enter(here);
else show('sign-in');
document.body.dataset.ready = 'yes';
