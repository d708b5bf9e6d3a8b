import { Refusal } from '../answers.js';
import type { Input } from '../data/rows.js';
import { emptyRow, put, readRow } from '../data/rows.js';
import type { Row, Transaction } from '../data/store.js';
import { fromThousandths, inBase, rateOf, thousandths } from '../ledger/money.js';
import { perPost } from '../ledger/periods.js';
import { tables } from '../tables/index.js';
import type { Call } from './call.js';
import { nextNumber, stamped, textOf } from './call.js';

/** What tells one screen from another. */
export interface ScreenOf {
  readonly module: 'AR' | 'GL';
  /** Screen number without its dot, which is the Crtd_Prog of what it writes: docs/reference/dynamics-sl.md section 5.4 [verified: WIK]. */
  readonly number: string;
  readonly jrnlType: string;
}

/** Defaults of a new batch: GLPostOpt S, JrnlType, CuryMultDiv M, DateEnt today (section 5.4 [verified: WIK]). */
export function newBatch(screen: ScreenOf, call: Call): Row {
  const { config } = call;
  return {
    ...emptyRow(tables.Batch, config),
    Module: screen.module,
    CpnyID: config.company,
    Status: 'H',
    CuryId: config.baseCurrency,
    BaseCuryID: config.baseCurrency,
    CuryMultDiv: 'M',
    DateEnt: `${call.now.slice(0, 10)}T00:00:00`,
    EditScrnNbr: screen.number,
    JrnlType: screen.jrnlType,
    GLPostOpt: 'S',
    LedgerID: 'ACTUAL',
  };
}

/** Columns of a batch that a caller cannot set: its number, what it is, and where it stands. */
const own = ['Module', 'BatNbr', 'Status', 'Rlsed', 'EditScrnNbr', 'BaseCuryID', 'CtrlTot', 'CrTot', 'DrTot'] as const;

/** A batch with what a caller sends for it; without a control total, that is made anew from what is in it (assumed). @throws {Refusal} for another company. */
export function readBatch(input: Input, base: Row, call: Call): Row {
  const row = readRow(tables.Batch, input, base, call.config);
  for (const column of own) row[column] = base[column] ?? '';
  if (!Object.keys(input).some((name) => name.toLowerCase() === 'curyctrltot')) row.CuryCtrlTot = 0;
  if (row.CpnyID === '') row.CpnyID = call.config.company;
  if (row.CpnyID !== call.config.company) throw new Refusal(`Company '${String(row.CpnyID)}' does not exist.`);
  if (row.CuryId === '') row.CuryId = call.config.baseCurrency;
  return row;
}

/** A batch by its number. @throws {Refusal} when it is not there. */
export function batchOf(module: string, batNbr: unknown, transaction: Transaction): Row {
  const number = textOf(batNbr).toUpperCase();
  const row = transaction.row(tables.Batch.name, `${module}~${number}`);
  if (!row) throw new Refusal(`Batch ${number} of module ${module} does not exist.`);
  return row;
}

/** Refuses a change of a batch that is not being entered any more. Documents go into a batch in H only (section 4 [verified sample; enforcement assumed]). */
export function checkEntered(batch: Row, states: string): void {
  if (!states.includes(String(batch.Status)))
    throw new Refusal(`Batch ${String(batch.BatNbr)} has status ${String(batch.Status)} and cannot be changed.`);
}

/** Gives a new batch its number and period, and stores it. BatNbr is assigned with the save: section 5.4 [verified]. */
export function saveBatch(batch: Row, date: unknown, screen: ScreenOf, call: Call, transaction: Transaction): Row {
  const BatNbr = batch.BatNbr || nextNumber(`BatNbr~${screen.module}`, 6, transaction);
  const PerPost = perPost(batch.PerPost, date, transaction);
  const row = { ...batch, ...rateOf(batch, call.config), BatNbr, PerPost, PerEnt: batch.PerEnt || PerPost };
  return put(tables.Batch, stamped(row, screen.number, call), transaction);
}

/** Handling choices: section 4 [verified field; spelling assumed]. `Release Now` saves and then releases, in two commits (section 7 [assumed]). */
const statusOfHandling: Readonly<Record<string, string>> = {
  hold: 'H',
  'release later': 'B',
  'release now': 'B',
  'no action': 'H',
  '': 'H',
};

/** The status that a handling gives. @throws {Refusal} for another choice. */
export function statusFor(handling: unknown): string {
  const status = statusOfHandling[textOf(handling).toLowerCase()];
  if (!status) throw new Refusal(`Batch handling '${textOf(handling)}' is not valid.`);
  return status;
}

/** A batch with the totals of what is in it, thousandths. A control total of zero is filled in (assumed). */
export function withTotals(batch: Row, debits: bigint, credits: bigint, call: Call): Row {
  const rate = rateOf(batch, call.config);
  const sum = debits > credits ? debits : credits;
  const totals = { CuryDrTot: fromThousandths(debits), CuryCrTot: fromThousandths(credits) };
  const CuryCtrlTot = thousandths(batch.CuryCtrlTot) === 0n ? fromThousandths(sum) : Number(batch.CuryCtrlTot);
  const base = (value: number): number => inBase(value, rate, call.config.baseCurrency);
  return { ...batch, ...totals, CuryCtrlTot, CtrlTot: base(CuryCtrlTot), DrTot: base(totals.CuryDrTot), CrTot: base(totals.CuryCrTot) };
}
