/** The console's page: a calm table on paper. Everything is text until a script fills it, and nothing of a listener is in it. */
import type { CareWords } from '../../audio-prompts/screen/care/en.js';
import { careWords } from '../../audio-prompts/screen/care/words.js';
import { filled } from '../../audio-prompts/screen/filled.js';
import { styleNames } from '../../audio-prompts/screen/style-names.js';
import { writtenIn } from '../../audio-prompts/screen/words.js';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const A_MONDAY = Date.UTC(2026, 0, 5);
const DAY_MS = 24 * 3600 * 1000;
const MINUTES = [10, 20, 30, 40, 60, 90];

const escaped = (text: string) => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);
const escapedAll = <T extends Record<string, string>>(words: T) =>
  Object.fromEntries(Object.entries(words).map(([key, text]) => [key, escaped(text)])) as T;
/** As data inside a script element: "<" would end it. */
const asData = (words: object) => JSON.stringify(words).replace(/</g, '\\u003c');
const options = (list: readonly (readonly [string, string])[]) =>
  list.map(([value, words]) => `<option value="${value}">${words}</option>`).join('');

type Say = CareWords['page'] & CareWords['script'];

const signIn = (say: Say) => `
<section id="sign-in" hidden>
  <h1 tabindex="-1">${say.forCaregivers}</h1>
  <p>${say.intro}</p>
  <div id="by-passkey"><button type="button" class="main" id="passkey-in">${say.passkeyIn}</button></div>
  <form id="by-code">
    <h2>${say.withCode}</h2>
    <p class="hint" id="code-hint">${say.codeHint}</p>
    <label>${say.code} <input name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" maxlength="6" required aria-describedby="code-hint"></label>
    <label>${say.yourName} <input name="name" autocomplete="name" maxlength="60" required></label>
    <label>${say.howCalled} <span class="hint">${say.mayBeEmpty}</span> <input name="called" autocomplete="off" maxlength="60"></label>
    <button>${say.comeIn}</button>
  </form>
</section>`;

const home = (say: Say) => `
<section id="home" hidden>
  <h1 tabindex="-1">${say.tonight}</h1>
  <div id="offer-passkey" class="card" hidden>
    <p>${say.offerPasskey}</p>
    <button type="button" id="passkey-add-here">${say.addPasskey}</button>
  </div>
  <ul id="listeners" class="plain"></ul>
  <details id="one-more"><summary>${say.oneMore}</summary>
    <form id="more-code">
      <label>${say.codeOfTheirs} <input name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" maxlength="6" required></label>
      <label>${say.howCalled} <input name="called" autocomplete="off" maxlength="60"></label>
      <button>${say.add}</button>
    </form>
  </details>
</section>`;

/** Letters of the name of a day that fit into a seventh of a phone. */
const MOST_OF_A_DAY = 6;

function dayBoxes(lang: string): string {
  const named = (weekday: 'narrow' | 'short' | 'long', i: number) =>
    escaped(new Intl.DateTimeFormat(lang, { weekday, timeZone: 'UTC' }).format(A_MONDAY + i * DAY_MS));
  // Arabic shortens no name of a day: seven of them have no room on a phone.
  const isShort = DAYS.every((_, i) => named('short', i).length <= MOST_OF_A_DAY);
  return DAYS.map(
    (value, i) =>
      `<label><input type="checkbox" name="day" value="${value}" aria-label="${named('long', i)}"><span aria-hidden="true">${named(isShort ? 'short' : 'narrow', i)}</span></label>`,
  ).join('');
}

const plan = (say: Say, lang: string) => `
<form id="plan" class="card" aria-labelledby="plan-title">
  <h2 id="plan-title">${say.planTitle}</h2>
  <fieldset class="chips" id="plan-days"><legend>${say.days}</legend>
    ${dayBoxes(lang)}
  </fieldset>
  <p class="hint" id="plan-pattern" hidden></p>
  <div class="pair">
    <label>${say.at} <input type="time" name="time" value="21:30" required></label>
    <label>${say.length} <select name="minutes">${MINUTES.map((n) => `<option value="${n}"${n === 40 ? ' selected' : ''}>${filled(say.minutes, { n })}</option>`).join('')}</select></label>
  </div>
  <label>${say.onlyOnce} <span class="hint">${say.insteadOfDays}</span> <input type="date" name="date"></label>
  <label>${say.whatFor} <select name="intention">${options([
    ['fall-asleep', say.toFallAsleep],
    ['calm-down', say.toCalmDown],
    ['let-it-out', say.toLetItOut],
    ['grieve', say.toGrieve],
    ['lift-up', say.toBeLifted],
    ['focus', say.toFocus],
    ['wake-gently', say.toWake],
  ])}</select></label>
  <fieldset class="radios"><legend>${say.howItBegins}</legend>
    <label><input type="radio" name="approach" value="straight" checked> ${say.straight}</label>
    <label><input type="radio" name="approach" value="iso"> ${say.iso}</label>
  </fieldset>
  <label>${say.name} <span class="hint">${say.mayBeEmpty}</span> <input name="name" maxlength="80" autocomplete="off"></label>
  <p class="hint">${filled(say.timesIn, { zone: '<span id="plan-zone"></span>' })}</p>
  <div id="preview" aria-live="polite"><p id="preview-words" class="hint"></p><img id="preview-picture" alt="" hidden></div>
  <div class="actions"><button class="main" id="plan-save">${say.planIt}</button><button type="button" id="plan-cancel" hidden>${say.leaveAsItIs}</button></div>
</form>`;

/** Loudness in words, beside the number for those who measure. */
const rules = (say: Say) => `
<form id="rules" class="card" aria-labelledby="rules-title">
  <h2 id="rules-title">${say.rules}</h2>
  <label>${say.noLouder} <select name="cap">${options([
    ['', say.asPlanned],
    ['-24', say.soft],
    ['-30', say.verySoft],
    ['-36', say.barely],
  ])}</select></label>
  <fieldset><legend>${say.quietHours}</legend>
    <div class="pair"><label>${say.from} <input type="time" name="from"></label><label>${say.until} <input type="time" name="until"></label></div>
    <p class="hint">${say.quietHint}</p>
  </fieldset>
  <fieldset><legend>${say.music}</legend>
    <p class="hint" id="lists-hint">${say.listsHint}</p>
    <p><strong>${say.neverPlayed}</strong></p><ul id="banned" class="plain chosen"></ul>
    <p><strong>${say.onlyThese}</strong></p><ul id="allowed" class="plain chosen"></ul>
    <label>${say.findMusic} <input type="search" id="music-find" maxlength="100" autocomplete="off" aria-describedby="lists-hint"></label>
    <ul id="music-found" class="plain"></ul>
  </fieldset>
  <button class="main">${say.keepRules}</button>
</form>`;

const greeting = (say: Say) => `
<section id="greeting" class="card" aria-labelledby="greeting-title">
  <h2 id="greeting-title">${say.greetingTitle}</h2>
  <p class="hint">${say.greetingHint}</p>
  <p id="greeting-now"></p>
  <audio id="greeting-sound" controls preload="none" aria-label="${say.greeting}" hidden></audio>
  <div class="actions">
    <button type="button" id="greeting-record" aria-pressed="false">${say.record}</button>
    <button type="button" id="greeting-delete" hidden>${say.delete}</button>
  </div>
</section>`;

const people = (say: Say) => `
<section id="people" class="card" aria-labelledby="people-title" hidden>
  <h2 id="people-title">${say.whoElse}</h2>
  <ul id="people-list" class="plain"></ul>
  <form id="invite">
    <label>${say.invite} <select name="role">${options([
      ['viewer', say.mayView],
      ['planner', say.mayPlan],
      ['owner', say.mayOwn],
    ])}</select></label>
    <button>${say.makeCode}</button>
  </form>
  <p id="invite-code" class="code" role="status"></p>
</section>`;

const listener = (say: Say, lang: string) => `
<section id="listener" hidden>
  <p><a href="#/">${say.allListeners}</a></p>
  <h1 tabindex="-1" id="listener-name"></h1>
  <p id="consent" class="consent"></p>
  <div id="help-calls" class="card help" hidden></div>
  <section class="card" aria-labelledby="nights-title"><h2 id="nights-title">${say.nights}</h2>
    <p id="tonight"></p><ol id="dots" class="dots"></ol><details id="night-by-night"><summary>${say.nightByNight}</summary><ul id="nights" class="plain"></ul></details></section>
  <section class="card" aria-labelledby="routines-title" id="routines-card"><h2 id="routines-title">${say.planned}</h2><ul id="routines" class="plain"></ul></section>
  ${plan(say, lang)}${rules(say)}${greeting(say)}${people(say)}
  <form id="called" class="card"><h2>${say.between}</h2>
    <label>${say.howCalled} <input name="called" maxlength="60" required autocomplete="off"></label>
    <div class="actions"><button>${say.keepName}</button><button type="button" id="leave">${say.leave}</button></div>
  </form>
</section>`;

const account = (say: Say) => `
<section id="account" hidden>
  <p><a href="#/">${say.allListeners}</a></p>
  <h1 tabindex="-1">${say.you}</h1>
  <p id="account-name"></p>
  <section class="card" aria-labelledby="keys-title"><h2 id="keys-title">${say.passkeys}</h2><ul id="keys" class="plain"></ul><p class="hint" id="keys-hint"></p><button type="button" id="passkey-add">${say.addForDevice}</button></section>
  <section class="card" aria-labelledby="sessions-title"><h2 id="sessions-title">${say.whereSignedIn}</h2><ul id="sessions" class="plain"></ul>
    <div class="actions"><button type="button" id="sign-out">${say.signOutHere}</button><button type="button" id="sign-out-everywhere">${say.signOutEverywhere}</button></div></section>
  <section class="card" aria-labelledby="delete-title"><h2 id="delete-title">${say.leaveForGood}</h2><p class="hint">${say.leaveHint}</p><button type="button" id="account-delete">${say.deleteAccount}</button></section>
</section>`;

/** Only the words of the locale's language are in it; of those, the script is given what it says itself. */
export function carePage(locale: string): string {
  const words = careWords(locale);
  const say: Say = { ...escapedAll(words.page), ...escapedAll(words.script) };
  const { lang, dir } = writtenIn(locale);
  return `<!doctype html>
<html lang="${escaped(lang)}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light">
<meta name="theme-color" content="#f7f1e8">
<title>${say.title} · EmoHeal Bedside</title>
<link rel="icon" href="/favicon.ico">
<link rel="preload" href="/bedside/atkinson-hyperlegible-latin-400-normal.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/care/style.css">
<script type="application/json" id="care-words">${asData(words.script)}</script>
<script type="application/json" id="care-styles">${asData(styleNames(locale))}</script>
<script type="module" src="/care/main.js"></script>
</head>
<body>
<header><p>EmoHeal Bedside</p><nav aria-label="${say.you}"><a href="#/account" id="to-account" hidden>${say.yourAccount}</a></nav></header>
<main>
<noscript><p>${say.needsScript}</p></noscript>
${signIn(say)}${home(say)}${listener(say, lang)}${account(say)}
</main>
<p id="status" role="status"></p>
<footer><p>${say.notMedical} <a href="/privacy">${say.whatIsKept}</a></p></footer>
</body>
</html>
`;
}
