import type { PostingRequested } from '@tributary/contracts';
import type { Charge, RequestPart, SimLine } from './sim-request.js';

type Need = PostingRequested['needs'][number];

/** A line of double entry: debits positive. */
export const line = (key: string, role: string, minor: bigint): SimLine => ({ key, role, minor });

/** A need for a document that is in the books, or only saved. */
export const need = (
  postingKey: string,
  until: 'saved' | 'released' = 'released',
  ifNeverAsked: 'wait' | 'hold' | 'without' = 'wait',
  afterMs = 0n,
): Need => ({ postingKey, until, ifNeverAsked, afterMs });

/** The effect on the books that a request tells: what its header and all of its lines book. */
export function effectOf(lines: readonly SimLine[], currency: string): PostingRequested['effect'] {
  return lines.map(({ role, minor }) => ({
    role,
    account: null,
    debit: minor > 0n ? { minor, currency } : null,
    credit: minor > 0n ? null : { minor: -minor, currency },
  }));
}

/** Splits an amount into so many positive parts; fewer when it is too small. */
export function split(minor: bigint, parts: number): bigint[] {
  const count = minor < BigInt(parts) ? 1n : BigInt(parts);
  const part = minor / count;
  return Array.from({ length: Number(count) }, (_, index) => (index === 0 ? minor - part * (count - 1n) : part));
}

/** The receipt of a payment: its whole amount on the clearing account. */
export function receiptOf({ id, receiptKey, amountMinor, currency }: Charge, customerKey: string): RequestPart {
  const header = [line('h1', 'CLR', amountMinor), line('h2', 'AR', -amountMinor)];
  return {
    postingKey: receiptKey,
    kind: 'cash-receipt',
    dependsOn: [customerKey],
    amountMinor,
    currency,
    sequence: id,
    header,
    stripeMinor: amountMinor,
  };
}

/** A refund of a payment that is on account only. */
export function refundOf({ id, receiptKey, amountMinor, currency }: Charge, number: number): RequestPart {
  const minor = -(amountMinor / 3n) - 1n;
  const header = [line('h1', 'CLR', minor), line('h2', 'AR', -minor)];
  return {
    postingKey: `t/refund/${id}_${number}`,
    kind: 'refund',
    dependsOn: [receiptKey],
    amountMinor: minor,
    currency,
    sequence: id,
    header,
    stripeMinor: minor,
  };
}

/** An invoice, or with a negative amount a credit memo: the header books the receivable, each line its part of the other side. */
export function salesDocument(
  kind: 'invoice' | 'credit-memo',
  postingKey: string,
  charge: Charge,
  minor: bigint,
  lines: number,
): RequestPart {
  const sign = kind === 'invoice' ? 1n : -1n;
  const parts = split(minor, lines).map((part, index) => line(`l${index + 1}`, kind === 'invoice' ? 'REV' : 'RET', -part * sign));
  return {
    postingKey,
    kind,
    amountMinor: minor * sign,
    currency: charge.currency,
    sequence: `${kind}_${charge.id}`,
    header: [line('h1', 'AR', minor * sign)],
    lines: parts,
  };
}

/** The settlement of one document by another one. */
export function applicationOf(postingKey: string, charge: Charge, from: string, to: string, minor: bigint): RequestPart {
  return {
    postingKey,
    kind: 'application',
    amountMinor: minor,
    currency: charge.currency,
    sequence: `apply_${charge.id}`,
    header: [line('h1', 'AR', minor), line('h2', 'AR', -minor)],
    needs: [need(from), need(to)],
    applies: { from, to, minor },
  };
}

/** A journal. `stripeMinor`: what its movements did to the Stripe balance. */
export function journalOf(postingKey: string, currency: string, lines: readonly SimLine[], stripeMinor: bigint): RequestPart {
  const amountMinor = lines.reduce((sum, { minor }) => (minor > 0n ? sum + minor : sum), 0n);
  return { postingKey, kind: 'journal', amountMinor, currency, sequence: postingKey, lines, stripeMinor };
}
