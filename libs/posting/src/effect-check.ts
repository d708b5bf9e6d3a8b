import type { PostingRequested } from '@tributary/contracts';
import { toDecimalText } from '@tributary/domain';

/** Code of a request whose effect on the books does not balance. */
export const unbalancedCode = 'posting.unbalanced';

/**
 * Why the effect of a request cannot be booked; undefined when it can, or when the request has no effect. Debits must equal credits per
 * currency, and each line has one positive amount on one side (I11).
 */
export function effectProblem({
  postingKey,
  effect,
  flow,
  mappingVersion,
}: Pick<PostingRequested, 'postingKey' | 'effect' | 'flow' | 'mappingVersion'>):
  { readonly code: string; readonly text: string } | undefined {
  const problems: string[] = [];
  const sums = new Map<string, { debit: bigint; credit: bigint }>();
  for (const [index, { role, debit, credit }] of effect.entries()) {
    const [side, amount] = debit === null ? (['credit', credit] as const) : (['debit', debit] as const);
    if (amount === null || (debit !== null && credit !== null) || amount.minor <= 0n) {
      problems.push(`line ${index + 1} (${role}) needs one positive amount, on the debit or on the credit side`);
      continue;
    }
    const sum = sums.get(amount.currency) ?? { debit: 0n, credit: 0n };
    sum[side] += amount.minor;
    sums.set(amount.currency, sum);
  }
  for (const [currency, { debit, credit }] of sums)
    if (debit !== credit) problems.push(`debits are ${textOf(debit, currency)}, credits ${textOf(credit, currency)}`);
  if (problems.length === 0) return undefined;
  const text = `posting ${postingKey}: its effect on the books does not balance: ${problems.join('; ')}. Nothing was sent; correct the flow ${flow} (mapping ${mappingVersion}), then replay`;
  return { code: unbalancedCode, text };
}

function textOf(minor: bigint, currency: string): string {
  try {
    return `${toDecimalText({ minor, currency })} ${currency}`;
  } catch {
    return `${minor} minor units of ${currency}`;
  }
}
