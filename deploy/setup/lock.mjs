/** One set-up at a time for each folder. A lock whose process is gone is taken over, so a killed set-up blocks nobody. */
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** When a process began, so that a re-used process number is not taken for the old process; '' where unknown. */
function bornAt(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive(owner) {
  const [pid, born] = owner.split(' ');
  if (!/^\d+$/.test(pid ?? '')) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return !born || bornAt(pid) === born;
}

function tryTake(file) {
  const mine = `${file}.${randomUUID()}`;
  writeFileSync(mine, `${process.pid} ${bornAt(process.pid)}`);
  try {
    // A link appears with its content, unlike a file that is created and then written.
    linkSync(mine, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(mine, { force: true });
  }
  return false;
}

function removeIfDead(file) {
  let owner;
  try {
    owner = readFileSync(file, 'utf8');
  } catch {
    return;
  }
  if (isAlive(owner)) return;
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
    // Somebody else may have taken over between the look and the move: then it is given back.
    if (readFileSync(aside, 'utf8') !== owner) linkSync(aside, file);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(error.code)) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * Runs `work` alone. Waits for another live holder; `onWait` is told once.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {{ onWait?: () => void }} [options]
 * @returns {Promise<T>}
 */
export async function alone(file, work, { onWait } = {}) {
  mkdirSync(path.dirname(file), { recursive: true });
  let told = false;
  while (!tryTake(file)) {
    removeIfDead(file);
    if (tryTake(file)) break;
    if (!told) onWait?.();
    told = true;
    await wait(200);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
