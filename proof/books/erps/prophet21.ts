import { createP21Connector, loadP21Config } from '@tributary/connector-prophet21';
import { emulatedErp } from '../emulated-erp.js';
import type { ErpKind, OwnFault } from '../erp-under-test.js';

const isTransaction = (write: string): boolean => write.endsWith('/transaction');

/** Answers that say something else than what was done: docs/reference/prophet21.md sections 3, 4, 9 and 10. */
const ownFaults: readonly OwnFault[] = [
  { name: 'success, nothing stored', action: { kind: 'not-stored' }, hits: (write) => write.startsWith('POST ') },
  { name: 'pop-up answered with No', action: { kind: 'pop-up' }, hits: isTransaction },
  { name: 'stored, and a dialog left open', action: { kind: 'saved-then-error' }, hits: isTransaction },
  { name: 'session with an open dialog', action: { kind: 'session-contaminated' }, hits: isTransaction },
  { name: 'no free session', action: { kind: 'no-session' }, hits: isTransaction },
  { name: 'token expired', action: { kind: 'token-expired' }, hits: () => true },
];

/** Epicor Prophet 21. Cash receipts go through the service that the emulated site has (docs/reference/prophet21.md section 7.5). */
export const prophet21: ErpKind = {
  erp: 'prophet21',
  ways: ['api'],
  ownFaults,
  start: () =>
    emulatedErp('prophet21', (origin, through, _way, env) => {
      const config = loadP21Config({
        P21_URL: origin,
        P21_COMPANY: 'ACME',
        P21_USER: 'tributary',
        P21_PASSWORD: 'demo-password',
        P21_CALL_TIMEOUT_MS: '10000',
        // Its table of currencies has names only (section 14).
        P21_CURRENCY_IDS: 'USD=1,EUR=2,GBP=3,CAD=4,AUD=5,CHF=6,SEK=7,JPY=8,KWD=9,ISK=10,UGX=11',
        P21_RECEIPT_SERVICE: 'CashReceipts',
        P21_FOREIGN_AMOUNTS: 'face',
        P21_READ_EFFECT: 'all',
        ...env,
      });
      return createP21Connector(config, { fetch: through });
    }),
  // Reads are GETs; a token stores nothing in the books.
  writingCall: ({ url, method }) =>
    method === 'GET' || url.pathname.startsWith('/api/security/') ? undefined : `${method} ${url.pathname.replace(/^\/uiserver\d+/, '')}`,
};
