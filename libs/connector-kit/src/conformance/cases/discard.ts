import type { ConformanceCase } from '../case.js';
import { heldBack } from '../case.js';
import { aPosted, batchOfPosted, connectorOf, patience, referenceOf, required } from '../suite.js';

const roles = ['lined'] as const;

/** Cases of deleting what is saved and not released. */
export const discardCases: readonly ConformanceCase[] = [
  {
    title: 'that is not released is deleted with its lines',
    roles,
    batches: heldBack,
    async run(suite, kind) {
      const { document, reference } = await aPosted(suite, kind);
      expect((await required(connectorOf(suite), 'discard')(document.postingKey, kind, reference, patience())).kind).toBe('posted');
      expect(await suite.harness().documents(document.postingKey)).toEqual([]);
    },
  },
  {
    title: 'that is deleted already is skipped, and is not found',
    roles,
    batches: heldBack,
    also: ['look-ups'],
    async run(suite, kind) {
      const { document, reference } = await aPosted(suite, kind);
      const discard = () => required(connectorOf(suite), 'discard')(document.postingKey, kind, reference, patience());
      await discard();
      expect((await discard()).kind).toBe('skipped');
      expect(await connectorOf(suite).find(document.postingKey, kind, patience(), document.lines)).toBeUndefined();
    },
  },
  {
    title: 'that is released is not deleted',
    roles,
    async run(suite, kind) {
      const { document, reference } = await aPosted(suite, kind);
      if (suite.declaration.kinds[kind]?.batches !== 'none') {
        const batch = batchOfPosted(suite, document, reference);
        referenceOf(await required(connectorOf(suite), 'releaseBatch')(batch, patience()));
      }
      const outcome = await required(connectorOf(suite), 'discard')(document.postingKey, kind, reference, patience());
      expect(outcome.kind).toBe('rejected');
      expect(await suite.harness().documents(document.postingKey)).toHaveLength(1);
    },
  },
];
