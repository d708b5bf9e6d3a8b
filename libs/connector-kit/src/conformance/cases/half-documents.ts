import type { ErpDocument, ErpFound } from '../../index.js';
import type { ConformanceCase } from '../case.js';
import type { Fault } from '../harness.js';
import type { Suite } from '../suite.js';
import { aDocument, aPosted, connectorOf, patience, referenceOf } from '../suite.js';

const roles = ['lined'] as const;
const also = ['look-ups'] as const;
const post = (suite: Suite, document: ErpDocument) => connectorOf(suite).post(document, patience());
const find = (suite: Suite, document: ErpDocument): Promise<ErpFound | undefined> =>
  connectorOf(suite).find(document.postingKey, document.kind, patience(), document.lines);

/** Finishes a half document, and checks that it is whole and the only one. */
async function finish(suite: Suite, document: ErpDocument): Promise<void> {
  const half = await find(suite, document);
  if (!half) throw new Error('there is nothing to finish');
  referenceOf(await post(suite, { ...document, known: half.reference, knownMissing: half.missing }));
  expect(await find(suite, document)).toEqual({ reference: half.reference, complete: true, missing: [] });
  expect(await suite.harness().documents(document.postingKey)).toHaveLength(1);
}

/** A case in which the answer of a finish is hit by a fault. */
function finishedOnceAfter(fault: Fault): ConformanceCase {
  return {
    title: `is finished once although the answer of a finish is hit by ${fault}`,
    roles,
    also,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      if (document.lines.length === 0 && fault === 'line-doubled') return; // its one line has a natural key
      await suite.harness().fault({ post: kind }, 'lines-lost');
      await post(suite, document);
      const half = await find(suite, document);
      await suite.harness().fault({ post: kind }, fault);
      const again = await post(suite, { ...document, ...(half ? { known: half.reference, knownMissing: half.missing } : {}) });
      expect(['unknown', 'partial']).toContain(again.kind);
      await finish(suite, document);
    },
  };
}

/** Cases of documents that were stored without all of their lines. */
export const halfDocumentsCases: readonly ConformanceCase[] = [
  {
    title: 'without its lines is unknown and found as a half',
    roles,
    also,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      await suite.harness().fault({ post: kind }, 'lines-lost');
      expect((await post(suite, document)).kind).toBe('unknown');
      expect((await find(suite, document))?.complete).toBe(false);
    },
  },
  {
    title: 'is finished with its lines and no second document',
    roles,
    also,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      await suite.harness().fault({ post: kind }, 'lines-lost');
      await post(suite, document);
      await finish(suite, document);
    },
  },
  {
    title: 'whose answer leaves a line out is partial, and can be finished',
    roles,
    also,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      await suite.harness().fault({ post: kind }, 'line-dropped');
      const outcome = await post(suite, document);
      expect(outcome).toMatchObject({ kind: 'partial', missing: expect.arrayContaining([expect.any(String)]) });
      await finish(suite, document);
    },
  },
  {
    title: 'that is whole stays as it is when it is finished again',
    roles,
    also,
    async run(suite, kind) {
      const { document, reference } = await aPosted(suite, kind);
      expect(await post(suite, { ...document, known: reference, knownMissing: [] })).toEqual({ kind: 'posted', reference });
      await finish(suite, document);
    },
  },
  ...(['lose-answer-after-commit', 'bad-gateway-after-commit', 'line-doubled'] as const).map(finishedOnceAfter),
];
