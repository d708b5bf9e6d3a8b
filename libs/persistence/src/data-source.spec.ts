import { DatabaseConflictError, DatabaseUnavailableError, withDatabase } from './data-source.js';

const failure = (fields: object): Error => Object.assign(new Error('as the driver says it'), fields);
const failing = (error: Error): Promise<unknown> =>
  withDatabase('recording event evt_1', () => Promise.reject(error)).catch((thrown: unknown) => thrown);

it.each([
  ['nobody listens', { code: 'ECONNREFUSED' }],
  ['the server is being stopped', { code: '57P01' }],
  ['the server was killed', { code: '57P02' }],
  ['the disk is full', { code: '53100' }],
  ['the server became a standby', { code: '25006' }],
  ['the server was suspended past the statement timeout', { code: '57014' }],
  ['the connection was lost within a transaction', { name: 'QueryRunnerAlreadyReleasedError' }],
  ['the connection was lost between two statements', { name: 'QueryRunnerProviderAlreadyReleasedError' }],
  ['the pool gave a dead client', { message: 'Client was closed and is not queryable' }],
  ['no connection of the pool came free in time', { message: 'timeout exceeded when trying to connect' }],
  ['the server did not answer a query in time', { message: 'Query read timeout' }],
  ['the pool is being closed', { message: 'Cannot use a pool after calling end on the pool' }],
  ['every address refused', { errors: [failure({ code: 'ECONNREFUSED' })] }],
])('%s: the partition waits, the message is not to blame', async (_case, fields) => {
  expect(await failing(failure(fields))).toBeInstanceOf(DatabaseUnavailableError);
});

it.each(['40P01', '40001', '55P03'])('another transaction in the way (%s): the same work is done again', async (code) => {
  expect(await failing(failure({ code }))).toBeInstanceOf(DatabaseConflictError);
});

it.each([{ code: '23505' }, { code: '42P01' }, { name: 'TypeError' }])('a wrong statement stays what it is: %j', async (fields) => {
  const error = failure(fields);
  expect(await failing(error)).toBe(error);
});
