import { aReceipt } from '../testing/makers.js';
import { withRequestDefaults } from './request-defaults.js';

it('reads a request of an earlier version as one without lines, needs, effect and policies', () => {
  const reference = { field: 'CustNum', postingKey: 'fake-main/customer/cus_1', attribute: 'CustNum' };
  const { lines: _l, needs: _n, effect: _e, onClosedPeriod: _o, release: _r, ...earlier } = aReceipt('ch_1');
  expect(withRequestDefaults({ ...earlier, references: [reference] })).toEqual({
    ...earlier,
    references: [{ ...reference, table: null, lineKey: null }],
    lines: [],
    needs: [],
    effect: [],
    onClosedPeriod: null,
    release: null,
  });
});

it('leaves a request of this version as it is', () => {
  const request = aReceipt('ch_1', {
    lines: [{ table: 'InvcDtl', key: 'l1', fields: { Amount: '1.00' } }],
    needs: [{ postingKey: 'fake-main/customer/cus_1', until: 'saved', ifNeverAsked: 'wait', afterMs: 0n }],
    onClosedPeriod: 'next-open',
    release: false,
    references: [{ field: 'CustNum', postingKey: 'fake-main/customer/cus_1', attribute: 'CustNum', table: 'InvcDtl', lineKey: 'l1' }],
  });
  expect(withRequestDefaults(request)).toEqual(request);
});
