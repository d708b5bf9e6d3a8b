import { tmpdir } from 'node:os';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { events, topics } from '@tributary/contracts';
import type { PostingRequested } from '@tributary/contracts';
import { documentDigest } from '@tributary/mapping';
import { outgoing } from '@tributary/messaging';
import { Child, freePorts, startStack, workspaceRoot } from '@tributary/local-stack';
import type { DryRun } from './decide/dry-run.js';
import type { LetterView } from '@tributary/contracts';
import { DeadLetterSystem, eventually } from '../testing/dead-letter-system.js';
import { recordingProxy } from '../testing/recording-proxy.js';
import { aRequest, target } from '../testing/requests.js';

const customerKey = `${target}/customer/cus_dry`;
const customerFields = {
  CustID: 'DRY1',
  Name: 'Dry Run LLC',
  CurrencyCode: 'USD',
  TermsCode: 'N30',
  TerritoryID: 'US',
  EMailAddress: 'dry@payers.example',
};
const customer = aRequest('cus_dry', {
  postingKey: customerKey,
  kind: 'customer',
  protocol: 'ensure',
  shape: 'epicor-kinetic/customer',
  references: [],
  amount: null,
  fields: customerFields,
  digest: documentDigest('epicor-kinetic/customer', customerFields),
});
const receipt = aRequest('ch_dry', {
  dependsOn: [customerKey],
  references: [{ field: 'CustNum', postingKey: customerKey, attribute: 'CustNum', table: null, lineKey: null }],
});

it('shows the calls that Kinetic then really receives, value by value and digit by digit', async () => {
  const [emulatorPort = 0, sinkPort = 0] = await freePorts(2);
  const proxy = await recordingProxy(`http://127.0.0.1:${emulatorPort}`);
  const system = await DeadLetterSystem.start({ startStack, freePorts, Child, workspaceRoot }, `${proxy.url}/kinetic`);
  const folder = mkdtempSync(join(tmpdir(), 'dry-run-'));
  const children: Child[] = [];
  const node = async (project: string, port: number, env: Record<string, string>): Promise<void> => {
    const child = await Child.start({
      name: project,
      command: process.execPath,
      args: [join(workspaceRoot, project, 'dist/main.js')],
      cwd: workspaceRoot,
      env: { PATH: process.env.PATH, HTTP_HOST: '127.0.0.1', HTTP_PORT: String(port), ...env },
      logFile: join(folder, `${project.replaceAll('/', '-')}.log`),
    });
    children.push(child);
    const answers = (): Promise<boolean> =>
      fetch(`http://127.0.0.1:${port}/`).then(
        () => true,
        () => false,
      );
    await child.readyWhen(answers, 60_000);
  };
  const request = async (value: PostingRequested, id: string): Promise<void> =>
    system.publisher.publish([
      outgoing({ event: events.postingRequested, topic: topics.postings(target), key: 'cus_dry', id, value, sequence: value.sequence }),
    ]);
  const dryRun = async (value: PostingRequested, offset: number): Promise<DryRun> => {
    await system.bury([
      { request: value, eventId: `dead-${offset}`, sequence: `pi-dry-${offset}`, partition: 0, offset, code: 'test.dry' },
    ]);
    const [letter] = await eventually(
      async () => (await system.call<{ deadLetters: LetterView[] }>('GET', `/dead-letters?sequence=pi-dry-${offset}`)).body.deadLetters,
      (letters) => letters.length === 1,
      60_000,
    );
    return (await system.call<DryRun>('POST', `/dead-letters/${letter?.id ?? ''}/dry-run`, {})).body;
  };
  let tries = 100;
  const received = (path: string): { method: string; path: string; body: string }[] =>
    proxy.calls.filter((call) => call.method === 'POST' && call.path === `/kinetic${path}`);

  try {
    await node('emulators/epicor-kinetic', emulatorPort, {});
    await system.startRecon();
    const before = await dryRun(receipt, 1);
    expect(before.postings[0]?.open).toEqual([`CustNum: CustNum of ${customerKey}, which is not posted yet`]);
    const dryCustomer = await dryRun(customer, 2);
    expect(proxy.calls.filter(({ method }) => method === 'POST')).toEqual([]); // no dry run sent a POST to the ERP

    await node('services/erp-sink', sinkPort, {
      KAFKA_BROKERS: system.stack.brokers.join(','),
      SCHEMA_REGISTRY_URL: system.stack.registryUrl,
      DATABASE_URL: system.stack.databaseUrl,
      ERP_TARGET: target,
      KINETIC_URL: `${proxy.url}/kinetic`,
      KINETIC_COMPANY: 'EPIC06',
      KINETIC_USER: 'tributary',
      KINETIC_PASSWORD: 'demo-password',
      KINETIC_API_KEY: 'demo-api-key',
      BATCH_IDLE_MS: '60000',
    });
    await request(customer, 'req-cus-dry');
    const dryReceipt = await eventually(
      () => dryRun(receipt, (tries += 1)),
      ({ postings }) => postings[0]?.open.length === 0,
      60_000,
    );
    await request(receipt, 'req-ch-dry');
    await eventually(
      async () => received(dryReceipt.postings[0]?.calls[0]?.path ?? '').length,
      (count) => count > 0,
      60_000,
    );
    for (const { postings } of [dryCustomer, dryReceipt]) {
      expect(postings[0]?.problem).toBeNull();
      for (const call of postings[0]?.calls ?? []) {
        const real = received(call.path);
        expect(real).toHaveLength(1);
        expect(notThere(exactly(call.body), exactly(real[0]?.body ?? ''), call.path)).toEqual([]);
        expect(JSON.stringify(call)).not.toMatch(/demo-password|demo-api-key|authorization/i);
      }
    }
    expect([dryCustomer, dryReceipt].map(({ postings }) => postings[0]?.calls.length)).toEqual([1, 1]);
  } finally {
    for (const child of children) await child.kill9().catch(() => undefined);
    await system.stop();
    proxy.close();
  }
}, 240_000);

/**
 * Paths of values that the dry run described and the ERP did not receive. The group is chosen at posting time, and Kinetic adds its own
 * defaults.
 */
function notThere(described: unknown, received: unknown, path: string): string[] {
  if (typeof described === 'string' && described.endsWith(' group of the day>')) return [];
  if (typeof described !== 'object' || described === null)
    return Object.is(described, received) ? [] : [`${path}: ${String(described)} was ${String(received)}`];
  const other = (received ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(described).flatMap(([name, value]) => notThere(value, other[name], `${path}.${name}`));
}

/** Parses JSON with numbers kept as their source text. */
function exactly(text: string): unknown {
  const parse = JSON.parse as (text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown) => unknown;
  return parse(text, (_key, value, { source }) => (typeof value === 'number' ? `number ${source}` : value));
}
