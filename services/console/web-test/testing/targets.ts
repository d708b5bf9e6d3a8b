import type { TargetOutcomesView, TargetView } from '@tributary/contracts';

/** A target as an erp-sink shows it: it works, and nothing is open. */
export function aTarget(target: string, change: Partial<TargetView> = {}): TargetView {
  return {
    target,
    product: 'epicor-kinetic',
    state: 'working',
    paused: null,
    breaker: null,
    calls: { lastMinute: 14, limitPerMinute: null, inFlight: 2, inFlightLimit: 16, lastAnswerAt: '2026-11-21T07:59:58.000Z' },
    postings: { open: 0, unknown: 0, held: 0, oldest: null },
    batches: { open: 0, documents: 0, amounts: [], list: [] },
    lastSuccessAt: '2026-11-21T07:59:00.000Z',
    lastFailure: { at: '2026-11-21T06:10:00.000Z', postingKey: `${target}/cash-receipt/ch_1`, code: 'erp.period-closed' },
    limits: { kinds: ['cash-receipt', 'customer', 'journal'], features: ['periods', 'trial-balance'], longestCallMs: 20_000 },
    mappingVersion: '4f1c9a',
    check: null,
    ...change,
  };
}

/** Outcomes by target: written and failed, hour by hour until 08:00. */
export function outcomesOf(targets: Readonly<Record<string, readonly [number[], number[]]>>): TargetOutcomesView {
  const count = Math.max(1, ...Object.values(targets).map(([written]) => written.length));
  return {
    hours: Array.from({ length: count }, (_, index) => new Date(Date.UTC(2026, 10, 21, 9 - count + index)).toISOString()),
    targets: Object.entries(targets).map(([target, [written, failed]]) => ({ target, written, failed })),
  };
}
