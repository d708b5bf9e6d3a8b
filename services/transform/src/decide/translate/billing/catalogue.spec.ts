import { fixture, translateBody } from '../../../testing/fixtures.js';

// Expected values by hand from proof/fixtures/stripe.

describe('products and prices', () => {
  it('are told with the keys that an ERP may know them by', () => {
    expect(translateBody(fixture('events/product.created.json')).facts).toMatchObject([
      {
        event: { type: 'billing.product-created' },
        key: 'prod_ar8HQMbhxR6yTr',
        sequence: 'prod_ar8HQMbhxR6yTr',
        value: {
          product: {
            productId: 'prod_ar8HQMbhxR6yTr',
            name: 'Hydraulic pump HP-200',
            description: 'Gear pump, 200 bar, flange mount',
            active: true,
            unitLabel: 'each',
            taxCode: 'txcd_99999999',
            shippable: true,
            defaultPriceId: null,
            createdAt: 1_785_402_000_000,
            metadata: { erp_part_num: 'HP-200', erp_uom: 'EA', erp_prod_code: 'PUMP' },
          },
        },
      },
    ]);
  });

  it('name what changed, and what is gone', () => {
    const body = fixture('events/product.updated.json');
    expect(translateBody(body).facts).toMatchObject([
      {
        event: { type: 'billing.product-updated' },
        value: { changed: Object.keys((body.data as { previous_attributes: object }).previous_attributes).sort() },
      },
    ]);
    expect(translateBody({ ...fixture('events/price.created.json'), type: 'price.deleted' }).facts).toMatchObject([
      {
        event: { type: 'billing.price-deleted' },
        key: 'prod_ar8HQMbhxR6yTr',
        value: { priceId: 'price_1T7En5WFxA9Kd7NwT8OYW4aNg' },
      },
    ]);
    expect(translateBody({ ...fixture('events/product.created.json'), type: 'product.deleted' }).facts).toMatchObject([
      { event: { type: 'billing.product-deleted' }, value: { productId: 'prod_ar8HQMbhxR6yTr' } },
    ]);
  });

  it('of subscriptions say how often they are billed, in order with their product', () => {
    expect(translateBody(fixture('events/price.created.recurring.json')).facts).toMatchObject([
      {
        event: { type: 'billing.price-created' },
        sequence: 'prod_LZIX4RWzwKa82E',
        value: {
          price: {
            priceId: 'price_1THKjFRFxA9Kd7NwTdFlDu9iM',
            productId: 'prod_LZIX4RWzwKa82E',
            currency: 'EUR',
            unitAmount: { minor: 9_000n, currency: 'EUR' },
            unitAmountDecimal: '9000',
            type: 'recurring',
            billingScheme: 'per_unit',
            interval: 'month',
            intervalCount: 1,
            usageType: 'licensed',
            taxBehavior: 'exclusive',
            nickname: 'Basic',
            lookupKey: null,
            active: true,
          },
        },
      },
    ]);
  });
});

describe('subscriptions', () => {
  const upgraded = {
    subscriptionId: 'sub_1T80QuLFxA9Kd7NwTP9hdTLRu',
    customerId: 'cus_GkzBT6kMSMIMzH',
    status: 'active',
    currency: 'EUR',
    itemsComplete: true,
    items: [
      {
        itemId: 'si_7TOJvKXHepHnU2',
        priceId: 'price_1TtHRs7FxA9Kd7NwTRkiVIzuO',
        productId: 'prod_LZIX4RWzwKa82E',
        quantity: '1',
        currentPeriod: { start: 1_788_252_090_000, end: 1_790_844_090_000 },
        metadata: {},
      },
    ],
    startedAt: 1_787_042_490_000,
    trial: { start: 1_787_042_490_000, end: 1_788_252_090_000 },
    billingAnchorAt: 1_788_252_090_000,
    cancelAtPeriodEnd: false,
    endedAt: null,
    latestInvoiceId: 'in_1TxkHgWFxA9Kd7NwTqp6fvitn',
    metadata: { erp_contract: 'SVC-2026-044' },
  };

  it('tell their items with the running period', () => {
    expect(translateBody(fixture('events/customer.subscription.updated.upgrade.json')).facts).toMatchObject([
      {
        event: { type: 'billing.subscription-updated' },
        key: 'cus_GkzBT6kMSMIMzH',
        sequence: 'sub_1T80QuLFxA9Kd7NwTP9hdTLRu',
        value: { subscription: upgraded, changed: ['items', 'latest_invoice'] },
      },
    ]);
  });

  it.each([
    ['customer.subscription.created', 'billing.subscription-created', 'trialing'],
    ['customer.subscription.trial_will_end', 'billing.subscription-trial-ending', 'trialing'],
    ['customer.subscription.deleted', 'billing.subscription-deleted', 'canceled'],
    ['customer.subscription.updated.past_due', 'billing.subscription-updated', 'past_due'],
  ])('%s is told as %s', (name, type, status) => {
    expect(translateBody(fixture(`events/${name}.json`)).facts).toMatchObject([{ event: { type }, value: { subscription: { status } } }]);
  });

  it('of API 2020-03-02 have one period for all items', () => {
    const [fact] = translateBody(fixture('recorded/stripe-sync-engine/customer.subscription.deleted.json')).facts;
    const { subscription } = fact?.value as { subscription: { items: { currentPeriod: object | null }[] } };
    expect(subscription.items.every(({ currentPeriod }) => currentPeriod !== null)).toBe(true);
  });
});
