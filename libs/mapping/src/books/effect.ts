import type { JournalLine, PostingEffect } from '@tributary/contracts';
import { toDecimalText } from '@tributary/domain';
import type { Money } from '@tributary/domain';
import type { PostingProfile } from '../assets/posting-profile.js';
import type { BuiltDocument, CompiledStep } from '../bundle.js';
import { isNothing } from '../cel/is-nothing.js';
import { PostingUnbalancedError } from '../errors.js';
import { accountOf } from './account-of.js';

/**
 * The effect of a document on the books: the effect of its step, or the lines of a journal, with the accounts of the profile. Zero amounts
 * are left out; a negative amount becomes a positive one on the other side.
 * @throws {PostingUnbalancedError} when debits and credits of a currency differ (I11), before any call.
 */
export function effectOf(
  profile: PostingProfile,
  step: CompiledStep,
  context: Readonly<Record<string, unknown>>,
  built: BuiltDocument | undefined,
  postingKey: string,
): PostingEffect[] {
  const told = step.effect.flatMap(({ role, side, amount }) => lineOf(profile, role, side, amount(context) as Money | null));
  const effect = step.effect.length === 0 && step.kind === 'journal' && built ? journalEffect(profile, built) : told;
  refuseUnbalanced(effect, step, postingKey);
  return effect;
}

function journalEffect(profile: PostingProfile, { plain }: BuiltDocument): PostingEffect[] {
  return (plain.lines as readonly JournalLine[]).flatMap(({ role, debit, credit }) =>
    lineOf(profile, role, debit ? 'debit' : 'credit', debit ?? credit),
  );
}

function lineOf(profile: PostingProfile, role: string, side: 'debit' | 'credit', amount: Money | null): PostingEffect[] {
  if (isNothing(amount) || !amount || amount.minor === 0n) return [];
  const { currency } = amount;
  const positive = { minor: amount.minor < 0n ? -amount.minor : amount.minor, currency };
  const debit = (side === 'debit') === amount.minor > 0n;
  return [{ role, account: accountOf(profile, role, currency), debit: debit ? positive : null, credit: debit ? null : positive }];
}

function refuseUnbalanced(effect: readonly PostingEffect[], { kind, name, place }: CompiledStep, postingKey: string): void {
  for (const currency of new Set(effect.map(({ debit, credit }) => (debit ?? credit)?.currency ?? ''))) {
    const sum = (side: 'debit' | 'credit'): bigint =>
      effect.reduce((total, line) => total + (line[side]?.currency === currency ? line[side].minor : 0n), 0n);
    const [debit, credit] = [sum('debit'), sum('credit')];
    if (debit === credit) continue;
    const text = (minor: bigint): string => `${decimalText(minor, currency)} ${currency}`;
    throw new PostingUnbalancedError(
      `making ${kind} ${postingKey} (${place.path}:${place.line}): the effect of step ${name} does not balance: debits are ${text(debit)}, credits ${text(credit)}`,
      { postingKey, file: place.path, line: String(place.line), debit: text(debit), credit: text(credit) },
    );
  }
}

/**
 * Decimal text, or minor units when the amount is invalid for its currency: the text is only for display and must not make the error report
 * fail.
 */
function decimalText(minor: bigint, currency: string): string {
  try {
    return toDecimalText({ minor, currency });
  } catch {
    return `${minor} minor units of`;
  }
}
