import type { ErpDocument } from '../erp-document.js';
import type { DocumentChange } from './harness.js';
import type { Suite } from './suite.js';
import { kindOf, needed, patience, referenceOf } from './suite.js';

/** Cases of master data: matched, created or changed, and never overwritten by `ensure`. */
export function masterCases(suite: Suite): void {
  for (const kind of suite.masters)
    describe(`a ${kind}`, () => {
      const valid = (id: string, change?: DocumentChange): ErpDocument => kindOf(suite, kind).valid(id, change);
      const field = (key: string, name: 'name' | 'phone') => needed(suite, kind, 'field')(key, name);
      it('is created once and found again under the reference it was posted with', async () => {
        const harness = suite.harness();
        const document = valid(suite.nextId(kind));
        const outcome = await harness.connector().post(document, patience());
        expect(outcome.kind).toBe('posted');
        expect((await harness.connector().find(document.postingKey, kind, patience()))?.reference).toEqual(referenceOf(outcome));
        expect(await harness.documents(document.postingKey)).toHaveLength(1);
      });

      it('that is there is not created again, whatever asks for it', async () => {
        const harness = suite.harness();
        const id = suite.nextId(kind);
        const first = referenceOf(await harness.connector().post(valid(id), patience()));
        const again = referenceOf(await harness.connector().post(valid(id), patience()));
        const upsert = referenceOf(await harness.connector().post(valid(id, { protocol: 'versioned-upsert' }), patience()));
        expect([again, upsert]).toEqual([first, first]);
        expect(await harness.documents(valid(id).postingKey)).toHaveLength(1);
      });

      it('is not overwritten by ensure', async () => {
        const harness = suite.harness();
        const id = suite.nextId(kind);
        await harness.connector().post(valid(id, { name: 'First Name', phone: '111' }), patience());
        await harness.connector().post(valid(id, { name: 'Other Name', phone: '222', protocol: 'ensure' }), patience());
        const { postingKey } = valid(id);
        expect([await field(postingKey, 'name'), await field(postingKey, 'phone')]).toEqual(['First Name', '111']);
      });

      it('is changed by a versioned upsert', async () => {
        const harness = suite.harness();
        const id = suite.nextId(kind);
        await harness.connector().post(valid(id, { name: 'First Name', phone: '111' }), patience());
        const outcome = await harness
          .connector()
          .post(valid(id, { name: 'Second Name', phone: '222', protocol: 'versioned-upsert' }), patience());
        const { postingKey } = valid(id);
        expect(outcome.kind).toBe('updated');
        expect([await field(postingKey, 'name'), await field(postingKey, 'phone')]).toEqual(['Second Name', '222']);
      });

      it('that was never there is not created to be deactivated', async () => {
        const harness = suite.harness();
        const document = valid(suite.nextId(kind), { inactive: true, protocol: 'versioned-upsert' });
        expect((await harness.connector().post(document, patience())).kind).toBe('skipped');
        expect(await harness.documents(document.postingKey)).toEqual([]);
      });

      it('that is needed and was deleted meanwhile is created inactive', async () => {
        const harness = suite.harness();
        const document = valid(suite.nextId(kind), { inactive: true, protocol: 'ensure' });
        const outcome = await harness.connector().post(document, patience());
        expect((await harness.connector().find(document.postingKey, kind, patience()))?.reference).toEqual(referenceOf(outcome));
        expect(await needed(suite, kind, 'active')(document.postingKey)).toBe(false);
      });

      it('is the one that the posting ledger knows, whatever a look-up would find', async () => {
        const harness = suite.harness();
        const [known, other] = [valid(suite.nextId(kind)), valid(suite.nextId(kind), { protocol: 'versioned-upsert' })];
        const reference = referenceOf(await harness.connector().post(known, patience()));
        await harness.connector().post(other, patience());
        expect(referenceOf(await harness.connector().post({ ...other, known: reference }, patience()))).toEqual(reference);
      });

      it('changed by somebody else meanwhile is a conflict and stays as it is', async () => {
        const harness = suite.harness();
        const id = suite.nextId(kind);
        await harness.connector().post(valid(id, { name: 'First Name' }), patience());
        await harness.fault({ post: kind }, 'stale-row');
        const outcome = await harness.connector().post(valid(id, { name: 'Second Name', protocol: 'versioned-upsert' }), patience());
        expect(outcome.kind).toBe('conflict');
        expect(await field(valid(id).postingKey, 'name')).toBe('First Name');
      });

      it('that breaks a rule is rejected with code, field and text', async () => {
        const harness = suite.harness();
        const { document, field } = needed(suite, kind, 'invalid')(suite.nextId(kind));
        const outcome = await harness.connector().post(document, patience());
        expect(outcome).toMatchObject({ kind: 'rejected', field: expect.stringContaining(field) });
        if (outcome.kind !== 'rejected') throw new Error('not reached');
        expect(outcome.code).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
        expect(outcome.text).not.toBe('');
        expect(await harness.documents(document.postingKey)).toEqual([]);
      });
    });
}
