import { ErpSilentError, ErpUnauthorisedError } from '../../errors.js';
import type { ConformanceCase } from '../case.js';
import { anyRole } from '../case.js';
import type { Suite } from '../suite.js';
import { aDocument, connectorOf, kindOf, needed, patience } from '../suite.js';

const notStored = async (suite: Suite, key: string) => expect(await suite.harness().documents(key)).toEqual([]);

/** Cases of calls that certainly stored nothing. */
export const errorsCases: readonly ConformanceCase[] = [
  {
    title: 'that is refused by a proxy is surely not stored: unavailable, not unknown',
    roles: anyRole,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      await suite.harness().fault({ post: kind }, 'refuse');
      expect((await connectorOf(suite).post(document, patience())).kind).toBe('unavailable');
      await notStored(suite, document.postingKey);
    },
  },
  {
    title: 'to where nobody listens is unavailable',
    roles: anyRole,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      expect((await connectorOf(suite, { unreachable: true }).post(document, patience())).kind).toBe('unavailable');
    },
  },
  {
    title: 'with a wrong password is unauthorised and stores nothing',
    roles: anyRole,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      expect((await connectorOf(suite, { wrongPassword: true }).post(document, patience())).kind).toBe('unauthorised');
      await notStored(suite, document.postingKey);
    },
  },
  {
    title: 'after a fault is over, is stored',
    roles: anyRole,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      await suite.harness().fault({ post: kind }, 'refuse');
      await connectorOf(suite).post(document, patience());
      await suite.harness().clearFaults();
      expect((await connectorOf(suite).post(document, patience())).kind).toBe('posted');
      expect(await suite.harness().documents(document.postingKey)).toHaveLength(1);
    },
  },
  {
    title: 'a probe names a wrong password',
    async run(suite) {
      await expect(connectorOf(suite, { wrongPassword: true }).probe(patience())).rejects.toThrow(ErpUnauthorisedError);
    },
  },
  {
    title: 'a probe names a silent ERP',
    async run(suite) {
      await expect(connectorOf(suite, { unreachable: true }).probe(patience())).rejects.toThrow(ErpSilentError);
    },
  },
];

/** Cases of documents that break a rule of the ERP. */
export const validationCases: readonly ConformanceCase[] = [
  {
    title: 'that breaks a rule is rejected with code, field and text',
    roles: ['master'],
    async run(suite, kind) {
      const { document, field } = needed(suite, kind, 'invalid')(suite.nextId(kind));
      const outcome = await connectorOf(suite).post(document, patience());
      expect(outcome).toMatchObject({ kind: 'rejected', field: expect.stringContaining(field) });
      if (outcome.kind !== 'rejected') throw new Error('not reached');
      expect(outcome.code).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
      expect(outcome.text).toMatch(/\w+ \w+/);
      await notStored(suite, document.postingKey);
    },
  },
];

/** Cases of an ERP without capacity. */
export const throttlingCases: readonly ConformanceCase[] = [
  {
    title: 'without capacity is throttled, says how long and is not stored',
    roles: anyRole,
    async run(suite, kind) {
      const document = await aDocument(suite, kind);
      await suite.harness().fault({ post: kind }, 'throttle');
      const outcome = await connectorOf(suite).post(document, patience());
      expect(outcome.kind).toBe('throttled');
      if (outcome.kind === 'throttled') expect(outcome.retryAfterMs).toBeGreaterThan(0);
      await notStored(suite, document.postingKey);
    },
  },
  {
    title: 'is not looked up without capacity: ErpSilentError, never undefined',
    roles: anyRole,
    also: ['look-ups'],
    async run(suite, kind) {
      await suite.harness().fault({ find: kind }, 'throttle');
      const { postingKey } = kindOf(suite, kind).valid(suite.nextId(kind), {});
      await expect(connectorOf(suite).find(postingKey, kind, patience())).rejects.toThrow(ErpSilentError);
    },
  },
];

/** Cases of rows that somebody else changes. */
export const conflictsCases: readonly ConformanceCase[] = [
  {
    title: 'changed by somebody else meanwhile is a conflict and stays as it is',
    roles: ['master'],
    also: ['versioned-upsert'],
    async run(suite, kind) {
      const id = suite.nextId(kind);
      const version = (name: string) => kindOf(suite, kind).valid(id, { name, protocol: 'versioned-upsert' });
      await connectorOf(suite).post(version('First Name'), patience());
      await suite.harness().fault({ post: kind }, 'stale-row');
      expect((await connectorOf(suite).post(version('Second Name'), patience())).kind).toBe('conflict');
      expect(await needed(suite, kind, 'field')(version('').postingKey, 'name')).toBe('First Name');
    },
  },
];
