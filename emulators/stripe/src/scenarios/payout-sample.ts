import type { Scenario, Step } from '../script.js';
import type { Stage } from '../stage.js';

/** 2026-09-01 06:00:00 UTC: the first movement of the payout. */
const start = 1_788_242_400;
/** The dispute that is won during the week, and its payment, are of the week before and were paid out with it. */
const weekBefore = 8 * 86_400;
const originMs = (start - weekBefore) * 1_000;
const when = (seconds: number): number => seconds - originMs / 1_000;

/** Who pays nothing but once; no customer of the account. */
const pennine = {
  name: 'Pennine Tool Hire Ltd',
  email: 'orders@pennine-tool.example',
  phone: null,
  address: { city: 'Leeds', country: 'GB', line1: '14 Canal Wharf', line2: null, postal_code: 'LS11 5PS', state: null },
};

const acme = { name: 'Acme Fabrication LLC', email: 'ap@acme-fabrication.example', phone: null, address: null };

/**
 * The payout of 2,843.01 USD, movement by movement and second by second as in proof/fixtures/stripe/lists/balance_transactions_payout_usd.json.
 * Nothing is drawn at random: every seed is the same story.
 */
export const payoutSample: Scenario = {
  name: 'payout-sample',
  summary:
    'One payout of USD 2,843.01 with movements of nine types: charges, a bank debit, pounds, refunds, a failed refund, disputes, a reserve, fees and tax.',
  days: 16,
  startsAt: originMs,
  steps: () => [...before, ...movements, ...end],
};

const pays = (seconds: number, label: string, amount: number, more: object = {}, currency = 'usd'): Step => ({
  at: when(seconds),
  text: `payment "${label}"`,
  run: (stage) => void stage.pays(label, { amount, currency, billing: currency === 'gbp' ? pennine : acme, ...more }),
});
const does = (seconds: number, text: string, run: (stage: Stage) => unknown): Step => ({
  at: when(seconds),
  text,
  run: (stage) => void run(stage),
});

/** Pays 150.00 and 100.00; the first is disputed; what is left after fees goes out the evening before the week begins. */
const before: readonly Step[] = [
  pays(start - weekBefore + 3_600, 'disputed before', 15_000),
  pays(start - weekBefore + 7_200, 'before', 10_000),
  does(start - weekBefore + 4 * 86_400, 'a chargeback of the payment "disputed before"', (stage) =>
    stage.name('dispute before', stage.merchant.disputes.open(stage.id('disputed before'), { reason: 'general' })),
  ),
  does(start - 3_600, 'the payout before', (stage) => stage.merchant.payouts.automatic('usd')),
  does(start - 3_500, 'a pound is 1.344 dollars', ({ merchant }) =>
    merchant.ledger.rates.set('gbp', { currency: 'usd', times: 1_344, per: 1_000 }),
  ),
];

/** In the order of their `created`. A charge settles three seconds after it was made, so it is made three seconds earlier. */
const movements: readonly Step[] = [
  does(1_788_242_400, 'Radar takes its fee', ({ merchant }) =>
    merchant.stripeCharges.usageFee(1_200, 'usd', 'Radar (2026-08-01 - 2026-08-31): Radar for Fraud Teams'),
  ),
  does(1_788_242_401, 'and the tax on it', ({ merchant }) =>
    merchant.stripeCharges.taxOnFees(93, 'usd', 'Sales tax on Stripe fees (2026-08-01 - 2026-08-31)'),
  ),
  pays(1_788_276_638, 'WEB-1001', 29_429, { description: 'WEB-1001', metadata: { erp_order_ref: 'WEB-1001' } }),
  pays(1_788_286_208, 'pounds', 8_000, { metadata: { erp_order_ref: 'WEB-1002' } }, 'gbp'),
  pays(1_788_339_597, 'WEB-1003', 50_000, { metadata: { erp_order_ref: 'WEB-1003' } }),
  does(1_788_350_400, 'a bank debit is pending', (stage) => {
    const debit = { amount: 250_000, currency: 'usd', description: 'SO-77120', method: 'us_bank_account', billing: acme } as const;
    const { charge } = stage.merchant.pay({ ...debit, metadata: { erp_order_ref: 'SO-77120' } });
    stage.name('bank debit', charge);
  }),
  pays(1_788_357_597, 'refunded', 6_400),
  pays(1_788_364_797, 'disputed', 32_000),
  does(1_788_422_400, 'a refund that will come back', (stage) =>
    stage.name('failing', stage.merchant.refund(stage.id('refunded'), undefined, { reason: 'requested_by_customer' })),
  ),
  does(1_788_429_600, 'a part of WEB-1003 is refunded', (stage) =>
    stage.merchant.refund(stage.id('WEB-1003'), 12_000, { reason: 'requested_by_customer', metadata: { erp_rma: 'RMA-552' } }),
  ),
  does(1_788_490_800, 'the card network warns of fraud', (stage) => stage.merchant.fraudWarnings.report(stage.id('disputed'))),
  does(1_788_512_400, 'the dispute of the week before is won', (stage) => stage.merchant.disputes.close(stage.id('dispute before'), 'won')),
  does(1_788_560_100, 'the bank pays the debit', (stage) =>
    stage.expects(stage.merchant.bankDebits.clear(stage.id('bank debit')), 250_000),
  ),
  does(1_788_591_600, 'Stripe holds a reserve', ({ merchant }) => merchant.stripeCharges.reserve(20_000, 'usd')),
  does(1_788_615_000, 'the rest of WEB-1003 is refunded', (stage) =>
    stage.merchant.refund(stage.id('WEB-1003'), 38_000, { reason: 'duplicate' }),
  ),
  does(1_788_638_400, 'a chargeback of the payment "disputed"', (stage) =>
    stage.merchant.disputes.open(stage.id('disputed'), { reason: 'product_not_received' }),
  ),
  does(1_788_674_400, 'the refund comes back', (stage) => stage.merchant.refunds.fail(stage.id('failing'), 'lost_or_stolen_card')),
];

const end: readonly Step[] = [
  does(1_788_739_500, 'the payout', (stage) => {
    const payout = stage.merchant.payouts.automatic('usd');
    if (payout) stage.name('payout', payout);
  }),
  does(1_788_919_200, 'the bank has the payout', (stage) => stage.merchant.payouts.paid(stage.id('payout'))),
  does(1_788_931_800, 'the payout is itemised', (stage) => stage.merchant.payouts.reconcile(stage.id('payout'), '091000019284710')),
];
