import type { ConnectorDeclaration } from '@tributary/connector-kit/conformance';

/**
 * What the connector promises. Not among it: batches, half documents and deletion, since P21 posts at once and as a whole; conflicts, since it
 * has no row version; clearing in another currency, since a bank has one.
 */
export const p21Declaration: ConnectorDeclaration = {
  capabilities: [
    'create-once',
    'versioned-upsert',
    'lined-documents',
    'look-ups',
    'lists-and-marks',
    'batches-none',
    'periods',
    'closed-period',
    'period-refusal',
    'ledger-reads',
    'effect',
    'trial-balance',
    'errors',
    'validation',
    'throttling',
    'lost-answers',
    'slow-answers',
    'secrets',
    'amounts',
    'text-limits',
    'described-calls',
  ],
  kinds: {
    customer: { role: 'master' },
    'cash-receipt': { role: 'entry', batches: 'none' },
    'credit-memo': { role: 'lined', batches: 'none' },
    journal: { role: 'lined', batches: 'none' },
  },
};
