import type { ConformanceCase } from '../case.js';
import { anyRole, created } from '../case.js';
import { aDocument, aPosted, connectorOf, dependencies, kindOf, patience, referenceOf } from '../suite.js';

/** Cases of documents that are created once per posting key. */
export const createOnceCases: readonly ConformanceCase[] = [
  {
    title: 'is stored once, with its posting key',
    roles: anyRole,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      expect((await connectorOf(suite).post(document, patience())).kind).toBe('posted');
      expect(await suite.harness().documents(document.postingKey)).toHaveLength(1);
    },
  },
  {
    title: 'is found again under the reference it was posted with',
    roles: anyRole,
    also: ['look-ups'],
    async run(suite, kind) {
      const { document, reference } = await aPosted(suite, kind);
      expect(Object.keys(reference).length).toBeGreaterThan(0);
      const found = await connectorOf(suite).find(document.postingKey, kind, patience());
      expect(found).toMatchObject({ reference, complete: true, missing: [] });
    },
  },
  {
    title: 'with another key is another document, also with the same content',
    roles: created,
    also: ['look-ups'],
    async run(suite, kind) {
      const shared = await dependencies(suite, kind);
      const [one, two] = [1, 2].map(() => kindOf(suite, kind).valid(suite.nextId(kind), shared));
      if (!one || !two) throw new Error('two documents are needed');
      const first = referenceOf(await connectorOf(suite).post(one, patience()));
      expect(referenceOf(await connectorOf(suite).post(two, patience()))).not.toEqual(first);
      expect((await connectorOf(suite).find(one.postingKey, kind, patience()))?.reference).toEqual(first);
    },
  },
];
