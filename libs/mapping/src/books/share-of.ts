/**
 * `whole * part / total` in minor units, rounded half to even. All proportions are rounded by this function (I5).
 * @param total not zero. A part larger than the total counts as the total.
 */
export function shareOf(whole: bigint, part: bigint, total: bigint): bigint {
  const counted = part > total ? total : part;
  const product = whole * counted;
  const sign = product < 0n !== total < 0n ? -1n : 1n;
  const [dividend, divisor] = [product < 0n ? -product : product, total < 0n ? -total : total];
  const [quotient, rest] = [dividend / divisor, dividend % divisor];
  const twice = rest * 2n;
  const up = twice > divisor || (twice === divisor && quotient % 2n === 1n);
  return sign * (quotient + (up ? 1n : 0n));
}
