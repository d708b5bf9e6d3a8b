import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { parse } from 'yaml';
import { z } from 'zod';

/** Decimal text in major units, as people write amounts: `294.29`, `-12.00`. */
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);

const bookLine = z
  .strictObject({ role: z.string(), debit: decimal.optional(), credit: decimal.optional() })
  .refine(({ debit, credit }) => (debit === undefined) !== (credit === undefined), 'exactly one of debit and credit');

/** An event of the fixtures, as it is or as another moment of the same object's life. */
const givenEvent = z.union([
  z.string(),
  z.strictObject({
    file: z.string(),
    /** Event type instead of the file's. */
    type: z.string().optional(),
    /** Fields of `data.object` instead of the file's, by dotted path. */
    set: z.record(z.string(), z.unknown()).default({}),
    /** A row of a list file becomes `data.object`. */
    row: z.number().int().nonnegative().optional(),
  }),
]);

const golden = z.strictObject({
  cell: z.string(),
  /** The same case in another way that a profile or a site may choose; its file is `<erp>.<variant>.yaml`, and it has no column of its own. */
  variant: z.string().optional(),
  title: z.string(),
  erp: z.string(),
  interface: z.union([z.enum(['real', 'configured', 'documented']), z.templateLiteral(['held: ', z.string().min(1)])]),
  /** Sections of docs/reference that the expected values come from. */
  source: z.string(),
  given: z.strictObject({
    events: z.array(givenEvent).min(1),
    /** Answers of people to questions: code -> answer. */
    answers: z.record(z.string(), z.string()).default({}),
    /** Values of the profile that differ from the shipped ones, by dotted path. */
    profile: z.record(z.string(), z.unknown()).default({}),
    /** Variables of the connector that differ from those of the bench. */
    connector: z.record(z.string(), z.string()).default({}),
    /** What an accountant did in the ERP before: days `YYYY-MM-DD` whose fiscal periods are closed. */
    erp: z.strictObject({ closedPeriods: z.array(z.iso.date()).default([]) }).default({ closedPeriods: [] }),
    /** Objects that Stripe answers beside those of the fixtures. */
    stripe: z.array(z.record(z.string(), z.unknown())).default([]),
  }),
  /** Document (`kind/source id`) -> what it does to the books, in roles. */
  books: z.record(z.string(), z.array(bookLine)),
  /** Role, with its currency for accounts of one currency (`CLR-USD`) and outside of the book's (`AR GBP`) -> debits less credits at the end; others are 0. */
  trial: z.record(z.string(), decimal),
  /** Why this ledger's trial balance differs from the others', when it has to: then it is not compared with theirs. */
  ownTrial: z.string().min(20).optional(),
  /** Currency -> sum of the balance transactions of the given events, gross of what journals have not booked yet. */
  stripe: z.record(z.string(), decimal).default({}),
  /** How many postings end how, by result: posted (or adopted), updated, skipped, held, waiting; and facts that ask a person. */
  ends: z.record(z.string(), z.number().int().nonnegative()),
});

/** One cell of the coverage: a case of the books in one ERP, with everything that has to be true of it afterwards. Written by hand. */
export type Golden = z.infer<typeof golden>;
/** An event of a cell. */
export type GivenEvent = z.infer<typeof givenEvent>;

const folder = join(workspaceRoot, 'proof/books/golden');

/**
 * The golden files of an ERP, `golden/<cell>/<erp>.yaml` and those of variants, by cell.
 * @throws {Error} naming the file and what is wrong in it.
 */
export function goldens(erp: string): readonly Golden[] {
  return globSync([`*/${erp}.yaml`, `*/${erp}.*.yaml`], { cwd: folder })
    .sort()
    .map((path) => {
      const read = golden.safeParse(parse(readFileSync(join(folder, path), 'utf8')));
      if (!read.success) throw new Error(`proof/books/golden/${path}: ${z.prettifyError(read.error)}`);
      const { cell, variant } = read.data;
      const file = variant === undefined ? erp : `${erp}.${variant}`;
      if (cell !== basename(dirname(path)) || read.data.erp !== erp || file !== basename(path, '.yaml'))
        throw new Error(`proof/books/golden/${path}: it says ${cell}, ${read.data.erp}, ${variant ?? 'no variant'}`);
      return read.data;
    });
}

/** One of them. @throws {Error} when there is none. */
export function goldenOf(erp: string, name: string): Golden {
  const found = goldens(erp).find(({ cell, variant }) => cell === name && variant === undefined);
  if (!found) throw new Error(`there is no golden file of ${name} for ${erp}`);
  return found;
}
