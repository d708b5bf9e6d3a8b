import type { AssetFile } from './assets/asset-reader.js';
import { compileAssets } from './compile-assets.js';
import { formatProblem } from './problem.js';
import { route } from './route.js';
import type { RoutingResult } from './route.js';

/** Assets that write the number of a customer to Stripe. */
const profile = 'kind: profile\nname: back\ntarget: stripe-main\ncompany: default\ntimeZone: UTC\nbankAccounts: {}\nlivemode: true\n';
const mapping = `kind: mapping
name: ids
shape: stripe/metadata
parameters: { id: text, number: text }
fields:
  objectType: "'customer'"
  objectId: id
  erp_number: number
`;
const flow = (part: string): string => `kind: flow
name: back
profile: back
triggers: [erp.posting-concluded]
when: event.target == 'demo-main' && event.result in ['posted', 'adopted'] && !postingSourceId(event.postingKey).startsWith('guest:')
steps:
  - name: metadata
    document: metadata
    protocol: create-once
    mapping: ids
    sourceId: postingSourceId(event.postingKey)
    part: ${part}
    with:
      id: postingSourceId(event.postingKey)
      number: metadata(event.reference, 'Num')
`;

const assets = (part = `"'customer'"`): AssetFile[] =>
  Object.entries({ profile, mapping, flow: flow(part) }).map(([name, text]) => ({ path: `${name}.yaml`, text }));

const concluded = {
  postingKey: 'demo-main/customer/cus_1',
  target: 'demo-main',
  kind: 'customer',
  result: 'posted',
  reference: { Num: '1042' } as Record<string, string> | null,
  amount: null,
  concludedAt: 1_788_276_642_000,
};

function routed(change: Partial<typeof concluded> = {}): RoutingResult {
  const compiled = compileAssets(assets());
  if (!compiled.ok) throw new Error(compiled.problems.map(formatProblem).join('\n'));
  const value = { ...concluded, ...change };
  return route(compiled.bundle, { eventId: 'e', eventType: 'erp.posting-concluded', value, sourceEventId: 'evt_1', sequence: 'cus_1' }, 0);
}

it('asks another target to know the number that a posting was given', () => {
  expect(routed().postings.map(({ request }) => request)).toMatchObject([
    {
      postingKey: 'stripe-main/metadata/cus_1/customer',
      target: 'stripe-main',
      kind: 'metadata',
      shape: 'stripe/metadata',
      sourceEventId: 'evt_1',
      sequence: 'cus_1',
      fields: { objectType: 'customer', objectId: 'cus_1', erp_number: '1042' },
    },
  ]);
});

// The mode was checked when the fact was booked; an outcome has none.
it.each([
  [{ result: 'duplicate' }],
  [{ result: 'rejected', reference: null }],
  [{ target: 'stripe-main' }],
  [{ postingKey: 'demo-main/customer/guest:a@b.example' }],
])('asks for nothing after %p', (change) => {
  expect(routed(change)).toMatchObject({ postings: [], ignoredReason: 'flow-condition' });
});

it('knows which metadata keys of Stripe are its own', () => {
  const compiled = compileAssets(assets());
  expect(compiled.ok && [...compiled.bundle.stripeMetadataKeys]).toEqual(['erp_number']);
});

it('says where a part of the posting key is no text', () => {
  const compiled = compileAssets(assets('event.concludedAt'));
  expect(compiled.ok ? [] : compiled.problems.map(formatProblem)).toEqual([
    'flow.yaml:12:11: expected text for part (string); the expression gives int',
  ]);
});
