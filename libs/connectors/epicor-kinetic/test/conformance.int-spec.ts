import { describeErpConnector } from '@tributary/connector-kit/conformance';
import { kineticHarness } from './kinetic-harness.js';

const roles = {
  customer: 'master',
  'cash-receipt': 'entry',
  invoice: 'lined',
  'credit-memo': 'lined',
  'refund-payment': 'lined',
  application: 'lined',
  journal: 'lined',
} as const;

describeErpConnector('epicor-kinetic', roles, () => kineticHarness());
describeErpConnector('epicor-kinetic with BAQs, a session and a function', roles, () =>
  kineticHarness({ lookup: 'baq', session: true, writes: 'function' }),
);
