import { money, toDecimalText } from '@tributary/domain';
import type { Money } from '@tributary/domain';
import type { AssetFunction } from './asset-function.js';
import { isNothing } from './is-nothing.js';

/** Asset functions for amounts. */
export const moneyFunctions: readonly AssetFunction[] = [
  {
    name: 'decimalText',
    signatures: ['decimalText(Money): Decimal'],
    description: 'Exact decimal text in major units, by the decimals of the currency. Nothing is rounded.',
    handler: () => (amount) => (isNothing(amount) ? null : toDecimalText(moneyOf(amount))),
  },
];

function moneyOf(value: unknown): Money {
  const { minor, currency } = value as Money;
  return money(minor, currency);
}
