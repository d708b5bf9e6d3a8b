import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import type { Models } from './load.js';

/** Event types that are not booked: they must end as ignored, with a reason. */
const noise = ['review.opened', 'payment_intent.succeeded', 'radar.early_fraud_warning.created'];

/** Reads the templates from the recorded fixtures. */
export function readModels(): Models {
  const read = (name: string): string => readFileSync(join(workspaceRoot, 'proof/fixtures/stripe/events', `${name}.json`), 'utf8');
  return { charge: read('charge.succeeded'), customer: read('customer.updated'), noise: noise.map(read) };
}
