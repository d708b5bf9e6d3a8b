import { P21NotDoneError, P21SilentError } from '../p21-errors.js';
import { passedValues } from './transaction-answer.js';

const summary = (Succeeded: number, Failed: number) => ({ Succeeded, Failed, Other: 0 });

// The answers of docs/reference/prophet21.md section 4.
it('reads the values of the form of a transaction that passed', () => {
  const answer = {
    Messages: ['Transaction 1:: '],
    Results: {
      Name: 'Order',
      Transactions: [
        { Status: 'Passed', DataElements: [{ Name: 'TABPAGE_1.order', Rows: [{ Edits: [{ Name: 'order_no', Value: '1013938' }] }] }] },
      ],
    },
    Summary: summary(1, 0),
  };
  expect(passedValues(answer, 'Order')).toEqual(new Map([['order_no', '1013938']]));
});

it('is refused by a summary that counts a failure, although the status is 200', () => {
  const answer = { Messages: ['Transaction 1:: Column is disabled: company_id'], Results: null, Summary: summary(0, 1) };
  expect(() => passedValues(answer, 'Order')).toThrow(P21NotDoneError);
  expect(() => passedValues(answer, 'Order')).toThrow(
    expect.objectContaining({ code: 'p21.transaction-failed', field: 'company_id', message: 'Order: Column is disabled: company_id' }),
  );
});

it('may be stored when a dialog was left open', () => {
  const answer = { Messages: ['Transaction 1:: Unexpected response window'], Results: null, Summary: summary(0, 1) };
  expect(() => passedValues(answer, 'Order')).toThrow(P21SilentError);
});

it.each([
  [{}],
  [null],
  [[]],
  [{ Summary: summary(0, 0) }],
  [{ Summary: summary(2, 0) }],
  [{ Messages: 'x', Results: { Transactions: 7 } }],
])('may be stored when %j does not tell of one document', (answer) => {
  expect(() => passedValues(answer, 'Order')).toThrow(P21SilentError);
});
