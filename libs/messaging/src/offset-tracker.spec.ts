import fc from 'fast-check';
import { OffsetTracker } from './offset-tracker.js';

it('commits the contiguous finished prefix only, over holes', () => {
  const ledger = new OffsetTracker();
  for (const offset of [0n, 1n, 6n, 10n]) expect(ledger.deliver(offset)).toBe(true);
  expect(ledger.committable).toBeUndefined();
  ledger.finish(6n);
  expect(ledger.committable).toBeUndefined();
  ledger.finish(0n);
  expect(ledger.committable).toBe(1n);
  ledger.finish(1n);
  expect(ledger.committable).toBe(7n);
  expect(ledger.unfinished).toBe(1);
});

it('knows a redelivered offset, finished above the prefix or below it', () => {
  const ledger = new OffsetTracker();
  ledger.deliver(0n);
  ledger.deliver(1n);
  ledger.finish(1n);
  expect(ledger.deliver(1n)).toBe(false);
  expect(ledger.deliver(0n)).toBe(false);
  ledger.finish(0n);
  expect(ledger.deliver(0n)).toBe(false);
  expect(ledger.committable).toBe(2n);
});

it('takes trailing control records into the prefix when all is finished, and not before', () => {
  const ledger = new OffsetTracker();
  ledger.deliver(10n);
  ledger.endOfBatch(11n);
  expect(ledger.committable).toBeUndefined();
  ledger.finish(10n);
  expect(ledger.committable).toBe(12n);
});

it('does not take the end of a batch for finished while a later one is in work', () => {
  const ledger = new OffsetTracker();
  ledger.deliver(10n);
  ledger.endOfBatch(11n);
  ledger.deliver(12n);
  ledger.finish(10n);
  expect(ledger.committable).toBe(11n);
  ledger.finish(12n);
  expect(ledger.committable).toBe(13n);
});

it('never commits past an unfinished offset, whatever the order of completion', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.bigInt({ min: 0n, max: 200n }), { minLength: 1, maxLength: 60 }),
      fc.infiniteStream(fc.nat()),
      (offsets, picks) => {
        const ledger = new OffsetTracker();
        const sorted = [...offsets].sort((a, b) => (a < b ? -1 : 1));
        for (const offset of sorted) ledger.deliver(offset);
        const open = [...sorted];
        while (open.length > 0) {
          const [done] = open.splice((picks.next().value as number) % open.length, 1);
          ledger.finish(done as bigint);
          const lowestOpen = open[0];
          const committable = ledger.committable;
          if (lowestOpen !== undefined && committable !== undefined) expect(committable <= lowestOpen).toBe(true);
        }
        expect(ledger.committable).toBe((sorted.at(-1) as bigint) + 1n);
      },
    ),
  );
});
