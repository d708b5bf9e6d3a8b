import type { Capability, ConnectorDeclaration } from '@tributary/connector-kit/conformance';

const promised: readonly Capability[] = [
  'create-once',
  'versioned-upsert',
  'lined-documents',
  'half-documents',
  'look-ups',
  'lists-and-marks',
  'batches-assigned',
  'closed-period',
  'period-refusal',
  'ledger-reads',
  'clearing',
  'effect',
  'trial-balance',
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
];

/**
 * What the connector promises. Not among it: deletion, since the web layer deletes nothing, and fiscal periods, which it does not tell. An
 * application moves no account, so it has no entries; over SOAP its call is not described to the last element, which has a balance that is read before.
 */
export function slDeclaration(door: 'rest' | 'soap'): ConnectorDeclaration {
  const notDescribed = door === 'soap' ? (['described-calls'] as const) : [];
  return {
    capabilities: promised,
    kinds: {
      customer: { role: 'master' },
      'cash-receipt': { role: 'entry', batches: 'assigned' },
      invoice: { role: 'lined', batches: 'assigned' },
      'credit-memo': { role: 'lined', batches: 'assigned' },
      'refund-payment': { role: 'lined', batches: 'assigned' },
      application: { role: 'lined', batches: 'assigned', without: ['effect', ...notDescribed] },
      journal: { role: 'lined', batches: 'assigned' },
    },
  };
}
