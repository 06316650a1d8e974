/** The one screen, as HTML: works as soon as it is there; the script only brings it to life. */
import { HANDS_FREE_WORDS } from '../../audio-prompts/hands-free-words.js';
import { languageOf, wordsOf } from '../../audio-prompts/prompts.js';
import { nameOf } from '../../voice-intents/called.js';

const escaped = (text: string) => text.replace(/[<>&"]/g, (c) => `&#${c.charCodeAt(0)};`);

export function bedsidePage(locale: string): string {
  const { question, stayQuiet } = wordsOf(locale);
  const ask = escaped(question);
  const hands = HANDS_FREE_WORDS[languageOf(locale)];
  return `<!doctype html>
<html lang="${escaped(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="dark">
<meta name="theme-color" content="#0b0908">
<title>EmoHeal Bedside</title>
<link rel="icon" href="/favicon.ico">
<link rel="preload" href="/bedside/atkinson-hyperlegible-latin-400-normal.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/bedside/style.css">
<script type="module" src="/bedside/main.js"></script>
</head>
<body data-state="asking" data-stage="match">
<main>
  <div id="microphone" role="status"><span class="dot" aria-hidden="true"></span><span id="microphone-words" class="unseen">The microphone is off.</span></div>

  <div id="lamp" aria-hidden="true">
    <svg viewBox="0 0 300 300">
      <g id="ring" fill="none" stroke-width="3" stroke-linecap="round">
        <path class="arc match" pathLength="100"/><path class="arc guide" pathLength="100"/><path class="arc target" pathLength="100"/>
        <path class="done match" pathLength="100"/><path class="done guide" pathLength="100"/><path class="done target" pathLength="100"/>
      </g>
    </svg>
    <div id="glow"></div>
  </div>

  <section id="ask">
    <form id="feeling">
      <label for="words">${ask}</label>
      <textarea id="words" name="text" rows="2" maxlength="10000" autocomplete="off" autofocus enterkeyhint="go" placeholder="I can't sleep…"></textarea>
      <div class="row">
        <button type="button" id="talk" aria-describedby="talk-words">hold to talk</button>
        <button type="submit" id="begin">begin</button>
      </div>
      <p id="routine" class="hint" role="status" hidden></p>
      <p id="talk-words" class="hint">Hold the button while you speak, or type. Nothing you say is kept.</p>
      <div class="row lengths" role="radiogroup" aria-label="Length">
        <label><input type="radio" name="minutes" value="10"> 10 min</label>
        <label><input type="radio" name="minutes" value="20" checked> 20 min</label>
        <label><input type="radio" name="minutes" value="40"> 40 min</label>
      </div>
    </form>
  </section>

  <section id="check" hidden></section>

  <section id="playing" hidden>
    <p id="caption" aria-live="polite"></p>
    <p id="where"><span id="stage-name"></span> <span id="time-left" class="figures"></span></p>
    <p id="track"></p>
    <div class="row gestures">
      <button type="button" data-action="stay">stay here</button>
      <button type="button" data-action="deeper">go deeper</button>
      <button type="button" data-action="stop">stop</button>
    </div>
    <div class="row quiet">
      <button type="button" id="pause">pause</button>
      <button type="button" data-action="extend">ten more minutes</button>
      <button type="button" data-action="like">I like this</button>
      <button type="button" data-action="skip">another piece</button>
      <button type="button" id="why">why this music?</button>
    </div>
    <label class="volume">volume <input id="volume" type="range" min="0" max="1" step="0.02" value="0.8"></label>
  </section>

  <section id="help" hidden role="alert"><p id="help-words"></p><p id="help-number" class="figures"></p><button type="button" id="help-quiet">${escaped(stayQuiet)}</button><button type="button" id="help-back">back</button></section>

  <dialog id="sheet" aria-labelledby="sheet-title">
    <h2 id="sheet-title">Why this music?</h2>
    <div id="sheet-body"></div>
    <button type="button" id="sheet-close">close</button>
  </dialog>
  <dialog id="sharing-sheet" aria-labelledby="sharing-title">
    <h2 id="sharing-title">Who may see my nights?</h2>
    <div id="sharing-body"></div>
    <p id="sharing-status" role="status"></p>
    <button type="button" id="sharing-close">close</button>
  </dialog>
  <audio id="sound" preload="auto"></audio>
</main>
<footer><p><button type="button" id="hands-free" aria-pressed="false" data-on="${escaped(hands.switchOn)}" data-off="${escaped(hands.switchOff)}" data-name="${escaped(nameOf(locale))}">${escaped(hands.switchOn)}</button> <button type="button" id="sharing">who may see my nights?</button></p><p>Not a medical device. In danger, call your local emergency number.</p></footer>
</body>
</html>
`;
}
