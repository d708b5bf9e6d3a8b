import { isJsonObject } from '../stripe-object.js';
import type { Json } from '../stripe-event.js';
import type { VersionAdapter } from './version-adapter.js';

/**
 * Old charges tell card and address in `source` instead of `payment_method_details` and `billing_details`; before 2015-02-18 in `card`, and
 * before 2014 with the brand in `type` [known].
 */
export const chargeSourceDetails: VersionAdapter = {
  name: 'charge-source-details',
  changedIn: undefined,
  object: 'charge',
  appliesTo: (charge) => cardOf(charge) !== undefined,
  adapt: (charge) => {
    const card = cardOf(charge) as Json;
    return {
      ...charge,
      payment_method_details: charge.payment_method_details ?? detailsOf(card),
      billing_details: charge.billing_details ?? billingOf(card),
    };
  },
};

function cardOf(charge: Json): Json | undefined {
  return [charge.source, charge.card].find((card) => isJsonObject(card) && card.object === 'card') as Json | undefined;
}

function detailsOf(card: Json): Json {
  const name = card.brand ?? card.type;
  const brand = typeof name === 'string' ? name.toLowerCase() : null;
  return { type: 'card', card: { brand, last4: card.last4 ?? null, country: card.country ?? null } };
}

function billingOf(card: Json): Json {
  return {
    name: card.name ?? null,
    email: null,
    phone: null,
    address: {
      line1: card.address_line1 ?? null,
      line2: card.address_line2 ?? null,
      city: card.address_city ?? null,
      state: card.address_state ?? null,
      postal_code: card.address_zip ?? null,
      country: card.address_country ?? null,
    },
  };
}
