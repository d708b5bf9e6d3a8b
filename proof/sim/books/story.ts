import { Dice } from '../../chaos/dice.js';
import { days } from './documents.js';
import type { EntryLine, StoryFact, StoryNeed, StoryQuestion, StoryRequest } from './documents.js';
import type { Flows } from './core.js';

/** What happens to a Stripe account in one seed: the postings that it asks for, and what the balance at Stripe becomes. */
export interface Story {
  readonly requests: readonly StoryRequest[];
  /** Those of the requests that wait for an answer of a person or of Stripe. */
  readonly facts: readonly StoryFact[];
  /** Balance of the account, cents. */
  readonly stripe: number;
}

/** How long a document that nobody asked for is waited for, ms. */
const neverAskedMs = 900_000n;

/** Tells a story: sales with invoice, receipt and applications; refunds; disputes with each ending; payouts that fail or not. */
export function tellStory(seed: number, flows: Flows): Story {
  return new Teller(Dice.of(seed, 0, 1), flows).tell();
}

/** Questions of the shipped refund flow (assets/shared/flows/refund.yaml). */
const shippedQuestions: readonly StoryQuestion[] = [
  { code: 'refund.too-large', answers: ['post', 'skip'] },
  { code: 'refund.approval', answers: ['post', 'skip'] },
  { code: 'refund.sale-unknown', answers: ['invoiced', 'on-account', 'skip'] },
];

type Draft = Pick<StoryRequest, 'key' | 'kind' | 'amount' | 'effect'> & Partial<StoryRequest>;

class Teller {
  private readonly requests: StoryRequest[] = [];
  private readonly facts: StoryFact[] = [];
  private stripe = 0;
  private fees = 0;

  constructor(
    private readonly dice: Dice,
    private readonly flows: Flows,
  ) {}

  tell(): Story {
    const sales = this.dice.between(1, 3);
    for (let sale = 0; sale < sales; sale += 1) this.sale(sale);
    this.payout();
    return { requests: this.requests, facts: this.facts, stripe: this.stripe };
  }

  private ask(draft: Draft): void {
    const { dice } = this;
    const count = dice.between(1, 3);
    this.requests.push({
      requestId: `r-${draft.key}`,
      digest: `d-${draft.key}`,
      date: dice.pick(days),
      lines: Array.from({ length: count }, (_, index) => `l${index}`),
      needs: [],
      onClosedPeriod: dice.chance(0.5) ? 'hold' : 'next-open',
      ...draft,
    });
  }

  /** The requests that are asked for meanwhile belong to one fact. */
  private fact(id: string, questions: readonly StoryQuestion[], ask: () => void): void {
    const before = this.requests.length;
    ask();
    this.facts.push({ id, questions, requests: this.requests.slice(before) });
  }

  private needs(postingKey: string, until: StoryNeed['until']): StoryNeed {
    return { postingKey, until, ifNeverAsked: 'hold', afterMs: neverAskedMs };
  }

  private sale(sale: number): void {
    const { dice } = this;
    const amount = dice.between(2, 90) * 100;
    const [invoice, receipt] = [`invoice/s${sale}`, `cash-receipt/s${sale}`];
    const isInvoiced = dice.chance(0.5);
    // Nobody asks for some invoices: what needs them is held, or goes without.
    const isAsked = dice.chance(0.9);
    if (isInvoiced && isAsked)
      this.ask({ key: invoice, kind: 'invoice', amount, opens: amount, effect: entry('AR', 'REV', amount), ...this.maybeRefused() });
    this.ask({ key: receipt, kind: 'cash-receipt', amount, opens: -amount, effect: entry('CLR', 'AR', amount), lines: [] });
    this.stripe += amount;
    this.fee(Math.ceil(amount * 0.03), receipt);
    const refunded = dice.chance(0.6) ? this.refunds(sale, amount, isInvoiced, invoice, receipt) : 0;
    if (isInvoiced) this.applications(sale, amount - refunded, receipt, invoice);
    if (dice.chance(0.3) && refunded === 0) this.dispute(sale, amount);
  }

  /** An unlucky document has a line that the ERP refuses. */
  private maybeRefused(): Partial<StoryRequest> {
    return this.dice.chance(0.15) ? { lines: ['l0', 'l1', 'l2'], refusedLine: this.dice.pick(['l1', 'l2']) } : {};
  }

  private fee(amount: number, receipt: string): void {
    this.stripe -= amount;
    this.fees += amount;
    if (this.flows.feeHasOneOwner) return;
    this.ask({ key: `journal/fee-${receipt.replace('/', '-')}`, kind: 'journal', amount, effect: entry('FEE', 'CLR', amount) });
  }

  private applications(sale: number, amount: number, receipt: string, invoice: string): void {
    const parts = amount > 0 ? this.dice.between(1, 3) : 0;
    let left = amount;
    for (let part = 0; part < parts && left > 0; part += 1) {
      const applied = part === parts - 1 ? left : Math.max(1, Math.floor(left / 2));
      left -= applied;
      this.apply(`application/s${sale}-${part}`, receipt, invoice, applied);
    }
  }

  private apply(key: string, from: string, to: string, amount: number): void {
    const until = this.flows.applicationNeedsReleased ? 'released' : 'saved';
    const needs = [this.needs(from, until), this.needs(to, until)];
    this.ask({ key, kind: 'application', amount, lines: [], effect: entry('AR', 'AR', amount), applies: { from, to }, needs });
  }

  /** @returns what was given back. */
  private refunds(sale: number, amount: number, isInvoiced: boolean, invoice: string, receipt: string): number {
    const count = this.dice.between(1, 2);
    let left = amount;
    for (let index = 0; index < count && left > 0; index += 1) {
      const part = index === count - 1 && this.dice.chance(0.5) ? left : Math.max(1, Math.floor(left / 3));
      left -= part;
      const id = `s${sale}-${index}`;
      const questions = shippedQuestions.filter(() => this.dice.chance(0.25));
      const ask = (): void => this.refund(id, part, isInvoiced ? invoice : undefined, receipt);
      if (questions.length > 0) this.fact(`refund ${id}`, questions, ask);
      else ask();
      this.comesBack(id, part);
    }
    return amount - left;
  }

  private refund(id: string, amount: number, invoice: string | undefined, receipt: string): void {
    const [memo, payment] = [`credit-memo/${id}`, `refund-payment/${id}`];
    this.stripe -= amount;
    if (invoice !== undefined)
      this.ask({
        ...{ key: memo, kind: 'credit-memo', amount, opens: -amount, effect: entry('RET', 'AR', amount) },
        ...{ needs: [this.needs(invoice, 'released')], ...this.maybeRefused() },
      });
    if (invoice === undefined || this.flows.memoHasPayment)
      this.ask({
        ...{ key: payment, kind: 'refund-payment', amount, opens: amount, effect: entry('AR', 'CLR', amount) },
        needs: [this.needs(receipt, 'released')],
      });
    this.apply(`application/refund-${id}`, invoice === undefined ? receipt : memo, payment, amount);
  }

  /** A refund may fail later. */
  private comesBack(id: string, amount: number): void {
    if (!this.dice.chance(0.2)) return;
    this.stripe += amount;
    this.undo(`journal/${id}-failed`, `refund-payment/${id}`, entry('CLR', 'PAY-REFUND', amount), amount);
  }

  private undo(key: string, undone: string, effect: readonly EntryLine[], amount: number): void {
    const needs = this.flows.undoNeedsDone ? [this.needs(undone, 'saved')] : [];
    this.ask({ key, kind: 'journal', amount, effect, needs });
  }

  private dispute(sale: number, amount: number): void {
    const withdrawn = `journal/d${sale}-withdrawn`;
    const fee = 15;
    this.stripe -= amount + fee;
    this.ask({
      ...{ key: withdrawn, kind: 'journal', amount },
      effect: [
        { role: 'RCV-DISPUTE', amount },
        { role: 'FEE-DISPUTE', amount: fee },
        { role: 'CLR', amount: -amount - fee },
      ],
    });
    const ending = this.dice.pick(['won', 'lost', 'open']);
    if (ending === 'won') {
      this.stripe += amount;
      this.undo(`journal/d${sale}-reinstated`, withdrawn, entry('CLR', 'RCV-DISPUTE', amount), amount);
    }
    if (ending === 'lost') this.undo(`journal/d${sale}-lost`, withdrawn, entry('LOSS-DISPUTE', 'RCV-DISPUTE', amount), amount);
  }

  /** One payout takes what is there, and books all fees. */
  private payout(): void {
    const amount = Math.max(0, Math.floor(this.stripe / 2));
    this.stripe -= amount;
    const effect = [
      { role: 'BANK', amount },
      { role: 'FEE', amount: this.fees },
      { role: 'CLR', amount: -amount - this.fees },
    ].filter((line) => line.amount !== 0);
    if (!this.flows.entriesBalance) effect.push({ role: 'FEE', amount: 1 });
    this.fact('payout p1', [], () => this.ask({ key: 'journal/p1', kind: 'journal', amount: amount + this.fees, effect }));
    if (amount === 0 || !this.dice.chance(0.3)) return;
    this.stripe += amount;
    this.undo('journal/p1-reversed', 'journal/p1', entry('CLR', 'BANK', amount), amount);
  }
}

function entry(debit: string, credit: string, amount: number): EntryLine[] {
  return [
    { role: debit, amount },
    { role: credit, amount: -amount },
  ];
}
