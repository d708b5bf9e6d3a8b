import type { ConformanceCase } from '../case.js';
import { declarationProblems } from '../declaration.js';
import { aDocument, connectorOf, kindWithRole, patience, shortTimeoutMs } from '../suite.js';

/** Cases of what the connector says about itself. */
export const declarationCases: readonly ConformanceCase[] = [
  {
    title: 'every declared capability has its parts, and every optional method its capability',
    async run(suite) {
      expect(declarationProblems(suite.declaration, connectorOf(suite), suite.harness())).toEqual([]);
    },
  },
  {
    title: 'takes exactly the kinds that are declared',
    async run(suite) {
      const declared = Object.keys(suite.declaration.kinds).sort();
      expect([...connectorOf(suite).capabilities].sort()).toEqual(declared);
      expect(Object.keys(suite.harness().kinds).sort()).toEqual(declared);
    },
  },
  {
    title: 'a kind that is not among the capabilities is rejected',
    async run(suite) {
      const kind = kindWithRole(suite, 'master') ?? kindWithRole(suite, 'entry') ?? kindWithRole(suite, 'lined') ?? '';
      const document = { ...(await aDocument(suite, kind)), kind: 'no-such-kind' };
      expect((await connectorOf(suite).post(document, patience())).kind).toBe('rejected');
    },
  },
  {
    title: 'says how long a call may take, at least as long as its time limit',
    async run(suite) {
      expect(connectorOf(suite, { callTimeoutMs: shortTimeoutMs }).longestCallMs).toBeGreaterThanOrEqual(shortTimeoutMs);
    },
  },
  {
    title: 'a probe passes while the ERP answers',
    async run(suite) {
      await connectorOf(suite).probe(patience());
    },
  },
];
