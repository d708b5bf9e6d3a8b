import { goldens } from './cell.js';
import type { Golden } from './cell.js';
import { ErpUnderTest } from './erp-under-test.js';
import { Pipeline } from './pipeline.js';
import { runCell } from './run-cell.js';
import type { Bench } from './run-cell.js';
import { sweep } from './sweep.js';
import { targets } from './targets.js';

/** The cases that every ledger has to serve. */
const cells = [
  ...['customer-create', 'customer-update', 'match-or-ask', 'cash-receipt', 'refund-full', 'refund-partial', 'refund-failed'],
  ...['dispute-opened', 'dispute-won', 'dispute-lost', 'stripe-fee', 'payout-deposit', 'payout-failed', 'fx-settlement'],
  ...['period-closed', 'fraud-warning'],
];

describe.each(Object.entries(targets))('the books of %s', (target, { erp, profilePath }) => {
  let bench: Bench;
  const golden = (name: string): Golden => {
    const found = goldens(erp).find(({ cell }) => cell === name);
    if (!found) throw new Error(`there is no golden file of ${name} for ${erp}`);
    return found;
  };

  beforeAll(async () => {
    bench = { pipeline: await Pipeline.load(), erp: await ErpUnderTest.start(), target, profilePath, writes: 'dataset' };
  }, 60_000);
  afterAll(() => bench.erp.stop());

  it('every golden file is one of the cases', () => {
    expect(
      goldens(erp)
        .filter(({ cell }) => !cells.includes(cell))
        .map(({ cell }) => cell),
    ).toEqual([]);
  });

  it.each(cells)(
    '%s comes out to the cent, plain and with every fault at every call that writes',
    async (name) => {
      const said: string[] = [];
      const { failed } = await sweep(golden(name), bench, { plain: false, say: (line) => said.push(line) });
      expect({ failed, said: failed === 0 ? [] : said }).toEqual({ failed: 0, said: [] });
    },
    240_000,
  );

  it.each(['steps', 'function'])('the same books come out of documents that are written by %s', async (writes) => {
    for (const name of ['refund-partial', 'payout-deposit']) {
      const { problems } = await runCell(golden(name), { ...bench, writes });
      expect({ name, problems }).toEqual({ name, problems: [] });
    }
  });

  describe('a seeded difference is seen:', () => {
    const opened = (): Golden => golden('dispute-opened');
    const key = 'journal/du_1TQVMTqFxA9Kd7NwTBm7WYJJG/withdrawn';

    it('another amount of one line', async () => {
      const lines = opened().books[key] ?? [];
      const changed = {
        ...opened(),
        books: { [key]: lines.map((line) => (line.role === 'FEE-DISPUTE' ? { ...line, debit: '15.01' } : line)) },
      };
      expect((await runCell(changed, bench)).problems).toEqual([
        expect.stringContaining('asks for'),
        expect.stringContaining('stands in the ledger as'),
      ]);
    });

    it('another trial balance, another balance of Stripe, another end, a document that is not there', async () => {
      const trial = { ...opened(), trial: { ...opened().trial, OTH: '1.00' } };
      expect((await runCell(trial, bench)).problems).toEqual([expect.stringContaining('the trial balance is')]);
      const stripe = { ...opened(), stripe: { USD: '-335.01' } };
      expect((await runCell(stripe, bench)).problems).toEqual([expect.stringContaining("Stripe's balance is -335.01")]);
      expect((await runCell({ ...opened(), ends: { posted: 2 } }, bench)).problems[0]).toContain('it ends as');
      const more = { ...opened(), books: { ...opened().books, 'journal/none': [] } };
      expect((await runCell(more, bench)).problems).toEqual(['journal/none is not in the ledger']);
    });

    it('a fault at a call that is never made', async () => {
      const { problems } = await runCell(opened(), bench, { at: 99, fault: 'killed' });
      expect(problems).toEqual(['call 99 was never made, so its fault was not tried']);
    });
  });
});
