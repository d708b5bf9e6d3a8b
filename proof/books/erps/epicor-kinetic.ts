import { createKineticConnector, loadKineticConfig } from '@tributary/connector-epicor-kinetic';
import { emulatedErp } from '../emulated-erp.js';
import type { ErpKind, OwnFault } from '../erp-under-test.js';

/** Reads of the RPC style are POSTs whose names say so (docs/reference/epicor-kinetic.md section 4). */
const reads = /^(Get|Check|Find|Validate|Search|BAQ|Login|Logout)/i;

/** Documents with lines are written by these calls (docs/reference/epicor-kinetic.md sections 6.4 and 6.7). */
const writesLines = (write: string): boolean => /(ARInvoiceSvc\/UpdateMaster|GLJournalEntrySvc\/Update)$/.test(write);

/** Answers that say something else than what was done: sections 4.2 and 5. */
const ownFaults: readonly OwnFault[] = [
  { name: 'header stored, lines not, 500', action: { kind: 'header-only' }, hits: writesLines },
  { name: 'success, last line not stored', action: { kind: 'line-dropped' }, hits: writesLines },
];

/** Epicor Kinetic. Ways: values of KINETIC_WRITES. */
export const epicorKinetic: ErpKind = {
  erp: 'epicor-kinetic',
  ways: ['dataset', 'steps', 'function'],
  ownFaults,
  start: () =>
    emulatedErp('epicor-kinetic', (origin, through, way) => {
      const config = loadKineticConfig({
        KINETIC_URL: `${origin}/kinetic`,
        KINETIC_COMPANY: 'EPIC06',
        KINETIC_USER: 'tributary',
        KINETIC_PASSWORD: 'demo-password',
        KINETIC_API_KEY: 'demo-api-key',
        KINETIC_CALL_TIMEOUT_MS: '10000',
        KINETIC_READ_EFFECT: 'all',
        KINETIC_WRITES: way,
      });
      return createKineticConnector(config, { fetch: through });
    }),
  writingCall: ({ url, method }) => {
    const path = url.pathname.split('/');
    return method === 'GET' || reads.test(path.at(-1) ?? '') ? undefined : `${method} ${path.slice(-2).join('/')}`;
  },
};
