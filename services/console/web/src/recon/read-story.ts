import type { ReconShapes } from '../api/documents.js';
import type { Sent } from '../api/sent.js';
import { isThere, readAmount, readerOf, readFlag, readList, readMaybe, readRecord, readText, readWord } from './read-value.js';

/** One piece of the sentence: words, or a value with what it leads to: a posting key, the id of a payout or the request of a list. */
function readPart(value: Sent<ReconShapes['StatusPart']>) {
  const { kind, text, amount, at, postingKey, payoutId, list } = readRecord(value);
  const leadsTo = readText(postingKey) ?? readText(payoutId) ?? readText(list);
  return { kind: readText(kind) ?? 'text', text: readWord(text), amount: readAmount(amount), at: readText(at), leadsTo };
}

const readTone = (value: Sent<string>): string => readText(value) ?? 'unknown';

/** The sentence about a payment; null for an answer of an older recon. */
export function readStatus(value: Sent<ReconShapes['PaymentStatusView'] | null>) {
  const { tone, clauses } = readRecord(value);
  const read = readList(clauses, (clause) => ({
    tone: readTone(readRecord(clause).tone),
    parts: readList(readRecord(clause).parts, readPart),
  })).filter(({ parts }) => parts.length > 0);
  return read.length === 0 ? null : { tone: readTone(tone), clauses: read };
}

/** Where a figure comes from: a movement, a document or an event, by its id. */
function readSource(value: Sent<ReconShapes['MoneySource'] | null>) {
  const { kind, id, postingKey, eventId } = readRecord(value);
  const of = readText(id) ?? readText(postingKey) ?? readText(eventId);
  return of === null ? null : { kind: readText(kind) ?? 'unknown', id: of };
}

/** One figure on the way from gross to net; in a ledger with how that compares with the document. */
const readLine = readerOf<ReconShapes['MoneyLineView'] | ReconShapes['LedgerMoneyView']['lines'][number]>()({
  what: (value) => readText(value) ?? 'other',
  detail: readText,
  amount: readAmount,
  at: readText,
  source: readSource,
  state: readText,
});

const readLines = (value: Sent<readonly ReconShapes['MoneyLineView'][]>) => readList(value, readLine);

const readLedger = readerOf<ReconShapes['LedgerMoneyView']>()({
  target: (value) => readText(value) ?? 'a ledger without a name',
  lines: readLines,
  clearing: readAmount,
  clearingRead: readFlag,
  expected: readAmount,
  difference: readAmount,
  text: readText,
});

const readPayout = readerOf<ReconShapes['PayoutShareView']>()({
  payoutId: readWord,
  movementId: readText,
  at: readText,
  share: readAmount,
  total: readAmount,
});

const readBalance = readerOf<ReconShapes['BalanceMoneyView']>()({ currency: readWord, lines: readLines, net: readAmount });

/** A payment from what the customer paid to what reached the bank. */
export function readMoney(value: Sent<ReconShapes['PaymentMoneyView'] | null>) {
  return readMaybe(value, (money) => {
    const { charge, conversion, balance, payouts, balanceText, ledgers } = readRecord(money);
    return {
      charge: readLines(readRecord(charge).lines),
      kept: readAmount(readRecord(charge).kept),
      conversion: readMaybe(conversion, readConversion),
      balance: readList(balance, readBalance),
      payouts: readList(payouts, readPayout),
      balanceText: readText(balanceText),
      ledgers: readList(ledgers, readLedger),
    };
  });
}

const readConversion = readerOf<NonNullable<ReconShapes['PaymentMoneyView']['conversion']>>()({
  from: readAmount,
  to: readAmount,
  rate: readText,
});

/** File and line as one text. */
function readPlace(value: Sent<ReconShapes['AssetPlace'] | null>): string | null {
  const { path, line } = readRecord(value);
  const file = readText(path);
  return file === null ? null : `${file}:${readText(line) ?? '?'}`;
}

const readRuleFields = readerOf<ReconShapes['PostingRuleView']>()({
  flow: readWord,
  mappingVersion: readWord,
  step: readText,
  mapping: readText,
  place: readPlace,
  lines: (value) => readList(value, readRuleLine),
  text: readText,
});

const readRuleLine = readerOf<ReconShapes['RuleLineView']>()({
  role: readWord,
  side: readWord,
  amount: readAmount,
  account: readText,
  place: readPlace,
});

/** The rule that a document was requested by; null where it told none. */
export function readRule(value: Sent<ReconShapes['PostingRuleView'] | null>) {
  return isThere(value) ? readRuleFields(value) : null;
}
