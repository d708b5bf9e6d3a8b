import { ErpDuplicateDocumentError, ErpSilentError, ErpUnauthorisedError } from '../errors.js';
import type { Suite } from './suite.js';
import { aBatch, anEntry, kindOf, needed, patience, referenceOf } from './suite.js';

const shortTimeoutMs = 500;

/** Cases of lookups: an absent document is told apart from a missing answer, and two documents are reported. */
export function lookupCases(suite: Suite): void {
  for (const kind of [...suite.masters, ...suite.entries, ...suite.lined]) describe(`looking for a ${kind}`, () => findCases(suite, kind));
  for (const kind of [...suite.entries, ...suite.lined]) duplicateCases(suite, kind);

  it('a probe passes, and names a wrong password and a silent ERP', async () => {
    const harness = suite.harness();
    await harness.connector().probe(patience());
    await expect(harness.connector({ wrongPassword: true }).probe(patience())).rejects.toThrow(ErpUnauthorisedError);
    await expect(harness.connector({ unreachable: true }).probe(patience())).rejects.toThrow(ErpSilentError);
  });
}

function findCases(suite: Suite, kind: string): void {
  const aKey = () => {
    if (suite.masters.includes(kind)) return kindOf(suite, kind).valid(suite.nextId(kind)).postingKey;
    const batch = aBatch(suite, kind);
    return kindOf(suite, kind).valid(suite.nextId(kind), { of: { CustNum: '1' }, batch }).postingKey;
  };

  it('that was never posted is undefined', async () => {
    expect(await suite.harness().connector().find(aKey(), kind, patience())).toBeUndefined();
  });

  it.each(['silence', 'refuse', 'server-error', 'throttle'] as const)('throws ErpSilentError after %s, never undefined', async (fault) => {
    const harness = suite.harness();
    await harness.fault({ find: kind }, fault);
    await expect(harness.connector({ callTimeoutMs: shortTimeoutMs }).find(aKey(), kind, patience())).rejects.toThrow(ErpSilentError);
  });

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
}

function duplicateCases(suite: Suite, kind: string): void {
  it(`two documents of kind ${kind} with one posting key are reported, not chosen from`, async () => {
    const harness = suite.harness();
    const document = await anEntry(suite, kind);
    referenceOf(await harness.connector().post(document, patience()));
    await needed(suite, kind, 'duplicate')(document.postingKey);
    await expect(harness.connector().find(document.postingKey, kind, patience())).rejects.toThrow(ErpDuplicateDocumentError);
  });

  it(`shows all documents of kind ${kind} with a mark of ours, also those with one key, and throws ErpSilentError when nobody listens`, async () => {
    const harness = suite.harness();
    const connector = harness.connector();
    if (!connector.list || !connector.marksOf) return; // looked up one by one instead
    const document = await anEntry(suite, kind);
    const reference = referenceOf(await connector.post(document, patience()));
    const marks = connector.marksOf(document.postingKey, kind);
    const shown = async (): Promise<unknown[]> => {
      const found: unknown[] = [];
      for (let after: string | undefined, more = true; more; more = after !== undefined) {
        const page = await (connector.list as NonNullable<typeof connector.list>)(kind, after, patience());
        found.push(...page.documents.filter((one) => one.marks.some((mark) => marks.includes(mark))).map((one) => one.reference));
        after = page.next;
      }
      return found;
    };
    expect(await shown()).toEqual([reference]);
    await needed(suite, kind, 'duplicate')(document.postingKey);
    expect(await shown()).toHaveLength(2);
    await expect(harness.connector({ unreachable: true }).list?.(kind, undefined, patience())).rejects.toThrow(ErpSilentError);
  });
}
