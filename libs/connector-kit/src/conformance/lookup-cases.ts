import { ErpDuplicateDocumentError, ErpSilentError, ErpUnauthorisedError } from '../errors.js';
import type { Suite } from './suite.js';
import { aReceipt, patience, referenceOf } from './suite.js';

const shortTimeoutMs = 500;

export function lookupCases(suite: Suite): void {
  describe.each([
    { kind: 'customer', step: 'find-customer', id: 'cus' },
    { kind: 'cash-receipt', step: 'find-receipt', id: 'ch' },
  ] as const)('looking for a $kind', ({ kind, step, id }) => {
    const aKey = () => {
      const harness = suite.harness();
      if (kind === 'customer') return harness.customer(suite.nextId(id)).postingKey;
      const batch = { batchId: harness.newBatchId(), kind: 'cash-group', date: harness.openDate, bankAccount: harness.bankAccount };
      return harness.receipt(suite.nextId(id), { customer: { CustNum: '1' }, batch }).postingKey;
    };

    it('that was never posted is undefined', async () => {
      expect(await suite.harness().connector().find(aKey(), kind, patience())).toBeUndefined();
    });

    it.each(['silence', 'refuse', 'server-error', 'throttle'] as const)(
      'throws ErpSilentError after %s, never undefined',
      async (fault) => {
        const harness = suite.harness();
        await harness.fault(step, fault);
        await expect(harness.connector({ callTimeoutMs: shortTimeoutMs }).find(aKey(), kind, patience())).rejects.toThrow(ErpSilentError);
      },
    );

    it('throws ErpSilentError when nobody listens', async () => {
      await expect(suite.harness().connector({ unreachable: true }).find(aKey(), kind, patience())).rejects.toThrow(ErpSilentError);
    });

    it('with a wrong password throws ErpUnauthorisedError without a secret', async () => {
      const harness = suite.harness();
      const error: unknown = await harness
        .connector({ wrongPassword: true })
        .find(aKey(), kind, patience())
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ErpUnauthorisedError);
      const { message, context, stack, cause } = error as ErpUnauthorisedError;
      const shown = [message, JSON.stringify(context), stack, String((cause as Error | undefined)?.stack)].join('\n');
      for (const secret of harness.secrets) expect(shown).not.toContain(secret);
    });
  });

  it('two documents with one posting key are told, not chosen from', async () => {
    const harness = suite.harness();
    const document = await aReceipt(suite);
    referenceOf(await harness.connector().post(document, patience()));
    await harness.duplicateReceipt(document.postingKey);
    await expect(harness.connector().find(document.postingKey, 'cash-receipt', patience())).rejects.toThrow(ErpDuplicateDocumentError);
  });

  it('shows all documents with a mark of ours, also those with one key, and throws ErpSilentError when nobody listens', async () => {
    const harness = suite.harness();
    const connector = harness.connector();
    if (!connector.list || !connector.marksOf) return; // looked up one by one instead
    const document = await aReceipt(suite);
    const reference = referenceOf(await connector.post(document, patience()));
    const marks = connector.marksOf(document.postingKey, 'cash-receipt');
    const shown = async (): Promise<unknown[]> => {
      const found: unknown[] = [];
      for (let after: string | undefined, more = true; more; more = after !== undefined) {
        const page = await (connector.list as NonNullable<typeof connector.list>)('cash-receipt', after, patience());
        found.push(...page.documents.filter((one) => one.marks.some((mark) => marks.includes(mark))).map((one) => one.reference));
        after = page.next;
      }
      return found;
    };
    expect(await shown()).toEqual([reference]);
    await harness.duplicateReceipt(document.postingKey);
    expect(await shown()).toHaveLength(2);
    await expect(harness.connector({ unreachable: true }).list?.('cash-receipt', undefined, patience())).rejects.toThrow(ErpSilentError);
  });

  it('a probe passes, and names a wrong password and a silent ERP', async () => {
    const harness = suite.harness();
    await harness.connector().probe(patience());
    await expect(harness.connector({ wrongPassword: true }).probe(patience())).rejects.toThrow(ErpUnauthorisedError);
    await expect(harness.connector({ unreachable: true }).probe(patience())).rejects.toThrow(ErpSilentError);
  });
}
