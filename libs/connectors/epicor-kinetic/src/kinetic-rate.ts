/** Decimals of BankRcptExchangeRate10D: docs/reference/epicor-kinetic.md section 6.5. */
const rateDecimals = 10;

const decimalText = /^(\d{1,15})(?:\.(\d{1,3}))?$/;

/** An amount in thousandths. */
function thousandths(text: string): bigint | undefined {
  const [, units, decimals = ''] = decimalText.exec(text) ?? [];
  return units === undefined ? undefined : BigInt(`${units}${decimals.padEnd(3, '0')}`);
}

/** Quotient rounded half away from zero; both numbers are positive. */
const rounded = (numerator: bigint, denominator: bigint): bigint => (numerator + denominator / 2n) / denominator;

/**
 * The exchange rate of a receipt: the ratio of two amounts, rounded to ten decimals. The one place where an exchange rate is rounded.
 * @param amount decimal text in the currency of the receipt, positive.
 * @param received decimal text in the currency of the bank account, positive, with the decimals that this currency has.
 * @returns decimal text; undefined when the rounded rate would not give `received` back, which takes an amount of about a hundred million.
 */
export function bankReceiptRate(amount: string, received: string): string | undefined {
  const [from, to] = [thousandths(amount), thousandths(received)];
  if (!from || !to) return undefined;
  const unit = 10n ** BigInt(rateDecimals);
  const rate = rounded(to * unit, from);
  const smallest = 10n ** BigInt(3 - (received.split('.')[1] ?? '').length);
  if (rounded(from * rate, unit * smallest) * smallest !== to) return undefined;
  const digits = rate.toString().padStart(rateDecimals + 1, '0');
  return `${digits.slice(0, -rateDecimals)}.${digits.slice(-rateDecimals)}`;
}
