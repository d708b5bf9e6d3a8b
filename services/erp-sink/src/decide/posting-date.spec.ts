import type { ErpPeriod } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import fc from 'fast-check';
import { askAboutPeriod, isOpen, postingDateFor } from './posting-date.js';

const period = (from: string, to: string, open: boolean): ErpPeriod => ({ from, to, open });
const october = period('2026-10-01', '2026-10-31', false);
const november = period('2026-11-01', '2026-11-30', false);
const december = period('2026-12-01', '2026-12-31', true);
const of = (onClosedPeriod?: 'hold' | 'next-open') => ({
  postingKey: 'fake-main/journal/po_1' as PostingKey,
  ...(onClosedPeriod ? { onClosedPeriod } : {}),
});

it('leaves a date in an open period alone', () => {
  expect(postingDateFor(of('next-open'), '2026-12-31', [october, november, december])).toEqual({ kind: 'as-asked' });
});

it('moves a date over all closed periods to the first day of the next open one', () => {
  expect(postingDateFor(of('next-open'), '2026-10-15', [december, october, november])).toEqual({ kind: 'moved', date: '2026-12-01' });
});

it('holds where the policy is to hold, and where there is none', () => {
  for (const policy of [undefined, 'hold'] as const)
    expect(postingDateFor(of(policy), '2026-10-15', [october, december])).toMatchObject({
      kind: 'closed',
      code: 'posting.period-closed',
      text: expect.stringContaining('the period of 2026-10-15 is closed in the target; open it and replay'),
    });
});

it('holds what could only be moved back', () => {
  expect(postingDateFor(of('next-open'), '2027-01-02', [october, november, december])).toMatchObject({
    kind: 'closed',
    text: expect.stringContaining('no later period is open'),
  });
});

it('counts a date in no period as closed, and one in an open and a closed period, too', () => {
  expect(isOpen('2026-09-30', [october, december])).toBe(false);
  expect(isOpen('2026-12-05', [december, period('2026-12-05', '2026-12-05', false)])).toBe(false);
});

it('moves to the first open day that is not earlier, whatever the periods are', () => {
  const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);
  const some = fc.array(
    fc
      .record({ start: fc.nat(60), length: fc.nat(20), open: fc.boolean() })
      .map(({ start, length, open }) => period(day(start), day(start + length), open)),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(some, fc.nat(60), (periods, n) => {
      const first = Array.from({ length: 100 }, (_, later) => day(n + later)).find((one) => isOpen(one, periods));
      const decided = postingDateFor(of('next-open'), day(n), periods);
      if (first === day(n)) expect(decided).toEqual({ kind: 'as-asked' });
      else expect(decided.kind === 'moved' ? decided.date : undefined).toBe(first);
    }),
  );
});

describe('a date that the target itself refuses', () => {
  const refused = { kind: 'rejected', code: 'fake.period-closed', text: 'period 202610 is closed', periodClosed: true } as const;

  it('is a question, with what the target said', () => {
    expect(askAboutPeriod(of(), refused)).toEqual({
      kind: 'ambiguous',
      code: 'posting.period-closed',
      text: 'posting fake-main/journal/po_1: its period is closed in the target (period 202610 is closed); open it and replay, or skip',
    });
  });

  it('leaves every other refusal alone', () => {
    const other = { kind: 'rejected', code: 'fake.rule', text: 'no such customer' } as const;
    expect(askAboutPeriod(of('hold'), other)).toBe(other);
  });
});
