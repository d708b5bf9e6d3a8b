import { cellNames } from './cells.js';
import { goldenOf, goldens } from './cell.js';
import type { Golden } from './cell.js';
import { Pipeline } from './pipeline.js';
import { runCell } from './run-cell.js';
import type { Bench } from './run-cell.js';
import { cellTitle } from './results.js';
import { sweep } from './sweep.js';
import { runnableTargets, targets } from './targets.js';

describe.each(targets)('the golden files of $target', ({ erp, isRegistered }) => {
  const cells = goldens(erp).map(({ cell }) => cell);

  it('are those of the cases', () => {
    expect(cells.filter((cell) => !cellNames.includes(cell))).toEqual([]);
  });

  it('are whole once there is a connector', () => {
    expect(isRegistered ? cellNames.filter((cell) => !cells.includes(cell)) : []).toEqual([]);
  });
});

describe.each(runnableTargets)('the books of $target', (target) => {
  let bench: Bench;
  const { erp, kind } = target;
  const [way = '', ...otherWays] = kind.ways;

  beforeAll(async () => {
    bench = { pipeline: await Pipeline.load(), erp: await kind.start(), target, way };
  }, 60_000);
  afterAll(() => bench.erp.stop());

  it.each(goldens(erp).map((golden) => [cellTitle(golden), golden] as const))(
    '%s comes out to the cent, plain and with every fault at every call that writes',
    async (_name, golden) => {
      const said: string[] = [];
      const { failed } = await sweep(golden, bench, { plain: false, say: (line) => said.push(line) });
      expect({ failed, said: failed === 0 ? [] : said }).toEqual({ failed: 0, said: [] });
    },
    240_000,
  );

  if (otherWays.length > 0)
    it.each(otherWays)('the same books come out of documents that are written by %s', async (other) => {
      for (const name of ['refund-partial', 'payout-deposit']) {
        const { problems } = await runCell(goldenOf(erp, name), { ...bench, way: other });
        expect({ name, problems }).toEqual({ name, problems: [] });
      }
    });
});

describe('a seeded difference is seen:', () => {
  const [target] = runnableTargets;
  let bench: Bench;
  beforeAll(async () => {
    if (!target) throw new Error('there is no target to run');
    bench = { pipeline: await Pipeline.load(), erp: await target.kind.start(), target, way: target.kind.ways[0] ?? '' };
  }, 60_000);
  afterAll(() => bench.erp.stop());
  const opened = (): Golden => goldenOf('epicor-kinetic', 'dispute-opened');
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

  it('a fault of the ERP itself that its emulator does not do', async () => {
    const deaf = { ...bench.erp, fault: () => Promise.resolve(() => Promise.resolve(false)) };
    const fault = { name: 'nothing', action: { kind: 'delay' }, hits: () => true };
    const { problems } = await runCell(opened(), { ...bench, erp: deaf }, { at: 0, fault });
    expect(problems).toEqual(['the emulator did not do {"kind":"delay"}']);
  });
});
