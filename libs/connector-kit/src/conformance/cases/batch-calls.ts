import type { PostingKey } from '@tributary/domain';
import { ErpSilentError } from '../../errors.js';
import type { ErpBatch } from '../../erp-batch.js';
import type { PostingOutcome } from '../../posting-outcome.js';
import type { ConformanceCase } from '../case.js';
import { created } from '../case.js';
import type { Suite } from '../suite.js';
import { aDocument, aPosted, batchOfPosted, connectorOf, patience, required, shortTimeoutMs } from '../suite.js';

/** Releases a batch, which posts its documents. */
export const release = (suite: Suite, batch: ErpBatch): Promise<PostingOutcome> =>
  required(connectorOf(suite), 'releaseBatch')(batch, patience());

/** The state of a batch. */
export const stateOf = async (suite: Suite, batch: ErpBatch): Promise<string> =>
  (await required(connectorOf(suite), 'batchState')(batch.batchId, patience(), batch.kind)).state;

/** A batch that holds one document. */
export async function withEntry(suite: Suite, kind: string): Promise<{ readonly batch: ErpBatch; readonly key: PostingKey }> {
  const { document, reference } = await aPosted(suite, kind);
  return { batch: batchOfPosted(suite, document, reference), key: document.postingKey };
}

/** State of the batch and, where documents are read back, whether the document is in the ledger. */
async function expectState(suite: Suite, kind: string, { batch, key }: { batch: ErpBatch; key: PostingKey }, state: string): Promise<void> {
  expect(await stateOf(suite, batch)).toBe(state);
  const { read } = connectorOf(suite);
  if (read) expect((await required(connectorOf(suite), 'read')(key, kind, patience()))?.released).toBe(state === 'posted');
}

const roles = created;

/** Cases of a release, alike for batches that we name and that the ERP assigns. */
export const releaseCases: readonly ConformanceCase[] = [
  {
    title: 'its batch holds it back from the ledger until it is released',
    roles,
    async run(suite, kind) {
      const held = await withEntry(suite, kind);
      await expectState(suite, kind, held, 'open');
      expect((await release(suite, held.batch)).kind).toBe('posted');
      await expectState(suite, kind, held, 'posted');
    },
  },
  {
    title: 'its release that was not answered is unknown, then told posted',
    roles,
    async run(suite, kind) {
      const held = await withEntry(suite, kind);
      await suite.harness().fault('release-batch', 'lose-answer-after-commit', kind);
      expect((await release(suite, held.batch)).kind).toBe('unknown');
      await expectState(suite, kind, held, 'posted');
    },
  },
  {
    title: 'its batch that is released already is not released twice',
    roles,
    async run(suite, kind) {
      const { batch, key } = await withEntry(suite, kind);
      await release(suite, batch);
      expect((await release(suite, batch)).kind).toBe('posted');
      expect(await suite.harness().documents(key)).toHaveLength(1);
    },
  },
  {
    title: 'its release that is refused leaves the batch open, and that is certain',
    roles,
    async run(suite, kind) {
      const held = await withEntry(suite, kind);
      await suite.harness().fault('release-batch', 'refuse', kind);
      expect((await release(suite, held.batch)).kind).toBe('unavailable');
      await expectState(suite, kind, held, 'open');
    },
  },
  {
    title: 'its batch whose state is not answered throws ErpSilentError',
    roles,
    async run(suite, kind) {
      const { batch } = await withEntry(suite, kind);
      await suite.harness().fault('batch-state', 'silence', kind);
      const impatient = required(connectorOf(suite, { callTimeoutMs: shortTimeoutMs }), 'batchState');
      await expect(impatient(batch.batchId, patience(), batch.kind)).rejects.toThrow(ErpSilentError);
    },
  },
  {
    title: 'the reference names its batch, or nothing',
    roles,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      const connector = connectorOf(suite);
      const outcome = await connector.post(document, patience());
      const batchId = outcome.kind === 'posted' ? connector.batchIdOf?.(kind, outcome.reference) : undefined;
      // Where we name the batch, the reference may show it; where the ERP does, only the reference can.
      const named = suite.declaration.kinds[kind]?.batches === 'named';
      if (named) expect([undefined, document.batchId]).toContain(batchId);
      else expect(batchId).toMatch(/./);
      expect(connector.batchMode?.(kind) ?? 'named').toBe(suite.declaration.kinds[kind]?.batches);
    },
  },
];

/** A case of a release that stops with a text that an operator has to read. */
export function releaseStops(end: 'can be released when that is mended' | 'is not released again'): ConformanceCase {
  return {
    title: `its release that stops says why, and ${end}`,
    roles,
    async run(suite, kind) {
      const held = await withEntry(suite, kind);
      await suite.harness().fault('release-batch', 'release-stops', kind);
      const outcome = await release(suite, held.batch);
      expect(outcome).toMatchObject({ kind: 'rejected', text: expect.stringMatching(/\w+ \w+/) });
      await expectState(suite, kind, held, 'failed');
      const again = await release(suite, held.batch);
      if (end === 'is not released again') expect(again.kind).not.toBe('posted');
      else await expectState(suite, kind, held, 'posted');
    },
  };
}
