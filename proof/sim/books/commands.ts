import { provenance, resultPath, writeResult } from '../stage.js';
import type { Provenance } from '../stage.js';
import { shippedBooksCore } from './core.js';
import { booksMutants } from './mutants.js';
import { runBooks } from './run.js';

/** Result of a campaign of the books. */
export interface BooksTally extends Provenance {
  readonly from: number;
  readonly seeds: number;
  readonly violations: readonly { readonly seed: number; readonly text: string }[];
  /** Fault -> how often it struck. */
  readonly struck: Readonly<Record<string, number>>;
  /** State of the postings -> how many ended in it. */
  readonly ends: Readonly<Record<string, number>>;
  readonly requests: number;
  readonly cpuMs: number;
}

/** One planted bug of the books, and what caught it. */
export interface BooksHunt {
  readonly name: string;
  readonly bug: string;
  readonly caught: { readonly seed: number; readonly text: string } | undefined;
}

/** Result of a hunt. */
export interface BooksHunts extends Provenance {
  readonly most: number;
  readonly hunts: readonly BooksHunt[];
}

const sayEveryMs = 5_000;

/** Runs seeds of the books and keeps the result. @returns whether every invariant held. */
export async function booksCampaign(seeds: number, from: number, name = 'quick-books'): Promise<boolean> {
  const core = await shippedBooksCore();
  const violations: { seed: number; text: string }[] = [];
  const [struck, ends]: [Record<string, number>, Record<string, number>] = [{}, {}];
  const cpu = process.cpuUsage();
  let [requests, saidAt] = [0, Date.now()];
  for (let seed = from; seed < from + seeds; seed += 1) {
    const run = runBooks(seed, core);
    requests += run.requests;
    for (const [fault, count] of run.struck) struck[fault] = (struck[fault] ?? 0) + count;
    for (const [state, count] of Object.entries(run.ends)) ends[state] = (ends[state] ?? 0) + count;
    if (run.violation !== undefined) {
      violations.push({ seed, text: run.violation });
      console.log(`SEED ${seed} VIOLATED ${run.violation}`);
    }
    if (Date.now() - saidAt > sayEveryMs) {
      saidAt = Date.now();
      console.log(`${seed - from + 1} of ${seeds} seeds of the books, ${violations.length} violated`);
    }
  }
  const { user, system } = process.cpuUsage(cpu);
  const cpuMs = Math.round((user + system) / 1_000);
  writeResult(resultPath(name), { ...provenance(), from, seeds, violations, struck, ends, requests, cpuMs } satisfies BooksTally);
  console.log(
    `books: ${seeds} seeds from ${from}: ${violations.length} violated; ${(cpuMs / seeds).toFixed(1)} ms of CPU each; ${name}.json`,
  );
  return violations.length === 0;
}

/** Runs one seed of the books and says what happened. @returns whether every invariant held. */
export async function booksSeed(seed: number): Promise<boolean> {
  const { violation, struck, ends, requests, events } = runBooks(seed, await shippedBooksCore());
  console.log(`books, seed ${seed}: ${requests} requests, ${events} events, ends ${JSON.stringify(ends)}`);
  for (const [fault, count] of struck) console.log(`  ${fault} x ${count}`);
  console.log(violation === undefined ? 'every invariant holds' : `VIOLATED ${violation}`);
  return violation === undefined;
}

/** Hunts every planted bug of the books. @returns whether each was caught. */
export async function huntBooks(most: number, name = 'quick-books-mutants'): Promise<boolean> {
  const core = await shippedBooksCore();
  const hunts = booksMutants.map((mutant): BooksHunt => {
    const planted = mutant.apply(core);
    let caught: BooksHunt['caught'];
    for (let seed = 1; seed <= most && !caught; seed += 1) {
      const { violation } = runBooks(seed, planted);
      if (violation !== undefined) caught = { seed, text: violation };
    }
    console.log(`${mutant.name.padEnd(28)} ${caught ? `by seed ${caught.seed}: ${caught.text}` : `NOT CAUGHT in ${most} seeds`}`);
    return { name: mutant.name, bug: mutant.bug, caught };
  });
  writeResult(resultPath(name), { ...provenance(), most, hunts } satisfies BooksHunts);
  console.log(`books: ${hunts.filter(({ caught }) => caught).length} of ${hunts.length} planted bugs caught`);
  return hunts.every(({ caught }) => caught);
}
