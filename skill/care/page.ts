/** The console's page: a calm table on paper. Everything is text until a script fills it, and nothing of a listener is in it. */
const DAYS = [
  ['mon', 'Mon', 'Monday'],
  ['tue', 'Tue', 'Tuesday'],
  ['wed', 'Wed', 'Wednesday'],
  ['thu', 'Thu', 'Thursday'],
  ['fri', 'Fri', 'Friday'],
  ['sat', 'Sat', 'Saturday'],
  ['sun', 'Sun', 'Sunday'],
] as const;

const INTENTIONS = [
  ['fall-asleep', 'to fall asleep'],
  ['calm-down', 'to calm down'],
  ['let-it-out', 'to let it out'],
  ['grieve', 'to grieve'],
  ['lift-up', 'to be lifted up'],
  ['focus', 'to focus'],
  ['wake-gently', 'to wake gently'],
] as const;

const MINUTES = [10, 20, 30, 40, 60, 90];

/** Loudness in words, beside the number for those who measure. */
const CAPS = [
  ['', 'as planned: never loud, softer towards sleep'],
  ['-24', 'soft, like a voice in the next room (-24 LUFS)'],
  ['-30', 'very soft, like a whisper beside the bed (-30 LUFS)'],
  ['-36', 'barely there (-36 LUFS)'],
] as const;

const options = (list: readonly (readonly [string, string])[]) =>
  list.map(([value, words]) => `<option value="${value}">${words}</option>`).join('');

const SIGN_IN = `
<section id="sign-in" hidden>
  <h1 tabindex="-1">For caregivers</h1>
  <p>Plan a quiet session for someone, and see whether it ran. What they say or feel is never shown here.</p>
  <div id="by-passkey"><button type="button" class="main" id="passkey-in">sign in with a passkey</button></div>
  <form id="by-code">
    <h2>With a code</h2>
    <p class="hint" id="code-hint">The speaker reads out six digits when its listener asks for a caregiver code; they hold for ten minutes.</p>
    <label>Code <input name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" maxlength="6" required aria-describedby="code-hint"></label>
    <label>Your name, as they call you <input name="name" autocomplete="name" maxlength="60" required></label>
    <label>How you call them <span class="hint">(may be left empty)</span> <input name="called" autocomplete="off" maxlength="60"></label>
    <button>come in</button>
  </form>
</section>`;

const HOME = `
<section id="home" hidden>
  <h1 tabindex="-1">Tonight</h1>
  <div id="offer-passkey" class="card" hidden>
    <p>Come back at a touch: with a passkey this device knows you, and you need no code.</p>
    <button type="button" id="passkey-add-here">add a passkey</button>
  </div>
  <ul id="listeners" class="plain"></ul>
  <details id="one-more"><summary>Care for one more person</summary>
    <form id="more-code">
      <label>Code that their speaker reads out <input name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" maxlength="6" required></label>
      <label>How you call them <input name="called" autocomplete="off" maxlength="60"></label>
      <button>add</button>
    </form>
  </details>
</section>`;

const PLAN = `
<form id="plan" class="card" aria-labelledby="plan-title">
  <h2 id="plan-title">Plan a session</h2>
  <fieldset class="chips" id="plan-days"><legend>On</legend>
    ${DAYS.map(([value, short, long]) => `<label><input type="checkbox" name="day" value="${value}" aria-label="${long}"><span aria-hidden="true">${short}</span></label>`).join('')}
  </fieldset>
  <p class="hint" id="plan-pattern" hidden></p>
  <div class="pair">
    <label>at <input type="time" name="time" value="21:30" required></label>
    <label>for <select name="minutes">${MINUTES.map((m) => `<option value="${m}"${m === 40 ? ' selected' : ''}>${m} minutes</option>`).join('')}</select></label>
  </div>
  <label>only once, on <span class="hint">(instead of days)</span> <input type="date" name="date"></label>
  <label>What for <select name="intention">${options(INTENTIONS)}</select></label>
  <fieldset class="radios"><legend>How it begins</legend>
    <label><input type="radio" name="approach" value="straight" checked> gently: calm from the first minute</label>
    <label><input type="radio" name="approach" value="iso"> close to an ordinary evening, then calmer step by step</label>
  </fieldset>
  <label>Name <span class="hint">(may be left empty)</span> <input name="name" maxlength="80" autocomplete="off"></label>
  <p class="hint">Times are in <span id="plan-zone"></span>.</p>
  <div id="preview" aria-live="polite"><p id="preview-words" class="hint"></p><img id="preview-picture" alt="" hidden></div>
  <div class="actions"><button class="main" id="plan-save">plan it</button><button type="button" id="plan-cancel" hidden>leave as it is</button></div>
</form>`;

const RULES = `
<form id="rules" class="card" aria-labelledby="rules-title">
  <h2 id="rules-title">Rules of the night</h2>
  <label>No louder than <select name="cap">${options(CAPS)}</select></label>
  <fieldset><legend>Quiet hours: nothing begins by itself</legend>
    <div class="pair"><label>from <input type="time" name="from"></label><label>until <input type="time" name="until"></label></div>
    <p class="hint">What they ask for with their own voice plays all the same, at night level. Leave both empty for none.</p>
  </fieldset>
  <fieldset><legend>Music</legend>
    <p class="hint" id="lists-hint">Kinds of music and single pieces. What is never played is never heard; where some are chosen as the only ones, nothing else is.</p>
    <p><strong>Never played</strong></p><ul id="banned" class="plain chosen"></ul>
    <p><strong>Only these</strong></p><ul id="allowed" class="plain chosen"></ul>
    <label>Find music <input type="search" id="music-find" maxlength="100" autocomplete="off" aria-describedby="lists-hint"></label>
    <ul id="music-found" class="plain"></ul>
  </fieldset>
  <button class="main">keep these rules</button>
</form>`;

const GREETING = `
<section id="greeting" class="card" aria-labelledby="greeting-title">
  <h2 id="greeting-title">A greeting in your voice</h2>
  <p class="hint">Up to twenty seconds, played before the first music of a planned session.</p>
  <p id="greeting-now"></p>
  <audio id="greeting-sound" controls preload="none" aria-label="The greeting" hidden></audio>
  <div class="actions">
    <button type="button" id="greeting-record" aria-pressed="false">record</button>
    <button type="button" id="greeting-delete" hidden>delete</button>
  </div>
</section>`;

const PEOPLE = `
<section id="people" class="card" aria-labelledby="people-title" hidden>
  <h2 id="people-title">Who else cares</h2>
  <ul id="people-list" class="plain"></ul>
  <form id="invite">
    <label>Invite someone who may <select name="role">
      <option value="viewer">see whether it ran</option><option value="planner">also plan and set rules</option><option value="owner">also invite and remove others</option>
    </select></label>
    <button>make a code</button>
  </form>
  <p id="invite-code" class="code" role="status"></p>
</section>`;

const LISTENER = `
<section id="listener" hidden>
  <p><a href="#/">all listeners</a></p>
  <h1 tabindex="-1" id="listener-name"></h1>
  <p id="consent" class="consent"></p>
  <div id="help-calls" class="card help" hidden></div>
  <section class="card" aria-labelledby="nights-title"><h2 id="nights-title">Tonight and before</h2>
    <p id="tonight"></p><ol id="dots" class="dots"></ol><details id="night-by-night"><summary>night by night</summary><ul id="nights" class="plain"></ul></details></section>
  <section class="card" aria-labelledby="routines-title" id="routines-card"><h2 id="routines-title">What is planned</h2><ul id="routines" class="plain"></ul></section>
  ${PLAN}${RULES}${GREETING}${PEOPLE}
  <form id="called" class="card"><h2>Between you and them</h2>
    <label>How you call them <input name="called" maxlength="60" required autocomplete="off"></label>
    <div class="actions"><button>keep this name</button><button type="button" id="leave">care for them no more</button></div>
  </form>
</section>`;

const ACCOUNT = `
<section id="account" hidden>
  <p><a href="#/">all listeners</a></p>
  <h1 tabindex="-1">You</h1>
  <p id="account-name"></p>
  <section class="card" aria-labelledby="keys-title"><h2 id="keys-title">Passkeys</h2><ul id="keys" class="plain"></ul><p class="hint" id="keys-hint"></p><button type="button" id="passkey-add">add a passkey for this device</button></section>
  <section class="card" aria-labelledby="sessions-title"><h2 id="sessions-title">Where you are signed in</h2><ul id="sessions" class="plain"></ul>
    <div class="actions"><button type="button" id="sign-out">sign out here</button><button type="button" id="sign-out-everywhere">sign out everywhere</button></div></section>
  <section class="card" aria-labelledby="delete-title"><h2 id="delete-title">Leave for good</h2><p class="hint">Your name, passkeys and everything that you may see go at once.</p><button type="button" id="account-delete">delete my account</button></section>
</section>`;

export const carePage = (): string => `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light">
<meta name="theme-color" content="#f7f1e8">
<title>Caregivers · EmoHeal Bedside</title>
<link rel="icon" href="/favicon.ico">
<link rel="preload" href="/bedside/atkinson-hyperlegible-latin-400-normal.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/care/style.css">
<script type="module" src="/care/main.js"></script>
</head>
<body>
<header><p>EmoHeal Bedside</p><nav aria-label="You"><a href="#/account" id="to-account" hidden>your account</a></nav></header>
<main>
<noscript><p>This page needs JavaScript to sign you in.</p></noscript>
${SIGN_IN}${HOME}${LISTENER}${ACCOUNT}
</main>
<p id="status" role="status"></p>
<footer><p>Not a medical device. The speaker cannot call anyone. <a href="/privacy">What is kept</a></p></footer>
</body>
</html>
`;
