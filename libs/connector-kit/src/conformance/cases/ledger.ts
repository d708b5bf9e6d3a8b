import { fromDecimalText } from '@tributary/domain';
import { ErpSilentError } from '../../errors.js';
import type { ErpDocument, ErpReference } from '../../erp-document.js';
import type { ConformanceCase } from '../case.js';
import { anyRole, created, heldBack } from '../case.js';
import type { Suite } from '../suite.js';
import {
  aDocument,
  aPosted,
  batchModeOf,
  batchOfPosted,
  connectorOf,
  kindOf,
  kindWithRole,
  patience,
  referenceOf,
  required,
} from '../suite.js';

const read = (suite: Suite, { postingKey, kind }: ErpDocument) => required(connectorOf(suite), 'read')(postingKey, kind, patience());

async function released(suite: Suite, document: ErpDocument, reference: ErpReference): Promise<void> {
  if (batchModeOf(suite, document.kind) === 'none') return;
  referenceOf(await required(connectorOf(suite), 'releaseBatch')(batchOfPosted(suite, document, reference), patience()));
}

/** Cases of reading a document back for reconciliation. */
export const ledgerReadsCases: readonly ConformanceCase[] = [
  {
    title: 'is read back under its reference',
    roles: anyRole,
    async run(suite, kind) {
      const { document, reference } = await aPosted(suite, kind);
      expect((await read(suite, document))?.reference).toEqual(reference);
    },
  },
  {
    title: 'that was never posted is read as undefined',
    roles: anyRole,
    async run(suite, kind) {
      expect(await read(suite, kindOf(suite, kind).valid(suite.nextId(kind), {}))).toBeUndefined();
    },
  },
  {
    title: 'is read as not released before its release and as released after it',
    roles: created,
    batches: heldBack,
    async run(suite, kind) {
      const { document, reference } = await aPosted(suite, kind);
      expect((await read(suite, document))?.released).toBe(false);
      await released(suite, document, reference);
      expect((await read(suite, document))?.released).toBe(true);
    },
  },
  {
    title: 'of a silent ERP is not read: ErpSilentError, never undefined',
    roles: anyRole,
    async run(suite, kind) {
      const { postingKey } = kindOf(suite, kind).valid(suite.nextId(kind), {});
      const silent = required(connectorOf(suite, { unreachable: true }), 'read')(postingKey, kind, patience());
      await expect(silent).rejects.toThrow(ErpSilentError);
    },
  },
];

/** Cases of the entries of a document in the general ledger. */
export const effectCases: readonly ConformanceCase[] = [
  {
    title: 'has no entries before its release',
    roles: ['lined'],
    batches: heldBack,
    async run(suite, kind) {
      const { document } = await aPosted(suite, kind);
      expect((await read(suite, document))?.effect).toEqual([]);
    },
  },
  {
    title: 'has balanced entries after its release, each with one side',
    roles: ['lined'],
    async run(suite, kind) {
      const { document, reference } = await aPosted(suite, kind);
      await released(suite, document, reference);
      const effect = (await read(suite, document))?.effect ?? [];
      expect(effect.length).toBeGreaterThan(1);
      for (const { debit, credit } of effect) expect([debit, credit].filter((side) => side !== undefined)).toHaveLength(1);
      const sums = sumsOf(effect.map(({ currency, debit = '0', credit = '0' }) => ({ currency, debit, credit })));
      for (const { debit, credit } of sums.values()) expect(debit).toBe(credit);
    },
  },
];

/** Cases of the bank account of a payment. */
export const clearingCases: readonly ConformanceCase[] = [
  {
    title: 'tells the bank account that it was booked to, and the currency of that account',
    roles: ['entry'],
    also: ['ledger-reads'],
    async run(suite, kind) {
      const { bankAccount, bankCurrency = '', foreignCurrency = '' } = suite.harness();
      const { document } = await aPosted(suite, kind, { amount: '80.00', currency: foreignCurrency });
      const state = await read(suite, document);
      expect(state).toMatchObject({ currency: foreignCurrency, clearing: { account: bankAccount, currency: bankCurrency } });
      // If the ERP reports the amount in the currency of the account, that amount differs.
      expect(state?.clearing?.amount).not.toBe('80.00');
    },
  },
  {
    title: 'in the currency of the bank account is there with its own amount',
    roles: ['entry'],
    also: ['ledger-reads'],
    async run(suite, kind) {
      const { bankCurrency = '' } = suite.harness();
      const { document } = await aPosted(suite, kind, { amount: '80.00', currency: bankCurrency });
      expect(Number((await read(suite, document))?.clearing?.amount)).toBe(80);
    },
  },
];

/** Cases of sums over the whole ledger. */
export const trialBalanceCases: readonly ConformanceCase[] = [
  {
    title: 'debits of the trial balance equal its credits in each currency, also after a release that changed it',
    async run(suite) {
      const kind = kindWithRole(suite, 'lined') ?? kindWithRole(suite, 'entry') ?? '';
      const balance = async () => sumsOf(await required(connectorOf(suite), 'trialBalance')(patience()));
      const earlier = await aPosted(suite, kind);
      const before = await balance();
      const { document, reference } = batchModeOf(suite, kind) === 'none' ? await aPosted(suite, kind) : earlier;
      await released(suite, document, reference);
      const after = await balance();
      expect(after).not.toEqual(before);
      for (const { debit, credit } of after.values()) expect(debit).toBe(credit);
    },
  },
  {
    title: 'a document that is not released is not in the trial balance',
    async run(suite) {
      const kind = Object.keys(suite.declaration.kinds).find(
        (one) => suite.declaration.kinds[one]?.role === 'lined' && heldBack.includes(batchModeOf(suite, one)),
      );
      if (kind === undefined) return; // every document is in the ledger at once
      // What the document needs (an invoice for a memo, for example) may be released, so it is there before the sums are read.
      const document = await aDocument(suite, kind);
      const before = await required(connectorOf(suite), 'trialBalance')(patience());
      referenceOf(await connectorOf(suite).post(document, patience()));
      expect(sumsOf(await required(connectorOf(suite), 'trialBalance')(patience()))).toEqual(sumsOf(before));
    },
  },
  {
    title: 'the trial balance of a silent ERP throws ErpSilentError',
    async run(suite) {
      await expect(required(connectorOf(suite, { unreachable: true }), 'trialBalance')(patience())).rejects.toThrow(ErpSilentError);
    },
  },
];

/** Sums of debits and credits per currency, in minor units. */
function sumsOf(
  balance: readonly { readonly currency: string; readonly debit: string; readonly credit: string }[],
): Map<string, { debit: bigint; credit: bigint }> {
  const all = new Map<string, { debit: bigint; credit: bigint }>();
  for (const { currency, debit, credit } of balance) {
    const sum = all.get(currency) ?? { debit: 0n, credit: 0n };
    all.set(currency, {
      debit: sum.debit + fromDecimalText(debit, currency).minor,
      credit: sum.credit + fromDecimalText(credit, currency).minor,
    });
  }
  return all;
}
