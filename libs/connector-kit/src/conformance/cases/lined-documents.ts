import type { ConformanceCase } from '../case.js';
import { created, heldBack } from '../case.js';
import { aDocument, aPosted, connectorOf, ownBatch, patience, required } from '../suite.js';

/** Cases of documents with several rows. */
export const linedDocumentsCases: readonly ConformanceCase[] = [
  {
    title: 'is found whole with all of its lines',
    roles: ['lined'],
    also: ['look-ups'],
    async run(suite, kind) {
      const { document, reference } = await aPosted(suite, kind);
      const found = await connectorOf(suite).find(document.postingKey, kind, patience(), document.lines);
      expect(found).toEqual({ reference, complete: true, missing: [] });
    },
  },
  {
    title: 'with a line that it does not have is found as a half, and the line is named',
    roles: ['lined'],
    also: ['look-ups', 'half-documents'],
    async run(suite, kind) {
      const { document, reference } = await aPosted(suite, kind);
      const [line] = document.lines;
      if (!line) return; // its lines are the connector's own
      const more = [...document.lines, { ...line, key: 'never-sent' }];
      const half = await connectorOf(suite).find(document.postingKey, kind, patience(), more);
      expect(half).toEqual({ reference, complete: false, missing: ['never-sent'] });
    },
  },
  {
    title: 'belongs to the batch of its kind and day',
    roles: created,
    batches: heldBack,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      expect(required(connectorOf(suite), 'batchOf')(document)).toEqual(ownBatch(suite, kind));
    },
  },
];
