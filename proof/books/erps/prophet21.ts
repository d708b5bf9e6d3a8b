import { createP21Connector, loadP21Config } from '@tributary/connector-prophet21';
import { emulatedErp } from '../emulated-erp.js';
import type { ErpKind } from '../erp-under-test.js';

/** Epicor Prophet 21. Cash receipts go through the service that the emulated site has (docs/reference/prophet21.md section 7.5). */
export const prophet21: ErpKind = {
  erp: 'prophet21',
  ways: ['api'],
  start: () =>
    emulatedErp('prophet21', (origin, through) => {
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
      });
      return createP21Connector(config, { fetch: through });
    }),
  // Reads are GETs; a token stores nothing in the books.
  writingCall: ({ url, method }) =>
    method === 'GET' || url.pathname.startsWith('/api/security/') ? undefined : `${method} ${url.pathname.replace(/^\/uiserver\d+/, '')}`,
};
