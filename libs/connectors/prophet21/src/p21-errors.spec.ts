import fc from 'fast-check';
import { readErrorAnswer } from './p21-error-answer.js';
import type { CallKind } from '@tributary/connector-kit';
import { afterWrite, outcomeOf, P21RefusedError, P21SilentError } from './p21-errors.js';

const error = (kind: CallKind, status: number, type: string, text: string): P21RefusedError =>
  new P21RefusedError('call', kind, status, { type, text });
const business = 'P21.Business.Common.BusinessException';
const server = 'P21.DataAccess.PbNet.Common.PbService.P21ServerException';

// Statuses and types: docs/reference/prophet21.md sections 3, 4, 6, 7.1, 7.7 and 9.
it.each<[CallKind, number, string, string, string]>([
  ['write', 500, business, 'Records do not balance', 'rejected'],
  ['write', 500, server, 'Salesrep ID is required for a new ship to.', 'rejected'],
  ['write', 500, server, 'Object reference not set', 'unknown'],
  ['write', 500, 'System.NullReferenceException', 'Object reference not set', 'unknown'],
  ['write', 500, business, 'Unexpected response window', 'unknown'],
  ['write', 502, '', 'Bad Gateway', 'unknown'],
  ['write', 504, '', 'Gateway Timeout', 'unknown'],
  ['write', 408, '', 'Timeout', 'unknown'],
  ['write', 503, '', 'Service Unavailable', 'unavailable'],
  ['write', 503, 'P21.UI.Service.SessionPoolException', 'busy', 'throttled'],
  ['write', 500, '', 'No session is available in the pool', 'throttled'],
  ['write', 429, '', 'slow down', 'throttled'],
  ['write', 409, '', 'concurrent update', 'conflict'],
  ['write', 400, '', 'bad', 'rejected'],
  ['write', 401, '', '', 'unauthorised'],
  ['write', 403, 'insufficient_scope', '', 'unauthorised'],
  ['write', 500, business, 'The license is expired', 'unauthorised'],
  ['write', 307, '', '', 'unavailable'],
  ['read', 500, business, 'any', 'unavailable'],
  ['lookup', 404, '', "Could not find a property named 'x'", 'unavailable'],
])('a %s answered with %d %s "%s" is %s', (kind, status, type, text, expected) => {
  expect(outcomeOf(error(kind, status, type, text), { busyRetryMs: 1 }).kind).toBe(expected);
});

it('never takes a write for "not stored" when a server or proxy failed without a reason', () => {
  fc.assert(
    fc.property(fc.constantFrom(500, 501, 502, 504, 520, 599), fc.string(), (status, type) => {
      expect(outcomeOf(error('write', status, type.replace(/Exception|SessionPool/g, ''), 'failed'), { busyRetryMs: 1 }).kind).toBe(
        'unknown',
      );
    }),
  );
});

it('takes whatever fails after a write for "perhaps stored"', async () => {
  for (const thrown of [error('lookup', 404, '', ''), error('read', 401, '', ''), new P21SilentError('x', 'read', false, 'refused')]) {
    const wrapped: unknown = await afterWrite('gl', () => Promise.reject(thrown)).catch((one: unknown) => one);
    expect(outcomeOf(wrapped, { busyRetryMs: 1 }).kind).toBe('unknown');
  }
});

it.each([
  ['{"ErrorMessage":"Records do not balance","ErrorType":"P21.Business.Common.BusinessException"}', 'Records do not balance', business],
  [
    '{"error":"invalid_grant","error_description":"The user name or password is incorrect."}',
    'The user name or password is incorrect.',
    'invalid_grant',
  ],
  ['{"error":{"code":"","message":"Could not find a property named \'x\'"}}', "Could not find a property named 'x'", ''],
  ['<html><body>Bad <b>Gateway</b></body></html>', 'Bad Gateway', ''],
  ['', 'no text', ''],
  ['null', 'null', ''],
])('reads %s', (body, text, type) => {
  expect(readErrorAnswer(body)).toMatchObject({ text, type });
});

it('names the column of a text that names one', () => {
  expect(readErrorAnswer('{"ErrorMessage":"Column is disabled: company_id"}').field).toBe('company_id');
});
