import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerCheck, Child, freePorts, startStack, workspaceRoot } from '@tributary/local-stack';
import { events, topics } from '@tributary/contracts';
import type { TargetCheckView, TargetView } from '@tributary/contracts';
import { KafkaPublisher, outgoing } from '@tributary/messaging';
import { aCustomer, asked } from './testing/makers.js';

const [answering, silent] = ['kinetic-main', 'kinetic-eu'] as const;
const customers = 20;

/** A line to an ERP that takes connections and bytes, and answers only once it is opened. */
class Line {
  private readonly waiting: Socket[] = [];
  private isOpen = false;
  private constructor(
    private readonly server: Server,
    private readonly port: number,
  ) {}

  static async to(port: number): Promise<Line> {
    const server = createServer((socket) => line.take(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const line = new Line(server, port);
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/kinetic`;
  }

  /** From now on it answers; calls that were made before are lost. */
  open(): void {
    this.isOpen = true;
    for (const socket of this.waiting) socket.destroy();
  }

  close(): void {
    for (const socket of this.waiting) socket.destroy();
    this.server.close();
  }

  private take(inside: Socket): void {
    inside.on('error', () => inside.destroy());
    this.waiting.push(inside);
    if (!this.isOpen) return;
    const outside = connect(this.port, '127.0.0.1');
    outside.on('error', () => inside.destroy());
    inside.pipe(outside).pipe(inside);
  }
}

const requestsOf = (target: string): ReturnType<typeof aCustomer>[] =>
  Array.from({ length: customers }, (_, n) => {
    const id = `cus_s${n}`;
    const postingKey = `${target}/customer/${id}`;
    return aCustomer(id, {
      postingKey,
      target,
      shape: 'epicor-kinetic/customer',
      fields: {
        CustID: `S${n}`,
        Name: `Customer ${n}`,
        CurrencyCode: 'USD',
        TermsCode: 'N30',
        TerritoryID: 'US',
        StripeCustomerID_c: id,
        StripePostingKey_c: postingKey,
      },
    });
  });

it('serves two targets in one process: one that is silent holds back nothing of the other, and is served once it answers', async () => {
  execFileSync(process.execPath, ['tools/build.mjs'], { cwd: workspaceRoot, stdio: 'ignore' });
  const stack = await startStack({ kafka: true, registry: true, postgres: true });
  const [sinkPort = 0, mainPort = 0, euPort = 0] = await freePorts(3);
  const folder = mkdtempSync(join(tmpdir(), 'erp-sink-'));
  const line = await Line.to(euPort);
  const kafka = { KAFKA_BROKERS: stack.brokers.join(','), SCHEMA_REGISTRY_URL: stack.registryUrl };
  const node = (name: string, project: string, port: number, env: Record<string, string>): Promise<Child> =>
    Child.start({
      name,
      command: process.execPath,
      args: [join(workspaceRoot, project, 'dist', 'main.js')],
      cwd: workspaceRoot,
      env: { PATH: process.env.PATH, HTTP_HOST: '127.0.0.1', HTTP_PORT: String(port), ...env },
      logFile: join(folder, `${name}.log`),
    });
  const misfits = answerCheck('erp-sink');
  const get = async <T>(port: number, path: string): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    const body = (await response.json()) as T;
    if (port === sinkPort && path !== '/ready') expect(misfits({ path, status: response.status, body })).toEqual([]);
    return body;
  };
  const isOk = (port: number, path: string) => () =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      ({ ok }) => ok,
      () => false,
    );
  /** How many customers the emulated ERP has of ours, and how many different keys they have. */
  const made = async (port: number): Promise<[number, number]> => {
    const state = await get<{ customers: { StripePostingKey_c?: string }[] }>(port, '/_control/state');
    const keys = state.customers.flatMap(({ StripePostingKey_c: key }) => (key ? [key] : []));
    return [keys.length, new Set(keys).size];
  };
  const untilAll = async (port: number): Promise<void> => {
    for (const until = Date.now() + 90_000; (await made(port))[0] < customers && Date.now() < until;)
      await new Promise((resolve) => setTimeout(resolve, 100));
  };
  const children: Child[] = [];
  try {
    for (const [name, port] of [
      ['main', mainPort],
      ['eu', euPort],
    ] as const) {
      const emulator = await node(name, 'emulators/epicor-kinetic', port, {});
      children.push(emulator);
      await emulator.readyWhen(isOk(port, '/_control/calls'), 20_000);
    }
    execFileSync(process.execPath, ['tools/dist/stack/setup-cli.js'], {
      cwd: workspaceRoot,
      env: { PATH: process.env.PATH, ...kafka, TRIBUTARY_TARGETS: `${answering},${silent}` },
      stdio: 'ignore',
    });
    const publisher = new KafkaPublisher({ brokers: stack.brokers, clientId: 'test', registryUrl: stack.registryUrl });
    await publisher.connect();
    for (const target of [silent, answering])
      await publisher.publish(
        requestsOf(target).map((value) =>
          outgoing({
            event: events.postingRequested,
            topic: topics.postings(target),
            key: value.sequence,
            id: asked(value).requestId,
            value,
            sequence: value.sequence,
          }),
        ),
      );
    await publisher.close();
    const sink = await node('erp-sink', 'services/erp-sink', sinkPort, {
      ...kafka,
      DATABASE_URL: stack.databaseUrl,
      ERP_TARGETS: `${answering}=epicor-kinetic,${silent}=epicor-kinetic`,
      KINETIC_URL: `http://127.0.0.1:${mainPort}/kinetic`,
      KINETIC_EU__KINETIC_URL: line.url,
      KINETIC_COMPANY: 'EPIC06',
      KINETIC_USER: 'tributary',
      KINETIC_PASSWORD: 'demo-password',
      KINETIC_API_KEY: 'demo-api-key',
      KINETIC_CALL_TIMEOUT_MS: '3000',
      ERP_SETTLE_MS: '300',
      ERP_PARK_MS: '200',
      ERP_PROBE_MAX_MS: '500',
      SWEEP_INTERVAL_MS: '200',
    });
    children.push(sink);

    await untilAll(mainPort);
    expect(await made(mainPort)).toEqual([customers, customers]);
    expect(await made(euPort)).toEqual([0, 0]);
    const { counts } = await get<{ counts: Record<string, number> }>(sinkPort, `/postings?target=${silent}`);
    expect(counts.posted ?? 0).toBe(0);

    line.open();
    await untilAll(euPort);
    expect(await made(euPort)).toEqual([customers, customers]);
    expect(await made(mainPort)).toEqual([customers, customers]);

    // How each fares, and what its own connector finds when somebody asks.
    const { targets } = await get<{ targets: TargetView[] }>(sinkPort, '/targets');
    expect(targets.map(({ target, product, state }) => [target, product, state])).toEqual(
      [answering, silent].map((target) => [target, 'epicor-kinetic', 'working']),
    );
    for (const { calls, lastSuccessAt, mappingVersion } of targets) {
      expect(calls.lastMinute).toBeGreaterThanOrEqual(customers);
      expect([calls.lastAnswerAt, lastSuccessAt, mappingVersion]).toEqual([expect.any(String), expect.any(String), '1']);
    }
    const checked = await fetch(`http://127.0.0.1:${sinkPort}/targets/${silent}/check`, { method: 'POST' });
    const { findings } = (await checked.json()) as TargetCheckView;
    expect([checked.status, findings.filter(({ about, level }) => about === 'login' && level === 'ok').length > 0]).toEqual([200, true]);

    // Both ledgers over one HTTP server, figures and log lines with their target.
    const key = `${silent}/customer/cus_s3`;
    expect(await get(sinkPort, `/postings/${key}`)).toMatchObject({ postingKey: key });
    expect(await get(sinkPort, '/postings?target=other')).toMatchObject({ statusCode: 404 });
    const booked = [answering, silent].map(
      (target) => `erp_sink_conclusions_total{target="${target}",kind="customer",result="posted"} ${customers}`,
    );
    let metrics: string[] = [];
    // The sink counts a posting a moment after the ledger has it.
    for (let tries = 0; tries < 100 && !booked.every((line) => metrics.includes(line)); tries += 1) {
      metrics = (await (await fetch(`http://127.0.0.1:${sinkPort}/metrics`)).text()).split('\n');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(metrics).toEqual(expect.arrayContaining(booked));
    const log = readFileSync(join(folder, 'erp-sink.log'), 'utf8').split('\n');
    for (const target of [answering, silent])
      expect(log.filter((entry) => entry.includes(`"serving ${target}"`) && entry.includes(`"target":"${target}"`))).toHaveLength(1);
    // The check at the start found nothing missing in the ledger that answers, and says so; that of the silent one is not waited for.
    expect(log.filter((entry) => entry.includes(`check of ${answering}: 0 missing`))).toHaveLength(1);
    expect(log.filter((entry) => entry.includes('"level":50') && entry.includes(`check of ${answering}`))).toEqual([]);
    expect(await sink.stop(30_000)).toMatchObject({ code: 0 }); // drains both
  } finally {
    line.close();
    for (const child of children) await child.kill9().catch(() => undefined);
    await stack.stop();
  }
}, 240_000);
