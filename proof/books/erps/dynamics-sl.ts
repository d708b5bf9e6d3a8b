import { createSlConnector, loadSlConfig } from '@tributary/connector-dynamics-sl';
import { emulatedErp } from '../emulated-erp.js';
import type { ErpKind, OwnFault } from '../erp-under-test.js';

/** Operations of the SOAP door that write (docs/reference/dynamics-sl.md sections 2.3, 5.5). */
const soapWrites = /\/(editScreen|applyPayment)"?$/;
/** POSTs of the REST door that read: templates and queries (section 2.1). */
const restReads = /\/(templates|query|quickQuery)(\/|$)/i;

/** Enters a document with lines (section 2.4). */
const enters = (write: string): boolean => /\/screen$/.test(write);
const everyWrite = (): boolean => true;

/** What the web layer does beside losing answers: docs/reference/dynamics-sl.md sections 2.3, 7, 8 and 9. */
const ownFaults: readonly OwnFault[] = [
  { name: 'header without lines', action: { kind: 'header-only' }, hits: enters },
  { name: 'success, a line is missing', action: { kind: 'line-dropped' }, hits: enters },
  { name: 'success, a line is there twice', action: { kind: 'line-doubled' }, hits: enters },
  { name: 'another writer', action: { kind: 'second-writer' }, hits: everyWrite },
  { name: 'licence expired', action: { kind: 'licence' }, hits: everyWrite },
  { name: 'password expired', action: { kind: 'password-expired' }, hits: everyWrite },
];

/** Microsoft Dynamics SL. Ways: values of SL_DOORS. */
export const dynamicsSl: ErpKind = {
  erp: 'dynamics-sl',
  ways: ['rest', 'soap'],
  ownFaults,
  start: () =>
    emulatedErp('dynamics-sl', (origin, through, way) => {
      const config = loadSlConfig({
        SL_URL: `${origin}/sl`,
        SL_COMPANY: '0060',
        SL_USER: 'tributary',
        SL_PASSWORD: 'demo-password',
        SL_SITE_KEY: 'demo-site-key',
        SL_LICENCE_KEY: 'demo-licence-key',
        SL_CALL_TIMEOUT_MS: '10000',
        SL_READ_EFFECT: 'all',
        SL_DOORS: way,
      });
      return createSlConnector(config, through);
    }),
  writingCall: ({ url, method, headers }) => {
    const path = url.pathname.split('/');
    if (url.pathname.endsWith('.asmx')) {
      const [, operation] = soapWrites.exec(headers.get('soapaction') ?? '') ?? [];
      return operation && `SOAP ${path.at(-1)?.split('.').at(-2)}/${operation}`;
    }
    return method === 'GET' || restReads.test(url.pathname) ? undefined : `${method} ${path.slice(4).join('/')}`;
  },
  accountText: ({ acct, sub }) => (acct && sub ? `${acct}-${sub}` : undefined),
};
