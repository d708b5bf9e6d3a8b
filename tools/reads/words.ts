import type { AmountView } from '@tributary/contracts';

/** An amount as it is printed; minor units of an amount that its currency cannot have are said to be some. */
export const amountText = ({ text, currency, exact }: AmountView): string => `${text} ${currency}${exact ? '' : ' (minor units)'}`;

/** Sums, one behind the other; `-` without any. */
export const amountsText = (amounts: readonly AmountView[]): string => amounts.map(amountText).join(', ') || '-';

/** Blocks of lines with an empty line between them; those without a line are left out. */
export const blocks = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n\n');
