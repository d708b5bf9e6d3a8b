import { ErpSilentError } from '../../errors.js';
import type { ErpListedDocument } from '../../erp-state.js';
import type { ConformanceCase } from '../case.js';
import { created } from '../case.js';
import type { Suite } from '../suite.js';
import { aPosted, connectorOf, needed, patience, required } from '../suite.js';

/** Listed documents that carry a mark of a posting key, over all pages. */
async function listed(suite: Suite, kind: string, key: string): Promise<ErpListedDocument[]> {
  const connector = connectorOf(suite);
  const marks = required(connector, 'marksOf')(key as Parameters<NonNullable<typeof connector.marksOf>>[0], kind);
  const found: ErpListedDocument[] = [];
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await required(connector, 'list')(kind, after, patience());
    found.push(...page.documents.filter((one) => one.marks.some((mark) => marks.includes(mark))));
    after = page.next;
  }
  return found;
}

/** Cases of bulk look-ups for a rebuild. */
export const listsAndMarksCases: readonly ConformanceCase[] = [
  {
    title: 'is listed once, with a mark of its posting key',
    roles: created,
    async run(suite, kind) {
      const { document, reference } = await aPosted(suite, kind);
      const shown = await listed(suite, kind, document.postingKey);
      expect(shown.map((one) => one.reference)).toEqual([reference]);
      for (const { plantedKey } of shown) expect([undefined, document.postingKey]).toContain(plantedKey);
    },
  },
  {
    title: 'that is there twice is listed twice',
    roles: created,
    async run(suite, kind) {
      const { document } = await aPosted(suite, kind);
      await needed(suite, kind, 'duplicate')(document.postingKey);
      expect(await listed(suite, kind, document.postingKey)).toHaveLength(2);
    },
  },
  {
    title: 'throws ErpSilentError when nobody listens, never an empty page',
    roles: created,
    async run(suite, kind) {
      const silent = required(connectorOf(suite, { unreachable: true }), 'list')(kind, undefined, patience());
      await expect(silent).rejects.toThrow(ErpSilentError);
    },
  },
];
