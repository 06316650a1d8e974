/** The one screen, as HTML: works as soon as it is there; the script only brings it to life. */
import { HANDS_FREE_WORDS } from '../../audio-prompts/hands-free-words.js';
import { languageOf, minutesIn } from '../../audio-prompts/prompts.js';
import { type PageWords, pageWords, writtenIn } from '../../audio-prompts/screen/words.js';
import { nameOf } from '../../voice-intents/called.js';

const escaped = (text: string) => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);
/** As data inside a script element: "<" would end it. */
const asData = (words: PageWords) => JSON.stringify(words).replace(/</g, '\\u003c');

export function bedsidePage(locale: string): string {
  const words = pageWords(locale);
  const { lang, dir } = writtenIn(locale);
  const say = Object.fromEntries(Object.entries(words).map(([key, text]) => [key, escaped(text)])) as PageWords;
  const hands = HANDS_FREE_WORDS[languageOf(locale)];
  return `<!doctype html>
<html lang="${escaped(lang)}" dir="${dir}" data-palette="night">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="dark">
<meta name="theme-color" content="#0b0908">
<meta name="mobile-web-app-capable" content="yes">
<meta name="apple-mobile-web-app-title" content="Bedside">
<meta name="apple-mobile-web-app-status-bar-style" content="black">
<title>EmoHeal Bedside</title>
<link rel="icon" href="/favicon.ico" type="image/svg+xml">
<link rel="apple-touch-icon" href="/bedside/icon-180.png">
<link rel="manifest" href="/manifest.webmanifest">
<link rel="preload" href="/bedside/atkinson-hyperlegible-latin-400-normal.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/bedside/style.css">
<script type="application/json" id="page-words">${asData(words)}</script>
<script type="module" src="/bedside/main.js"></script>
</head>
<body data-state="asking" data-stage="match" data-light="on" data-microphone="off">
<header>
<div id="microphone" role="status"><span class="dot" aria-hidden="true"></span><span id="microphone-words" class="unseen">${say.microphoneOff}</span></div>
<button type="button" id="easier" aria-haspopup="dialog" aria-label="${say.easier}" title="${say.easier}"><span aria-hidden="true">Aa</span></button>
</header>

<main>
  <h1 class="unseen">EmoHeal Bedside</h1>
  <div id="lamp" aria-hidden="true">
    <div id="wall"><i class="match"></i><i class="guide"></i><i class="target"></i></div>
    <svg viewBox="0 0 300 300">
      <g id="ring" fill="none" stroke-width="2.5" stroke-linecap="round">
        <path class="arc match" pathLength="100"/><path class="arc guide" pathLength="100"/><path class="arc target" pathLength="100"/>
        <path class="done match" pathLength="100"/><path class="done guide" pathLength="100"/><path class="done target" pathLength="100"/>
      </g>
    </svg>
    <div id="glow"><i class="match"></i><i class="guide"></i><i class="target"></i></div>
  </div>

  <section id="ask">
    <form id="feeling">
      <label for="words">${say.question}</label>
      <div id="with-words">
        <textarea id="words" name="text" rows="2" maxlength="10000" autocomplete="off" autofocus enterkeyhint="go" placeholder="${say.example}"></textarea>
        <div class="row">
          <button type="button" id="talk" aria-describedby="talk-words">${say.holdToTalk}</button>
          <button type="submit" id="begin">${say.begin}</button>
        </div>
      </div>
      <div id="pad-place" hidden>
        <p id="pad-title" class="hint">${say.touchWhere}</p>
        <div id="pad" role="group" aria-labelledby="pad-title">
          <span class="edge top" aria-hidden="true">${say.stirred}</span><span class="edge bottom" aria-hidden="true">${say.quiet}</span>
          <span class="edge start" aria-hidden="true">${say.unpleasant}</span><span class="edge end" aria-hidden="true">${say.pleasant}</span>
          <i id="point" aria-hidden="true"></i>
          <button type="button" class="corner" data-valence="-0.7" data-arousal="0.7" aria-label="${say.unpleasant}, ${say.stirred}"></button>
          <button type="button" class="corner" data-valence="0.7" data-arousal="0.7" aria-label="${say.pleasant}, ${say.stirred}"></button>
          <button type="button" class="corner" data-valence="-0.7" data-arousal="-0.7" aria-label="${say.unpleasant}, ${say.quiet}"></button>
          <button type="button" class="corner" data-valence="0.7" data-arousal="-0.7" aria-label="${say.pleasant}, ${say.quiet}"></button>
          <input type="range" id="valence" class="unseen" min="-1" max="1" step="0.1" value="0" aria-label="${say.unpleasant} – ${say.pleasant}">
          <input type="range" id="arousal" class="unseen" min="-1" max="1" step="0.1" value="0" aria-label="${say.quiet} – ${say.stirred}">
        </div>
        <div class="row"><button type="button" id="begin-here">${say.begin}</button></div>
      </div>
      <p id="talk-words" class="hint" role="status">${say.talkHint}</p>
      <p id="routine" class="hint" role="status" hidden></p>
      <div class="row small">
        <button type="button" id="resume-last" hidden>${say.goOnWhere}</button>
        <button type="button" id="one-tap"></button>
        <button type="button" id="pad-switch" aria-expanded="false" aria-controls="pad-place">${say.withoutWords}</button>
      </div>
      <div class="row lengths" role="radiogroup" aria-label="${say.length}">
        ${[10, 20, 40].map((n) => `<label><input type="radio" name="minutes" value="${n}"${n === 20 ? ' checked' : ''}><span>${escaped(minutesIn(n, locale))}</span></label>`).join('')}
      </div>
    </form>
  </section>

  <section id="check" hidden></section>

  <section id="playing" hidden>
    <p id="caption" role="status"></p>
    <p id="where"><span id="stage-name"></span> <span id="time-left" class="figures" aria-hidden="true"></span><span id="time-words" class="unseen"></span></p>
    <p id="track"></p>
    <div id="gestures">
      <button type="button" data-action="stay">${say.stay}</button>
      <button type="button" data-action="deeper">${say.deeper}</button>
      <button type="button" data-action="stop">${say.stop}</button>
    </div>
    <div class="row quiet">
      <button type="button" id="pause">${say.pause}</button>
      <button type="button" id="why" aria-haspopup="dialog">${say.why}</button>
      <button type="button" id="more" aria-expanded="false" aria-controls="more-place">${say.more}</button>
    </div>
    <div id="more-place" hidden>
      <div class="row quiet">
        <button type="button" data-action="extend">${say.extend}</button>
        <button type="button" data-action="like">${say.like}</button>
        <button type="button" data-action="skip">${say.skip}</button>
      </div>
      <label class="volume"><span>${say.volume}</span> <input id="volume" type="range" min="0" max="1" step="0.02" value="0.8"></label>
      <p class="hint">${say.volumeHint}</p>
    </div>
  </section>

  <section id="elsewhere" hidden role="status"><p>${say.elsewhere}</p><button type="button" id="play-here">${say.playHere}</button></section>

  <section id="help" hidden role="alert"><p id="help-words"></p><p id="help-number" class="figures"></p><button type="button" id="help-quiet">${say.stayQuiet}</button><button type="button" id="help-back">${say.back}</button></section>

  <div id="loudness" aria-hidden="true"><i></i></div>
  <dialog id="sheet" aria-labelledby="sheet-title">
    <h2 id="sheet-title">${say.why}</h2>
    <div id="sheet-body"></div>
    <button type="button" id="sheet-close">${say.close}</button>
  </dialog>
  <dialog id="sharing-sheet" aria-labelledby="sharing-title">
    <h2 id="sharing-title">${say.whoSees}</h2>
    <div id="sharing-body"></div>
    <p id="sharing-status" role="status"></p>
    <button type="button" id="sharing-close">${say.close}</button>
  </dialog>
  <dialog id="easier-sheet" aria-labelledby="easier-title">
    <h2 id="easier-title">${say.easier}</h2>
    <label class="choice"><input type="checkbox" name="text" value="large"> ${say.largeText}</label>
    <label class="choice"><input type="checkbox" name="contrast" value="high"> ${say.highContrast}</label>
    <label class="choice"><input type="checkbox" name="switch" value="on" aria-describedby="switch-words"> ${say.oneSwitch}</label>
    <p id="switch-words" class="hint">${say.oneSwitchHint}</p>
    <button type="button" id="easier-close">${say.close}</button>
  </dialog>
  <audio id="sound" preload="auto"></audio>
</main>
<footer><p><button type="button" id="hands-free" aria-pressed="false" data-on="${escaped(hands.switchOn)}" data-off="${escaped(hands.switchOff)}" data-name="${escaped(nameOf(locale))}">${escaped(hands.switchOn)}</button> <button type="button" id="sharing" aria-haspopup="dialog">${say.whoSees}</button></p><p>${say.notMedical}</p></footer>
<div id="veil" aria-hidden="true"></div>
</body>
</html>
`;
}
