import type { Capability, ConnectorDeclaration } from '@tributary/connector-kit/conformance';

const promised: readonly Capability[] = [
  'create-once',
  'versioned-upsert',
  'lined-documents',
  'half-documents',
  'discard',
  'look-ups',
  'lists-and-marks',
  'batches-named',
  'periods',
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

/** What the connector promises. Only look-ups over OData can list, because a BAQ shows no columns of the site. */
export function kineticDeclaration(lookup: 'odata' | 'baq'): ConnectorDeclaration {
  return {
    capabilities: promised.filter((one) => lookup === 'odata' || one !== 'lists-and-marks'),
    kinds: {
      customer: { role: 'master' },
      'cash-receipt': { role: 'entry', batches: 'named' },
      invoice: { role: 'lined', batches: 'named' },
      'credit-memo': { role: 'lined', batches: 'named' },
      'refund-payment': { role: 'lined', batches: 'named' },
      application: { role: 'lined', batches: 'named' },
      journal: { role: 'lined', batches: 'named' },
    },
  };
}
