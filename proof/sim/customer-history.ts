import type { Dice } from '../chaos/dice.js';
import type { Faults } from './faults.js';
import { effectOf, receiptOf, refundOf } from './sale-documents.js';
import { SaleHistory } from './sale-history.js';
import type { Charge, RequestPart, SimRequest } from './sim-request.js';

/** Something that happened to a customer, mapped to its posting requests. */
export interface MerchantEvent {
  readonly eventId: string;
  /** When it happened, s. */
  readonly created: number;
  readonly customer: number;
  readonly requests: readonly SimRequest[];
  /** Delivered at a random time, whenever it happened. */
  readonly atAnyTime: boolean;
}

const currencies = ['USD', 'JPY', 'BHD'];

/** The history of one customer: changes of its master data, payments and refunds, chosen by the dice. Use an instance once. */
export class CustomerHistory {
  private readonly made: MerchantEvent[] = [];
  private readonly id: string;
  private readonly customerKey: string;
  private readonly sales: SaleHistory;
  /** The second that the history has reached. */
  private second: number;

  constructor(
    private readonly customer: number,
    private readonly dice: Dice,
    private readonly faults: Faults,
  ) {
    this.id = `cus_${customer}`;
    this.customerKey = `t/customer/${this.id}`;
    this.second = 1_000 + customer;
    this.sales = new SaleHistory(this.customerKey, dice, faults, (created, parts) => this.add(created, parts));
  }

  events(): readonly MerchantEvent[] {
    const { dice } = this;
    if (dice.chance(0.7)) this.upsert(this.second, 1n);
    for (let payment = dice.between(1, 3); payment > 0; payment -= 1) this.payment(payment);
    if (dice.chance(0.5)) this.sales.payout(`po_${this.customer}`, dice.pick(currencies), this.second);
    this.burst();
    this.deletion();
    return this.made;
  }

  /** A payment, its refunds, and perhaps a change of the customer afterwards. */
  private payment(number: number): void {
    const { dice, faults } = this;
    this.second += dice.between(0, 5);
    const id = `ch_${this.customer}_${number}`;
    const currency = dice.pick(currencies);
    const amountMinor = BigInt(dice.between(1, 99_999));
    const charge: Charge = { id, receiptKey: `t/cash-receipt/${id}`, amountMinor, currency };
    const bad = faults.has('bad-document') && faults.of('bad-document').chance(0.3);
    if (bad) faults.count('bad-document');
    this.add(this.second, [
      { postingKey: this.customerKey, kind: 'customer', protocol: 'ensure', sequence: id, digest: `ensure_${this.id}` },
      { ...receiptOf(charge, this.customerKey), bad },
    ]);
    this.otherAmount(charge);
    if (dice.chance(0.5)) this.invoicedSale(charge);
    else
      for (let refund = dice.between(0, 2); refund > 0; refund -= 1) {
        this.second += dice.between(0, 3);
        this.add(this.second, [refundOf(charge, refund)]);
      }
    if (dice.chance(0.25)) this.sales.dispute(charge, this.second);
    this.sales.orphan(charge, this.second);
    if (dice.chance(0.5)) this.upsert((this.second += dice.between(0, 5)), 2n);
  }

  private invoicedSale(charge: Charge): void {
    const total = this.sales.invoice(charge, this.second);
    this.second += this.dice.between(0, 3);
    if (this.dice.chance(0.5)) this.sales.refunds(charge, total, this.second);
  }

  /** Fault: a second request for the same receipt, over another amount or in another currency. */
  private otherAmount(charge: Charge): void {
    const { faults } = this;
    if (!faults.has('amount-changed') || !faults.of('amount-changed').chance(0.4)) return;
    faults.count('amount-changed');
    const { amountMinor, currency } = charge;
    // Less than before could not settle what the first amount settles.
    const other = faults.of('amount-changed').chance(0.5)
      ? { ...charge, amountMinor: amountMinor + 1n }
      : { ...charge, currency: currency === 'USD' ? 'JPY' : 'USD' };
    this.add(this.second + faults.of('amount-changed').between(0, 4), [receiptOf(other, this.customerKey)]);
  }

  /** Fault: several changes within one second, so that their versions are equal. */
  private burst(): void {
    const { faults } = this;
    if (!faults.has('same-second-burst')) return;
    faults.count('same-second-burst');
    for (let more = faults.of('same-second-burst').between(2, 3); more > 0; more -= 1) this.upsert(this.second, 2n);
  }

  /** Fault: the customer is deleted, and the event arrives at any time. */
  private deletion(): void {
    const { faults } = this;
    if (!faults.has('customer-deleted') || !faults.of('customer-deleted').chance(0.7)) return;
    faults.count('customer-deleted');
    const deleted = this.second + 1;
    this.add(deleted, [{ ...this.versionOf(deleted, 3n), deletes: true }], true);
  }

  private upsert(created: number, rank: bigint): void {
    this.add(created, [this.versionOf(created, rank)]);
  }

  private versionOf(created: number, rank: bigint): RequestPart {
    return {
      postingKey: this.customerKey,
      kind: 'customer',
      protocol: 'versioned-upsert',
      version: BigInt(created) * 10n + rank,
    };
  }

  private add(created: number, parts: readonly RequestPart[], atAnyTime = false): void {
    const { customer } = this;
    const eventId = `evt_${customer}_${this.made.length}`;
    const requests = parts.map((part, ordinal) => withBooks(this.request(eventId, ordinal, part)));
    this.made.push({ eventId, created, customer, requests, atAnyTime });
  }

  private request(eventId: string, ordinal: number, part: RequestPart): SimRequest {
    return {
      requestId: `req_${eventId}_${ordinal}`,
      eventId,
      protocol: 'create-once',
      version: 0n,
      digest: `digest_${eventId}_${ordinal}`,
      dependsOn: [],
      amountMinor: 0n,
      currency: 'USD',
      recordKey: this.id,
      sequence: this.id,
      secret: `sk_${eventId}_4242424242424242`,
      needs: [],
      effect: [],
      flow: part.kind,
      mappingVersion: 'v1',
      header: [],
      lines: [],
      applies: undefined,
      undoes: undefined,
      stripeMinor: 0n,
      bad: false,
      badLine: false,
      deletes: false,
      ...part,
    };
  }
}

/** Documents of money have an amount and tell their effect on the books; master data has neither. */
function withBooks(request: SimRequest): SimRequest {
  const { kind, amountMinor, currency, header, lines } = request;
  if (kind === 'customer') return request;
  return { ...request, amount: { minor: amountMinor, currency }, effect: effectOf([...header, ...lines], currency) };
}
