import type { Suite } from './suite.js';
import { patience, referenceOf } from './suite.js';

export function customerCases(suite: Suite): void {
  describe('a customer', () => {
    it('is created once and found again under the reference it was posted with', async () => {
      const harness = suite.harness();
      const document = harness.customer(suite.nextId('cus'));
      const outcome = await harness.connector().post(document, patience());
      expect(outcome.kind).toBe('posted');
      expect(await harness.connector().find(document.postingKey, 'customer', patience())).toEqual(referenceOf(outcome));
      expect(await harness.documents(document.postingKey)).toHaveLength(1);
    });

    it('that is there is not created again, whatever asks for it', async () => {
      const harness = suite.harness();
      const id = suite.nextId('cus');
      const first = referenceOf(await harness.connector().post(harness.customer(id), patience()));
      const again = referenceOf(await harness.connector().post(harness.customer(id), patience()));
      const upsert = referenceOf(await harness.connector().post(harness.customer(id, { protocol: 'versioned-upsert' }), patience()));
      expect([again, upsert]).toEqual([first, first]);
      expect(await harness.documents(harness.customer(id).postingKey)).toHaveLength(1);
    });

    it('is not overwritten by ensure', async () => {
      const harness = suite.harness();
      const id = suite.nextId('cus');
      await harness.connector().post(harness.customer(id, { name: 'First Name', phone: '111' }), patience());
      await harness.connector().post(harness.customer(id, { name: 'Other Name', phone: '222', protocol: 'ensure' }), patience());
      const { postingKey } = harness.customer(id);
      expect([await harness.customerField(postingKey, 'name'), await harness.customerField(postingKey, 'phone')]).toEqual([
        'First Name',
        '111',
      ]);
    });

    it('is changed by a versioned upsert', async () => {
      const harness = suite.harness();
      const id = suite.nextId('cus');
      await harness.connector().post(harness.customer(id, { name: 'First Name', phone: '111' }), patience());
      const outcome = await harness
        .connector()
        .post(harness.customer(id, { name: 'Second Name', phone: '222', protocol: 'versioned-upsert' }), patience());
      const { postingKey } = harness.customer(id);
      expect(outcome.kind).toBe('updated');
      expect([await harness.customerField(postingKey, 'name'), await harness.customerField(postingKey, 'phone')]).toEqual([
        'Second Name',
        '222',
      ]);
    });

    it('that was never there is not created to be deactivated', async () => {
      const harness = suite.harness();
      const document = harness.customer(suite.nextId('cus'), { inactive: true, protocol: 'versioned-upsert' });
      expect((await harness.connector().post(document, patience())).kind).toBe('skipped');
      expect(await harness.documents(document.postingKey)).toEqual([]);
    });

    it('that is needed and was deleted meanwhile is created inactive', async () => {
      const harness = suite.harness();
      const document = harness.customer(suite.nextId('cus'), { inactive: true, protocol: 'ensure' });
      const outcome = await harness.connector().post(document, patience());
      expect(await harness.connector().find(document.postingKey, 'customer', patience())).toEqual(referenceOf(outcome));
      expect(await harness.customerActive(document.postingKey)).toBe(false);
    });

    it('is the one that the posting ledger knows, whatever a look-up would find', async () => {
      const harness = suite.harness();
      const [known, other] = [
        harness.customer(suite.nextId('cus')),
        harness.customer(suite.nextId('cus'), { protocol: 'versioned-upsert' }),
      ];
      const reference = referenceOf(await harness.connector().post(known, patience()));
      await harness.connector().post(other, patience());
      expect(referenceOf(await harness.connector().post({ ...other, known: reference }, patience()))).toEqual(reference);
    });

    it('changed by somebody else meanwhile is a conflict and stays as it is', async () => {
      const harness = suite.harness();
      const id = suite.nextId('cus');
      await harness.connector().post(harness.customer(id, { name: 'First Name' }), patience());
      await harness.fault('post-customer', 'stale-row');
      const outcome = await harness
        .connector()
        .post(harness.customer(id, { name: 'Second Name', protocol: 'versioned-upsert' }), patience());
      expect(outcome.kind).toBe('conflict');
      expect(await harness.customerField(harness.customer(id).postingKey, 'name')).toBe('First Name');
    });

    it('that breaks a rule is rejected with code, field and text', async () => {
      const harness = suite.harness();
      const { document, field } = harness.invalidCustomer(suite.nextId('cus'));
      const outcome = await harness.connector().post(document, patience());
      expect(outcome).toMatchObject({ kind: 'rejected', field: expect.stringContaining(field) });
      if (outcome.kind !== 'rejected') throw new Error('not reached');
      expect(outcome.code).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
      expect(outcome.text).not.toBe('');
      expect(await harness.documents(document.postingKey)).toEqual([]);
    });
  });
}
