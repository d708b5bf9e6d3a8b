import { seeded } from '../random.js';
import { at } from '../script.js';
import type { Scenario, Step } from '../script.js';
import { amountBetween, becomesCustomer, buys, paysOut } from './shop.js';
import type { Buyer } from './shop.js';

const buyers: readonly Buyer[] = [
  { name: 'Larkspur Garden Supply', email: 'books@larkspur-garden.example', country: 'US', city: 'Salina', currency: 'usd' },
  { name: 'Fenland Joinery', email: 'office@fenland-joinery.example', country: 'GB', city: 'Ely', currency: 'gbp' },
  { name: 'Mosel Werkzeug', email: 'konto@mosel-werkzeug.example', country: 'DE', city: 'Trier', currency: 'eur' },
];
const recalled = 6;

/** Refunds of every kind within two days: a recall, several in one second, parts that make a whole, and two that fail a month later. */
export const refundStorm: Scenario = {
  name: 'refund-storm',
  summary:
    'A recall: refunds in full and in part, several within a second, in pounds at another rate, pending ones, and two that fail a month later.',
  days: 45,
  steps: (seed) => {
    const random = seeded(seed);
    const [us, uk, de] = buyers as [Buyer, Buyer, Buyer];
    const sale = (day: number, label: string, buyer: Buyer): Step =>
      buys(at(day, 10), label, buyer, amountBetween(random, 6_000, 30_000), `RS-${label.toUpperCase().replaceAll(' ', '')}`);
    return [
      ...buyers.map((buyer, index) => becomesCustomer(at(0, 8, index), buyer)),
      pound(0, 1_344),
      ...Array.from({ length: recalled }, (_, index) => sale(1, `recalled ${index}`, us)),
      ...[
        sale(2, 'in parts', us),
        sale(2, 'pound', uk),
        sale(2, 'euro', de),
        sale(3, 'late', us),
        sale(3, 'slow', us),
        sale(3, 'kept', us),
      ],
      ...[6, 12, 41].flatMap((day) => paysOut(day, 'usd')),
      ...[6, 12].flatMap((day) => paysOut(day, 'eur')),
      ...storm(),
      ...monthLater(),
    ];
  },
};

function pound(day: number, times: number): Step {
  return {
    at: at(day, 7),
    text: `a pound is ${times / 1_000} dollars`,
    run: ({ merchant }) => merchant.ledger.rates.set('gbp', { currency: 'usd', times, per: 1_000 }),
  };
}

/** More goes out than came in since the last payout: the balance is negative, and the next payout is taken from the bank. */
function storm(): Step[] {
  return [
    pound(10, 1_290),
    {
      at: at(10, 9),
      text: `${recalled} payments are refunded within one second`,
      run: (stage) => {
        for (let index = 0; index < recalled; index += 1)
          stage.merchant.refund(stage.id(`recalled ${index}`), undefined, {
            reason: 'requested_by_customer',
            metadata: { erp_rma: `RMA-${index}` },
          });
      },
    },
    {
      at: at(10, 10),
      text: 'a payment is refunded in two parts of one second, which make the whole',
      run: (stage) => {
        stage.merchant.refund(stage.id('in parts'), 2_000, { reason: 'requested_by_customer' });
        stage.merchant.refund(stage.id('in parts'), undefined, { reason: 'duplicate' });
      },
    },
    {
      at: at(10, 11),
      text: 'a payment in pounds is refunded at another rate',
      run: (stage) => void stage.merchant.refund(stage.id('pound'), undefined),
    },
    {
      at: at(10, 12),
      text: 'a part of a payment in euro is refunded',
      run: (stage) => void stage.merchant.refund(stage.id('euro'), 1_500),
    },
    {
      at: at(10, 13),
      text: 'two refunds are pending',
      run: (stage) => {
        stage.name('refund late', stage.merchant.refund(stage.id('late'), undefined, { status: 'pending' }));
        stage.name('refund slow', stage.merchant.refund(stage.id('slow'), 3_000, { status: 'pending' }));
      },
    },
    {
      at: at(11, 9),
      text: 'the bank confirms one of them',
      run: (stage) => void stage.merchant.refunds.succeed(stage.id('refund slow'), '74537606250912345678901'),
    },
  ];
}

/** Thirty days after they were made. */
function monthLater(): Step[] {
  return [
    {
      at: at(40, 13),
      text: 'the refund that was pending for a month fails: the money comes back',
      run: (stage) => void stage.merchant.refunds.fail(stage.id('refund late'), 'expired_or_canceled_card'),
    },
    {
      at: at(40, 14),
      text: 'and one that had succeeded fails too',
      run: (stage) => void stage.merchant.refunds.fail(stage.id('refund slow'), 'lost_or_stolen_card'),
    },
  ];
}
