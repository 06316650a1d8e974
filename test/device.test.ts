/**
 * What puts the speaker on a device, as far as it can be checked without one: by systemd's own checker, by parsers of
 * container files, and by running the scripts. No container is built here; docs/device.md says what was run.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { validate } from 'dockerfile-utils';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../models/paths.js';
import { hasCommand } from './sound-judge.js';

const root = packageRoot();
const pi = path.join(root, 'deploy', 'raspberry-pi');
const container = path.join(root, 'deploy', 'container');
const folder = mkdtempSync(path.join(os.tmpdir(), 'emoheal-device-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const systemd = await hasCommand('systemd-analyze');
if (!systemd) console.warn('skipped: there is no systemd-analyze to check the units');

describe('the units of a Raspberry Pi', () => {
  it.runIf(systemd).each(['emoheal', 'emoheal-kiosk', 'emoheal-light'])('are understood by systemd: %s', (name) => {
    // Programs that only a Pi has stand for their being there.
    const unit = readFileSync(path.join(pi, `${name}.service`), 'utf8')
      .replace('/usr/bin/cage -- /usr/bin/chromium', '/bin/true')
      .replace('/opt/emoheal/deploy/raspberry-pi/microphone-light.sh', '/bin/true')
      .replace('/usr/bin/node', '/bin/true');
    const file = path.join(folder, `${name}.service`);
    writeFileSync(file, unit);
    const { stderr, status } = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' });
    const own = stderr.split('\n').filter((line) => line.includes(name));
    expect([own, status]).toEqual([[], 0]);
  });

  it.runIf(systemd).each([
    ['emoheal', 2],
    ['emoheal-light', 2],
  ])('leave a program little to do besides its work: %s', (name, most) => {
    const said = execFileSync('systemd-analyze', ['security', '--offline=true', path.join(pi, `${name}.service`)], {
      encoding: 'utf8',
    });
    expect(Number(/exposure level for \S+: ([\d.]+)/.exec(said)?.[1])).toBeLessThan(most);
  });

  it('let the engine guard its machine code, and the screen make its socket', () => {
    // Seen on a booted machine: without the first the server is ended at its start where the processor has such keys, and
    // ProtectHome hides /run/user, without which no screen begins.
    expect(readFileSync(path.join(pi, 'emoheal.service'), 'utf8')).toMatch(
      /^SystemCallFilter=@system-service .*@pkey/m,
    );
    const kiosk = readFileSync(path.join(pi, 'emoheal-kiosk.service'), 'utf8');
    expect(kiosk).toMatch(/^ReadWritePaths=.*\/run\/user/m);
    expect(kiosk).not.toMatch(/^ProtectHome=(yes|true|tmpfs)/m);
  });

  it('light the lamp while a microphone records, and only then', () => {
    const led = path.join(folder, 'led');
    const status = path.join(folder, 'asound', 'card1', 'pcm0c', 'sub0', 'status');
    mkdirSync(led);
    mkdirSync(path.dirname(status), { recursive: true });
    const lamp = (state: string) => {
      writeFileSync(status, state);
      execFileSync(path.join(pi, 'microphone-light.sh'), [led, path.join(folder, 'asound'), 'once']);
      return readFileSync(path.join(led, 'brightness'), 'utf8').trim();
    };
    expect(lamp('closed\n')).toBe('0');
    expect(lamp('state: RUNNING\nowner_pid   : 7\n')).toBe('1');
    expect(lamp('state: SETUP\n')).toBe('0');
  });

  it('are installed by a script that says what it needs and changes nothing without it', () => {
    const copy = path.join(folder, 'elsewhere', 'deploy', 'raspberry-pi');
    mkdirSync(copy, { recursive: true });
    cpSync(pi, copy, { recursive: true });
    const run = (...words: string[]) => spawnSync(path.join(copy, 'install.sh'), words, { encoding: 'utf8' });
    expect(run('--screen')).toMatchObject({ status: 2, stderr: expect.stringContaining('--no-screen') });
    expect(run()).toMatchObject({ status: 2, stderr: expect.stringMatching(/must lie at \/opt\/emoheal|as root/) });
    for (const script of ['install.sh', 'microphone-light.sh'])
      expect(spawnSync('sh', ['-n', path.join(pi, script)]).status).toBe(0);
    const installed = readFileSync(path.join(pi, 'install.sh'), 'utf8');
    for (const [, file] of installed.matchAll(/ (deploy\/raspberry-pi\/\S+\.(?:service|json|conf)) /g))
      expect([file, existsSync(path.join(root, file!))]).toEqual([file, true]);
  });

  it('give the microphone to this page and to no other', () => {
    const policy = JSON.parse(readFileSync(path.join(pi, 'chromium-policy.json'), 'utf8'));
    expect(policy).toMatchObject({
      AudioCaptureAllowed: false,
      AudioCaptureAllowedUrls: ['http://localhost:8080'],
      URLBlocklist: ['*'],
      URLAllowlist: ['http://localhost:8080'],
    });
  });
});

describe('the container', () => {
  const dockerfile = readFileSync(path.join(container, 'Dockerfile'), 'utf8');

  it('is described in a form that Docker takes, with a health check and a user that is not root', () => {
    expect(validate(dockerfile).map(({ message }) => message)).toEqual([]);
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM'));
    expect(last).toMatch(/\nUSER 10001:10001\n/);
    expect(last).toMatch(/\nHEALTHCHECK /);
    expect(last.indexOf('\nUSER')).toBeLessThan(last.indexOf('\nENTRYPOINT'));
  });

  it('runs with nothing that it does not need', () => {
    const { services, volumes } = parse(readFileSync(path.join(container, 'compose.yaml'), 'utf8'));
    expect(services.emoheal).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    expect(services.emoheal.volumes).toEqual(['state:/var/lib/emoheal']);
    expect(Object.keys(volumes)).toEqual(['state']);
    expect(existsSync(path.resolve(container, services.emoheal.build.context, services.emoheal.build.dockerfile))).toBe(
      true,
    );
  });
});
