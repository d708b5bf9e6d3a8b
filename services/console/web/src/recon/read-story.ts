import { readAmount, readList, readRecord, readText } from './read-value.js';
import type {
  LedgerMoney,
  MoneyLine,
  MoneySource,
  PaymentMoney,
  PaymentStatus,
  PayoutShare,
  PostingRule,
  StatusPart,
} from './story-shapes.js';

/** The sentence about a payment, whatever recon sent; null for an answer of an older recon. Never throws. */
export function readStatus(value: unknown): PaymentStatus | null {
  if (typeof value !== 'object' || value === null) return null;
  const { tone, clauses } = readRecord(value);
  const read = readList(clauses, (clause) => ({
    tone: readText(readRecord(clause).tone) ?? 'unknown',
    parts: readList(readRecord(clause).parts, readPart),
  })).filter(({ parts }) => parts.length > 0);
  return read.length === 0 ? null : { tone: readText(tone) ?? 'unknown', clauses: read };
}

function readPart(value: unknown): StatusPart {
  const { kind, text, amount, at, postingKey, payoutId, list } = readRecord(value);
  const leadsTo = readText(postingKey) ?? readText(payoutId) ?? readText(list);
  return { kind: readText(kind) ?? 'text', text: readText(text) ?? '', amount: readAmount(amount), at: readText(at), leadsTo };
}

/** Money of a payment, whatever recon sent; null for an answer of an older recon. Never throws. */
export function readMoney(value: unknown): PaymentMoney | null {
  if (typeof value !== 'object' || value === null) return null;
  const { charge, conversion, balance, payouts, balanceText, ledgers } = readRecord(value);
  const { from, to, rate } = readRecord(conversion);
  return {
    charge: readList(readRecord(charge).lines, readLine),
    kept: readAmount(readRecord(charge).kept),
    conversion:
      typeof conversion === 'object' && conversion !== null ? { from: readAmount(from), to: readAmount(to), rate: readText(rate) } : null,
    balance: readList(balance, (one) => {
      const { currency, lines, net } = readRecord(one);
      return { currency: readText(currency) ?? '', lines: readList(lines, readLine), net: readAmount(net) };
    }),
    payouts: readList(payouts, readPayout),
    balanceText: readText(balanceText),
    ledgers: readList(ledgers, readLedger),
  };
}

function readLine(value: unknown): MoneyLine {
  const { what, detail, amount, at, source, state } = readRecord(value);
  return {
    what: readText(what) ?? 'other',
    detail: readText(detail),
    amount: readAmount(amount),
    at: readText(at),
    source: readSource(source),
    state: readText(state),
  };
}

function readSource(value: unknown): MoneySource | null {
  const { kind, id, postingKey, eventId } = readRecord(value);
  const of = readText(id) ?? readText(postingKey) ?? readText(eventId);
  return of === null ? null : { kind: readText(kind) ?? 'unknown', id: of };
}

function readLedger(value: unknown): LedgerMoney {
  const { target, lines, clearing, clearingRead, expected, difference, text } = readRecord(value);
  return {
    target: readText(target) ?? 'a ledger without a name',
    lines: readList(lines, readLine),
    clearing: readAmount(clearing),
    clearingRead: clearingRead === true,
    expected: readAmount(expected),
    difference: readAmount(difference),
    text: readText(text),
  };
}

function readPayout(value: unknown): PayoutShare {
  const { payoutId, movementId, at, share, total } = readRecord(value);
  return {
    payoutId: readText(payoutId) ?? '',
    movementId: readText(movementId),
    at: readText(at),
    share: readAmount(share),
    total: readAmount(total),
  };
}

/** The rule of a document, whatever recon sent; null where it told none. Never throws. */
export function readRule(value: unknown): PostingRule | null {
  if (typeof value !== 'object' || value === null) return null;
  const { flow, mappingVersion, step, mapping, place, lines, text } = readRecord(value);
  return {
    flow: readText(flow) ?? '',
    mappingVersion: readText(mappingVersion) ?? '',
    step: readText(step),
    mapping: readText(mapping),
    place: readPlace(place),
    lines: readList(lines, (line) => {
      const { role, side, amount, account, place: at } = readRecord(line);
      const named = { role: readText(role) ?? '', side: readText(side) ?? '', account: readText(account) };
      return { ...named, amount: readAmount(amount), place: readPlace(at) };
    }),
    text: readText(text),
  };
}

function readPlace(value: unknown): string | null {
  const { path, line } = readRecord(value);
  const file = readText(path);
  return file === null ? null : `${file}:${readText(line) ?? '?'}`;
}
