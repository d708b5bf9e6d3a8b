import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PostingRequested } from '@tributary/contracts';
import type { ErpConnector, ErpDocument } from '@tributary/connector-kit';
import { compileAssets } from '@tributary/mapping';
import { aRequest, target } from '../../testing/requests.js';
import { dryPosting, keysNeeded, requestsOf, together } from './dry-run.js';

const customerKey = `${target}/customer/cus_1`;
/** A connector that describes each document exactly as it receives it. */
const connector: ErpConnector = {
  name: 'epicor-kinetic',
  describeCall: (document: ErpDocument) => [
    {
      method: 'POST',
      path: `/${document.kind}`,
      body: JSON.stringify(document.fields, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)),
      text: '',
    },
  ],
} as unknown as ErpConnector;

function bodyOf(request: PostingRequested, references: ReadonlyMap<string, Record<string, string>>): Record<string, unknown> {
  return JSON.parse(dryPosting(request, { connector, references }).calls[0]?.body ?? '{}') as Record<string, unknown>;
}

it('fills in what is known of other documents, typed as their field is, and says what is not', () => {
  const request = aRequest('ch_1');
  expect(keysNeeded([request])).toEqual([request.postingKey, customerKey]);
  expect(bodyOf(request, new Map([[customerKey, { CustNum: '1001' }]])).CustNum).toBe('1001n');
  const unknown = dryPosting(request, { connector, references: new Map() });
  expect(unknown.open).toEqual([`CustNum: CustNum of ${customerKey}, which is not posted yet`]);
  expect(unknown.calls).toHaveLength(1);
});

it('says why a document would be refused, and when nobody here can describe its calls', () => {
  const refusing = {
    ...connector,
    describeCall: () => {
      throw Object.assign(new Error('ch_1: DocTranAmt has to be a decimal number'), { code: 'kinetic.field-invalid' });
    },
  } as ErpConnector;
  const parts = { references: new Map<string, Record<string, string>>() };
  expect(dryPosting(aRequest('ch_1'), { connector: refusing, ...parts }).problem).toEqual({
    code: 'kinetic.field-invalid',
    text: 'ch_1: DocTranAmt has to be a decimal number',
  });
  expect(dryPosting(aRequest('ch_1', { shape: 'other/receipt' }), { connector, ...parts }).problem?.code).toBe('dry-run.no-description');
});

describe('the books of a posting request', () => {
  const usd = (minor: bigint) => ({ minor, currency: 'USD' });
  const effect = [
    { role: 'CLR', account: '1150-00-00', debit: usd(1_050n), credit: null },
    { role: 'AR', account: '1100-00-00', debit: null, credit: usd(1_000n) },
    { role: 'TAX', account: null, debit: null, credit: usd(50n) },
  ];
  const tried = (change: Partial<PostingRequested>) => dryPosting(aRequest('ch_1', change), { connector, references: new Map() });

  it('are its lines and its effect with the sums of both sides', () => {
    const lines = [{ table: 'Lines', key: '1', fields: { Text: 'Fee', Amount: '10.50', Note: null } }];
    expect(tried({ effect, lines })).toMatchObject({
      lines: [{ table: 'Lines', key: '1', fields: { Text: 'Fee', Amount: '10.50', Note: null } }],
      effect: [
        { role: 'CLR', account: '1150-00-00', debit: { text: '10.50' }, credit: null },
        { role: 'AR', credit: { text: '10.00' } },
        { role: 'TAX', account: null, credit: { text: '0.50' } },
      ],
      totals: [{ debit: { text: '10.50', currency: 'USD' }, credit: { text: '10.50' } }],
      problem: null,
      calls: [expect.anything()],
    });
  });

  it('that do not balance are refused with both sums, before any call', () => {
    expect(tried({ effect: effect.slice(0, 2) })).toMatchObject({
      totals: [{ debit: { text: '10.50' }, credit: { text: '10.00' } }],
      problem: { code: 'posting.unbalanced', text: expect.stringContaining('debits are 10.50 USD, credits 10.00 USD') },
      calls: [],
    });
  });
});

describe('a canonical fact', () => {
  const folder = new URL('../../../../../assets', import.meta.url).pathname;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(yaml|yml|csv)$/.test(name));
  const compiled = compileAssets(files.map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') })));
  if (!compiled.ok) throw new Error('the shipped assets do not compile');
  const { bundle } = compiled;
  const fact = {
    eventId: 'fact_1',
    eventType: 'ar.payment-failed',
    value: { source: { livemode: false } },
    sourceEventId: 'evt_1',
    sequence: 'pi_1',
  };

  it('that no flow wants asks for nothing, and says so', () => {
    expect(requestsOf(bundle, fact, 0)).toEqual({ requests: [], ignoredReason: 'no-flow', problem: null });
  });

  const payment = {
    ...{ source: { livemode: false, account: null }, paymentId: 'pi_1', chargeId: 'ch_1', customerId: 'cus_1', payer: {} },
    ...{ amount: { minor: 1_050n, currency: 'USD' }, receivedAt: 0, method: { type: 'card' }, metadata: {} },
  };
  const paid = { ...fact, eventType: 'ar.payment-received', value: payment };

  it('that is mapped shows documents that balance', () => {
    const { requests, problem } = requestsOf(bundle, paid, 0);
    expect(problem).toBeNull();
    const postings = requests.map((request) => dryPosting(request, { connector, references: new Map() }));
    expect(postings.find(({ kind, target: of }) => kind === 'cash-receipt' && of === target)).toMatchObject({
      effect: [
        { role: 'CLR', account: '1150-00-00', debit: { text: '10.50' } },
        { role: 'AR', account: '1100-00-00', credit: { text: '10.50' } },
      ],
      totals: [{ debit: { text: '10.50' }, credit: { text: '10.50' } }],
    });
  });

  it('whose flow does not balance is refused with file, line and both sums', () => {
    const path = 'shared/flows/payment-to-cash-receipt.yaml';
    const wrong = compileAssets(
      files.map((name) => {
        const text = readFileSync(join(folder, name), 'utf8');
        return { path: name, text: name === path ? text.replace(/^ {6}- \{ role: AR, credit: .*\n/m, '') : text };
      }),
    );
    if (!wrong.ok) throw new Error(JSON.stringify(wrong.problems));
    expect(requestsOf(wrong.bundle, paid, 0)).toEqual({
      requests: [],
      ignoredReason: null,
      problem: {
        code: 'posting.unbalanced',
        text: expect.stringMatching(
          /shared\/flows\/payment-to-cash-receipt\.yaml:\d+\): the effect of step cash-receipt does not balance: debits are 10\.50 USD, credits 0\.00 USD$/,
        ),
      },
    });
  });

  it('that cannot be mapped tells why', () => {
    expect(requestsOf(bundle, { ...fact, eventType: 'ar.payment-received' }, 0)).toMatchObject({
      requests: [],
      problem: { code: expect.stringMatching(/^[a-z-]+\.[a-z-]+/) as string },
    });
  });
});

describe('several facts of one event', () => {
  const asks = (id: string) => ({ requests: [aRequest(id)], ignoredReason: null, problem: null });
  const ignored = { requests: [], ignoredReason: 'no-flow', problem: null };
  const refused = { requests: [], ignoredReason: null, problem: { code: 'mapping.value-invalid', text: 'x' } };

  it('ask for what each of them asks for, in order; one that nobody wants changes nothing', () => {
    const { requests, ignoredReason, problem } = together([asks('ch_1'), ignored, asks('ch_2')]);
    expect(requests).toEqual([aRequest('ch_1'), aRequest('ch_2')]);
    expect([ignoredReason, problem]).toEqual([null, null]);
  });

  it('are ignored when all are, and refused when one is', () => {
    expect(together([ignored, ignored]).ignoredReason).toBe('no-flow');
    expect(together([asks('ch_1'), refused]).problem?.code).toBe('mapping.value-invalid');
  });
});
