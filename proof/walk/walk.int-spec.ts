import type { Body } from './bodies.js';
import { eventBodies, objectBodies, paymentsOf, shuffled } from './bodies.js';
import {
  expectedChargesBack,
  expectedCustomers,
  expectedCustomersBack,
  expectedEchoes,
  expectedEnds,
  expectedReceipts,
} from './expected.js';
import type { End } from './expected.js';
import { leaked, personalTexts } from './canaries.js';
import { SpanCollector } from './span-collector.js';
import { WalkSystem } from './walk-system.js';

/**
 * The proof of the first walk, on the real stack. Every recorded and composed body is delivered to ingest, signed; what must
 * be in Kinetic and in Stripe's metadata afterwards was written by hand (expected.ts). Then again, shuffled, three times each: nothing
 * more is booked, nothing more is written back.
 */
let system: WalkSystem;
let spans: SpanCollector;
const bodies = eventBodies();

beforeAll(async () => {
  spans = await SpanCollector.start();
  system = await WalkSystem.start('walk', { spansTo: spans.endpoint });
}, 240_000);
afterAll(async () => {
  await system?.stop();
  await spans?.stop();
}, 120_000);

/** The object that a body is about. */
function objectIn(file: string): object {
  const body = bodies.find((one) => one.file === file) as Body;
  return (JSON.parse(body.bytes.toString('utf8')) as { data: { object: object } }).data.object;
}

/** Stripe's metadata of what is written back to, and what it should be: the numbers are those that Kinetic itself tells. */
async function waysBack(): Promise<{ held: Record<string, unknown>; expected: Record<string, unknown> }> {
  const [kinetic, stripe] = await Promise.all([system.kinetic(), system.stripe()]);
  const held = Object.fromEntries([...stripe.customers, ...stripe.charges].map(({ id, metadata }) => [id, metadata]));
  const customers = expectedCustomersBack.map(({ id, kept }) => {
    const customer = kinetic.customers.find(({ StripeCustomerID_c }) => StripeCustomerID_c === id);
    const numbers = { kinetic_customer_id: customer?.CustID, kinetic_customer_num: String(customer?.CustNum) };
    return [id, { ...kept, ...numbers, tributary_posting_key: `stripe-main/metadata/${id}/customer` }];
  });
  const charges = expectedChargesBack.map(({ id, kept }) => {
    const receipt = kinetic.receipts.find(({ CheckRef }) => CheckRef === id);
    const numbers = { kinetic_receipt_number: String(receipt?.HeadNum), kinetic_receipt_group: receipt?.GroupID };
    return [id, { ...kept, ...numbers, tributary_posting_key: `stripe-main/metadata/${id}/charge` }];
  });
  return { held, expected: Object.fromEntries([...customers, ...charges]) as Record<string, unknown> };
}

/** Kinetic's receipts as the expectation is written: number, currency, the customer's Stripe id. */
async function receiptsInKinetic(): Promise<string[]> {
  const { receipts, customers } = await system.kinetic();
  return receipts
    .map((receipt) => {
      const customer = customers.find(({ CustNum }) => CustNum === receipt.CustNum);
      return `${receipt.CheckRef} ${receipt.DocTranAmt} ${receipt.CurrencyCode} ${customer?.StripeCustomerID_c ?? 'no customer'}${receipt.Posted ? '' : ' not posted'}`;
    })
    .sort();
}

const receiptLines = expectedReceipts
  .map(({ chargeId, amount, currency, stripeCustomer }) => `${chargeId} ${amount} ${currency} ${stripeCustomer}`)
  .sort();

const endingAs = (end: End): number => Object.values(expectedEnds).filter((one) => one === end).length;
/** What the ends written by hand add up to. */
const written = { posted: endingAs('posted'), held: endingAs('held'), deadLettered: endingAs('deadLettered') };

/** What needs a person or waits: payments add nothing to it. */
const unsettled = ({ held, deadLettered }: { held: number; deadLettered: number }) => ({ held, deadLettered });

it('has an expected end for every body', () => {
  expect(bodies.map(({ file }) => file).sort()).toEqual(Object.keys(expectedEnds).sort());
});

it('refuses recordings of bare objects', async () => {
  for (const body of objectBodies()) expect([body.file, await system.deliver(body)]).toEqual([body.file, 400]);
});

it('refuses a body at an endpoint of another mode or account', async () => {
  const live = bodies.find(({ endpoint }) => endpoint.name === 'live') as Body;
  const connect = bodies.find(({ endpoint }) => endpoint.name === 'connect') as Body;
  const plain = bodies.find(({ endpoint }) => endpoint.name === 'default') as Body;
  expect(await system.deliver({ ...live, endpoint: plain.endpoint })).toBe(400);
  expect(await system.deliver({ ...connect, endpoint: plain.endpoint })).toBe(400);
  expect(await system.deliver(plain, 'whsec_walk_of_somebody_else')).toBe(400);
});

describe('every body once, in the order of its path', () => {
  beforeAll(async () => {
    await system.putStripeObjects({
      customers: expectedCustomersBack.map(({ file }) => objectIn(file)),
      charges: expectedChargesBack.map(({ file }) => objectIn(file)),
    });
    for (const body of bodies) await system.deliverUntilAccepted(body);
    await system.quiet(bodies.length + expectedEchoes);
  }, 240_000);

  it('counts add up, nothing in flight', async () => {
    const counts = await system.counts();
    expect(counts.accepted).toBe(bodies.length + expectedEchoes);
    expect(counts.ignoredBy.echo).toBe(expectedEchoes);
    expect(counts.posted + counts.ignored + counts.held + counts.deadLettered).toBe(counts.accepted);
    expect(counts).toMatchObject({ inFlight: 0, ...written });
  });

  it('Kinetic holds exactly the receipts written by hand', async () => {
    expect(await receiptsInKinetic()).toEqual(receiptLines);
  });

  it('Stripe is told the numbers that Kinetic gave, and what others keep there stays', async () => {
    const { held, expected } = await waysBack();
    expect(held).toEqual(expected);
  });

  it.each(expectedCustomers)('Kinetic knows $stripeCustomer as it is now', async (expected) => {
    const found = (await system.kinetic()).customers.filter(({ StripeCustomerID_c }) => StripeCustomerID_c === expected.stripeCustomer);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      Address2: expected.address2,
      PhoneNum: expected.phone,
      EMailAddress: expected.email,
      Inactive: false,
    });
    expect(found[0]?.Name).toContain(expected.name);
  });

  it('Kinetic knows nobody else', async () => {
    const ours = (await system.kinetic()).customers.map(({ StripeCustomerID_c }) => StripeCustomerID_c).filter(Boolean);
    expect(ours.sort()).toEqual(expectedCustomers.map(({ stripeCustomer }) => stripeCustomer).sort());
  });

  it('every body has the end written by hand', async () => {
    const ends: Record<string, string> = {};
    for (const body of bodies) {
      const { state, reason } = await system.event(body.eventId);
      ends[body.file] = state === 'ignored' ? `ignored: ${reason}` : state;
    }
    expect(ends).toEqual(expectedEnds);
  });
});

describe('the same again, shuffled and three times each', () => {
  beforeAll(async () => {
    for (const body of shuffled([...bodies, ...bodies, ...bodies], 20261121)) await system.deliverUntilAccepted(body);
    await system.quiet(bodies.length * 4 + expectedEchoes);
  }, 240_000);

  it('nothing more is booked', async () => {
    expect(await receiptsInKinetic()).toEqual(receiptLines);
  });

  it('nothing more is written back, so nothing more comes round', async () => {
    const { held, expected } = await waysBack();
    expect(held).toEqual(expected);
    expect((await system.counts()).ignoredBy.echo).toBe(expectedEchoes);
  });

  it('every further delivery is ignored as a duplicate, and the counts add up', async () => {
    expect(await system.counts()).toMatchObject({
      accepted: bodies.length * 4 + expectedEchoes,
      ...written,
      ignored: bodies.length * 4 + expectedEchoes - written.posted - written.held - written.deadLettered,
      inFlight: 0,
    });
  });
});

/** Forty payments cloned from one recorded body: enough calls for faults and kills to hit every step. */
const payments = (prefix: string, count: number): Body[] => paymentsOf(bodies, prefix, count);

/** Kinetic's receipts of a prefix: how many, how many different, all with the amount of the model. */
async function receiptsOf(prefix: string): Promise<{ all: number; different: number; wrong: string[] }> {
  const own = (await system.kinetic()).receipts.filter(({ CheckRef }) => CheckRef.startsWith(`ch_${prefix}_`));
  return {
    all: own.length,
    different: new Set(own.map(({ CheckRef }) => CheckRef)).size,
    wrong: own
      .filter(({ DocTranAmt, CurrencyCode, Posted }) => DocTranAmt !== 294.29 || CurrencyCode !== 'USD' || !Posted)
      .map(({ CheckRef }) => CheckRef),
  };
}

const lossy = [
  { match: { method: 'POST', probability: 0.2 }, action: { kind: 'commit-then-drop-connection' } },
  { match: { method: 'POST', probability: 0.2 }, action: { kind: 'status', status: 503, body: 'Service Unavailable' } },
];

describe('Kinetic loses the answer after commit in 20 % of its calls and refuses 20 %', () => {
  it('still books exactly one receipt per payment', async () => {
    const before = await system.counts();
    await system.setKineticFaults(lossy, 7);
    const sent = payments('lossy', 40);
    for (const body of shuffled([...sent, ...sent], 3)) await system.deliverUntilAccepted(body);
    const counts = await system.quiet(before.accepted + 80);
    await system.setKineticFaults([]);
    expect(await receiptsOf('lossy')).toEqual({ all: 40, different: 40, wrong: [] });
    expect(counts).toMatchObject({ posted: before.posted + 40, ignored: before.ignored + 40, ...unsettled(before) });
  }, 400_000);
});

describe('kill -9 in the middle', () => {
  it.each(['erp-sink', 'transform'] as const)(
    'of %s: still exactly one receipt per payment',
    async (victim) => {
      const before = await system.counts();
      const prefix = `kill${victim.replace('-', '')}`;
      await system.setKineticFaults([{ match: { method: 'POST', probability: 0.2 }, action: { kind: 'commit-then-drop-connection' } }], 11);
      const sent = payments(prefix, 40);
      for (const [index, body] of sent.entries()) {
        await system.deliverUntilAccepted(body);
        if (index === 12 || index === 25) {
          await system.kill9(victim);
          await system.restart(victim);
        }
      }
      const counts = await system.quiet(before.accepted + 40);
      await system.setKineticFaults([]);
      expect(await receiptsOf(prefix)).toEqual({ all: 40, different: 40, wrong: [] });
      expect(counts).toMatchObject({ posted: before.posted + 40, ...unsettled(before) });
    },
    400_000,
  );
});

describe('a person changes metadata in Stripe', () => {
  it('of ours: Kinetic hears of it, and Stripe is told the right number again; of others: nothing is written at all', async () => {
    const before = await system.counts();
    const [customer] = expectedCustomersBack as [(typeof expectedCustomersBack)[0]];
    await system.changeInStripe(`customers/${customer.id}`, { 'metadata[kinetic_customer_id]': 'WRONG' });
    await system.quiet(before.accepted + 2); // another second: two facts of one second that say the same are one
    await system.changeInStripe(`customers/${customer.id}`, { 'metadata[erp_site]': 'NYC' });
    const counts = await system.quiet(before.accepted + 3);
    const { held, expected } = await waysBack();
    expect(held[customer.id]).toEqual({ ...(expected[customer.id] as object), erp_site: 'NYC' });
    // Both changes are facts for Kinetic; our correction of the first comes round as an echo, the second is corrected by nobody.
    expect(counts).toMatchObject({
      accepted: before.accepted + 3,
      posted: before.posted + 2,
      ignoredBy: { echo: (before.ignoredBy.echo ?? 0) + 1 },
    });
  }, 300_000);
});

const lossyStripe = [
  { match: { method: 'POST', probability: 0.2 }, action: 'cut-after' },
  { match: { method: 'POST', probability: 0.2 }, action: 'server-error-after' },
  // Few: a document that meets it again and again is retried through the delay topics, the second of which takes a minute.
  { match: { probability: 0.2, times: 4 }, action: 'rate-limit' },
];

describe('the way back, while Stripe loses answers, refuses calls, and the sink of Stripe is killed', () => {
  it('still tells every charge and every customer its number once, and all of it comes round once and no further', async () => {
    const before = await system.counts();
    const sent = payments('back', 20);
    const charges = sent.map((body) => (JSON.parse(body.bytes.toString('utf8')) as { data: { object: { id: string } } }).data.object);
    const customers = Array.from({ length: 10 }, (_, index) => ({
      ...objectIn('events/customer.updated.json'),
      id: `cus_back_${index}`,
      email: `ap${index}@back.example`,
      metadata: { sales_rep: 'NW-07' },
    }));
    await system.putStripeObjects({ charges, customers });
    await system.setStripeFaults(lossyStripe);
    for (const [index, body] of sent.entries()) {
      await system.deliverUntilAccepted(body);
      if (index === 9) {
        await system.kill9('erp-sink-stripe');
        await system.restart('erp-sink-stripe');
      }
    }
    const changed = charges.length + customers.length;
    const counts = await system.quiet(before.accepted + sent.length + changed);
    await system.setStripeFaults([]);
    expect(counts).toMatchObject({
      accepted: before.accepted + sent.length + changed,
      posted: before.posted + sent.length,
      ignoredBy: { echo: (before.ignoredBy.echo ?? 0) + changed },
      ...unsettled(before),
    });
    const [kinetic, stripe] = await Promise.all([system.kinetic(), system.stripe()]);
    for (const { id } of charges) {
      const receipt = kinetic.receipts.find(({ CheckRef }) => CheckRef === id);
      expect(stripe.charges.find((charge) => charge.id === id)?.metadata).toMatchObject({
        kinetic_receipt_number: String(receipt?.HeadNum),
        kinetic_receipt_group: receipt?.GroupID,
      });
    }
    for (const { id } of customers) {
      const customer = kinetic.customers.find(({ StripeCustomerID_c }) => StripeCustomerID_c === id);
      expect(stripe.customers.find((held) => held.id === id)?.metadata).toEqual({
        sales_rep: 'NW-07',
        kinetic_customer_id: customer?.CustID,
        kinetic_customer_num: String(customer?.CustNum),
        tributary_posting_key: `stripe-main/metadata/${id}/customer`,
      });
    }
  }, 400_000);
});

it('an event that is no JSON is refused and nothing is lost or stored', async () => {
  const before = await system.counts();
  const model = bodies[0] as Body;
  expect(await system.deliver({ ...model, bytes: Buffer.from('{"id": "evt_broken",') })).toBe(400);
  expect((await system.counts()).accepted).toBe(before.accepted);
});

it('tells nothing of persons in logs, metrics and lists of dead letters, whatever happened to their payments', async () => {
  const texts = personalTexts(bodies);
  expect(texts.size).toBeGreaterThan(40);
  const told = await system.told();
  expect(told.length).toBeGreaterThan(10_000);
  expect(leaked(texts, told)).toEqual([]);
});

it('tells nothing of persons in traces', async () => {
  const texts = personalTexts(bodies);
  const services = ['ingest', 'transform', 'erp-sink', 'recon'].map((service) => `tributary-${service}`);
  const told = spans.told();
  // Every service did send spans, of what it does with messages, so the look at them can fail.
  expect(services.filter((service) => !told.includes(service))).toEqual([]);
  expect(told.length).toBeGreaterThan(100_000);
  expect(leaked(texts, told)).toEqual([]);
});
