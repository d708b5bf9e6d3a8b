import { topics } from '@tributary/contracts';
import { createKineticConnector, loadKineticConfig } from '@tributary/connector-epicor-kinetic';
import type { ErpConnector, ErpDocument } from '@tributary/connector-kit';
import { receiptsEach, requestsOf, target } from './requests.js';
import type { Asked } from './requests.js';
import { World } from './world.js';

interface Digest {
  readonly digest: string;
}
interface LedgerResult {
  readonly before: Digest & { readonly postings: number };
  readonly after: Digest & { readonly postings: number; readonly outcomes: number; readonly batches: number };
  readonly topics: { readonly records: number; readonly resumed: number };
  readonly found: { readonly topics: number; readonly adopted: number; readonly 'erp-only': number };
  readonly said: number;
  readonly conflicts: readonly { readonly code: string; readonly postingKey: string }[];
}
interface XrefResult {
  readonly expected: number;
  readonly missing: number;
  readonly different: number;
  readonly after: Digest & { readonly entries: number };
}

const customers = Number(process.env.PROOF_REBUILD_CUSTOMERS ?? 200);
const lostCustomers = 10;
const deliveries = 100;
const perCustomer = 1 + receiptsEach;
const all = customers * perCustomer;
const lost = lostCustomers * perCustomer;

let world: World;
let erp: ErpConnector;

beforeAll(async () => {
  world = await World.start('int-spec');
  erp = createKineticConnector(
    loadKineticConfig({
      KINETIC_URL: `${world.kineticUrl}/kinetic`,
      KINETIC_COMPANY: 'EPIC06',
      KINETIC_USER: 'tributary',
      KINETIC_PASSWORD: 'demo-password',
      KINETIC_API_KEY: 'demo-api-key',
    }),
  );
  await world.ask(Array.from({ length: customers }, (_, n) => requestsOf(n)).flat());
  await world.sink.start();
  await world.settled(all);
}, 180_000);

afterAll(async () => {
  await world?.stop();
}, 60_000);

/** Posts as a sink does whose database and outcomes are lost afterwards. */
async function postWithoutAWord(requests: readonly Asked[], group: string): Promise<void> {
  const signal = AbortSignal.timeout(60_000);
  let custNum = '';
  for (const { value } of requests) {
    const fields = value.kind === 'customer' ? value.fields : { ...value.fields, CustNum: BigInt(custNum) };
    const document = { ...value, fields, ...(value.kind === 'customer' ? {} : { batchId: group }) } as unknown as ErpDocument;
    if (document.batchId)
      await erp.openBatch?.({ batchId: group, kind: 'cash-group', date: String(value.fields.TranDate), partition: 'STR-USD' }, signal);
    const outcome = await erp.post(document, signal);
    if (outcome.kind !== 'posted') throw new Error(`posting ${value.postingKey} beside the sink: ${JSON.stringify(outcome)}`);
    custNum = outcome.reference.CustNum ?? custNum;
  }
}

function keysPosted(receipts: readonly { readonly StripePostingKey_c?: string }[]): string[] {
  return receipts.map(({ StripePostingKey_c }) => StripePostingKey_c ?? '').filter((key) => key.startsWith(target));
}

it('is refused while the sink of the target is at work', async () => {
  const { code, stderr } = await world.commands.run(['ledger']);
  expect(stderr).toMatch(/its sink, or another rebuild, is at work/);
  expect(code).toBe(1);
});

describe('with the sink stopped', () => {
  let original: { readonly ledger: Digest; readonly xref: Digest };

  beforeAll(async () => {
    await world.stopSink();
    original = await world.commands.sink('digest');
  }, 60_000);

  it('rebuilds a ledger that is gone to the same digest', async () => {
    await world.loseLedger();
    const { before, after, found, conflicts, said } = await world.commands.sink<LedgerResult>('ledger');
    expect(before.postings).toBe(0);
    expect(after).toMatchObject({ digest: original.ledger.digest, postings: all, outcomes: all });
    expect({ found: found.topics, adopted: found.adopted, conflicts, said }).toEqual({ found: all, adopted: 0, conflicts: [], said: 0 });
  }, 60_000);

  it('comes to the same digest when it is killed in the middle and run again', async () => {
    await world.loseLedger();
    const first = await world.commands.run(['ledger'], { killAt: /topics: \d+|target: \d+|ledger: \d+/ });
    expect(first.code).toBeNull();
    const { after } = await world.commands.sink<LedgerResult>('ledger');
    expect(after.digest).toBe(original.ledger.digest);
  }, 60_000);

  it('publishes the cross-references that are missing, and only those', async () => {
    expect(await world.commands.sink<XrefResult>('xref')).toMatchObject({ expected: all, missing: 0, different: 0 });
    await world.forgetCrossReferences(topics.xrefCustomer, ['cus_r000001', 'cus_r000002']);
    await world.forgetCrossReferences(topics.xrefDocument, ['ch_r000003_0']);
    const { missing, different, after } = await world.commands.sink<XrefResult>('xref');
    expect({ missing, different, digest: after.digest }).toEqual({ missing: 3, different: 0, digest: original.xref.digest });
  }, 60_000);
});

it('makes the views again to the same digest', async () => {
  await world.deliver(deliveries);
  await world.viewAll();
  const { digest, rows } = await world.commands.recon<Digest & { readonly rows: Record<string, number> }>('digest');
  expect(rows).toMatchObject({ delivery: deliveries, posting: all, outcome: all + customers * receiptsEach });
  const { before, after } = await world.commands.recon<{ readonly before: Digest; readonly after: Digest }>('views');
  expect([before.digest, after.digest]).toEqual([digest, digest]);
}, 120_000);

it('adopts what the ERP has and no outcome tells, and nothing is posted twice', async () => {
  const unheard = Array.from({ length: lostCustomers }, (_, n) => requestsOf(customers + n));
  await world.ask(unheard.flat());
  for (const [n, requests] of unheard.entries()) await postWithoutAWord(requests, `L26092${n}`);
  await world.loseLedger();
  const { found, said } = await world.commands.sink<LedgerResult>('ledger');
  expect({ adopted: found.adopted, said }).toEqual({ adopted: lost, said: lost });

  await world.sink.start();
  await world.settled(all + lost, 60_000);
  const keys = keysPosted(await world.receipts());
  expect(keys).toHaveLength((customers + lostCustomers) * receiptsEach);
  expect(new Set(keys).size).toBe(keys.length);
}, 120_000);

it('holds for a person what is there twice, and says so once', async () => {
  await world.stopSink();
  const twice = requestsOf(7)[1] as Asked;
  const [customer] = await world.rows<{ reference: { CustNum: string } }>('select reference from erp_sink.posting where posting_key = $1', [
    twice.value.dependsOn[0],
  ]);
  const again = {
    ...twice,
    value: { ...twice.value, fields: { ...twice.value.fields, CustNum: BigInt(customer?.reference.CustNum ?? 0) } },
  };
  const document = { ...again.value, batchId: 'L260999' } as unknown as ErpDocument;
  const signal = AbortSignal.timeout(30_000);
  await erp.openBatch?.(
    { batchId: 'L260999', kind: 'cash-group', date: String(twice.value.fields.TranDate), partition: 'STR-USD' },
    signal,
  );
  expect(await erp.post(document, signal)).toMatchObject({ kind: 'posted' });

  const first = await world.commands.sink<LedgerResult>('ledger');
  expect(first.conflicts).toMatchObject([{ code: 'rebuild.duplicate', postingKey: twice.value.postingKey }]);
  expect(first.said).toBe(1);
  const [row] = await world.rows<{ state: string }>('select state from erp_sink.posting where posting_key = $1', [twice.value.postingKey]);
  expect(row?.state).toBe('held');
  const second = await world.commands.sink<LedgerResult>('ledger');
  expect({ conflicts: second.conflicts.length, digest: second.after.digest }).toEqual({ conflicts: 1, digest: first.after.digest });
}, 60_000);
