import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { events, topics } from '@tributary/contracts';
import type { PostingRequested } from '@tributary/contracts';
import { KafkaPublisher, outgoing } from '@tributary/messaging';
import { Child, freePorts, startStack, workspaceRoot } from '@tributary/local-stack';
import { aCustomer, aReceipt, asked } from './testing/makers.js';

const target = 'kinetic-main';
const customers = 40;
const receiptsEach = 2;
const all = customers * receiptsEach;

interface EmulatorState {
  readonly customers: { readonly StripeCustomerID_c?: string }[];
  readonly receipts: { readonly StripePostingKey_c?: string; readonly Posted: boolean; readonly CustNum: number }[];
}

function requestsOf(n: number): PostingRequested[] {
  const id = `cus_k${n}`;
  const customerKey = `${target}/customer/${id}`;
  const customer = aCustomer(id, {
    postingKey: customerKey,
    target,
    shape: 'epicor-kinetic/customer',
    fields: {
      CustID: `K${n}`,
      Name: `Customer ${n}`,
      CurrencyCode: 'USD',
      TermsCode: 'N30',
      TerritoryID: 'US',
      StripeCustomerID_c: id,
      StripePostingKey_c: customerKey,
    },
  });
  const receipts = Array.from({ length: receiptsEach }, (_, r) => {
    const chargeId = `ch_k${n}_${r}`;
    const postingKey = `${target}/cash-receipt/${chargeId}`;
    return aReceipt(chargeId, {
      postingKey,
      target,
      shape: 'epicor-kinetic/cash-receipt',
      dependsOn: [customerKey],
      references: [{ field: 'CustNum', postingKey: customerKey, attribute: 'CustNum', table: null, lineKey: null }],
      fields: {
        TranType: 'PayInv',
        CheckRef: chargeId,
        DocTranAmt: '10.50',
        CurrencyCode: 'USD',
        TranDate: '2026-11-20',
        BankAcctID: 'STR-USD',
        StripePostingKey_c: postingKey,
        StripeChargeID_c: chargeId,
      },
    });
  });
  return [customer, ...receipts];
}

it('books every receipt once in Kinetic though answers are lost, calls are refused and the process is killed in the middle', async () => {
  execFileSync(process.execPath, ['tools/build.mjs'], { cwd: workspaceRoot, stdio: 'ignore' });
  const stack = await startStack({ kafka: true, registry: true, postgres: true });
  const [sinkPort = 0, emulatorPort = 0] = await freePorts(2);
  const folder = mkdtempSync(join(tmpdir(), 'erp-sink-'));
  const env = {
    PATH: process.env.PATH,
    KAFKA_BROKERS: stack.brokers.join(','),
    SCHEMA_REGISTRY_URL: stack.registryUrl,
    ERP_TARGET: target,
  };
  const node = (name: string, project: string, more: Record<string, string>): Promise<Child> =>
    Child.start({
      name,
      command: process.execPath,
      args: [join(workspaceRoot, project, 'dist', 'main.js')],
      cwd: workspaceRoot,
      env: { ...env, HTTP_HOST: '127.0.0.1', ...more },
      logFile: join(folder, `${name}.log`),
    });
  const sink = (): Promise<Child> =>
    node('erp-sink', 'services/erp-sink', {
      HTTP_PORT: String(sinkPort),
      DATABASE_URL: stack.databaseUrl,
      KINETIC_URL: `http://127.0.0.1:${emulatorPort}/kinetic`,
      KINETIC_COMPANY: 'EPIC06',
      KINETIC_USER: 'tributary',
      KINETIC_PASSWORD: 'demo-password',
      KINETIC_API_KEY: 'demo-api-key',
      KINETIC_CALL_TIMEOUT_MS: '1000',
      KINETIC_LICENCE_RETRY_MS: '50',
      ERP_SETTLE_MS: '300',
      ERP_LEASE_MS: '4000',
      ERP_PARK_MS: '200',
      BATCH_IDLE_MS: '1000',
      SWEEP_INTERVAL_MS: '200',
    });
  const json = async <T>(port: number, path: string): Promise<T> => (await (await fetch(`http://127.0.0.1:${port}${path}`)).json()) as T;
  const ok = (port: number, path: string) => () =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      ({ ok: fine }) => fine,
      () => false,
    );
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  const emulator = await node('kinetic', 'emulators/epicor-kinetic', { HTTP_PORT: String(emulatorPort) });
  const children = [emulator];
  try {
    execFileSync(process.execPath, ['tools/dist/stack/setup-cli.js'], {
      cwd: workspaceRoot,
      env: { ...env, TRIBUTARY_TARGETS: target },
      stdio: 'ignore',
    });
    await emulator.readyWhen(ok(emulatorPort, '/_control/calls'), 20_000);
    const rule = (kind: string, operation: string): object => ({
      match: { method: 'POST', operation, probability: 0.2 },
      action: { kind },
    });
    await fetch(`http://127.0.0.1:${emulatorPort}/_control/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        seed: 7,
        rules: ['UpdateMaster', 'Update', 'RunDirect'].flatMap((operation) => [
          rule('commit-then-drop-connection', operation),
          rule('down', operation),
        ]),
      }),
    });
    const publisher = new KafkaPublisher({ brokers: stack.brokers, clientId: 'test', registryUrl: stack.registryUrl });
    await publisher.connect();
    const messages = Array.from({ length: customers }, (_, n) => requestsOf(n)).flatMap((requests, n) =>
      requests.map((value) =>
        outgoing({
          event: events.postingRequested,
          topic: topics.postings(target),
          key: `cus_k${n}`,
          id: asked(value).requestId,
          value,
          sequence: value.sequence,
        }),
      ),
    );
    await publisher.publish(messages);

    let killed = 0;
    let current = await sink();
    children.push(current);
    const until = Date.now() + 150_000;
    let state: EmulatorState = { customers: [], receipts: [] };
    while (Date.now() < until) {
      await pause(100);
      state = await json<EmulatorState>(emulatorPort, '/_control/state');
      if (killed < 2 && state.receipts.length > (killed + 1) * (all / 3)) {
        await current.kill9();
        killed += 1;
        current = await sink();
        children.push(current);
      }
      if (state.receipts.filter(({ Posted }) => Posted).length >= all) break;
    }
    await publisher.close();

    expect(killed).toBe(2);
    const ours = state.receipts.filter(({ StripePostingKey_c }) => StripePostingKey_c?.startsWith(target));
    expect(ours).toHaveLength(all);
    expect(new Set(ours.map(({ StripePostingKey_c }) => StripePostingKey_c)).size).toBe(all);
    expect(ours.every(({ Posted }) => Posted)).toBe(true);
    const made = state.customers.filter(({ StripeCustomerID_c }) => StripeCustomerID_c?.startsWith('cus_k'));
    expect([made.length, new Set(made.map(({ StripeCustomerID_c }) => StripeCustomerID_c)).size]).toEqual([customers, customers]);
    await current.readyWhen(ok(sinkPort, '/ready'), 20_000);
    const { counts } = await json<{ counts: Record<string, number> }>(sinkPort, '/postings');
    expect(counts).toEqual({ posted: all + customers });
    expect(await current.stop(30_000)).toMatchObject({ code: 0 }); // drains
  } finally {
    for (const child of children) await child.kill9().catch(() => undefined);
    await stack.stop();
  }
}, 240_000);
