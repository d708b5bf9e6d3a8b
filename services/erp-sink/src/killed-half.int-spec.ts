import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startStack, workspaceRoot } from '@tributary/local-stack';
import { ErpServer } from './testing/erp-server.js';
import { anInvoiceOfTwoLines, halfInvoiceKey } from './testing/half-invoice.js';
import { Published, startPod } from './testing/harness.js';
import type { Pod } from './testing/harness.js';
import { RemoteErp } from './testing/remote-erp.js';

/** A worker is killed (SIGKILL) while it finishes or deletes half a document, and another one takes over (I3, I7). */

const leaseMs = 2_600;
const never = new AbortController().signal;
let stack: Awaited<ReturnType<typeof startStack>>;
let erp: ErpServer;
let url: string;
let heir: Pod;
let published: Published;

beforeAll(async () => {
  execFileSync(process.execPath, ['tools/build.mjs'], { cwd: workspaceRoot, stdio: 'ignore' });
  stack = await startStack({ postgres: true });
}, 120_000);
afterAll(async () => {
  await stack?.stop();
});
beforeEach(async () => {
  [erp, published] = [new ErpServer(), new Published()];
  url = await erp.start();
  heir = await startPod(stack.databaseUrl, new RemoteErp(url), published, { ERP_LEASE_MS: String(leaseMs) });
});
afterEach(async () => {
  await heir.database.query('truncate erp_sink.posting, erp_sink.outcome, erp_sink.batch');
  await heir.close();
  await erp.stop();
});

/**
 * Starts a worker and kills it in a call, the n-th of its kind: before the ERP carries it out, which it then never does, or when it did and
 * has not answered. @returns when it is dead.
 */
async function killedIn(call: string, nth: number, at: 'before' | 'after'): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, [join(workspaceRoot, 'services/erp-sink/dist/testing/killed-main.js')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: process.env.PATH, DATABASE_URL: stack.databaseUrl, ERP_URL: url, ERP_LEASE_MS: String(leaseMs) },
  });
  let seen = 0;
  erp.onCall = (name, when) => {
    if (name !== call || when !== at || (seen += 1) !== nth) return;
    if (at === 'before') erp.broken.add(call);
    child.kill('SIGKILL');
  };
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  erp.onCall = () => undefined;
  expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' });
}

/** Sweeps until nothing is due any more. */
async function settle(): Promise<void> {
  for (let round = 0; round < 15; round += 1) {
    await heir.sweeper.sweep();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const stateInLedger = async (): Promise<unknown> => {
  const [row] = await heir.database.query<object[]>('select state, half, discarding, sent_at, released from erp_sink.posting');
  return row;
};

it.each([{ at: 'after' }, { at: 'before' }] as const)(
  'ends with no document when the worker is killed $at its deletion, and books the corrected one once',
  async ({ at }) => {
    erp.refusals.set('l2', 2);
    await killedIn('discard', 1, at);
    expect(await stateInLedger()).toMatchObject({
      state: 'claimed',
      discarding: { code: 'remote.line-refused' },
      sent_at: expect.any(Date),
    });
    expect(erp.documents).toHaveLength(at === 'after' ? 0 : 1);

    await expect(heir.poster.handle(anInvoiceOfTwoLines(), never)).rejects.toMatchObject({ disposition: 'reject' });
    await settle();
    expect([erp.documents, erp.booked()]).toEqual([[], []]);
    expect(erp.count('discard')).toBe(1); // carried out once, by the one or by the other
    expect(await stateInLedger()).toEqual({ state: 'rejected', half: null, discarding: null, sent_at: null, released: false });
    expect(published.resultsOf(halfInvoiceKey)).toEqual(['rejected']);

    await published.publish(await heir.poster.handle(anInvoiceOfTwoLines('corrected'), never, { kind: 'replay' }));
    await settle();
    expect(erp.documents).toMatchObject([{ key: halfInvoiceKey, lines: ['l1', 'l2'] }]);
    expect(erp.booked()).toEqual([halfInvoiceKey]);
    expect(published.resultsOf(halfInvoiceKey)).toEqual(['rejected', 'posted', 'released']);
  },
  60_000,
);

it.each([
  { at: 'after', result: 'adopted' },
  { at: 'before', result: 'posted' },
] as const)(
  'has each line once when the worker is killed $at it finishes half a document',
  async ({ at, result }) => {
    erp.refusals.set('l2', 1);
    await killedIn('post', 2, at);
    expect(await stateInLedger()).toMatchObject({ state: 'claimed', half: { missing: ['l2'] }, sent_at: expect.any(Date) });
    expect(erp.documents[0]?.lines).toEqual(at === 'after' ? ['l1', 'l2'] : ['l1']);
    // Its batch is not released while half of it may be missing.
    await heir.sweeper.sweep();
    expect(erp.booked()).toEqual([]);

    await published.publish(await heir.poster.handle(anInvoiceOfTwoLines(), never));
    await settle();
    expect(erp.documents).toMatchObject([{ key: halfInvoiceKey, lines: ['l1', 'l2'] }]);
    expect(erp.booked()).toEqual([halfInvoiceKey]);
    expect(published.resultsOf(halfInvoiceKey)).toEqual([result, 'released']);
  },
  60_000,
);
