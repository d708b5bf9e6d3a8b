import { mergedRows, sinkReadAt } from './sink-reads.js';

it('is one list of what all sinks answer, newest first', () => {
  const read = sinkReadAt('/batches');
  expect(read).toBeDefined();
  const [a, b, c] = ['2026-11-29T08:00:00Z', '2026-11-29T10:00:00Z', '2026-11-29T09:00:00Z'].map((openedAt) => ({ openedAt }));
  expect(mergedRows(read!, [{ batches: [a, b] }, { batches: [c] }], undefined)).toEqual([b, c, a]);
  expect(mergedRows(read!, [{ batches: [a, b] }, { batches: [c] }], 2)).toEqual([b, c]);
});

it('takes whatever else a sink answers as no rows', () => {
  const read = sinkReadAt('/release-orders')!;
  expect(mergedRows(read, [null, 'text', { orders: 'none' }, { orders: [null, { orderedAt: 'never' }] }], undefined)).toEqual([
    null,
    { orderedAt: 'never' },
  ]);
});

it.each(['/targets/a', '/metrics', '/postings', ''])('%s is no list of sinks', (path) => {
  expect(sinkReadAt(path)).toBeUndefined();
});
