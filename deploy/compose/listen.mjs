/**
 * Begins a session at a house that runs and listens to it as a player does that keeps three segments (18 s) in hand; prints
 * each silence. Meanwhile stop, kill or exchange a server and see whether anybody would have heard it.
 *   node deploy/compose/listen.mjs [http://localhost:8080] [seconds to hear, 120]
 * Exit code 1 where there was a silence, 2 where the house did not answer.
 */
const BUFFER_SEC = 18;
/** As long as a player asks again before it gives up. */
const PATIENCE_MS = 60_000;

const [house = 'http://localhost:8080', wanted = '120'] = process.argv.slice(2);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const clock = () => new Date().toISOString().slice(11, 19);
const say = (text) => process.stdout.write(`${clock()}  ${text}\n`);

/** Asks again where the connection breaks or the answer is a failure. */
async function get(address) {
  const untilMs = performance.now() + PATIENCE_MS;
  for (let first = true; ; first = false) {
    try {
      const answer = await fetch(address);
      if (answer.ok) return Buffer.from(await answer.arrayBuffer());
      throw new Error(`answered ${answer.status}`);
    } catch (error) {
      if (performance.now() > untilMs) throw error;
      if (first) say(`asks again: ${error.cause?.code ?? error.message}`);
      await pause(250);
    }
  }
}

async function begin() {
  const answer = await fetch(`${house}/api/v1/utterances`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'I feel so restless and worried tonight', minutes: 10 }),
  });
  if (answer.status !== 201) throw new Error(`answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** The segments of the first rendition: their length in seconds and address, in order. */
async function segmentsOf(master) {
  // Whatever name the house goes by, it is asked where we reach it.
  const { pathname, search } = new URL(master, house);
  const masterUrl = new URL(pathname + search, house);
  const rendition = String(await get(masterUrl))
    .split('\n')
    .find((line) => line !== '' && !line.startsWith('#'));
  const listUrl = new URL(rendition, masterUrl);
  const lines = String(await get(listUrl)).split('\n');
  return lines.flatMap((line, i) =>
    line.startsWith('#EXTINF:')
      ? [{ sec: Number.parseFloat(line.slice('#EXTINF:'.length)), address: new URL(lines[i + 1], listUrl) }]
      : [],
  );
}

async function listen(seconds) {
  const session = await begin();
  say(`session ${session.id} begins`);
  const silences = [];
  let startMs;
  let haveSec = 0;
  let silentSec = 0;
  const playedSec = () => (startMs === undefined ? 0 : (performance.now() - startMs) / 1000 - silentSec);
  for (const { sec, address } of await segmentsOf(session.streams.master)) {
    if (haveSec >= seconds) break;
    while (haveSec - playedSec() > BUFFER_SEC) await pause(50);
    await get(address);
    const missedSec = Math.max(0, playedSec() - haveSec);
    if (missedSec > 0) {
      say(`silence of ${missedSec.toFixed(1)} s at ${haveSec.toFixed(0)} s`);
      silences.push(missedSec);
      silentSec += missedSec;
    }
    haveSec += sec;
    startMs ??= performance.now();
  }
  say(`${haveSec.toFixed(0)} s heard, ${silences.length === 0 ? 'no silence' : `${silences.length} silences`}`);
  return silences.length === 0 ? 0 : 1;
}

const seconds = Number(wanted);
if (!(seconds > 0)) {
  process.stderr.write(`listen.mjs: "${wanted}" is no number of seconds\n`);
  process.exit(2);
}
process.exitCode = await listen(seconds).catch((error) => {
  process.stderr.write(`listen.mjs: ${house} ${error.cause?.code ?? error.message}. Is the house running there?\n`);
  return 2;
});
