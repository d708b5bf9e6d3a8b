import { CallRecord } from './call-record.js';

it('counts the calls of the last minute, and forgets older ones', () => {
  let now = 1_000_000_000;
  const record = new CallRecord(() => now);
  expect([record.lastMinute, record.lastAnswerAt]).toEqual([0, undefined]);
  record.note('posted');
  record.note('posted');
  now += 30_000;
  record.note('unknown');
  expect(record.lastMinute).toBe(3);
  expect(record.lastAnswerAt).toEqual(new Date(1_000_000_000));
  now += 30_000;
  expect(record.lastMinute).toBe(1);
  record.note('rejected');
  expect([record.lastMinute, record.lastAnswerAt?.getTime()]).toEqual([2, now]);
  now += 600_000;
  expect(record.lastMinute).toBe(0);
});
