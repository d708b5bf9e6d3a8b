import type { ErpDocument } from '../../erp-document.js';
import type { PostingOutcome } from '../../posting-outcome.js';
import type { ConformanceCase } from '../case.js';
import { anyRole } from '../case.js';
import { slowAnswerMs } from '../harness.js';
import type { Fault } from '../harness.js';
import type { Suite } from '../suite.js';
import { aDocument, connectorOf, patience, referenceOf, shortTimeoutMs } from '../suite.js';

const roles = anyRole;

async function postUnder(suite: Suite, kind: string, fault: Fault): Promise<{ document: ErpDocument; outcome: PostingOutcome }> {
  const document = await aDocument(suite, kind);
  await suite.harness().fault({ post: kind }, fault);
  return { document, outcome: await connectorOf(suite, { callTimeoutMs: shortTimeoutMs }).post(document, patience()) };
}

function unknownAndStored(fault: Fault): ConformanceCase {
  return {
    title: `is unknown after ${fault}, and stored once`,
    roles,
    async run(suite, kind) {
      const { document, outcome } = await postUnder(suite, kind, fault);
      expect(outcome.kind).toBe('unknown');
      expect(await suite.harness().documents(document.postingKey)).toHaveLength(1);
    },
  };
}

function unknownAndNotStored(fault: Fault): ConformanceCase {
  return {
    title: `is unknown after ${fault}, and not stored`,
    roles,
    async run(suite, kind) {
      const { document, outcome } = await postUnder(suite, kind, fault);
      expect(outcome.kind).toBe('unknown');
      expect(await suite.harness().documents(document.postingKey)).toEqual([]);
    },
  };
}

/** Cases of what may be concluded when the answer is lost (I3). */
export const lostAnswersCases: readonly ConformanceCase[] = [
  unknownAndStored('lose-answer-after-commit'),
  unknownAndStored('bad-gateway-after-commit'),
  unknownAndStored('silence-after-commit'),
  unknownAndNotStored('silence'),
  unknownAndNotStored('server-error'),
  {
    title: 'that was stored without an answer is found',
    roles,
    also: ['look-ups'],
    async run(suite, kind) {
      const { document } = await postUnder(suite, kind, 'lose-answer-after-commit');
      expect(await connectorOf(suite).find(document.postingKey, kind, patience())).toBeDefined();
    },
  },
  {
    title: 'that was not stored and not answered is not found',
    roles,
    also: ['look-ups'],
    async run(suite, kind) {
      const { document } = await postUnder(suite, kind, 'server-error');
      expect(await connectorOf(suite).find(document.postingKey, kind, patience())).toBeUndefined();
    },
  },
];

/** Cases of calls that take long or are given up. */
export const slowAnswersCases: readonly ConformanceCase[] = [
  {
    title: 'whose answer is slow and within the limit is posted',
    roles,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      await suite.harness().fault({ post: kind }, 'slow');
      const startedAt = performance.now();
      referenceOf(await connectorOf(suite, { callTimeoutMs: 10 * slowAnswerMs }).post(document, patience()));
      expect(performance.now() - startedAt).toBeGreaterThan(slowAnswerMs / 2);
    },
  },
  {
    title: 'whose answer is slower than the limit is unknown, never posted',
    roles,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      await suite.harness().fault({ post: kind }, 'silence-after-commit');
      expect((await connectorOf(suite, { callTimeoutMs: 300 }).post(document, patience())).kind).toBe('unknown');
    },
  },
  {
    title: 'that was given up before it began is surely not stored',
    roles,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      expect((await connectorOf(suite).post(document, AbortSignal.abort())).kind).toBe('unavailable');
      expect(await suite.harness().documents(document.postingKey)).toEqual([]);
    },
  },
  {
    title: 'that is given up while the ERP works ends at once and is unknown',
    roles,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      await suite.harness().fault({ post: kind }, 'silence-after-commit');
      const startedAt = performance.now();
      const outcome = await connectorOf(suite).post(document, AbortSignal.timeout(shortTimeoutMs));
      expect(outcome.kind).toBe('unknown');
      expect(performance.now() - startedAt).toBeLessThan(3 * shortTimeoutMs);
    },
  },
];
