import { fixture, translateBody, withObject } from '../../../testing/fixtures.js';

// Expected values by hand from the bodies in proof/fixtures/stripe.

describe('refunds', () => {
  it('are told in full, ordered with their payment', () => {
    expect(translateBody(fixture('events/refund.created.json')).facts).toMatchObject([
      {
        event: { type: 'ar.refund-created' },
        key: 'cus_upquNHnKxoIQFO',
        sequence: 'pi_3TsfRGZFxA9Kd7NwT0sFP6de9',
        value: {
          refund: {
            refundId: 're_3Ts5H68FxA9Kd7NwT0f9YJ8gp',
            chargeId: 'ch_3TsfRGZFxA9Kd7NwT0OUkhi1i',
            amount: { minor: 12_000n, currency: 'USD' },
            status: 'succeeded',
            reason: 'requested_by_customer',
            createdAt: 1_788_429_600_000,
            metadata: { erp_rma: 'RMA-552' },
          },
        },
      },
    ]);
  });

  it('that fail later say why, and which balance transaction brought the money back', () => {
    expect(translateBody(fixture('events/refund.failed.json')).facts[0]).toMatchObject({
      event: { type: 'ar.refund-failed' },
      key: 'pi_3TjYGWDFxA9Kd7NwT0DwEVpMM',
      value: {
        refund: {
          amount: { minor: 6400n, currency: 'USD' },
          failureReason: 'lost_or_stolen_card',
          failureBalanceTransactionId: 'txn_1TgkbL7FxA9Kd7NwTKlOeVeKT',
        },
      },
    });
  });

  it('that change name what changed', () => {
    const body = { ...fixture('events/refund.failed.json'), type: 'refund.updated' };
    expect(translateBody(body).facts[0]?.value).toMatchObject({ changed: ['failure_balance_transaction', 'failure_reason', 'status'] });
  });

  it('of a payment that nobody names are refused', () => {
    expect(() => translateBody(withObject(fixture('events/refund.created.json'), { charge: null, payment_intent: null }))).toThrow(
      'its payment is unknown',
    );
  });

  it('embedded in charge.refunded by old versions are told once each, with customer and payment of the charge', () => {
    const body = fixture('recorded/stripe-sync-engine/charge.refunded.json');
    const { facts } = translateBody(body);
    expect(facts).toHaveLength(1);
    expect(facts[0]).toMatchObject({
      event: { type: 'ar.refund-created' },
      key: 'cus_J7Mkgr8mvbl1eK',
      sequence: 'pi_3Kl36gJDPojXS6LN02fQVtKR',
      value: {
        source: { objectId: 're_3Kl36gJDPojXS6LN0eP4yPDz' },
        refund: { refundId: 're_3Kl36gJDPojXS6LN0eP4yPDz', amount: { minor: 2500n, currency: 'USD' }, customerId: 'cus_J7Mkgr8mvbl1eK' },
      },
    });
    const data = body.data as { object: { refunds: { data: unknown[] } } };
    const second = { ...body, data: { ...data, previous_attributes: { refunds: { data: data.object.refunds.data } } } };
    expect(translateBody(second).record.ignoredReason).toBe('refund-total-only');
  });
});
