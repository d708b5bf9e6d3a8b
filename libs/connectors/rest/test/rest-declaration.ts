import type { ConnectorDeclaration } from '@tributary/connector-kit/conformance';

/** What the connector promises with the documented API of Prophet 21. A journal can only be posted. */
export const restDeclaration: ConnectorDeclaration = {
  capabilities: [
    'create-once',
    'versioned-upsert',
    'lined-documents',
    'look-ups',
    'batches-none',
    'closed-period',
    'ledger-reads',
    'errors',
    'validation',
    'throttling',
    'conflicts',
    'lost-answers',
    'slow-answers',
    'secrets',
    'amounts',
    'text-limits',
    'described-calls',
  ],
  kinds: {
    customer: { role: 'master' },
    'sales-order': { role: 'lined', batches: 'none' },
    invoice: { role: 'lined', batches: 'none' },
    'credit-memo': { role: 'lined', batches: 'none' },
    journal: { role: 'entry', batches: 'none', without: ['look-ups', 'ledger-reads'] },
  },
};
