import { isJsonObject } from '../stripe-object.js';
import type { VersionAdapter } from './version-adapter.js';

/** 2022-11-15: `payment_intent.charges` (newest first) became `latest_charge`. */
export const paymentIntentLatestCharge: VersionAdapter = {
  name: 'payment-intent-latest-charge',
  changedIn: '2022-11-15',
  object: 'payment_intent',
  appliesTo: (intent) => intent.latest_charge === undefined && isJsonObject(intent.charges) && Array.isArray(intent.charges.data),
  adapt: (intent) => {
    const [newest] = (intent.charges as { data: unknown[] }).data;
    return { ...intent, latest_charge: isJsonObject(newest) ? (newest.id ?? null) : null };
  },
};
