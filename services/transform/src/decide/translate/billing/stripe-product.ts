import type { Price, Product } from '@tributary/contracts';
import { Amounts } from '../amounts.js';
import type { Reading } from '../told.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';

/** A product. Key and sequence: the product. */
export const productReading: Reading<{ product: Product }> = {
  read: ({ object }) => {
    const product = productOf(object);
    return { part: { product }, key: product.productId, sequence: product.productId };
  },
};

/** A product that is gone. */
export const goneProduct: Reading<{ productId: string }> = {
  read: ({ object }) => {
    const productId = object.id('id');
    return { part: { productId }, key: productId, sequence: productId };
  },
};

/** A price. Key and sequence: its product, so that a product comes before its prices. */
export const priceReading: Reading<{ price: Price }> = {
  read: ({ object }) => {
    const price = priceOf(object);
    return { part: { price }, key: price.productId, sequence: price.productId };
  },
};

/** A price that is gone. */
export const gonePrice: Reading<{ priceId: string }> = {
  read: ({ object }) => {
    const [priceId, product] = [object.id('id'), object.id('product')];
    return { part: { priceId }, key: product, sequence: product };
  },
};

/** A Stripe product in canonical words. Errors: InvalidStripeObjectError. Source: Stripe API reference, "The Product object". */
export function productOf(product: StripeObject): Product {
  const shippable = product.raw('shippable');
  return {
    productId: product.id('id'),
    name: product.text('name'),
    description: product.textOrNull('description'),
    active: product.boolean('active'),
    unitLabel: product.textOrNull('unit_label'),
    taxCode: product.idOrNull('tax_code'),
    shippable: typeof shippable === 'boolean' ? shippable : null,
    defaultPriceId: product.idOrNull('default_price'),
    createdAt: product.timeMs('created'),
    metadata: product.metadata(),
  };
}

/**
 * A Stripe price in canonical words. A price of tiers, or with decimals of a minor unit, has no `unitAmount`.
 * Units:  minor units of the price's currency.
 * Errors: InvalidStripeObjectError, MoneyError.
 * Source: Stripe API reference, "The Price object".
 */
export function priceOf(price: StripeObject): Price {
  const recurring = price.objectOrNull('recurring');
  const amounts = new Amounts(price.text('currency'));
  return {
    priceId: price.id('id'),
    productId: price.id('product'),
    currency: amounts.currency.toUpperCase(),
    unitAmount: amounts.orNull(price, 'unit_amount'),
    unitAmountDecimal: price.textOrNull('unit_amount_decimal'),
    type: price.text('type'),
    billingScheme: price.textOrNull('billing_scheme'),
    interval: recurring?.textOrNull('interval') ?? null,
    intervalCount: recurring?.countOrNull('interval_count') ?? null,
    usageType: recurring?.textOrNull('usage_type') ?? null,
    taxBehavior: price.textOrNull('tax_behavior'),
    nickname: price.textOrNull('nickname'),
    lookupKey: price.textOrNull('lookup_key'),
    active: price.boolean('active'),
    createdAt: price.timeMs('created'),
    metadata: price.metadata(),
  };
}
