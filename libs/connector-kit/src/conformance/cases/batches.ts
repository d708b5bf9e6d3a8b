import type { ErpBatch, ErpBatchMode } from '../../erp-batch.js';
import type { ConformanceCase } from '../case.js';
import { created } from '../case.js';
import type { Suite } from '../suite.js';
import { aBatch, aDocument, aPosted, connectorOf, kindOf, ownBatch, patience, required } from '../suite.js';
import { release, releaseCases, releaseStops, stateOf, withEntry } from './batch-calls.js';

const roles = created;
const open = (suite: Suite, batch: ErpBatch) => required(connectorOf(suite), 'openBatch')(batch, patience());
const batchesOf = async (suite: Suite, batch: ErpBatch) => suite.harness().batches?.(batch.batchId);

function onlyFor(mode: ErpBatchMode, cases: readonly ConformanceCase[]): readonly ConformanceCase[] {
  return cases.map((one) => ({ ...one, batches: [mode] }));
}

/** Cases that only batches with an id of ours have. */
const namedOnly: readonly ConformanceCase[] = [
  {
    title: 'a batch that nobody opened is absent',
    roles,
    async run(suite, kind) {
      expect(await stateOf(suite, aBatch(suite, kind))).toBe('absent');
    },
  },
  {
    title: 'its batch can be opened again and again, and is one batch',
    roles,
    async run(suite, kind) {
      const batch = aBatch(suite, kind);
      expect([(await open(suite, batch)).kind, (await open(suite, batch)).kind]).toEqual(['posted', 'posted']);
      expect(await batchesOf(suite, batch)).toBe(1);
      expect(await stateOf(suite, batch)).toBe('open');
    },
  },
  {
    title: 'its batch whose opening was not answered is unknown, then there',
    roles,
    async run(suite, kind) {
      const batch = aBatch(suite, kind);
      await suite.harness().fault('open-batch', 'lose-answer-after-commit', kind);
      expect((await open(suite, batch)).kind).toBe('unknown');
      expect((await open(suite, batch)).kind).toBe('posted');
      expect(await batchesOf(suite, batch)).toBe(1);
    },
  },
  {
    title: 'is not taken by a batch that is released',
    roles,
    async run(suite, kind) {
      const { batch } = await withEntry(suite, kind);
      await release(suite, batch);
      const late = await aDocument(suite, kind, { batch });
      expect(['rejected', 'conflict']).toContain((await connectorOf(suite).post(late, patience())).kind);
      expect(await suite.harness().documents(late.postingKey)).toEqual([]);
    },
  },
  {
    title: 'in a batch that is not there is not stored, and that is certain',
    roles: ['entry'],
    async run(suite, kind) {
      const document = await aDocument(suite, kind, { batch: aBatch(suite, kind) });
      expect(['rejected', 'conflict']).toContain((await connectorOf(suite).post(document, patience())).kind);
      expect(await suite.harness().documents(document.postingKey)).toEqual([]);
    },
  },
];

/** Cases of batches whose id we choose. */
export const namedBatchesCases: readonly ConformanceCase[] = onlyFor('named', [
  ...namedOnly,
  ...releaseCases,
  releaseStops('can be released when that is mended'),
]);

/** Cases of documents that the ERP gives a batch of their own. */
export const assignedBatchesCases: readonly ConformanceCase[] = onlyFor('assigned', [
  {
    title: 'has a batch of its own',
    roles,
    async run(suite, kind) {
      const [one, two] = [await withEntry(suite, kind), await withEntry(suite, kind)];
      expect(one.batch).toMatchObject(ownBatch(suite, kind));
      expect(one.batch.batchId).not.toBe(two.batch.batchId);
      expect(await batchesOf(suite, one.batch)).toBe(1);
    },
  },
  ...releaseCases,
  releaseStops('is not released again'),
]);

/** Cases of documents that are in the ledger when they are saved. */
export const noBatchesCases: readonly ConformanceCase[] = [
  {
    title: 'belongs to no batch',
    roles,
    batches: ['none'],
    async run(suite, kind) {
      const document = kindOf(suite, kind).valid(suite.nextId(kind), {});
      const connector = connectorOf(suite);
      expect(connector.batchOf?.(document)).toBeUndefined();
      expect(connector.batchMode?.(kind) ?? 'none').toBe('none');
    },
  },
  {
    title: 'is released when it is saved',
    roles,
    batches: ['none'],
    also: ['ledger-reads'],
    async run(suite, kind) {
      const { document } = await aPosted(suite, kind);
      expect((await required(connectorOf(suite), 'read')(document.postingKey, kind, patience()))?.released).toBe(true);
    },
  },
];
