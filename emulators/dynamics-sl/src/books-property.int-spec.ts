import fc from 'fast-check';
import { applicationScreen, journalScreen, memoScreen, paymentScreen } from './testing/screens.js';
import type { Json } from './testing/sl-client.js';
import { paths, SlClient } from './testing/sl-client.js';

const kinds = ['header-only', 'line-dropped', 'line-doubled', 'commit-then-502', 'refuse', 'stuck-suspended', 'period-closed'] as const;

/** One thing that somebody does to the company, or that goes wrong. */
type Step =
  | { readonly do: 'memo'; readonly cents: number; readonly type: string; readonly currency: string; readonly at: number }
  | { readonly do: 'payment'; readonly cents: number; readonly currency: string; readonly rate: number }
  | { readonly do: 'apply'; readonly paying: number; readonly paid: number; readonly percent: number }
  | { readonly do: 'journal'; readonly cents: number; readonly off: boolean; readonly currency: string }
  | { readonly do: 'update'; readonly batch: number; readonly cents: number }
  | { readonly do: 'release' }
  | { readonly do: 'repair' }
  | { readonly do: 'fault'; readonly kind: (typeof kinds)[number] }
  | { readonly do: 'period'; readonly open: boolean };

const cents = fc.integer({ min: 1, max: 100_000 });
const currency = fc.constantFrom('USD', 'EUR', 'GBP', 'JPY', 'KWD');
const index = fc.integer({ min: 0, max: 30 });
const made = <K extends Step['do'], T>(kind: K, more: { [P in keyof T]: fc.Arbitrary<T[P]> }) =>
  fc.record({ do: fc.constant(kind), ...more } as { [P in keyof T]: fc.Arbitrary<T[P]> } & { do: fc.Arbitrary<K> });
const step = fc.oneof(
  { weight: 4, arbitrary: made('memo', { cents, type: fc.constantFrom('IN', 'DM', 'CM'), currency, at: index }) },
  { weight: 3, arbitrary: made('payment', { cents, currency, rate: fc.constantFrom(0, 0.9, 1.344, 1.23456789) }) },
  { weight: 5, arbitrary: made('apply', { paying: index, paid: index, percent: fc.integer({ min: 1, max: 110 }) }) },
  { weight: 2, arbitrary: made('journal', { cents, off: fc.boolean(), currency }) },
  { weight: 1, arbitrary: made('update', { batch: index, cents }) },
  { weight: 6, arbitrary: made('release', {}) },
  { weight: 1, arbitrary: made('repair', {}) },
  { weight: 2, arbitrary: made('fault', { kind: fc.constantFrom(...kinds) }) },
  { weight: 1, arbitrary: made('period', { open: fc.boolean() }) },
) as fc.Arbitrary<Step>;

const decimals: Readonly<Record<string, number>> = { JPY: 0, KWD: 3 };
const amountOf = (minor: number, of: string): number => minor / 10 ** (decimals[of] ?? 2);

interface Doc {
  readonly DocType: string;
  readonly RefNbr: string;
  readonly CuryId: string;
  readonly Rlsed: number;
  readonly CuryDocBal: number;
}
interface Batch {
  readonly Module: string;
  readonly BatNbr: string;
  readonly Status: string;
  readonly EditScrnNbr: string;
}

const pathOf: Readonly<Record<string, string>> = {
  '08010': paths.invoice,
  '08050': paths.payment,
  '08030': paths.application,
  '01010': paths.journal,
};

class Company {
  private serial = 0;

  constructor(private readonly sl: SlClient) {}

  private async state(): Promise<{ ARDoc: Doc[]; Batch: Batch[] }> {
    return (await this.sl.control('GET', 'state')) as unknown as { ARDoc: Doc[]; Batch: Batch[] };
  }

  /** Calls may be refused or lost: the books have to be right in any case. */
  private send(verb: string, path: string, body: Json): Promise<unknown> {
    return this.sl.send(verb, path, body);
  }

  private async apply(one: Extract<Step, { do: 'apply' }>): Promise<void> {
    const open = (await this.state()).ARDoc.filter(({ Rlsed, CuryDocBal }) => Rlsed === 1 && CuryDocBal !== 0);
    const payers = open.filter(({ DocType }) => DocType === 'CM' || DocType === 'PA');
    const paying = payers[one.paying % (payers.length || 1)];
    const payable = open.filter(({ DocType, CuryId }) => DocType !== 'CM' && DocType !== 'PA' && CuryId === paying?.CuryId);
    const paid = payable[one.paid % (payable.length || 1)];
    if (!paying || !paid) return;
    const unit = 10 ** (decimals[paying.CuryId] ?? 2);
    const part = Math.ceil((Math.min(paying.CuryDocBal, paid.CuryDocBal) * one.percent * unit) / 100) / unit;
    await this.send(
      'POST',
      `${paths.application}/screen`,
      applicationScreen([paying.DocType, paying.RefNbr], [paid.DocType, paid.RefNbr], part),
    );
  }

  private async releaseAll(): Promise<void> {
    for (const { BatNbr, Status, EditScrnNbr } of (await this.state()).Batch)
      if (Status === 'H' || Status === 'B')
        await this.send('POST', `${pathOf[EditScrnNbr]}/editScreen/RELEASENOW`, { myBatch: { BatNbr } });
  }

  async take(one: Step): Promise<void> {
    this.serial += 1;
    const RefNbr = `R${this.serial}`;
    switch (one.do) {
      case 'memo': {
        const [sum, part] = [amountOf(one.cents, one.currency), amountOf(Math.floor(one.cents / 3), one.currency)];
        const lines = [['4000', sum] as const, ...(part > 0 ? [['2200', part] as const] : [])];
        return void (await this.send('POST', `${paths.invoice}/screen`, memoScreen(one.type, lines, { RefNbr, CuryId: one.currency })));
      }
      case 'payment': {
        const of = { CuryId: one.currency, CuryRate: one.rate, CuryMultDiv: one.cents % 2 ? 'M' : 'D' };
        return void (await this.send('POST', `${paths.payment}/screen`, paymentScreen(RefNbr, amountOf(one.cents, one.currency), of)));
      }
      case 'apply':
        return this.apply(one);
      case 'journal': {
        const sum = amountOf(one.cents, one.currency);
        const lines = [['6210', sum] as const, ['6990', one.off ? -sum - 1 : -sum] as const, ['2400', 0] as const];
        return void (await this.send('POST', `${paths.journal}/screen`, journalScreen(lines, { CuryId: one.currency })));
      }
      case 'update': {
        const batch = (await this.state()).Batch.filter(({ EditScrnNbr }) => EditScrnNbr === '08010')[one.batch];
        const line = { TranType: 'IN', Acct: '4000', Sub: '000000000000', CuryTranAmt: one.cents / 100 };
        return void (await this.send('PUT', `${paths.invoice}/screen`, {
          myBatch: { BatNbr: batch?.BatNbr ?? '' },
          myARDoc: {},
          myARTran: [line],
        }));
      }
      case 'release':
        return this.releaseAll();
      case 'repair':
        for (const { Module, BatNbr, Status } of (await this.state()).Batch)
          if (Status === 'S') await this.sl.control('PUT', 'batches', { module: Module, batNbr: BatNbr, status: 'B' });
        return;
      case 'fault': {
        // Where it can act: a release dies only in a release.
        const actionType = one.kind === 'stuck-suspended' ? { actionType: 'RELEASENOW' } : {};
        return void (await this.sl.faults([{ match: { writes: true, times: 1, ...actionType }, action: { kind: one.kind } }]));
      }
      case 'period':
        await this.sl.closePeriod('2026-11-20', one.open);
    }
  }
}

it('books stay right whatever is entered, released, refused, lost, doubled or stuck, in five currencies', async () => {
  const reached = { applied: 0, entries: 0, suspended: 0 };
  const sl = await SlClient.start();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 80 }), async (steps) => {
      await sl.control('POST', 'reset');
      const company = new Company(sl);
      let before = 0;
      for (const one of steps) {
        await company.take(one);
        const { entries, brokenRules } = await sl.ledger();
        expect(brokenRules).toEqual([]);
        // Nothing reaches the ledger but by a release.
        if (one.do !== 'release') expect(entries).toHaveLength(before);
        before = entries.length;
      }
      const { ARAdjust, Batch } = (await sl.control('GET', 'state')) as { ARAdjust: Json[]; Batch: Json[] };
      reached.applied += ARAdjust.length;
      reached.entries += before;
      reached.suspended += Batch.filter(({ Status }) => Status === 'S').length;
    }),
    { numRuns: 30, seed: 2026 },
  );
  await sl.stop();
  // The sequences reach what they are for.
  expect(reached.applied).toBeGreaterThan(20);
  expect(reached.entries).toBeGreaterThan(200);
  expect(reached.suspended).toBeGreaterThan(0);
}, 120_000);
