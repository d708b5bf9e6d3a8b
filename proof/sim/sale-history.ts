import type { Dice } from '../chaos/dice.js';
import type { Faults } from './faults.js';
import { applicationOf, journalOf, line, need, salesDocument } from './sale-documents.js';
import type { Charge, RequestPart } from './sim-request.js';

/** How long a document that nobody has asked for is waited for, ms. */
const neverAskedMs = 120_000n;

/** What the books of a merchant see of one payment: its invoice, refunds, disputes, and the payouts. Documents of several rows and steps. */
export class SaleHistory {
  constructor(
    private readonly customerKey: string,
    private readonly dice: Dice,
    private readonly faults: Faults,
    /** Adds an event that happened in that second. */
    private readonly add: (created: number, parts: readonly RequestPart[]) => void,
  ) {}

  /** An invoice over the payment or less (over-payment), settled in one to three parts. @returns its amount. */
  invoice(charge: Charge, second: number): bigint {
    const { dice, faults, customerKey } = this;
    const { id, amountMinor, receiptKey } = charge;
    const total = dice.chance(0.3) && amountMinor > 10n ? amountMinor - amountMinor / 10n : amountMinor;
    const key = `t/invoice/${id}`;
    const rows = dice.between(1, 3);
    const badLine = this.strikes('line-refused', 0.3);
    this.add(second, [{ ...salesDocument('invoice', key, charge, total, rows), dependsOn: [customerKey], badLine }]);
    // A mapping of a later release of the assets makes other lines of the same fact.
    if (this.strikes('mapping-switched', 0.4))
      this.add(second + faults.of('mapping-switched').between(0, 3), [
        { ...salesDocument('invoice', key, charge, total, (rows % 3) + 1), dependsOn: [customerKey], mappingVersion: 'v2' },
      ]);
    const parts = dice.between(1, 3);
    for (let part = 1; part <= parts; part += 1) {
      const most = BigInt(parts);
      const minor = part === 1 ? total - (total / most) * (most - 1n) : total / most;
      if (minor > 0n) this.add(second, [applicationOf(`t/application/${id}/${part}`, charge, receiptKey, key, minor)]);
    }
    return total;
  }

  /** Refunds of an invoiced sale, full or in two parts: credit memo, money out and the settlement of the two. One may fail afterwards. */
  refunds(charge: Charge, total: bigint, second: number): void {
    const amounts = this.dice.chance(0.5) || total < 2n ? [total] : [total / 2n, total - total / 2n];
    for (const [index, minor] of amounts.entries()) this.refund(charge, minor, `${charge.id}_r${index}`, second + index);
  }

  /** Money taken by a dispute, and its end: won, lost, or still open. */
  dispute(charge: Charge, second: number): void {
    const { dice } = this;
    const { id, currency, amountMinor, receiptKey } = charge;
    const withdrawn = `t/journal/dp_${id}/withdrawn`;
    const fee = 15n;
    const taken = [line('l1', 'RCV-DISPUTE', amountMinor), line('l2', 'FEE-DISPUTE', fee), line('l3', 'CLR', -amountMinor - fee)];
    const bookedAnyway = need(receiptKey, 'saved', 'without', neverAskedMs / 4n);
    this.add(second, [{ ...journalOf(withdrawn, currency, taken, -amountMinor - fee), needs: [bookedAnyway] }]);
    const end = dice.pick(['won', 'lost', 'open'] as const);
    const back = [line('l1', 'CLR', amountMinor), line('l2', 'RCV-DISPUTE', -amountMinor)];
    const loss = [line('l1', 'LOSS-DISPUTE', amountMinor), line('l2', 'RCV-DISPUTE', -amountMinor)];
    if (end === 'won')
      this.add(second + 1, [this.undo(journalOf(`t/journal/dp_${id}/reinstated`, currency, back, amountMinor), withdrawn)]);
    if (end === 'lost') this.add(second + 1, [{ ...journalOf(`t/journal/dp_${id}/lost`, currency, loss, 0n), needs: [need(withdrawn)] }]);
  }

  /** A payout with its fees; it may fail after it was booked. */
  payout(id: string, currency: string, second: number): void {
    const { dice } = this;
    const paid = BigInt(dice.between(1, 9_999));
    const fee = BigInt(dice.between(1, 99));
    const key = `t/journal/${id}`;
    const unbalanced = this.strikes('unbalanced-effect', 0.5) ? 1n : 0n;
    const groups = [line('l1', 'BANK', paid + unbalanced), line('l2', 'FEE', fee), line('l3', 'CLR', -paid - fee)];
    this.add(second, [journalOf(key, currency, groups, -paid - fee)]);
    const back = [line('l1', 'CLR', paid), line('l2', 'BANK', -paid)];
    if (dice.chance(0.4)) this.add(second + 1, [this.undo(journalOf(`${key}/reversed`, currency, back, paid), key)]);
  }

  /** Fault: a refund of a payment that never reaches the pipeline. */
  orphan(charge: Charge, second: number): void {
    if (!this.strikes('dependency-never-comes', 0.5)) return;
    this.add(second, [this.moneyOut({ ...charge, receiptKey: `t/cash-receipt/never_${charge.id}` }, 5n, `orphan_${charge.id}`)]);
  }

  private refund(charge: Charge, minor: bigint, id: string, second: number): void {
    const memo = `t/credit-memo/${id}`;
    const badLine = this.strikes('line-refused', 0.2);
    const credit = salesDocument('credit-memo', memo, charge, minor, this.dice.between(1, 3));
    const invoiced = need(`t/invoice/${charge.id}`, 'released', 'hold', neverAskedMs);
    const out = this.moneyOut(charge, minor, id);
    this.add(second, [
      { ...credit, needs: [invoiced], badLine },
      out,
      applicationOf(`t/application/${id}`, charge, memo, out.postingKey, minor),
    ]);
    if (!this.dice.chance(0.25)) return;
    const back = [line('l1', 'CLR', minor), line('l2', 'PAY-REFUND', -minor)];
    this.add(second + 1, [this.undo(journalOf(`t/journal/${id}/failed`, charge.currency, back, minor), out.postingKey)]);
  }

  private moneyOut({ id: charge, receiptKey, currency }: Charge, minor: bigint, id: string): RequestPart {
    return {
      postingKey: `t/refund-payment/${id}`,
      kind: 'refund-payment',
      amountMinor: minor,
      currency,
      sequence: `out_${charge}`,
      header: [line('h1', 'AR', minor), line('h2', 'CLR', -minor)],
      needs: [need(receiptKey, 'released', 'hold', neverAskedMs)],
      stripeMinor: -minor,
    };
  }

  /** Undo is a document of its own, which needs the one that it takes back. */
  private undo(part: RequestPart, undoes: string): RequestPart {
    return { ...part, undoes, needs: [need(undoes)] };
  }

  private strikes(name: Parameters<Faults['has']>[0], probability: number): boolean {
    const { faults } = this;
    if (!faults.has(name) || !faults.of(name).chance(probability)) return false;
    faults.count(name);
    return true;
  }
}
