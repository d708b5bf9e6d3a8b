import { ErpSilentError } from '../errors.js';
import type { ErpBatch } from '../erp-batch.js';
import type { PostingKey } from '@tributary/domain';
import type { Suite } from './suite.js';
import { aBatch, anEntry, anOpenBatch, patience, referenceOf, required } from './suite.js';

const shortTimeoutMs = 1_000;

/** Cases of batches: opened idempotently, released once, looked up after an unanswered call. */
export function batchCases(suite: Suite): void {
  for (const kind of [...suite.entries, ...suite.lined]) describe(`batches of ${kind}`, () => batchCasesOf(suite, kind));
}

function batchCasesOf(suite: Suite, kind: string): void {
  const open = (batch: ErpBatch) => required(suite.harness().connector(), 'openBatch')(batch, patience());
  const release = (batch: ErpBatch) => required(suite.harness().connector(), 'releaseBatch')(batch, patience());
  const stateOf = async (batch: ErpBatch) =>
    (await required(suite.harness().connector(), 'batchState')(batch.batchId, patience(), batch.kind)).state;
  const released = async (key: PostingKey) => (await required(suite.harness().connector(), 'read')(key, kind, patience()))?.released;
  const withEntry = async () => {
    const batch = await anOpenBatch(suite, kind);
    const document = await anEntry(suite, kind, { batch });
    referenceOf(await suite.harness().connector().post(document, patience()));
    return { batch, key: document.postingKey };
  };

  describe('a batch', () => {
    it('that nobody opened is absent', async () => {
      expect(await stateOf(aBatch(suite, kind))).toBe('absent');
    });

    it('can be opened again and again, and is one batch', async () => {
      const batch = aBatch(suite, kind);
      expect([(await open(batch)).kind, (await open(batch)).kind]).toEqual(['posted', 'posted']);
      expect(await suite.harness().batches(batch.batchId)).toBe(1);
      expect(await stateOf(batch)).toBe('open');
    });

    it('whose opening was not answered is unknown, then there', async () => {
      const batch = aBatch(suite, kind);
      await suite.harness().fault('open-batch', 'lose-answer-after-commit', kind);
      expect((await open(batch)).kind).toBe('unknown');
      expect((await open(batch)).kind).toBe('posted');
      expect(await suite.harness().batches(batch.batchId)).toBe(1);
    });

    it('holds its documents back from the ledger until it is released', async () => {
      const { batch, key } = await withEntry();
      expect([await stateOf(batch), await released(key)]).toEqual(['open', false]);
      expect((await release(batch)).kind).toBe('posted');
      expect([await stateOf(batch), await released(key)]).toEqual(['posted', true]);
    });

    it('whose release was not answered is unknown, then told posted', async () => {
      const { batch, key } = await withEntry();
      await suite.harness().fault('release-batch', 'lose-answer-after-commit', kind);
      expect((await release(batch)).kind).toBe('unknown');
      expect([await stateOf(batch), await released(key)]).toEqual(['posted', true]);
    });

    it('that is released already is not released twice', async () => {
      const { batch, key } = await withEntry();
      await release(batch);
      expect((await release(batch)).kind).toBe('posted');
      expect(await suite.harness().batches(batch.batchId)).toBe(1);
      expect(await suite.harness().documents(key)).toHaveLength(1);
    });

    it('whose release is refused stays open, and that is certain', async () => {
      const { batch, key } = await withEntry();
      await suite.harness().fault('release-batch', 'refuse', kind);
      expect((await release(batch)).kind).toBe('unavailable');
      expect([await stateOf(batch), await released(key)]).toEqual(['open', false]);
    });

    it('whose release stops says why, and can be released when that is mended', async () => {
      const { batch, key } = await withEntry();
      await suite.harness().fault('release-batch', 'release-stops', kind);
      const outcome = await release(batch);
      expect(outcome).toMatchObject({ kind: 'rejected', text: expect.stringMatching(/\w+ \w+/) });
      expect([await stateOf(batch), await released(key)]).toEqual(['failed', false]);
      expect((await release(batch)).kind).toBe('posted');
      expect(await released(key)).toBe(true);
    });

    it('takes no document after its release', async () => {
      const { batch } = await withEntry();
      await release(batch);
      const late = await anEntry(suite, kind, { batch });
      expect(['rejected', 'conflict']).toContain((await suite.harness().connector().post(late, patience())).kind);
      expect(await suite.harness().documents(late.postingKey)).toEqual([]);
    });

    it('whose state is not answered throws ErpSilentError', async () => {
      const batch = await anOpenBatch(suite, kind);
      await suite.harness().fault('batch-state', 'silence', kind);
      const impatient = suite.harness().connector({ callTimeoutMs: shortTimeoutMs });
      await expect(required(impatient, 'batchState')(batch.batchId, patience(), batch.kind)).rejects.toThrow(ErpSilentError);
    });
  });
}
