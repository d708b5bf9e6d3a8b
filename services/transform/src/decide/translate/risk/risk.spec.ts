import { fixture, translateBody, withObject, withPrevious } from '../../../testing/fixtures.js';

// Expected values by hand from the bodies in proof/fixtures/stripe.

it('an early fraud warning is told, ordered with its payment', () => {
  expect(translateBody(fixture('events/radar.early_fraud_warning.created.json')).facts).toMatchObject([
    {
      event: { type: 'risk.fraud-warning-raised' },
      sequence: 'pi_3TQVMTqFxA9Kd7NwT0cL5zJuq',
      value: {
        warning: {
          warningId: 'issfr_1TsviKLF4u62kk9HvCagRExk',
          chargeId: 'ch_3TQVMTqFxA9Kd7NwT0mH1o0X6',
          fraudType: 'made_with_stolen_card',
          actionable: true,
          createdAt: 1_788_490_800_000,
        },
      },
    },
  ]);
});

it('a warning that changed names what changed', () => {
  const changed = withObject(fixture('events/radar.early_fraud_warning.created.json'), { actionable: false });
  const body = withPrevious({ ...changed, type: 'radar.early_fraud_warning.updated' }, { actionable: true });
  expect(translateBody(body).facts[0]).toMatchObject({
    event: { type: 'risk.fraud-warning-updated' },
    value: { warning: { actionable: false }, changed: ['actionable'] },
  });
});

it('a review is told when it is opened and when it is closed', () => {
  expect(translateBody(fixture('events/review.opened.json')).facts[0]).toMatchObject({
    event: { type: 'risk.review-opened' },
    value: { review: { reviewId: 'prv_1TQVMTqFxA9Kd7NwT0iCGjfc6', open: true, openedReason: 'rule', closedReason: null } },
  });
  expect(translateBody(fixture('events/review.closed.json')).facts[0]).toMatchObject({
    event: { type: 'risk.review-closed' },
    value: { review: { open: false, closedReason: 'approved' } },
  });
});

it('what is about no payment is refused', () => {
  const body = withObject(fixture('events/review.opened.json'), { charge: null, payment_intent: null });
  expect(() => translateBody(body)).toThrow('its payment is unknown');
});
