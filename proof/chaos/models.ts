import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import type { Models } from './load.js';

/** Kinds that nobody books: they have to end as ignored, with a reason. */
const noise = ['review.opened', 'payment_intent.succeeded', 'radar.early_fraud_warning.created'];

export function readModels(): Models {
  const read = (name: string): string => readFileSync(join(workspaceRoot, 'proof/fixtures/stripe/events', `${name}.json`), 'utf8');
  return { charge: read('charge.succeeded'), customer: read('customer.updated'), noise: noise.map(read) };
}
