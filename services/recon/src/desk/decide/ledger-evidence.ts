import type { PostingRequested } from '@tributary/contracts';
import type { ErpDocumentState, ErpReference } from '@tributary/connector-kit';
import { fromDecimalText, toDecimalText } from '@tributary/domain';

/** What the ledger says about the document that stands for a dead letter. */
export type LedgerEvidence =
  | { readonly kind: 'agrees'; readonly text: string; /** As the ledger has it. */ readonly reference: ErpReference }
  | { readonly kind: 'not-there' | 'different' | 'not-read'; readonly text: string };

/**
 * Compares the document that the ledger has under the posting key of a request with what the request asks for, and with the keys that somebody
 * named. What the ledger does not tell is not compared, and the text says so.
 * @param named the keys of the document in the ERP, as they were given.
 */
export function compareWithLedger(
  request: Pick<PostingRequested, 'postingKey' | 'kind' | 'target' | 'amount' | 'fields'>,
  named: Readonly<Record<string, string>>,
  found: ErpDocumentState | undefined,
): LedgerEvidence {
  const { postingKey, kind, target } = request;
  if (!found)
    return { kind: 'not-there', text: `${target} has no ${kind} with the posting key ${postingKey} (it was looked for by this key)` };
  const differences = [...referenceDifferences(named, found), ...fieldDifferences(request, found), ...amountDifferences(request, found)];
  if (differences.length > 0) return { kind: 'different', text: `${target} has ${postingKey}, and ${differences.join('; ')}` };
  const told = found.amount === undefined ? 'its amount is not told' : `${found.amount} ${found.currency ?? ''}`.trim();
  return { kind: 'agrees', reference: found.reference, text: `${target} has ${postingKey} as ${keysText(found.reference)}: ${told}` };
}

function referenceDifferences(named: Readonly<Record<string, string>>, { reference }: ErpDocumentState): string[] {
  return Object.entries(named).flatMap(([name, value]) => {
    const has = Object.hasOwn(reference, name) ? reference[name] : undefined;
    if (has === undefined) return [`its keys are ${keysText(reference)}, ${name} is none of them`];
    return has === value ? [] : [`its ${name} is ${has}, ${value} was named`];
  });
}

/** Keys of the document that are fields of the request, too: the customer, the company. */
function fieldDifferences({ fields }: Pick<PostingRequested, 'fields'>, { reference }: ErpDocumentState): string[] {
  return Object.entries(reference).flatMap(([name, value]) => {
    const wanted = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (wanted === undefined || wanted === null || wanted === '' || String(wanted) === value) return [];
    return [`its ${name} is ${value}, ${String(wanted)} was asked for`];
  });
}

function amountDifferences({ amount }: Pick<PostingRequested, 'amount'>, { amount: text, currency }: ErpDocumentState): string[] {
  if (amount === null || text === undefined || currency === undefined) return [];
  const wanted = `${decimalText(amount.minor, amount.currency)} ${amount.currency}`;
  if (currency !== amount.currency) return [`it is in ${currency}, ${wanted} was asked for`];
  try {
    const { minor } = fromDecimalText(text, currency);
    return minor === amount.minor ? [] : [`it is over ${decimalText(minor, currency)} ${currency}, ${wanted} was asked for`];
  } catch {
    return [`its amount ${text} ${currency} cannot be read, ${wanted} was asked for`];
  }
}

function decimalText(minor: bigint, currency: string): string {
  try {
    return toDecimalText({ minor, currency });
  } catch {
    return `${minor} minor units of`;
  }
}

const keysText = (reference: Readonly<Record<string, string>>): string =>
  Object.entries(reference)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ') || 'no keys';
