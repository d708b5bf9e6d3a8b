import type { Answer, Input } from '@tributary/posting';
import type { Process } from '../engine.js';
import { settleMs } from './core.js';
import type { StoryRequest } from './documents.js';
import { ErpLine } from './erp-line.js';
import type { ErpRow } from './erp.js';
import { batchOf } from './traits.js';

/** What a call enters. */
export interface Entry {
  readonly request: StoryRequest;
  readonly date: string;
  readonly batchId: string | undefined;
  /** Only these lines, of the document with the number `known`. */
  readonly missing: readonly string[] | undefined;
  readonly known: string | undefined;
}

/** The calls about documents. */
export class BooksCalls extends ErpLine {
  /** Enters a document; with `missing` only those lines of the one that is there. */
  *post(entry: Entry): Process<Answer> {
    const { storm, erp, dice } = this;
    yield this.travel();
    if (storm.strikes('refused', 0.05)) return { kind: 'unavailable', code: 'sim.refused', text: 'refused' };
    if (storm.strikes('not-stored', 0.08)) return yield* this.noAnswer();
    if (storm.strikes('late-commit', 0.06)) {
      const givenUpAt = this.givesUpAt();
      erp.engine.at(givenUpAt + dice.between(0, settleMs - 1), () => void this.commit(entry));
      return yield* this.noAnswer();
    }
    return yield* this.commitNow(entry);
  }

  private *commitNow(entry: Entry): Process<Answer> {
    const { storm, erp, dice } = this;
    const { request, missing } = entry;
    if (this.isSlow && storm.strikes('long-calls', 0.3)) {
      yield dice.between(1, this.longestCallMs - 5_000);
      return this.commit(entry);
    }
    if (missing !== undefined && (yield* this.personDeletes(request))) return this.commit(entry);
    const wanted = missing ?? request.lines;
    const half = wanted.length > 0 && request.refusedLine === undefined && batchOf(request.kind, erp.traits).mode !== 'none';
    if (half && storm.strikes('header-without-lines', 0.08)) {
      this.commit(entry, wanted.slice(0, dice.between(0, wanted.length - 1)));
      return yield* this.noAnswer();
    }
    if (half && storm.strikes('lines-come-late', 0.06)) {
      const some = wanted.slice(0, dice.between(0, wanted.length - 1));
      const answer = this.commit(entry, some);
      const row = erp.of(request.key).at(-1);
      const rest = wanted.slice(some.length);
      if (answer.kind === 'posted' && row) erp.engine.at(this.givesUpAt() + dice.between(0, settleMs - 1), () => this.addLate(row, rest));
      return yield* this.noAnswer();
    }
    const answer = this.commit(entry);
    if (storm.strikes('killed', 0.02)) yield this.dies();
    if (storm.strikes('slow-answer', 0.05)) yield dice.between(1, this.longestCallMs - 5_000);
    if (storm.strikes('lost-answer', 0.1)) return yield* this.noAnswer();
    return answer;
  }

  private addLate(row: ErpRow, lines: readonly string[]): void {
    if (this.erp.documents.includes(row)) this.erp.addLines(row, lines);
  }

  private commit(entry: Entry, lines: readonly string[] = entry.missing ?? entry.request.lines): Answer {
    const { erp } = this;
    const { request, date, batchId, missing } = entry;
    const known = missing === undefined ? undefined : this.numbered(request, entry.known);
    if (missing !== undefined && !known) return { kind: 'rejected', code: 'sim.gone', text: 'there is no such document' };
    if (!known && erp.traits.refusesTakenKeys && erp.taken(request.key))
      return { kind: 'ambiguous', code: 'sim.key-taken', text: `another document has the short key of ${request.key}` };
    if (!erp.isOpen(known?.date ?? date)) return { kind: 'rejected', code: 'sim.period-closed', text: 'the period is closed' };
    const { refusedLine } = request;
    const accepted = refusedLine === undefined || !lines.includes(refusedLine) ? lines : lines.slice(0, lines.indexOf(refusedLine));
    const row = known ?? erp.store(request, date, batchId, accepted);
    if (known) erp.addLines(row, accepted);
    const reference = { Number: row.reference };
    if (accepted.length === lines.length) return { kind: 'posted', reference };
    return {
      kind: 'partial',
      reference,
      missing: lines.slice(accepted.length),
      code: 'sim.line-refused',
      text: `line ${refusedLine} is refused`,
    };
  }

  /** Looks a document up, and which of its lines are not there. */
  *find(request: StoryRequest, fence: number, withinMs: number | undefined): Process<Extract<Input, { fence: number }>> {
    yield this.travel();
    if (this.storm.isSilent(this.erp.engine.now) || this.storm.strikes('silent-lookup', 0.1)) {
      yield Math.min(withinMs ?? this.longestCallMs, this.longestCallMs);
      return { kind: 'lookup-failed', fence, text: 'silent' };
    }
    const rows = this.erp.found(request.key).filter((row) => !this.duties.comparesSecondField || row.request.key === request.key);
    if (rows.length > 1) return { kind: 'lookup-ambiguous', fence, code: 'sim.twice', text: 'it is there twice' };
    const [row] = rows;
    if (!row) return { kind: 'lookup-answered', fence, reference: undefined };
    const missing = request.lines.filter((line) => !row.lines.has(line));
    return { kind: 'lookup-answered', fence, reference: { Number: row.reference }, missing };
  }

  /** Deletes the document with a number, if it is the one that is meant and is only saved. */
  *discard(request: StoryRequest, number: string | undefined): Process<Answer> {
    yield this.travel();
    if (this.storm.strikes('not-stored', 0.1)) return yield* this.noAnswer();
    const isLong = yield* this.personDeletes(request);
    const row = this.numbered(request, number);
    if (row?.released) {
      if (this.duties.discardsOnlySaved) return { kind: 'rejected', code: 'sim.released', text: 'it is released' };
      this.erp.wrongs.push(`I11: ${request.key} is deleted though it is released`);
    }
    if (row) this.erp.discard(row);
    if (this.storm.strikes('killed', 0.05)) yield this.dies();
    if (!isLong && this.storm.strikes('lost-answer', 0.2)) return yield* this.noAnswer();
    return row ? { kind: 'posted', reference: {} } : { kind: 'skipped', text: 'it is not there' };
  }

  /** A person deletes the document meanwhile, and the call takes its time: its number may be that of another document by then. */
  private *personDeletes({ key }: StoryRequest): Process<boolean> {
    const [row] = this.erp.of(key);
    if (!row || row.released || !this.storm.strikes('person-deletes', 0.3)) return false;
    this.erp.discard(row);
    yield this.dice.between(1_000, 25_000);
    return true;
  }

  /** The document that a call is about. A number may have been given again, so the planted key is compared. */
  private numbered({ key }: StoryRequest, number: string | undefined): ErpRow | undefined {
    const row = number === undefined ? this.erp.of(key)[0] : this.erp.numbered(number);
    return this.duties.comparesKeyOfNumber && row?.request.key !== key ? undefined : row;
  }
}
