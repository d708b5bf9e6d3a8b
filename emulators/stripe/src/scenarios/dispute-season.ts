import type { DisputeOptions } from '../disputes.js';
import { seeded } from '../random.js';
import { at } from '../script.js';
import type { Scenario, Step } from '../script.js';
import type { Stage } from '../stage.js';
import { amountBetween, becomesCustomer, buys, guestBuys, money, paysOut } from './shop.js';
import type { Buyer } from './shop.js';

const buyers: readonly Buyer[] = [
  { name: 'Quarry Lane Tiles', email: 'pay@quarry-lane.example', country: 'US', city: 'Barre', currency: 'usd' },
  { name: 'Severn Cycles', email: 'till@severn-cycles.example', country: 'GB', city: 'Gloucester', currency: 'gbp' },
  { name: 'Inselhof Husum', email: 'rechnung@inselhof-husum.example', country: 'DE', city: 'Husum', currency: 'eur' },
];
const guest = { name: 'Ivo Marek', email: 'ivo.marek@mail.example', phone: null, address: null };

/** Every way in which a dispute can go: the money leaves, comes back or stays, and inquiries that move nothing. */
export const disputeSeason: Scenario = {
  name: 'dispute-season',
  summary:
    'Ten weeks of disputes: lost, won with and without the fee, for a part, in pounds at three rates, inquiries, an appeal, and warnings of fraud.',
  days: 75,
  steps: (seed) => {
    const random = seeded(seed);
    const [us, uk, de] = buyers as [Buyer, Buyer, Buyer];
    const sale = (day: number, label: string, buyer: Buyer): Step =>
      buys(at(day, 9), label, buyer, amountBetween(random, 8_000, 45_000), `DS-${label.toUpperCase()}`);
    return [
      ...buyers.map((buyer, index) => becomesCustomer(at(0, 8, index), buyer)),
      pound(0, 1_344),
      ...[sale(1, 'lost', us), sale(1, 'won', us), sale(2, 'part', us), sale(2, 'pound', uk), sale(3, 'euro', de)],
      ...[sale(3, 'asked', us), sale(4, 'escalated', us), sale(4, 'prevented', us)],
      guestBuys(at(5, 9), 'stolen', guest, amountBetween(random, 8_000, 45_000), 'usd', 'DS-STOLEN'),
      guestBuys(at(5, 12), 'saved', guest, amountBetween(random, 8_000, 45_000), 'usd', 'DS-SAVED'),
      ...chargebacks(),
      ...inquiries(),
      ...warnings(),
      // Disputes take more than is there on the first of these days: a payout that is taken from the bank.
      ...[8, 30, 60, 72].flatMap((day) => paysOut(day, 'usd')),
      ...[8, 60].flatMap((day) => paysOut(day, 'eur')),
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

function chargebacks(): Step[] {
  return [
    pound(20, 1_300),
    opens(20, 'lost', 'product_not_received'),
    opens(21, 'won', 'product_unacceptable'),
    opens(22, 'part', 'credit_not_processed', { amount: 2_500 }),
    opens(23, 'pound', 'fraudulent'),
    opens(24, 'euro', 'duplicate'),
    opens(24, 'prevented', 'fraudulent', { kind: 'prevented' }),
    ...['lost', 'won', 'part', 'pound', 'euro'].map((label, index) => answers(28 + index, label)),
    pound(50, 1_250),
    ends(50, 'lost', 'lost'),
    ends(51, 'won', 'won'),
    ends(52, 'part', 'won', true),
    ends(53, 'pound', 'won'),
    ends(54, 'euro', 'lost'),
    {
      at: at(57, 9),
      text: 'the merchant appeals against one that was lost',
      run: (stage) => void stage.merchant.disputes.appeal(stage.id('dispute lost')),
    },
    ends(70, 'lost', 'won'),
  ];
}

/** One ends with an answer, the other becomes a chargeback that nobody answers. */
function inquiries(): Step[] {
  return [
    opens(25, 'asked', 'general', { kind: 'inquiry' }),
    opens(26, 'escalated', 'general', { kind: 'inquiry' }),
    answers(29, 'asked'),
    {
      at: at(35, 9),
      text: 'an inquiry becomes a chargeback',
      run: (stage) => void stage.merchant.disputes.escalate(stage.id('dispute escalated')),
    },
    ends(55, 'asked', 'warning_closed'),
    ends(56, 'escalated', 'lost'),
  ];
}

/** One warning comes too late to do anything, the other in time: the merchant refunds, and no dispute follows. */
function warnings(): Step[] {
  return [
    warned(10, 'saved'),
    {
      at: at(10, 15),
      text: 'the merchant refunds it before it is disputed',
      run: (stage) => void stage.merchant.refund(stage.id('saved'), undefined, { reason: 'fraudulent' }),
    },
    opens(18, 'stolen', 'fraudulent'),
    warned(19, 'stolen'),
    ends(49, 'stolen', 'lost'),
  ];
}

function opens(day: number, label: string, reason: string, options: DisputeOptions = {}): Step {
  const { amount, kind = 'chargeback' } = options;
  const what = kind === 'inquiry' ? 'an inquiry about' : kind === 'prevented' ? 'a chargeback that was prevented, of' : 'a chargeback of';
  return {
    at: at(day, 13),
    text: `${what} the payment "${label}"${amount === undefined ? '' : `, for ${money(amount, 'usd')}`}`,
    run: (stage) => void stage.name(`dispute ${label}`, stage.merchant.disputes.open(stage.id(label), { ...options, reason })),
  };
}

function answers(day: number, label: string): Step {
  return {
    at: at(day, 16),
    text: `the merchant answers for "${label}"`,
    run: (stage) => void stage.merchant.disputes.answer(stage.id(`dispute ${label}`), { uncategorized_text: 'Delivered and signed for.' }),
  };
}

function ends(day: number, label: string, end: 'won' | 'lost' | 'warning_closed', feeReturned = false): Step {
  return {
    at: at(day, 11),
    text: `the bank decides about "${label}": ${end}${feeReturned ? ', with the fee' : ''}`,
    run: (stage: Stage) => void stage.merchant.disputes.close(stage.id(`dispute ${label}`), end, feeReturned),
  };
}

function warned(day: number, label: string): Step {
  return {
    at: at(day, 12),
    text: `the card network warns of fraud: "${label}"`,
    run: (stage) => void stage.merchant.fraudWarnings.report(stage.id(label)),
  };
}
