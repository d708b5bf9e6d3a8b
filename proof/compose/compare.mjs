#!/usr/bin/env node
import { askService } from './ask.mjs';

/**
 * Waits until the demo day is over and nothing is in flight, then compares the payments that the day's script says succeeded with the
 * receipts that Kinetic holds: each once, nothing else, same amount; and the way back, the number of each receipt in the metadata of its
 * charge, of each customer in that of its Stripe customer. Dynamics SL and Prophet 21, where TRIBUTARY_PORT_EMULATOR_* name them, hold a receipt
 * for each payment, and their books are whole. Ports by TRIBUTARY_PORT_*, as for `npm start`; TRIBUTARY_TOKEN is a token that may
 * read payments; ask.mjs says what else a service is asked with.
 */
const defaultPorts = { recon: 4040, 'emulator-stripe': 4242, 'emulator-epicor-kinetic': 4301 };
const portOf = (name) => process.env[`TRIBUTARY_PORT_${name.toUpperCase().replaceAll('-', '_')}`] || defaultPorts[name];
const deadline = Date.now() + 240_000;
const pollMs = 1_000;

async function json(name, path) {
  // Services want to know who asks; emulators do not.
  if (!name.startsWith('emulator-')) {
    const { status, body } = await askService(`${process.env.PROOF_RELEASE ?? ''}${name}`, portOf(name), path);
    if (status !== 200) throw new Error(`${name}${path} answered ${status}`);
    return JSON.parse(body);
  }
  const answer = await fetch(`http://127.0.0.1:${portOf(name)}${path}`, { signal: AbortSignal.timeout(5_000) });
  if (!answer.ok) throw new Error(`${name}${path} answered ${answer.status}`);
  return answer.json();
}

/** Currencies of the day that have no hundredths (ISO 4217). */
const decimals = (currency) => (currency.toLowerCase() === 'jpy' ? 0 : 2);

/** Minor units as decimal text, without going through a float: 1050 usd is 10.50, 1050 jpy is 1050. */
function decimal(minor, currency) {
  const places = decimals(currency);
  const digits = String(minor).padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Counts at rest: the day is done, all is released, and twice in a row nothing is on its way. */
async function atRest() {
  let calm = 0;
  let last = 'nothing answered';
  while (Date.now() < deadline) {
    try {
      const [day, counts, kinetic] = await Promise.all([
        json('emulator-stripe', '/_control/day'),
        json('recon', '/counts'),
        json('emulator-epicor-kinetic', '/_control/state'),
      ]);
      last = JSON.stringify({ day: day.state, counts });
      const resting =
        day.state === 'done' && counts.accepted > 0 && counts.inFlight === 0 && kinetic.receipts.every((receipt) => receipt.Posted);
      calm = resting ? calm + 1 : 0;
      if (calm >= 3) return { counts, kinetic };
    } catch (error) {
      last = error.message;
      calm = 0;
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error(`it did not come to rest: ${last}`);
}

const { counts, kinetic } = await atRest();
const expected = await json('emulator-stripe', '/_control/day/expected');
const payments = expected.payments ?? expected;
const stripe = await json('emulator-stripe', '/_control/state');
const problems = [];

const sum = counts.posted + counts.ignored + counts.held + counts.deadLettered + counts.inFlight;
if (sum !== counts.accepted) problems.push(`I2: accepted is ${counts.accepted}, the others add up to ${sum}`);
if (counts.held + counts.deadLettered > 0) problems.push(`held ${counts.held}, dead-lettered ${counts.deadLettered}`);
if (kinetic.receipts.length !== payments.length) problems.push(`${payments.length} payments, ${kinetic.receipts.length} receipts`);
/** A charge that was captured in pieces is as many payments, and has as many receipts. */
const byCharge = new Map();
for (const payment of payments) byCharge.set(payment.chargeId, [...(byCharge.get(payment.chargeId) ?? []), payment]);
for (const [id, pieces] of byCharge) {
  const receipts = kinetic.receipts.filter((receipt) => Object.values(receipt).includes(id));
  const paid = pieces.map(({ amount, currency }) => `${decimal(amount, currency)} ${currency.toUpperCase()}`).sort();
  const booked = receipts
    .map(({ DocTranAmt, CurrencyCode }) => `${Number(DocTranAmt).toFixed(decimals(CurrencyCode))} ${CurrencyCode}`)
    .sort();
  if (paid.join() !== booked.join()) problems.push(`${id}: ${paid.join(', ')} was paid, ${booked.join(', ') || 'nothing'} is booked`);
  const told = stripe.charges.find((charge) => charge.id === id)?.metadata ?? {};
  const isTold = ({ HeadNum, GroupID }) => told.kinetic_receipt_number === String(HeadNum) && told.kinetic_receipt_group === GroupID;
  if (receipts.length > 0 && !receipts.some(isTold))
    problems.push(`${id}: receipt ${receipts[0].GroupID}/${receipts[0].HeadNum} is ${JSON.stringify(told)} in Stripe`);
}
const alive = stripe.customers.filter((customer) => customer.deleted !== true);
for (const { StripeCustomerID_c: id, CustID, CustNum } of kinetic.customers) {
  const metadata = alive.find((customer) => customer.id === id)?.metadata;
  if (metadata && (metadata.kinetic_customer_id !== CustID || metadata.kinetic_customer_num !== String(CustNum)))
    problems.push(`${id}: customer ${CustID} (${CustNum}) is ${JSON.stringify(metadata)} in Stripe`);
}
/** The other ledgers: the receipts that an emulator holds. */
const receiptsIn = {
  'emulator-dynamics-sl': ({ ARDoc }) => ARDoc.filter(({ DocType, Rlsed }) => DocType === 'PA' && Rlsed === 1),
  'emulator-prophet21': ({ ar_payment_details: paid = [] }) => paid,
};
for (const [name, receiptsOf] of Object.entries(receiptsIn)) {
  if (!portOf(name)) continue;
  const receipts = receiptsOf(await json(name, '/_control/state'));
  if (receipts.length !== payments.length) problems.push(`${name}: ${payments.length} payments, ${receipts.length} receipts`);
  const { brokenRules } = await json(name, '/_control/ledger');
  problems.push(...brokenRules.map((rule) => `${name}: ${rule}`));
}
console.log(
  `accepted ${counts.accepted} = posted ${counts.posted} + ignored ${counts.ignored} + held ${counts.held} + dead-lettered ${counts.deadLettered}; ${payments.length} payments, ${kinetic.receipts.length} receipts`,
);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
