import { certificateFinding, checkLedger, checkLedgerCertificates, otherLedgers } from './ledgers.js';

const day = 86_400_000;
const now = Date.parse('2026-09-01T12:00:00Z');

it.each([
  [-1, 'missing'],
  [1, 'warning'],
  [13, 'warning'],
  [15, 'ok'],
])('a certificate that ends in %i days is %s', (days, level) => {
  expect(certificateFinding('sl-main', 'server', now + days * day, now)).toMatchObject({ level, target: 'sl-main' });
});

it('says which certificate ends, and when', () => {
  expect(certificateFinding('sl-main', 'client', now + day, now).text).toBe('the client certificate expires on 2026-09-02, in 1 days.');
});

it('takes the ledgers of ERP_TARGETS that are not checked otherwise', () => {
  expect(otherLedgers({ ERP_TARGETS: 'kinetic-main=epicor-kinetic,sl-main=dynamics-sl' }, ['epicor-kinetic'])).toEqual([
    { target: 'sl-main', kind: 'dynamics-sl' },
  ]);
  expect(otherLedgers({}, ['epicor-kinetic'])).toEqual([]);
});

it('names the variables that a ledger lacks, and a ledger without an answer', async () => {
  const [unset] = await checkLedger({ target: 'p21-main', kind: 'prophet21' }, new Map(), {});
  expect(unset).toMatchObject({ level: 'missing', target: 'p21-main', text: expect.stringContaining('P21_URL') as string });
  const [unknown] = await checkLedger({ target: 'x', kind: 'sap' }, new Map(), {});
  expect(unknown?.text).toContain('ERP_KIND "sap"');
});

it.each([
  ['dynamics-sl', 'SL_URL'],
  ['prophet21', 'P21_URL'],
  ['rest', 'REST_URL'],
])('looks at the certificate of %s where its connector calls', async (kind, variable) => {
  // Nothing listens on port 9: the finding names the address that was asked.
  const env = { [variable]: 'https://127.0.0.1:1', [`OTHER_MAIN__${variable}`]: 'https://127.0.0.1:9/erp' };
  const [found] = await checkLedgerCertificates({ target: 'other-main', kind }, env, 0);
  expect(found).toMatchObject({ level: 'missing', target: 'other-main' });
  expect(found?.text).toContain('127.0.0.1:9');
  expect(await checkLedgerCertificates({ target: 'other-main', kind }, {}, 0)).toEqual([]);
});
