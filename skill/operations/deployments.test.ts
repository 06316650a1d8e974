/** What is deployed fits what is built: settings that exist and are accepted, metrics that exist, and no right too many. */
import { existsSync, readFileSync } from 'node:fs';
import { BlockList } from 'node:net';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readAddress } from '../../media-index/index/milvus-client.js';
import { packageRoot } from '../../models/paths.js';
import { readConfig } from '../config.js';
import { createMetrics } from './metrics.js';

const deploy = path.join(packageRoot(), 'deploy');
const read = (...parts: string[]) => readFileSync(path.join(deploy, ...parts), 'utf8');
const FILLED = 'a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2U=';

/** "${NAME:?…}" and "${NAME:-…}" as compose fills them. */
const filled = (text: string) =>
  text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name, kind, other) =>
    kind === '-' ? other : name === 'EMOHEAL_SECRET_KEY' ? FILLED : 'word',
  );

function holds(network: string, address: string): boolean {
  const [base, prefix] = network.split('/');
  const list = new BlockList();
  list.addSubnet(base!, Number(prefix));
  return list.check(address);
}

describe('compose', () => {
  const { services } = parse(filled(read('compose', 'compose.yaml')), { merge: true });
  const servers = Object.entries<{ environment: Record<string, string | null>; volumes: string[] }>(services).filter(
    ([name]) => name.startsWith('app-'),
  );

  it('runs three servers with settings that a server accepts', () => {
    expect(servers.length).toBe(3);
    for (const [, { environment }] of servers) {
      // What is filled with nothing is empty.
      const filledIn = Object.entries(environment).map(([name, value]) => [name, value ?? '']);
      const config = readConfig(Object.fromEntries(filledIn));
      expect(config).toMatchObject({ instances: 'many', wyomingPort: 'off' });
      expect(config.drainSec).toBeLessThan(45);
      expect(readAddress(config.vectorUrl!).shown).toBe('milvus:19530');
    }
  });

  it('has one proxy whose word they believe, at an address that nobody else is given', () => {
    const { networks } = parse(filled(read('compose', 'compose.yaml')), { merge: true });
    const { ipv4_address: address } = services.proxy.networks.outside;
    for (const [, { environment }] of servers) expect(environment.EMOHEAL_TRUSTED_PROXIES).toBe(address);
    const [{ subnet, ip_range: given }] = networks.outside.ipam.config;
    expect(holds(subnet, address)).toBe(true);
    expect(holds(given, address)).toBe(false);
    expect(read('compose', 'nginx.conf')).toContain('proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;');
  });

  it('gives them no right too many, and a folder each', () => {
    for (const [, each] of servers)
      expect(each).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(new Set(servers.map(([, { volumes }]) => String(volumes))).size).toBe(3);
    for (const each of Object.values(services))
      expect(each).toMatchObject({ cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    for (const name of ['postgres', 'sounds', 'milvus', 'etcd']) {
      expect(services[name].networks).toEqual(['inside']);
      expect(services[name].ports).toBeUndefined();
    }
  });

  it('writes no address of a stream into the log of its proxy', () => {
    const text = read('compose', 'nginx.conf');
    expect(text).toMatch(/^error_log \S+ crit;$/m);
    expect(text).toMatch(/^\s*access_log off;$/m);
  });

  it('cuts off no speaker that reads as it plays, and finds who vanished', () => {
    const text = read('compose', 'nginx.conf');
    // Megabytes in the buffers of a system are minutes of sound in which nothing is taken.
    expect(Number(/^\s*send_timeout (\d+)h;$/m.exec(text)?.[1])).toBeGreaterThanOrEqual(1);
    expect(text).toMatch(/^\s*listen 8080 so_keepalive=\S+;$/m);
  });

  it('shows the metrics to nobody by its proxy, however they are asked for', () => {
    const [, sign, pattern] = /location (~\*?) (\^\S*metrics\S*) \{ return 404; \}/.exec(
      read('compose', 'nginx.conf'),
    )!;
    const shut = new RegExp(pattern!, sign === '~*' ? 'i' : '');
    // As our routes take them: in any letters, with a slash at the end.
    for (const path of ['/metrics', '/metrics/', '/METRICS', '/Readyz/', '/readyz']) expect(path).toMatch(shut);
    expect('/metricsandmore').not.toMatch(shut);
  });

  it('hands no password over as an argument, which every process of the machine can read', () => {
    for (const line of read('compose', 'postgres-init.sh').split('\n'))
      if (!line.startsWith('#')) expect(line).not.toMatch(/\$\{?EMOHEAL_PASSWORD/);
  });

  it('has a proxy that starts while a server is away, and finds it again at another address', () => {
    const servers = [...read('compose', 'nginx.conf').matchAll(/^\s*server app-\w:8080 (.*);$/gm)];
    expect(servers.length).toBe(6);
    for (const [, options] of servers) expect(options).toMatch(/^resolve\b/);
  });

  it('names files and hosts that are there', () => {
    const text = read('compose', 'compose.yaml');
    for (const [, file] of text.matchAll(/- (\.{1,2}\/[\w./-]+):\//g))
      expect(existsSync(path.join(deploy, 'compose', file!))).toBe(true);
    for (const [, host] of read('compose', 'nginx.conf').matchAll(/server ([\w-]+):8080/g))
      expect(services[host!]).toBeDefined();
    const names = new Set([...text.matchAll(/\$\{(\w+):\?/g)].map((each) => each[1]!));
    for (const name of names) expect(read('compose', '.env.example')).toContain(`${name}=`);
  });
});

describe('Kubernetes', () => {
  const all = parseAllDocuments(read('kubernetes', 'emoheal.yaml')).map((each) => each.toJS());
  const of = (kind: string) => all.find((each) => each.kind === kind);

  it('has settings that a server accepts, with what its secret must hold', () => {
    const secret = {
      EMOHEAL_SECRET_KEY: FILLED,
      EMOHEAL_DATABASE_URL: 'postgres://emoheal:word@db/emoheal',
      EMOHEAL_SOUNDS_URL: 's3://emoheal-sounds/house?endpoint=http://sounds:9000',
    };
    const config = readConfig({ ...of('ConfigMap').data, ...secret });
    const pod = of('Deployment').spec.template.spec;
    const pause = Number(pod.containers[0].lifecycle.preStop.exec.command[1]);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(config.drainSec + pause);
    // Kubernetes would otherwise set EMOHEAL_PORT=tcp://… for the service of that name.
    expect(pod.enableServiceLinks).toBe(false);
    expect(() => readConfig({ ...of('ConfigMap').data, ...secret, EMOHEAL_PORT: 'tcp://10.0.0.1:80' })).toThrow();
  });

  it('lets a pod ask nobody but those whom it has something to ask, and nobody ask it but the ingress and Prometheus', () => {
    const { egress, ingress, policyTypes } = of('NetworkPolicy').spec;
    expect(policyTypes).toEqual(['Ingress', 'Egress']);
    const ports = (rule: { ports: { port: number | string }[] }) => rule.ports.map(({ port }) => port);
    // A rule without addresses, or with an empty selector, is open to everybody.
    for (const { to } of egress) {
      expect(to.length).toBeGreaterThan(0);
      for (const { ipBlock, namespaceSelector } of to)
        expect(ipBlock?.cidr ?? Object.keys(namespaceSelector.matchLabels)).not.toEqual([]);
    }
    for (const { from } of ingress)
      for (const { namespaceSelector, podSelector } of from)
        for (const { matchLabels } of [namespaceSelector, podSelector])
          expect(Object.keys(matchLabels).length).toBeGreaterThan(0);
    const toAnywhere = egress.filter(({ to }: { to: { ipBlock?: { cidr: string } }[] }) =>
      to.some(({ ipBlock }) => ipBlock && Number(ipBlock.cidr.split('/')[1]) < 8),
    );
    expect(toAnywhere.map(ports)).toEqual([[443]]);
    const [{ to }] = toAnywhere;
    for (const inside of ['10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.20.0.1', '192.168.1.1'])
      expect(to[0].ipBlock.except.some((network: string) => holds(network, inside))).toBe(true);
    // Those that the secret of our example leads to, names and traces.
    expect(egress.flatMap(ports).sort()).toEqual([19_530, 4318, 443, 53, 53, 5432, 9000]);
  });

  it('believes the pods of its ingress alone on where a visitor comes from', () => {
    const { trustedProxies } = readConfig({ EMOHEAL_TRUSTED_PROXIES: of('ConfigMap').data.EMOHEAL_TRUSTED_PROXIES });
    expect(trustedProxies.length).toBeGreaterThan(0);
    for (const network of trustedProxies) expect(Number(network.split('/')[1] ?? 32)).toBeGreaterThanOrEqual(16);
  });

  it('knows the name by which strangers come', () => {
    const [{ host }] = of('Ingress').spec.rules;
    expect(new URL(of('ConfigMap').data.EMOHEAL_PUBLIC_URL).host).toBe(host);
  });

  it('runs without privileges, on a root that cannot be written, and asks the routes that are there', () => {
    const { securityContext, initContainers, containers, automountServiceAccountToken } =
      of('Deployment').spec.template.spec;
    expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(automountServiceAccountToken).toBe(false);
    for (const each of [...initContainers, ...containers])
      expect(each.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    expect(containers[0].readinessProbe.httpGet.path).toBe('/readyz?exclude=state');
    expect(containers[0].livenessProbe.httpGet.path).toBe('/healthz');
  });

  it('brings what lies in the image into the empty folder that hides it', () => {
    const { initContainers, containers, volumes } = of('Deployment').spec.template.spec;
    const data = containers[0].volumeMounts.find((each: { name: string }) => each.name === 'data').mountPath;
    expect(volumes).toContainEqual({ name: 'data', emptyDir: expect.anything() });
    const [{ command, image, volumeMounts }] = initContainers;
    expect(image).toBe(containers[0].image);
    expect(command).toEqual(['cp', '-R', `${data}/.`, volumeMounts[0].mountPath]);
    expect(volumeMounts[0].name).toBe('data');
    expect(read('container', 'Dockerfile')).toContain(`EMOHEAL_DATA_DIR=${data}`);
  });

  it('leaves the number of servers to what scales them, so that an upgrade does not undo it', () => {
    expect(of('Deployment').spec.replicas).toBeUndefined();
    expect(of('HorizontalPodAutoscaler').spec.minReplicas).toBeGreaterThanOrEqual(2);
    expect(of('Deployment').spec.strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
  });

  it('grows by a metric that is there', async () => {
    const told = await createMetrics().registry.metrics();
    const pods = of('HorizontalPodAutoscaler').spec.metrics.filter((each: { type: string }) => each.type === 'Pods');
    expect(pods.length).toBe(1);
    expect(told).toContain(`# TYPE ${pods[0].pods.metric.name} `);
  });
});
