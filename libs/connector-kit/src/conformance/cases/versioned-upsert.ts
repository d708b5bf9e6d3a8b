import type { ErpDocument } from '../../erp-document.js';
import type { ConformanceCase } from '../case.js';
import type { DocumentChange } from '../harness.js';
import type { Suite } from '../suite.js';
import { connectorOf, kindOf, needed, patience, referenceOf } from '../suite.js';

const roles = ['master'] as const;
const first = { name: 'First Name', phone: '111' };
const post = (suite: Suite, document: ErpDocument) => connectorOf(suite).post(document, patience());

/** Makes versions of one master document. */
function versions(suite: Suite, kind: string): (change?: DocumentChange) => ErpDocument {
  const id = suite.nextId(kind);
  return (change) => kindOf(suite, kind).valid(id, change);
}

const stored = async (suite: Suite, kind: string, key: string) => [
  await needed(suite, kind, 'field')(key, 'name'),
  await needed(suite, kind, 'field')(key, 'phone'),
];

/** Cases of master data: matched, created or changed, and never overwritten by `ensure`. */
export const versionedUpsertCases: readonly ConformanceCase[] = [
  {
    title: 'that is there is not created again, whatever asks for it',
    roles,
    async run(suite, kind) {
      const version = versions(suite, kind);
      const reference = referenceOf(await post(suite, version()));
      const again = [version(), version({ protocol: 'versioned-upsert' })];
      for (const document of again) expect(referenceOf(await post(suite, document))).toEqual(reference);
      expect(await suite.harness().documents(version().postingKey)).toHaveLength(1);
    },
  },
  {
    title: 'is not overwritten by ensure',
    roles,
    async run(suite, kind) {
      const version = versions(suite, kind);
      await post(suite, version(first));
      await post(suite, version({ name: 'Other Name', phone: '222', protocol: 'ensure' }));
      expect(await stored(suite, kind, version().postingKey)).toEqual(['First Name', '111']);
    },
  },
  {
    title: 'is changed by a versioned upsert',
    roles,
    async run(suite, kind) {
      const version = versions(suite, kind);
      await post(suite, version(first));
      const outcome = await post(suite, version({ name: 'Second Name', phone: '222', protocol: 'versioned-upsert' }));
      expect(outcome.kind).toBe('updated');
      expect(await stored(suite, kind, version().postingKey)).toEqual(['Second Name', '222']);
    },
  },
  {
    title: 'is created by a versioned upsert that finds none',
    roles,
    async run(suite, kind) {
      const version = versions(suite, kind);
      referenceOf(await post(suite, version({ ...first, protocol: 'versioned-upsert' })));
      expect(await stored(suite, kind, version().postingKey)).toEqual(['First Name', '111']);
      expect(await suite.harness().documents(version().postingKey)).toHaveLength(1);
    },
  },
  {
    title: 'that was never there is not created to be deactivated',
    roles,
    async run(suite, kind) {
      const document = versions(suite, kind)({ inactive: true, protocol: 'versioned-upsert' });
      expect((await post(suite, document)).kind).toBe('skipped');
      expect(await suite.harness().documents(document.postingKey)).toEqual([]);
    },
  },
  {
    title: 'that is needed and was deleted meanwhile is created inactive',
    roles,
    async run(suite, kind) {
      const document = versions(suite, kind)({ inactive: true, protocol: 'ensure' });
      referenceOf(await post(suite, document));
      expect(await needed(suite, kind, 'active')(document.postingKey)).toBe(false);
    },
  },
  {
    title: 'is the one that the posting ledger knows, whatever a look-up would find',
    roles,
    async run(suite, kind) {
      const known = referenceOf(await post(suite, versions(suite, kind)()));
      const other = versions(suite, kind)({ protocol: 'versioned-upsert' });
      await post(suite, other);
      expect(referenceOf(await post(suite, { ...other, known }))).toEqual(known);
    },
  },
];
