import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { anInvoiceOfTwoLines, halfInvoiceKey } from './testing/half-invoice.js';
import { leaseMs, workerFixture } from './testing/worker-fixture.js';

/** A worker is killed (SIGKILL) while it finishes or deletes half a document, and another one takes over (I3, I7). */

const never = new AbortController().signal;
const here = workerFixture();

/**
 * Starts a worker and kills it in a call, the n-th of its kind: before the ERP carries it out, which it then never does, or when it did and
 * has not answered. @returns when it is dead.
 */
async function killedIn(call: string, nth: number, at: 'before' | 'after'): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, [join(workspaceRoot, 'services/erp-sink/dist/testing/killed-main.js')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: process.env.PATH, DATABASE_URL: here.stack.databaseUrl, ERP_URL: here.url, ERP_LEASE_MS: String(leaseMs) },
  });
  let seen = 0;
  here.erp.onCall = (name, when) => {
    if (name !== call || when !== at || (seen += 1) !== nth) return;
    if (at === 'before') here.erp.broken.add(call);
    child.kill('SIGKILL');
  };
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  here.erp.onCall = () => undefined;
  expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' });
}

/** Sweeps until nothing is due any more. */
async function settle(): Promise<void> {
  for (let round = 0; round < 15; round += 1) {
    await here.heir.sweeper.sweep();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const stateInLedger = async (): Promise<unknown> => {
  const [row] = await here.heir.database.query<object[]>('select state, half, discarding, sent_at, released from erp_sink.posting');
  return row;
};

it.each([{ at: 'after' }, { at: 'before' }] as const)(
  'ends with no document when the worker is killed $at its deletion, and books the corrected one once',
  async ({ at }) => {
    here.erp.refusals.set('l2', 2);
    await killedIn('discard', 1, at);
    expect(await stateInLedger()).toMatchObject({
      state: 'claimed',
      discarding: { $encrypted: expect.any(String) },
      sent_at: expect.any(Date),
    });
    expect(here.erp.documents).toHaveLength(at === 'after' ? 0 : 1);

    await expect(here.heir.poster.handle(anInvoiceOfTwoLines(), never)).rejects.toMatchObject({ disposition: 'reject' });
    await settle();
    expect([here.erp.documents, here.erp.booked()]).toEqual([[], []]);
    expect(here.erp.count('discard')).toBe(1); // carried out once, by the one or by the other
    expect(await stateInLedger()).toEqual({ state: 'rejected', half: null, discarding: null, sent_at: null, released: false });
    expect(here.published.resultsOf(halfInvoiceKey)).toEqual(['rejected']);

    await here.published.publish(await here.heir.poster.handle(anInvoiceOfTwoLines('corrected'), never, { kind: 'replay' }));
    await settle();
    expect(here.erp.documents).toMatchObject([{ key: halfInvoiceKey, lines: ['l1', 'l2'] }]);
    expect(here.erp.booked()).toEqual([halfInvoiceKey]);
    expect(here.published.resultsOf(halfInvoiceKey)).toEqual(['rejected', 'posted', 'released']);
  },
  60_000,
);

it.each([
  { at: 'after', result: 'adopted' },
  { at: 'before', result: 'posted' },
] as const)(
  'has each line once when the worker is killed $at it finishes half a document',
  async ({ at, result }) => {
    here.erp.refusals.set('l2', 1);
    await killedIn('post', 2, at);
    expect(await stateInLedger()).toMatchObject({ state: 'claimed', half: { missing: ['l2'] }, sent_at: expect.any(Date) });
    expect(here.erp.documents[0]?.lines).toEqual(at === 'after' ? ['l1', 'l2'] : ['l1']);
    // Its batch is not released while half of it may be missing.
    await here.heir.sweeper.sweep();
    expect(here.erp.booked()).toEqual([]);

    await here.published.publish(await here.heir.poster.handle(anInvoiceOfTwoLines(), never));
    await settle();
    expect(here.erp.documents).toMatchObject([{ key: halfInvoiceKey, lines: ['l1', 'l2'] }]);
    expect(here.erp.booked()).toEqual([halfInvoiceKey]);
    expect(here.published.resultsOf(halfInvoiceKey)).toEqual([result, 'released']);
  },
  60_000,
);
