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
