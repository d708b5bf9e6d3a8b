import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { endpoints } from './bodies.js';
import type { Body } from './bodies.js';
import type { KineticCustomer, KineticReceipt } from './shapes.js';
import { WalkSystem } from './walk-system.js';

/** Whose money it is, on the real stack: sequences after public reports (proof/fixtures/field/customers/SOURCES.md), one event at a time. */
const folder = join(workspaceRoot, 'proof/fixtures/field/customers');
let system: WalkSystem;

beforeAll(async () => {
  system = await WalkSystem.start('customers');
}, 240_000);
afterAll(async () => {
  await system?.stop();
}, 120_000);

function bodyOf(file: string, text: string): Body {
  return { file, endpoint: endpoints[0], eventId: (JSON.parse(text) as { id: string }).id, bytes: Buffer.from(text) };
}
/** Sends a body and waits until all is at rest. */
async function send(body: Body): Promise<void> {
  const { accepted } = await system.counts();
  await system.deliverUntilAccepted(body);
  // Counted, not only accepted: an echo of our own writing that arrives meanwhile is counted, too.
  for (let waited = 0; waited < 120 && !(await system.event(body.eventId).catch(() => undefined)); waited += 1)
    await new Promise((resolve) => setTimeout(resolve, 500));
  await system.quiet(accepted + 1);
}
/** @returns the bodies that were sent. */
async function play(name: string): Promise<Body[]> {
  const files = readdirSync(join(folder, name)).sort();
  await system.putStripeObjects(JSON.parse(readFileSync(join(folder, name, 'objects.json'), 'utf8')) as object);
  const bodies = files
    .filter((file) => /^\d/.test(file))
    .map((file) => bodyOf(`${name}/${file}`, readFileSync(join(folder, name, file), 'utf8')));
  for (const body of bodies) await send(body);
  return bodies;
}
async function receipts(chargePrefix: string): Promise<(KineticReceipt & { readonly customer: KineticCustomer | undefined })[]> {
  const { receipts: all, customers } = await system.kinetic();
  return all
    .filter(({ CheckRef }) => CheckRef.startsWith(chargePrefix))
    .map((receipt) => ({ ...receipt, customer: customers.find(({ CustNum }) => CustNum === receipt.CustNum) }));
}
async function customersNamed(email: RegExp): Promise<KineticCustomer[]> {
  return (await system.kinetic()).customers.filter(({ EMailAddress }) => email.test(EMailAddress));
}

it("a customer id of the merchant's own making is not merged into another Stripe customer, until a person says so; then it stays", async () => {
  const [, second] = await play('merchants-own-id');
  const anchor = (await system.kinetic()).customers.filter(({ StripeCustomerID_c }) => StripeCustomerID_c === 'cus_field06Anchor');
  expect(anchor).toEqual([expect.objectContaining({ Name: 'Anchor Chandlery', EMailAddress: 'office@field06.example' })]);
  expect(await receipts('ch_field06Sails')).toEqual([]);
  expect(await system.event(second?.eventId ?? '')).toMatchObject({ state: 'held', reason: 'kinetic.customer-taken' });

  const bayside = (await system.kinetic()).customers.find(({ CustID }) => CustID === 'BAYSIDE');
  await system.resolve(second?.eventId ?? '', { CustNum: String(bayside?.CustNum), CustID: 'BAYSIDE' });
  const decided = await receipts('ch_field06Sails');
  expect(decided).toEqual([expect.objectContaining({ DocTranAmt: 66, customer: expect.objectContaining({ CustID: 'BAYSIDE' }) })]);

  // Its e-mail is changed in Stripe to that of a third customer: the decision stays.
  const changed = JSON.parse(second?.bytes.toString('utf8') ?? '') as {
    id: string;
    type: string;
    created: number;
    data: { object: { email: string }; previous_attributes?: object };
  };
  changed.id = 'evt_field06_changed';
  changed.type = 'customer.updated';
  changed.created += 3_600;
  changed.data.previous_attributes = { email: changed.data.object.email };
  changed.data.object.email = 'office@acme-industrial.example';
  await send(bodyOf('merchants-own-id/changed', JSON.stringify(changed)));
  const { customers } = await system.kinetic();
  expect(customers.find(({ CustID }) => CustID === 'ACME')).not.toHaveProperty('StripeCustomerID_c');
  expect(customers.find(({ CustID }) => CustID === 'BAYSIDE')).toMatchObject({ StripeCustomerID_c: 'office@field06.example' });
}, 240_000);

it('one guest who types an e-mail in four ways is one customer with four receipts', async () => {
  await play('one-email-four-spellings');
  const found = await customersNamed(/ana\.field08@mail\.example/i);
  expect(found).toEqual([expect.objectContaining({ Name: 'Ana Ruiz', EMailAddress: expect.not.stringMatching(/\s/) })]);
  const booked = await receipts('ch_field08');
  expect(booked.map(({ DocTranAmt, customer }) => [DocTranAmt, customer?.CustNum]).sort()).toEqual(
    [10, 10.01, 10.02, 10.03].map((amount) => [amount, found[0]?.CustNum]),
  );
}, 240_000);

it('a stranger with a known e-mail renames nothing, by the first event and by the next', async () => {
  const bodies = await play('stranger-with-a-known-email');
  const kept = { Name: 'Northgate Hospital Trust', PhoneNum: '+15550320', Address1: '1 Hospital Way', City: 'Akron', Zip: '44301' };
  expect(await customersNamed(/accounts@field32\.example/i)).toEqual([expect.objectContaining(kept)]);
  const created = JSON.parse(bodies.at(-1)?.bytes.toString('utf8') ?? '') as { id: string; type: string; created: number; data: object };
  const again = { ...created, id: 'evt_field32_again', type: 'customer.updated', created: created.created + 60 };
  await send(
    bodyOf(
      'stranger-with-a-known-email/again',
      JSON.stringify({ ...again, data: { ...created.data, previous_attributes: { name: 'X' } } }),
    ),
  );
  expect(await customersNamed(/accounts@field32\.example/i)).toEqual([expect.objectContaining(kept)]);
  expect(await receipts('ch_field32')).toEqual([expect.objectContaining({ DocTranAmt: 1200, customer: expect.objectContaining(kept) })]);
}, 240_000);
