import { checkLedger, ledgersOf } from './ledgers.js';
import { findingLine } from './finding.js';

it('takes the ledgers of ERP_TARGETS, else that of ERP_TARGET, else the shipped one', () => {
  expect(ledgersOf({ ERP_TARGETS: 'kinetic-main=epicor-kinetic,sl-main=dynamics-sl', ERP_TARGET: 'x' }, 'kinetic-main')).toEqual([
    { target: 'kinetic-main', kind: 'epicor-kinetic' },
    { target: 'sl-main', kind: 'dynamics-sl' },
  ]);
  expect(ledgersOf({ ERP_TARGET: 'sl-eu', ERP_KIND: 'dynamics-sl' }, 'kinetic-main')).toEqual([{ target: 'sl-eu', kind: 'dynamics-sl' }]);
  expect(ledgersOf({}, 'kinetic-main')).toEqual([{ target: 'kinetic-main', kind: 'epicor-kinetic' }]);
});

it('names the variables that a ledger lacks, and a ledger without a connector', async () => {
  const [unset] = await checkLedger({ target: 'p21-main', kind: 'prophet21' }, {}, {});
  expect(unset).toMatchObject({
    code: 'check.configuration-wrong',
    target: 'p21-main',
    text: expect.stringContaining('P21_URL') as string,
  });
  const [unknown] = await checkLedger({ target: 'x', kind: 'sap' }, {}, {});
  expect(unknown?.text).toContain('ERP_KIND "sap"');
});

it.each([
  ['epicor-kinetic', 'KINETIC', { COMPANY: 'E', USER: 'u', PASSWORD: 'p', API_KEY: 'k' }],
  ['dynamics-sl', 'SL', { COMPANY: '0060', USER: 'u', PASSWORD: 'p' }],
  ['prophet21', 'P21', { COMPANY: 'ACME', USER: 'u', PASSWORD: 'p' }],
  ['rest', 'REST', { SECRET: 's' }],
])('looks at the certificate of %s where the connector of this target calls', async (kind, prefix, variables) => {
  // Nothing listens on port 9: the finding names the address that was asked.
  const env = {
    ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [`${prefix}_${name}`, value])),
    [`${prefix}_URL`]: 'https://127.0.0.1:1',
    [`OTHER_MAIN__${prefix}_URL`]: 'https://127.0.0.1:9/erp',
  };
  const found = await checkLedger({ target: 'other-main', kind }, {}, env);
  expect(found).toEqual([expect.objectContaining({ code: 'check.unreachable', level: 'missing', target: 'other-main' })]);
  expect(found[0]?.text).toContain('127.0.0.1:9');
});

it('shows the code of a finding that needs somebody, and what to do', () => {
  const line = { code: 'check.clock-off', level: 'warning', target: 'sl-main', text: 'An hour.', fix: 'Set it.' } as const;
  expect(findingLine(line)).toBe('warning sl-main: An hour. Set it. (check.clock-off)');
  expect(findingLine({ ...line, code: 'check.passed', level: 'ok', fix: '' })).toBe('ok      sl-main: An hour.');
});
