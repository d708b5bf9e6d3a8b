import type { ConformanceCase } from '../case.js';
import type { TextHarness } from '../harness.js';
import type { Suite } from '../suite.js';
import { aDocument, aPosted, batchModeOf, connectorOf, dependencies, kindOf, needed, patience, referenceOf, required } from '../suite.js';

/** An amount that must arrive digit by digit. The last one is none that binary floating point holds. */
const amounts = [
  { amount: '0.01', currency: 'USD' },
  { amount: '294.29', currency: 'USD' },
  { amount: '1050', currency: 'JPY' },
  { amount: '1.005', currency: 'KWD' },
  { amount: '999999999999.995', currency: 'KWD' },
  { amount: '90071992547409.93', currency: 'USD' },
];

type Amount = (typeof amounts)[number];

/** Whether the ERP can hold an amount exactly; one that it cannot hold has to be refused instead. */
const isHeld = (suite: Suite, amount: string): boolean => suite.harness().amountsAreDoubles !== true || String(Number(amount)) === amount;

async function arrivesWhole(suite: Suite, kind: string, change: Amount): Promise<void> {
  const { document } = await aPosted(suite, kind, change);
  expect(await needed(suite, kind, 'amount')(document.postingKey)).toBe(change.amount);
}

async function isRefused(suite: Suite, kind: string, change: Amount): Promise<void> {
  const document = await aDocument(suite, kind, change);
  expect(await connectorOf(suite).post(document, patience())).toMatchObject({ kind: 'rejected', field: expect.stringMatching(/./) });
  expect(await suite.harness().documents(document.postingKey)).toEqual([]);
}

/** Cases of amounts (I5). */
export const amountsCases: readonly ConformanceCase[] = [
  ...amounts.map((change): ConformanceCase => ({
    title: `of ${change.amount} ${change.currency} is in the ERP digit by digit`,
    roles: ['entry'],
    run: (suite, kind) => (isHeld(suite, change.amount) ? arrivesWhole(suite, kind, change) : isRefused(suite, kind, change)),
  })),
  {
    title: 'is read back with its amount and its currency, digit by digit',
    roles: ['entry'],
    also: ['ledger-reads'],
    async run(suite, kind) {
      for (const change of amounts.slice(-2).filter(({ amount }) => isHeld(suite, amount))) {
        const { document } = await aPosted(suite, kind, change);
        const state = await required(connectorOf(suite), 'read')(document.postingKey, kind, patience());
        expect(state).toMatchObject({ ...change, released: batchModeOf(suite, kind) === 'none' });
      }
    },
  },
];

const textOf = (suite: Suite, kind: string): TextHarness => {
  const { text } = kindOf(suite, kind);
  if (!text) throw new Error(`the harness of ${kind} has no text`);
  return text;
};
const depending = async (suite: Suite, kind: string) => (suite.declaration.kinds[kind]?.role === 'master' ? {} : dependencies(suite, kind));

/** A case of a text that has to arrive as it is. */
function arrives(what: string, textFor: (length: number) => string): ConformanceCase {
  return {
    title: `with ${what} has it whole in the ERP`,
    roles: ['master'],
    async run(suite, kind) {
      const text = textOf(suite, kind);
      const wanted = textFor(text.length);
      const document = text.with(suite.nextId(kind), wanted, await depending(suite, kind));
      referenceOf(await connectorOf(suite).post(document, patience()));
      expect(await text.stored(document.postingKey)).toBe(wanted);
    },
  };
}

/** Cases of texts: whole or refused, never cut. */
export const textLimitsCases: readonly ConformanceCase[] = [
  arrives('a text as long as the column', (length) => `${'x'.repeat(length - 1)}y`),
  arrives('letters outside of ASCII', (length) => 'Zoë Müller, 東京'.slice(0, length)),
  arrives('quotes, brackets and ampersands', (length) => `O'Hara & "Sons" <x> 100%`.slice(0, length)),
  {
    title: 'with a text one character too long is rejected, the field is named and nothing is stored',
    roles: ['master'],
    async run(suite, kind) {
      const text = textOf(suite, kind);
      const document = text.with(suite.nextId(kind), 'x'.repeat(text.length + 1), await depending(suite, kind));
      const outcome = await connectorOf(suite).post(document, patience());
      expect(outcome).toMatchObject({ kind: 'rejected', field: expect.stringContaining(text.field) });
      expect(await suite.harness().documents(document.postingKey)).toEqual([]);
    },
  },
];
