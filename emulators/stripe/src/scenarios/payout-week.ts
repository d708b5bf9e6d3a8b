import { seeded } from '../random.js';
import { at } from '../script.js';
import type { Scenario, Step } from '../script.js';
import type { Stage } from '../stage.js';
import { amountBetween, becomesCustomer, buys, guestBuys, money, paysOut } from './shop.js';
import type { Buyer } from './shop.js';

const buyers: readonly Buyer[] = [
  { name: 'Pine and Plane', email: 'office@pine-plane.example', country: 'US', city: 'Bangor', currency: 'usd' },
  { name: 'Werkhof Kassel', email: 'buero@werkhof-kassel.example', country: 'DE', city: 'Kassel', currency: 'eur' },
  { name: 'Tyne Toolroom', email: 'accounts@tyne-toolroom.example', country: 'GB', city: 'Gateshead', currency: 'gbp' },
];
const guest = { name: 'Nora Quist', email: 'nora.quist@mail.example', phone: null, address: null };
/** The days on which something is sold; after them only payouts go on. */
const sellingDays = 7;

/** A week of sales in three currencies that is paid out day by day, with fees, a reserve, and a payout that the bank sends back. */
export const payoutWeek: Scenario = {
  name: 'payout-week',
  summary:
    'A week of sales in three currencies, paid out day by day: fees, tax, a reserve, one payout that fails after it was paid, one by hand.',
  days: 12,
  steps: (seed) => {
    const random = seeded(seed);
    const payouts = [2, 3, 4, 5, 6, 7, 8, 9].flatMap((day) => [...paysOut(day, 'usd'), ...(day % 3 === 0 ? paysOut(day, 'eur') : [])]);
    return [...buyers.map((buyer, index) => becomesCustomer(at(0, 8, index), buyer)), ...sales(random), ...others(random), ...payouts];
  },
};

/** Two or three sales a day; the pound moves every day. */
function sales(random: () => number): Step[] {
  return Array.from({ length: sellingDays }, (_, day) => {
    const times = 1_300 + Math.floor(random() * 60);
    const rate: Step = {
      at: at(day, 7),
      text: `a pound is ${times / 1_000} dollars`,
      run: ({ merchant }) => merchant.ledger.rates.set('gbp', { currency: 'usd', times, per: 1_000 }),
    };
    const bought = Array.from({ length: 2 + Math.floor(random() * 2) }, (_unused, index) => {
      const buyer = buyers[Math.floor(random() * buyers.length)] as Buyer;
      return buys(at(day, 9 + index * 3), `sale ${day}.${index}`, buyer, amountBetween(random, 2_500, 90_000), `PW-${day}${index}`);
    });
    return [rate, ...bought];
  }).flat();
}

function others(random: () => number): Step[] {
  const [, euroBuyer] = buyers as [Buyer, Buyer, Buyer];
  return [
    guestBuys(at(1, 16), 'guest', guest, amountBetween(random, 12_000, 40_000), 'usd', 'PW-G1'),
    buys(at(0, 18), 'first in euro', euroBuyer, amountBetween(random, 20_000, 50_000), 'PW-E1'),
    buys(at(5, 18), 'last in euro', euroBuyer, 40_000, 'PW-E2'),
    ...bankDebit(amountBetween(random, 100_000, 300_000)),
    ...inPieces(amountBetween(random, 20_000, 60_000)),
    {
      at: at(3, 11),
      text: 'a part of the guest payment goes back',
      run: (stage) => void stage.merchant.refund(stage.id('guest'), 1_000, { reason: 'requested_by_customer' }),
    },
    ...stripeTakes(),
    {
      at: at(7, 9),
      text: 'a payout in EUR that had arrived comes back: the bank account is closed',
      run: (stage) => void stage.merchant.payouts.fail(stage.id('payout eur 3')),
    },
    {
      at: at(8, 14),
      text: 'EUR 100.00 are paid out by hand',
      run: (stage) =>
        void stage.name('by hand', stage.merchant.payouts.manual({ amount: 10_000, currency: 'eur', description: 'Sweep by hand' })),
    },
    { at: at(10, 9), text: 'the bank has it', run: (stage) => void stage.merchant.payouts.paid(stage.id('by hand')) },
  ];
}

/** Fees, tax and reserve have no event: they show in the balance and in the payouts. */
function stripeTakes(): Step[] {
  return [
    {
      at: at(4, 0, 1),
      text: 'Stripe takes its usage fee and the tax on it',
      run: ({ merchant }) => {
        merchant.stripeCharges.usageFee(1_200, 'usd', 'Radar (last month): Radar for Fraud Teams');
        merchant.stripeCharges.taxOnFees(93, 'usd', 'Sales tax on Stripe fees (last month)');
      },
    },
    { at: at(4, 7, 30), text: 'Stripe holds a reserve', run: ({ merchant }) => void merchant.stripeCharges.reserve(10_000, 'usd') },
    { at: at(8, 7, 30), text: 'Stripe releases the reserve', run: ({ merchant }) => void merchant.stripeCharges.reserve(-10_000, 'usd') },
  ];
}

function bankDebit(amount: number): Step[] {
  const [buyer] = buyers as [Buyer];
  const metadata = { erp_order_ref: 'PW-ACH' };
  return [
    {
      at: at(2, 15),
      text: `${buyer.name} pays ${money(amount, 'usd')} by bank debit, which is pending`,
      run: (stage) => {
        const customer = stage.id(`customer ${buyer.name}`);
        const { charge } = stage.merchant.pay({ amount, currency: 'usd', customer, metadata, method: 'us_bank_account' });
        stage.name('bank debit', charge);
      },
    },
    {
      at: at(4, 16),
      text: 'the bank pays the debit',
      run: (stage) => stage.expects(stage.merchant.bankDebits.clear(stage.id('bank debit')), amount),
    },
  ];
}

/** Authorised once, captured as the goods leave: two receipts of one charge. */
function inPieces(amount: number): Step[] {
  const [buyer] = buyers as [Buyer];
  const first = Math.floor(amount / 2);
  const captures = (label: string, piece: number | undefined, size: number) => (stage: Stage) => {
    stage.merchant.capture(stage.id(label), piece, null, piece === undefined);
    stage.expects(stage.charge('in pieces'), size);
  };
  return [
    {
      at: at(1, 10),
      text: `${buyer.name} orders for ${money(amount, 'usd')}, to be captured in pieces`,
      run: (stage) => {
        const customer = stage.id(`customer ${buyer.name}`);
        const options = { amount, currency: 'usd', customer, capture: 'manual', multicapture: true } as const;
        const { intent, charge } = stage.merchant.pay({ ...options, metadata: { erp_order_ref: 'PW-PCS' } });
        stage.name('intent in pieces', intent);
        stage.name('in pieces', charge);
      },
    },
    { at: at(2, 10), text: 'the first half is captured', run: captures('intent in pieces', first, first) },
    { at: at(3, 10), text: 'the rest is captured', run: captures('intent in pieces', undefined, amount - first) },
  ];
}
