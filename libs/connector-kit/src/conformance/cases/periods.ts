import { ErpSilentError } from '../../errors.js';
import type { ConformanceCase } from '../case.js';
import { created } from '../case.js';
import { aDocument, connectorOf, kindWithRole, needed, patience, required } from '../suite.js';

const day = /^\d{4}-\d{2}-\d{2}$/;

/** Cases of fiscal periods. */
export const periodsCases: readonly ConformanceCase[] = [
  {
    title: 'fiscal periods are told in order and without overlap',
    async run(suite) {
      const periods = await required(connectorOf(suite), 'periods')(patience());
      for (const [index, { from, to }] of periods.entries()) {
        expect([from, to]).toEqual([expect.stringMatching(day), expect.stringMatching(day)]);
        expect(from <= to).toBe(true);
        const before = periods[index - 1];
        expect(before === undefined || before.to < from).toBe(true);
      }
    },
  },
  {
    title: 'the open date lies in one period, which is open',
    async run(suite) {
      const { openDate } = suite.harness();
      const periods = await required(connectorOf(suite), 'periods')(patience());
      expect(periods.filter(({ from, to }) => from <= openDate && openDate <= to)).toMatchObject([{ open: true }]);
    },
  },
  {
    title: 'fiscal periods of a silent ERP throw ErpSilentError, never none',
    async run(suite) {
      await expect(required(connectorOf(suite, { unreachable: true }), 'periods')(patience())).rejects.toThrow(ErpSilentError);
    },
  },
  {
    title: 'tells its date',
    roles: created,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      expect(required(connectorOf(suite), 'postingDateOf')(document)).toBe(suite.harness().openDate);
    },
  },
  {
    title: 'moves to another date with the original one in a text, and keeps its key and lines',
    roles: created,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      const moved = required(connectorOf(suite), 'movedTo')(document, '2026-12-01');
      expect(required(connectorOf(suite), 'postingDateOf')(moved)).toBe('2026-12-01');
      expect(JSON.stringify(moved.fields)).toContain(suite.harness().openDate);
      expect([moved.postingKey, moved.lines]).toEqual([document.postingKey, document.lines]);
    },
  },
];

/** Cases of a date that the ERP refuses. */
export const closedPeriodCases: readonly ConformanceCase[] = [
  {
    title: 'in a closed period is rejected with the reason and not stored',
    roles: ['entry'],
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      await suite.harness().fault({ post: kind }, 'period-closed');
      const outcome = await connectorOf(suite).post(document, patience());
      expect(outcome).toMatchObject({ kind: 'rejected', text: expect.stringMatching(/period/i) });
      expect(await suite.harness().documents(document.postingKey)).toEqual([]);
    },
  },
];

/** Cases of a refusal that becomes a question: where the target tells no periods, or the posting has no policy for closed ones. */
export const periodRefusalCases: readonly ConformanceCase[] = [
  {
    title: 'in a closed period is rejected because of its period, which a person may open; any other refusal is not',
    roles: ['entry'],
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      await suite.harness().fault({ post: kind }, 'period-closed');
      expect(await connectorOf(suite).post(document, patience())).toMatchObject({ kind: 'rejected', periodClosed: true });
      const invalid = needed(suite, kindWithRole(suite, 'master') ?? '', 'invalid')(suite.nextId('master')).document;
      expect(await connectorOf(suite).post(invalid, patience())).not.toHaveProperty('periodClosed');
    },
  },
];
