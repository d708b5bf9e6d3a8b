import type { ErpDocument } from '../erp-document.js';
import type { DocumentChange } from './harness.js';
import type { Suite } from './suite.js';
import { aDocument, anEntry, anOpenBatch, aPostedMaster, needed, patience, referenceOf, required } from './suite.js';

/** Cases of documents that are created once and move money. */
export function entryCases(suite: Suite): void {
  for (const kind of suite.entries)
    describe(`a ${kind}`, () => {
      const anEntryOf = (change?: DocumentChange): Promise<ErpDocument> => anEntry(suite, kind, change);
      it('is entered once and found again under the reference it was posted with', async () => {
        const harness = suite.harness();
        const document = await anEntryOf();
        const outcome = await harness.connector().post(document, patience());
        expect(outcome.kind).toBe('posted');
        expect((await harness.connector().find(document.postingKey, kind, patience()))?.reference).toEqual(referenceOf(outcome));
        expect(await harness.documents(document.postingKey)).toHaveLength(1);
      });

      it.each([
        { amount: '0.01', currency: 'USD' },
        { amount: '294.29', currency: 'USD' },
        { amount: '1050', currency: 'JPY' },
        { amount: '1.005', currency: 'KWD' },
        // 17 significant digits: more than binary floating point can represent.
        { amount: '999999999999.995', currency: 'KWD' },
        { amount: '90071992547409.93', currency: 'USD' },
      ])('of $amount $currency is in the ERP digit by digit', async ({ amount, currency }) => {
        const harness = suite.harness();
        const document = await anEntryOf({ amount, currency });
        referenceOf(await harness.connector().post(document, patience()));
        expect(await needed(suite, kind, 'amount')(document.postingKey)).toBe(amount);
        const read = await required(harness.connector(), 'read')(document.postingKey, kind, patience());
        expect(read).toMatchObject({ amount, currency, released: false });
      });

      it('tells the bank account that it was booked to, and the currency of that account', async () => {
        const harness = suite.harness();
        const connector = harness.connector();
        const document = await anEntryOf({ amount: '80.00', currency: harness.foreignCurrency });
        referenceOf(await connector.post(document, patience()));
        const clearing = { account: harness.bankAccount, currency: harness.bankCurrency };
        const read = await required(connector, 'read')(document.postingKey, kind, patience());
        expect(read).toMatchObject({ currency: harness.foreignCurrency, clearing });
        // If the ERP reports the amount in the currency of the account, that amount differs.
        expect(read?.clearing?.amount).not.toBe('80.00');
        const own = await anEntryOf({ amount: '80.00', currency: harness.bankCurrency });
        referenceOf(await connector.post(own, patience()));
        const readOwn = await required(connector, 'read')(own.postingKey, kind, patience());
        expect(Number(readOwn?.clearing?.amount)).toBe(80);
      });

      it('belongs to the batch of its bank account and its day', async () => {
        const harness = suite.harness();
        const document = await anEntryOf();
        expect(required(harness.connector(), 'batchOf')(document)).toEqual({
          kind: 'cash-group',
          date: harness.openDate,
          partition: harness.bankAccount,
        });
        for (const master of suite.masters)
          expect(required(harness.connector(), 'batchOf')(await aDocument(suite, master))).toBeUndefined();
      });

      it('in a closed period is rejected', async () => {
        const harness = suite.harness();
        const document = await anEntryOf();
        await harness.fault({ post: kind }, 'period-closed');
        const outcome = await harness.connector().post(document, patience());
        expect(outcome).toMatchObject({ kind: 'rejected', text: expect.stringMatching(/period/i) });
        expect(await harness.documents(document.postingKey)).toEqual([]);
      });

      it('in a batch that is not there is not stored, and that is certain', async () => {
        const harness = suite.harness();
        const batch = { ...(await anOpenBatch(suite)), batchId: harness.newBatchId() };
        const document = await anEntryOf({ batch });
        const outcome = await harness.connector().post(document, patience());
        expect(['rejected', 'conflict']).toContain(outcome.kind);
        expect(await harness.documents(document.postingKey)).toEqual([]);
      });

      it('keyed differently is another receipt, also for the same customer and amount', async () => {
        const harness = suite.harness();
        const [of, batch] = [await aPostedMaster(suite), await anOpenBatch(suite)];
        const [one, two] = [await anEntryOf({ of, batch }), await anEntryOf({ of, batch })];
        const references = [await harness.connector().post(one, patience()), await harness.connector().post(two, patience())].map(
          referenceOf,
        );
        expect(references[0]).not.toEqual(references[1]);
        expect((await harness.connector().find(one.postingKey, kind, patience()))?.reference).toEqual(references[0]);
      });
    });
}
