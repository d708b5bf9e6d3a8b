import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { glLines, P21Client } from './testing/p21-client.js';
import type { Json } from './testing/p21-client.js';
import { Windows } from './testing/windows.js';

const kinds = [
  'pop-up',
  'line-dropped',
  'line-doubled',
  'saved-then-error',
  'session-contaminated',
  'not-stored',
  'commit-then-502',
  'refuse',
] as const;

/** One thing that somebody does to the company, or that goes wrong. */
type Step =
  | { readonly do: 'journal'; readonly cents: number; readonly off: boolean; readonly currency: number }
  | { readonly do: 'invoice'; readonly cents: readonly number[]; readonly credit: boolean }
  | { readonly do: 'order'; readonly quantity: number; readonly rma: boolean; readonly ship: boolean }
  | { readonly do: 'receipt'; readonly cents: number; readonly bank: number; readonly invoice: number; readonly percent: number }
  | { readonly do: 'reverse'; readonly payment: number }
  | { readonly do: 'fault'; readonly kind: (typeof kinds)[number] }
  | { readonly do: 'period'; readonly open: boolean };

const cents = fc.integer({ min: 1, max: 100_000 });
const index = fc.integer({ min: 0, max: 30 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('journal' as const), cents, off: fc.boolean(), currency: fc.constantFrom(1, 2, 8) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('invoice' as const),
      cents: fc.array(cents, { minLength: 1, maxLength: 3 }),
      credit: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('order' as const),
      quantity: fc.integer({ min: 1, max: 9 }),
      rma: fc.boolean(),
      ship: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('receipt' as const),
      cents,
      bank: fc.constantFrom(1, 1, 2, 8),
      invoice: index,
      percent: fc.integer({ min: 1, max: 110 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reverse' as const), payment: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fault' as const), kind: fc.constantFrom(...kinds) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('period' as const), open: fc.boolean() }) },
);

const money = (minor: number): string => `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
const openOf = ({ total_amount, amount_paid }: Json): number => Math.round((Number(total_amount) - Number(amount_paid)) * 100);

class Company {
  readonly reached = { applied: 0, reversed: 0, foreign: 0 };
  private readonly windows: Windows;

  constructor(private readonly p21: P21Client) {
    this.windows = new Windows(p21);
  }

  /** Calls may be refused: the books have to be right in any case. */
  async take(one: Step): Promise<void> {
    const { p21, windows } = this;
    switch (one.do) {
      case 'journal': {
        const home = one.cents / 100;
        const lines = glLines([
          ['62100000', home, one.currency, home],
          ['11500000', one.off ? -home - 1 : -home],
        ]);
        await p21.send('POST', '/api/accounting/gl/', lines);
        return;
      }
      case 'invoice':
        await windows.send('Invoice', windows.invoiceOf(one.cents.map((part) => `${one.credit ? '-' : ''}${money(part)}`)));
        return;
      case 'order': {
        const input = windows.orderOf([{ oe_order_item_id: 'WIDGET-001', unit_quantity: String(one.quantity) }]);
        const { body } = await windows.send(one.rma ? 'RMA' : 'Order', input);
        const number = body?.Results?.Transactions?.[0]?.DataElements?.[0]?.Rows?.[0]?.Edits?.[0]?.Value as string | undefined;
        if (one.ship && number) await windows.send('Shipping', [['TABPAGE_1.shipping', [{ order_no: number, ship_date: '2026-11-20' }]]]);
        return;
      }
      case 'receipt':
        return this.receive(one);
      case 'reverse': {
        const payments = await p21.rows('ar_receipts', "reverse_payment_flag eq 'N'");
        const number = String(payments[one.payment % (payments.length || 1)]?.payment_number ?? 1);
        const command = { Name: 'ReverseARPayment', Parameters: [{ Name: 'payment_number', Value: number }] };
        const { body } = await p21.send('POST', '/uiserver0/api/v2/commands', command);
        if (body?.Summary?.Succeeded === 1) this.reached.reversed += 1;
        return;
      }
      case 'fault':
        await p21.faults([{ match: { method: 'POST', times: 1 }, action: { kind: one.kind } }]);
        return;
      case 'period':
        await p21.control('PUT', 'periods', { date: '2026-11-20', open: one.open });
    }
  }

  /** A receipt, with a part for an open invoice where the customer has one; now and then more than there is. */
  private async receive({ cents: amount, bank, invoice, percent }: Extract<Step, { do: 'receipt' }>): Promise<void> {
    const open = (await this.p21.rows('invoice_hdr', `currency_id eq ${bank}`)).filter((row) => openOf(row) > 0);
    const chosen = open[invoice % (open.length || 1)];
    const part = chosen ? Math.ceil((Math.min(openOf(chosen), amount) * percent) / 100) : 0;
    const applied = chosen ? [{ invoice_no: String(chosen.invoice_no), amount_applied: money(part) }] : [];
    const { body } = await this.windows.send(
      'CashReceipts',
      this.windows.receiptOf({ bank_no: String(bank), payment_amount: money(amount) }, applied),
    );
    if (body?.Summary?.Succeeded !== 1) return;
    if (chosen) this.reached.applied += 1;
    if (bank !== 1) this.reached.foreign += 1;
  }
}

it('books stay right whatever is entered, refused, lost, doubled or reversed, in three currencies', async () => {
  const reached = { applied: 0, reversed: 0, foreign: 0, entries: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 80 }), async (steps) => {
      const folder = mkdtempSync(join(tmpdir(), 'p21-books-'));
      let p21 = await P21Client.start({ EMULATOR_STATE_DIR: folder });
      try {
        const company = new Company(p21);
        for (const one of steps) {
          await company.take(one);
          expect((await p21.ledger()).brokenRules).toEqual([]);
        }
        const before = await p21.ledger();
        await p21.stop();
        p21 = await P21Client.start({ EMULATOR_STATE_DIR: folder });
        expect(await p21.ledger()).toEqual(before);
        for (const name of ['applied', 'reversed', 'foreign'] as const) reached[name] += company.reached[name];
        reached.entries += (await p21.ledger()).entries.length;
      } finally {
        await p21.stop();
        rmSync(folder, { recursive: true });
      }
    }),
    { numRuns: 25, seed: 2026 },
  );
  // The sequences reach what they are for.
  expect(reached.applied).toBeGreaterThan(20);
  expect(reached.reversed).toBeGreaterThan(20);
  expect(reached.foreign).toBeGreaterThan(20);
  expect(reached.entries).toBeGreaterThan(300);
}, 120_000);
