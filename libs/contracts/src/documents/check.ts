import type { Money } from '../generated/types.js';
import type {
  ApplicationDocument,
  CanonicalDocuments,
  DocumentKind,
  JournalDocument,
  JournalLine,
  PaymentDocument,
  SalesDocument,
  SalesLine,
  SalesTotals,
} from './types.js';

/** Lines of a sales document. */
export const maxSalesLines = 500;
/** Lines of a journal. */
export const maxJournalLines = 200;
/** Size of a canonical document as JSON, bytes of UTF-8. */
export const maxDocumentBytes = 256 * 1024;

/** Sums of the lines of a sales document in its currency. */
export function totalsOf(lines: readonly SalesLine[], currency: string): SalesTotals {
  const sum = (amounts: readonly Money[]): Money => ({ minor: amounts.reduce((total, { minor }) => total + minor, 0n), currency });
  const netOf = (kinds: (kind: string) => boolean): Money => sum(lines.filter(({ kind }) => kinds(kind)).map(({ net }) => net));
  const discount = netOf((kind) => kind === 'discount');
  const shipping = netOf((kind) => kind === 'shipping');
  const net = netOf((kind) => kind !== 'discount' && kind !== 'shipping');
  const tax = sum(lines.map((line) => line.tax));
  return { net, discount, shipping, tax, gross: sum([net, discount, shipping, tax]) };
}

/**
 * What is wrong with a canonical document beyond the types of its fields, each as a sentence for people; nothing: an empty list.
 * Rules: totals equal the lines to the minor unit, one currency, handles unique, a journal balanced, named limits on lines and bytes.
 */
export function checkCanonicalDocument<Kind extends DocumentKind>(kind: Kind, document: CanonicalDocuments[Kind]): string[] {
  const problems = rules[kind]?.(document as never) ?? [];
  return 'lines' in document ? [...problems, ...tooLarge(document)] : problems;
}

const rules: Partial<Record<DocumentKind, (document: never) => string[]>> = {
  'sales-order': checkSales,
  invoice: checkSales,
  'credit-memo': checkSales,
  'cash-receipt': checkPayment,
  'refund-payment': checkPayment,
  application: ({ amount }: ApplicationDocument) => positive('amount', amount),
  journal: checkJournal,
};

function checkSales({ lines, totals, currency }: SalesDocument): string[] {
  const amounts = lines.flatMap(({ net, tax, unit }) => [net, tax, ...(unit ? [unit] : [])]);
  const problems = [
    ...counted(lines.length, 1, maxSalesLines),
    ...handles(lines),
    ...oneCurrency([...amounts, ...Object.values(totals)], currency),
  ];
  if (problems.length > 0) return problems;
  const sums = totalsOf(lines, currency);
  return (Object.keys(sums) as (keyof SalesTotals)[]).flatMap((name) =>
    sums[name].minor === totals[name].minor
      ? []
      : [`totals.${name} is ${totals[name].minor} and its lines add up to ${sums[name].minor} ${currency} (minor units)`],
  );
}

function checkPayment({ amount, settled, clearing }: PaymentDocument): string[] {
  return [
    ...positive('amount', amount),
    ...(settled ? [...positive('settled', settled), ...oneCurrency([settled], clearing)] : []),
    ...(settled || amount.currency === clearing
      ? []
      : [`amount is in ${amount.currency} and clears in ${clearing}, and nothing says how much that is (settled)`]),
  ];
}

function checkJournal({ lines, currency }: JournalDocument): string[] {
  const amounts = lines.flatMap(({ debit, credit }) => [...(debit ? [debit] : []), ...(credit ? [credit] : [])]);
  return [
    ...counted(lines.length, 2, maxJournalLines),
    ...handles(lines),
    ...oneCurrency(amounts, currency),
    ...lines.flatMap(oneSide),
    ...balanced(lines),
  ];
}

function oneSide({ key, debit, credit }: JournalLine): string[] {
  const amount = debit ?? credit;
  if (!amount || (debit && credit)) return [`line ${key} needs exactly one of debit and credit`];
  return amount.minor > 0n ? [] : [`line ${key} needs a positive amount; got ${amount.minor}`];
}

function balanced(lines: readonly JournalLine[]): string[] {
  const sum = (side: 'debit' | 'credit'): bigint => lines.reduce((total, line) => total + (line[side]?.minor ?? 0n), 0n);
  const [debit, credit] = [sum('debit'), sum('credit')];
  return debit === credit ? [] : [`debits are ${debit} and credits ${credit} (minor units)`];
}

function counted(count: number, least: number, most: number): string[] {
  return count >= least && count <= most ? [] : [`takes ${least} to ${most} lines and has ${count}`];
}

function handles(lines: readonly { readonly key: string }[]): string[] {
  const seen = new Set<string>();
  return lines.flatMap(({ key }) => {
    if (key === '') return ['a line has no key'];
    if (seen.has(key)) return [`two lines have the key ${key}`];
    seen.add(key);
    return [];
  });
}

function oneCurrency(amounts: readonly Money[], currency: string): string[] {
  const other = amounts.find((amount) => amount.currency !== currency);
  return other ? [`has an amount in ${other.currency}; its currency is ${currency}`] : [];
}

function positive(name: string, { minor }: Money): string[] {
  return minor > 0n ? [] : [`${name} has to be positive; got ${minor}`];
}

function tooLarge(document: object): string[] {
  const text = JSON.stringify(document, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
  // UTF-8 takes one to three bytes for each unit of UTF-16, so most documents need no exact count.
  if (text.length * 3 <= maxDocumentBytes) return [];
  const bytes = new TextEncoder().encode(text).length;
  return bytes <= maxDocumentBytes ? [] : [`takes ${maxDocumentBytes} bytes and has ${bytes}`];
}
