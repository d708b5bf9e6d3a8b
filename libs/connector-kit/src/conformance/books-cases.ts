import { fromDecimalText } from '@tributary/domain';
import { ErpSilentError } from '../errors.js';
import type { Suite } from './suite.js';
import { anEntry, anOpenBatch, patience, referenceOf, required } from './suite.js';

/**
 * Cases of the books as a whole: fiscal periods, how each kind is released, the trial balance. Optional methods that a connector lacks are
 * skipped.
 */
export function booksCases(suite: Suite): void {
  const connector = () => suite.harness().connector();
  const kinds = [...suite.entries, ...suite.lined];

  it('tells fiscal periods in order, without overlap, and the date of the suite in an open one', async () => {
    const one = connector();
    if (!one.periods) return;
    const periods = await one.periods(patience());
    for (const [index, { from, to }] of periods.entries()) {
      expect([from, to]).toEqual([expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/), expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/)]);
      expect(from <= to).toBe(true);
      const before = periods[index - 1];
      expect(before === undefined || before.to < from).toBe(true);
    }
    const { openDate } = suite.harness();
    expect(periods.filter(({ from, to }) => from <= openDate && openDate <= to)).toMatchObject([{ open: true }]);
    await expect(suite.harness().connector({ unreachable: true }).periods?.(patience())).rejects.toThrow(ErpSilentError);
  });

  it('that tells periods can say on which date a document is posted, and move it', () => {
    const one = connector();
    const has = [one.periods, one.postingDateOf, one.movedTo].map((method) => method !== undefined);
    expect(new Set(has).size).toBe(1);
  });

  for (const kind of kinds)
    it(`releases a ${kind} as its batch mode says`, async () => {
      const one = connector();
      const mode = one.batchMode?.(kind) ?? 'named';
      const document = await anEntry(suite, kind);
      expect(one.batchOf?.(document) !== undefined).toBe(mode !== 'none');
      const reference = referenceOf(await one.post(document, patience()));
      const batchId = one.batchIdOf?.(kind, reference) ?? '';
      // Where we name the batch, the reference may show it; where the ERP does, only the reference can.
      if (mode === 'named') expect(['', document.batchId]).toContain(batchId);
      else expect(batchId !== '').toBe(mode === 'assigned');
      const state = await required(one, 'read')(document.postingKey, kind, patience());
      expect(state?.released).toBe(mode === 'none');
    });

  it('tells a trial balance whose debits equal its credits in each currency, also after a release', async () => {
    const one = connector();
    const [kind] = suite.lined;
    if (!one.trialBalance || kind === undefined) return;
    const batch = await anOpenBatch(suite, kind);
    const document = await anEntry(suite, kind, { batch });
    const before = sums(await one.trialBalance(patience()));
    referenceOf(await one.post(document, patience()));
    expect(sums(await one.trialBalance(patience()))).toEqual(before);
    referenceOf(await required(one, 'releaseBatch')(batch, patience()));
    const after = sums(await one.trialBalance(patience()));
    expect(after).not.toEqual(before);
    for (const { debit, credit } of after.values()) expect(debit).toBe(credit);
    await expect(suite.harness().connector({ unreachable: true }).trialBalance?.(patience())).rejects.toThrow(ErpSilentError);
  });
}

/** Sums of debits and credits per currency, in minor units. */
function sums(balance: readonly { currency: string; debit: string; credit: string }[]): Map<string, { debit: bigint; credit: bigint }> {
  const all = new Map<string, { debit: bigint; credit: bigint }>();
  for (const { currency, debit, credit } of balance) {
    const sum = all.get(currency) ?? { debit: 0n, credit: 0n };
    all.set(currency, {
      debit: sum.debit + fromDecimalText(debit, currency).minor,
      credit: sum.credit + fromDecimalText(credit, currency).minor,
    });
  }
  return all;
}
