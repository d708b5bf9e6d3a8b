import { money, negate, subtract, toDecimalText } from '@tributary/domain';
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
  {
    name: 'absolute',
    signatures: ['absolute(Money): Money'],
    description: 'The amount without its sign.',
    handler: () => (amount) => (isNothing(amount) ? null : withoutSign(moneyOf(amount))),
  },
  {
    name: 'negative',
    signatures: ['negative(Money): Money'],
    description: 'The amount with the other sign.',
    handler: () => (amount) => (isNothing(amount) ? null : negate(moneyOf(amount))),
  },
  {
    name: 'one',
    signatures: ['one(): Decimal'],
    description: 'The decimal 1: the quantity of a line that has an amount and no quantity.',
    handler: () => () => '1',
  },
  {
    name: 'minus',
    signatures: ['minus(Money, Money): Money'],
    description: 'The first amount less the second; both are of one currency. Null when one is missing.',
    handler: () => (a, b) => (isNothing(a) || isNothing(b) ? null : subtract(moneyOf(a), moneyOf(b))),
  },
];

const withoutSign = (amount: Money): Money => (amount.minor < 0n ? negate(amount) : amount);

function moneyOf(value: unknown): Money {
  const { minor, currency } = value as Money;
  return money(minor, currency);
}
