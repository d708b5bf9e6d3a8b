import type { CallKind } from '@tributary/connector-kit';
import { KineticRefusedError, KineticSilentError, outcomeOf, readErrorAnswer } from './kinetic-errors.js';

const options = { licenceRetryMs: 30_000 };
const body = (type: string, message: string, details: object[] = []) =>
  JSON.stringify({
    HttpStatus: 400,
    ReasonPhrase: 'REST API Exception',
    ErrorMessage: message,
    ErrorType: type,
    ErrorDetails: details,
    CorrelationId: 'c',
  });
const refused = (status: number, text: string, kind: CallKind = 'write') =>
  outcomeOf(new KineticRefusedError('Svc/Update', kind, status, readErrorAnswer(text)), options);

it('reads the body of the reference, section 5', () => {
  const text = body('Ice.Common.BusinessObjectException', 'Customer is required.', [
    { Message: 'Customer is required.', Type: 'Error', Table: 'OrderHed', Field: 'CustNum' },
  ]);
  expect(readErrorAnswer(text)).toEqual({ type: 'BusinessObjectException', text: 'Customer is required.', field: 'OrderHed.CustNum' });
});

it('reads the same elements in XML', () => {
  const text =
    '<ErrorResponse><HttpStatus>401</HttpStatus><ErrorMessage>Invalid &quot;user&quot;.</ErrorMessage><ErrorType>System.UnauthorizedAccessException</ErrorType></ErrorResponse>';
  expect(readErrorAnswer(text)).toEqual({ type: 'UnauthorizedAccessException', text: 'Invalid "user".' });
});

it.each([
  ['<html><body><h1>502 Bad Gateway</h1></body></html>', '502 Bad Gateway'],
  ['Service Unavailable', 'Service Unavailable'],
  ['', 'no text'],
])('takes the text out of %p', (text, expected) => {
  expect(readErrorAnswer(text)).toEqual({ type: '', text: expected });
});

const business = body('Ice.Common.BusinessObjectException', 'Nope.');
const stale = body('Ice.Common.BusinessObjectException', "Row has been modified by another user and couldn't be updated");
const licence = body('Ice.Common.LicenseAccessException', 'Maximum users exceeded.');
const duplicate = body('Ice.Common.DuplicateRecordException', 'Duplicate entry.');
const noRecord = body('Ice.Common.RecordNotFoundException', 'Record not found.');
const noName = body('Epicor.RESTApi.ApiException', 'Resource not found.');

it.each([
  [400, business, 'write', 'rejected'],
  [400, stale, 'write', 'conflict'],
  [400, licence, 'write', 'throttled'],
  [400, licence, 'lookup', 'throttled'],
  [400, body('Microsoft.OData.ODataException', 'No property.'), 'lookup', 'unavailable'],
  [400, body('Microsoft.OData.ODataException', 'No property.'), 'write', 'rejected'],
  [401, '<x/>', 'write', 'unauthorised'],
  [403, '', 'read', 'unauthorised'],
  [404, noRecord, 'write', 'conflict'],
  [404, noName, 'write', 'unavailable'],
  [409, duplicate, 'write', 'conflict'],
  [410, body('Ice.Common.InvalidSessionException', 'Gone.'), 'write', 'unavailable'],
  [413, 'too large', 'write', 'rejected'],
  [429, '', 'write', 'throttled'],
  [500, body('System.Exception', 'We apologize, but an unexpected internal problem occurred'), 'write', 'unknown'],
  [500, '', 'read', 'unavailable'],
  [502, '<html/>', 'write', 'unknown'],
  [502, '<html/>', 'lookup', 'unavailable'],
  [503, '', 'write', 'unavailable'],
  [504, '', 'write', 'unknown'],
  [302, '', 'write', 'unavailable'],
] as const)('%i %s of a %s is %s', (status, text, kind, expected) => {
  expect(refused(status, text, kind).kind).toBe(expected);
});

it.each([
  ['write', true, 'unknown'],
  ['write', false, 'unavailable'],
  ['read', true, 'unavailable'],
  ['lookup', true, 'unavailable'],
] as const)('silence of a %s, sent %p, is %s', (kind, sent, expected) => {
  expect(outcomeOf(new KineticSilentError('Svc/Update', kind, sent, 'no answer'), options).kind).toBe(expected);
});

it('an error of our own code is no outcome', () => {
  expect(() => outcomeOf(new TypeError('x is not a function'), options)).toThrow(TypeError);
});
