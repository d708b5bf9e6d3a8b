import { ErpSilentError, ErpUnauthorisedError } from '@tributary/connector-kit';
import { refusalIn, textOfHttpError } from './error-answers.js';
import type { CallKind } from '@tributary/connector-kit';
import { isDuplicate, lookupErrorOf, outcomeOf, SlNotDoneError, SlNotSetUpError, SlRefusedError, SlSilentError } from './sl-errors.js';

const options = { retryMs: 30_000 };
const refused = (status: number, text: string, kind: CallKind = 'write') =>
  outcomeOf(new SlRefusedError('invoiceAndMemo ADD', kind, status, text), options);

// docs/reference/dynamics-sl.md section 2.3: test errorMessage (screens), errorString (orders), resultCode (rows), businessRuleViolations.
it.each([
  [{ errorMessage: 'Customer is missing.' }, 'Customer is missing.'],
  [{ errorMessage: '', myBatch: { BatNbr: '000001' } }, undefined],
  [{ errorMessage: '   ' }, undefined],
  [{ errorString: 'No such item.' }, 'No such item.'],
  [{ errorMessage: '', myBatch: { errorMessage: 'Out of balance.' } }, 'myBatch: Out of balance.'],
  [{ errorMessage: '', myARTran: [{}, { errorMessage: 'No account.' }] }, 'myARTran: No account.'],
  [{ errorMessage: '', myBatch: { resultCode: 0 } }, undefined],
  [{ errorMessage: '', myBatch: { resultCode: -3 } }, 'myBatch: result code -3'],
  [{ errorCode: -1 }, 'result code -1'],
  [{ businessRuleViolations: [{ key: 'CREDIT', fatal: false, message: 'near the limit' }] }, undefined],
  [{ businessRuleViolations: [{ key: 'CREDIT', fatal: true, message: 'over the limit' }] }, 'CREDIT: over the limit'],
  [[], undefined],
  [null, undefined],
])('reads the refusal in %j', (answer, expected) => {
  expect(refusalIn(answer)).toBe(expected);
});

it.each([
  ['<html><head><title>IIS</title></head><body><h1>502 Bad Gateway</h1></body></html>', '502 Bad Gateway'],
  ['{"Message":"An error has occurred."}', 'An error has occurred.'],
  ['{"other":1}', '{"other":1}'],
  ['', 'no text'],
])('reads the text of the HTTP error %p', (body, expected) => {
  expect(textOfHttpError(body)).toBe(expected);
});

it.each([
  [200, 'Customer C300 does not exist.', 'write', 'rejected', 'sl.business-rule'],
  [200, 'The period 202509 is closed.', 'write', 'rejected', 'sl.period-closed'],
  [200, 'The license has expired.', 'write', 'unauthorised', undefined],
  [200, 'Your licence is not valid for this company', 'lookup', 'unauthorised', undefined],
  [200, 'Login failed: password incorrect', 'write', 'unauthorised', undefined],
  [200, 'The token is expired.', 'write', 'unauthorised', undefined],
  [200, 'Invalid user name or password.', 'write', 'unauthorised', undefined],
  [200, 'Invalid siteID or siteKey.', 'lookup', 'unauthorised', undefined],
  [200, 'Another process is updating the batch number counter. Please try again.', 'write', 'conflict', undefined],
  [200, 'Company 0060 is in use by SYSADMIN.', 'write', 'conflict', undefined],
  [200, 'Transaction was deadlocked on lock resources', 'write', 'conflict', undefined],
  [200, 'Server is too busy', 'write', 'throttled', undefined],
  [200, 'Timeout expired.', 'write', 'unknown', undefined],
  [200, 'Timeout expired.', 'lookup', 'unavailable', 'sl.silent'],
  [200, 'Invalid object name QQ_ARDoc', 'lookup', 'unavailable', 'sl.not-set-up'],
  [401, '', 'write', 'unauthorised', undefined],
  [403, '', 'lookup', 'unauthorised', undefined],
  [404, '', 'write', 'unavailable', 'sl.not-set-up'],
  [405, '', 'write', 'unavailable', 'sl.not-set-up'],
  [400, 'bad', 'write', 'rejected', 'sl.http-400'],
  [409, '', 'write', 'conflict', undefined],
  [429, '', 'write', 'throttled', undefined],
  [500, '', 'write', 'unknown', undefined],
  [500, '', 'lookup', 'unavailable', 'sl.unavailable'],
  [502, '', 'write', 'unknown', undefined],
  [503, '', 'write', 'unavailable', 'sl.unavailable'],
  [302, '', 'write', 'unavailable', 'sl.not-set-up'],
] as const)('%i "%s" of a %s is %s', (status, text, kind, expected, code) => {
  const outcome = refused(status, text, kind);
  expect([outcome.kind, 'code' in outcome ? outcome.code : undefined]).toEqual([expected, code]);
});

it.each([
  ['write', true, 'unknown'],
  ['write', false, 'unavailable'],
  ['lookup', true, 'unavailable'],
] as const)('silence of a %s, sent %p, is %s', (kind, sent, expected) => {
  expect(outcomeOf(new SlSilentError('call', kind, sent, 'no answer'), options).kind).toBe(expected);
});

it('what we refuse ourselves is rejected with its field, and a site that is not set up is unavailable', () => {
  expect(outcomeOf(new SlNotDoneError('sl.too-long', 'Name', 'Name'), options)).toMatchObject({ kind: 'rejected', field: 'Name' });
  expect(outcomeOf(new SlNotSetUpError('no door'), options)).toMatchObject({ kind: 'unavailable', code: 'sl.not-set-up' });
  expect(() => outcomeOf(new TypeError('x is not a function'), options)).toThrow(TypeError);
});

it('a look-up throws what says whether a person has to act', () => {
  expect(lookupErrorOf(new SlRefusedError('query', 'lookup', 200, 'The license has expired.'))).toBeInstanceOf(ErpUnauthorisedError);
  expect(lookupErrorOf(new SlRefusedError('query', 'lookup', 401, ''))).toBeInstanceOf(ErpUnauthorisedError);
  expect(lookupErrorOf(new SlRefusedError('query', 'lookup', 500, ''))).toBeInstanceOf(ErpSilentError);
  expect(lookupErrorOf(new SlNotSetUpError('no door'))).toBeInstanceOf(ErpSilentError);
});

it('knows a duplicate by its text', () => {
  expect(isDuplicate(new SlRefusedError('call', 'write', 200, 'RefNbr ABC already exists for customer C300'))).toBe(true);
  expect(isDuplicate(new SlRefusedError('call', 'write', 500, 'duplicate'))).toBe(false);
});
