import type { Answer, BatchInput, Input } from '@tributary/posting';
import type { Host, Process } from '../engine.js';
import type { Dice } from '../../chaos/dice.js';
import type { BooksErp, ErpRow } from './erp.js';
import { batchKinds } from './documents.js';
import type { StoryRequest } from './documents.js';
import { longestCallMs, settleMs } from './core.js';

/** What may go wrong with a call while the storm lasts. */
export const storyFaults = [
  'lost-answer',
  'not-stored',
  'late-commit',
  'header-without-lines',
  'lines-come-late',
  'refused',
  'silent-lookup',
  'slow-answer',
  'stuck-release',
  'killed',
  'frozen',
  'period-closes',
  'redelivered',
] as const;
/** One of {@link storyFaults}. */
export type StoryFault = (typeof storyFaults)[number];

/** Which faults strike in a seed, and how often they did. */
export class Storm {
  isOver = false;
  readonly struck = new Map<StoryFault, number>();

  constructor(
    private readonly dice: Dice,
    private readonly chosen: ReadonlySet<StoryFault>,
  ) {}

  /** Whether the fault strikes now. */
  strikes(fault: StoryFault, probability: number): boolean {
    if (this.isOver || !this.chosen.has(fault) || !this.dice.chance(probability)) return false;
    this.struck.set(fault, (this.struck.get(fault) ?? 0) + 1);
    return true;
  }
}

/** The connector of one copy of the sink, and the way to the ERP and back. Every method ends within the longest call. */
export class BooksCalls {
  constructor(
    private readonly erp: BooksErp,
    private readonly dice: Dice,
    private readonly storm: Storm,
    private readonly host: Host,
  ) {}

  /** Enters a document; with `missing` only those lines of the one that is there. */
  *post(request: StoryRequest, date: string, batchId: string | undefined, missing: readonly string[] | undefined): Process<Answer> {
    const { storm, erp, dice } = this;
    yield this.travel();
    if (storm.strikes('refused', 0.05)) return { kind: 'unavailable', code: 'sim.refused', text: 'refused' };
    if (storm.strikes('not-stored', 0.08)) return yield* this.noAnswer();
    if (storm.strikes('late-commit', 0.06)) {
      const givenUpAt = this.givesUpAt();
      erp.engine.at(givenUpAt + dice.between(0, settleMs - 1), () => void this.commit(request, date, batchId, missing));
      return yield* this.noAnswer();
    }
    return yield* this.commitNow(request, date, batchId, missing);
  }

  private *commitNow(
    request: StoryRequest,
    date: string,
    batchId: string | undefined,
    missing: readonly string[] | undefined,
  ): Process<Answer> {
    const { storm, erp, dice } = this;
    const wanted = missing ?? request.lines;
    const half = wanted.length > 0 && request.refusedLine === undefined;
    if (half && storm.strikes('header-without-lines', 0.08)) {
      this.commit(request, date, batchId, missing, wanted.slice(0, dice.between(0, wanted.length - 1)));
      return yield* this.noAnswer();
    }
    if (half && storm.strikes('lines-come-late', 0.06)) {
      const some = wanted.slice(0, dice.between(0, wanted.length - 1));
      const answer = this.commit(request, date, batchId, missing, some);
      const row = erp.of(request.key).at(-1);
      const rest = wanted.slice(some.length);
      if (answer.kind === 'posted' && row) erp.engine.at(this.givesUpAt() + dice.between(0, settleMs - 1), () => this.addLate(row, rest));
      return yield* this.noAnswer();
    }
    const answer = this.commit(request, date, batchId, missing);
    if (storm.strikes('killed', 0.02)) yield this.dies();
    if (storm.strikes('slow-answer', 0.05)) yield dice.between(1, longestCallMs - 5_000);
    if (storm.strikes('lost-answer', 0.1)) return yield* this.noAnswer();
    return answer;
  }

  private addLate(row: ErpRow, lines: readonly string[]): void {
    if (this.erp.documents.includes(row)) this.erp.addLines(row, lines);
  }

  private commit(
    request: StoryRequest,
    date: string,
    batchId: string | undefined,
    missing: readonly string[] | undefined,
    lines: readonly string[] = missing ?? request.lines,
  ): Answer {
    const { erp } = this;
    const [known] = erp.of(request.key);
    if (missing !== undefined && !known) return { kind: 'rejected', code: 'sim.gone', text: 'there is no such document' };
    if (!erp.isOpen(missing && known ? known.date : date))
      return { kind: 'rejected', code: 'sim.period-closed', text: 'the period is closed' };
    const { refusedLine } = request;
    const accepted = refusedLine === undefined || !lines.includes(refusedLine) ? lines : lines.slice(0, lines.indexOf(refusedLine));
    const row = missing !== undefined && known ? known : erp.store(request, date, batchId, []);
    erp.addLines(row, accepted);
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
    if (this.storm.strikes('silent-lookup', 0.1)) {
      yield Math.min(withinMs ?? longestCallMs, longestCallMs);
      return { kind: 'lookup-failed', fence, text: 'silent' };
    }
    const rows = this.erp.of(request.key);
    if (rows.length > 1) return { kind: 'lookup-ambiguous', fence, code: 'sim.twice', text: 'it is there twice' };
    const [row] = rows;
    if (!row) return { kind: 'lookup-answered', fence, reference: undefined };
    const missing = request.lines.filter((line) => !row.lines.has(line));
    return { kind: 'lookup-answered', fence, reference: { Number: row.reference }, missing };
  }

  /** Deletes a document that is saved. */
  *discard(request: StoryRequest, onlySaved: boolean): Process<Answer> {
    yield this.travel();
    if (this.storm.strikes('not-stored', 0.1)) return yield* this.noAnswer();
    const [row] = this.erp.of(request.key);
    if (row?.released) {
      if (onlySaved) return { kind: 'rejected', code: 'sim.released', text: 'it is released' };
      this.erp.wrongs.push(`I11: ${request.key} is deleted though it is released`);
    }
    const isThere = this.erp.discard(request.key);
    if (this.storm.strikes('killed', 0.05)) yield this.dies();
    if (this.storm.strikes('lost-answer', 0.2)) return yield* this.noAnswer();
    return isThere ? { kind: 'posted', reference: {} } : { kind: 'skipped', text: 'it is not there' };
  }

  /** Releases a batch. */
  *release(batchId: string, fence: number): Process<Extract<BatchInput, { fence: number }>> {
    yield this.travel();
    const unknown = { kind: 'answered', fence, answer: 'unknown', text: '' } as const;
    if (this.storm.strikes('not-stored', 0.1)) {
      yield* this.noAnswer();
      return unknown;
    }
    const group = this.erp.groups.get(batchId);
    if (group?.state === 'open' && this.storm.strikes('stuck-release', 0.04)) {
      group.state = 'posting';
      yield* this.noAnswer();
      return unknown;
    }
    const refused = this.erp.release(batchId);
    if (this.storm.strikes('killed', 0.03)) yield this.dies();
    if (this.storm.strikes('lost-answer', 0.15)) {
      yield* this.noAnswer();
      return unknown;
    }
    return { kind: 'answered', fence, answer: refused === undefined ? 'posted' : 'rejected', text: refused ?? '' };
  }

  /** The state of a batch. */
  *batchState(batchId: string, fence: number): Process<Extract<BatchInput, { fence: number }>> {
    yield this.travel();
    if (this.storm.strikes('silent-lookup', 0.1)) return { kind: 'lookup-failed', fence, text: 'silent' };
    return { kind: 'lookup-answered', fence, state: this.erp.groups.get(batchId)?.state ?? 'absent', text: '' };
  }

  /** Whether documents of a kind get their batch with the save. */
  static isAssigned(kind: StoryRequest['kind']): boolean {
    return batchKinds[kind].mode === 'assigned';
  }

  /** The process is gone: what it waits for never comes. */
  private dies(): number {
    this.host.alive = false;
    return 1;
  }

  private givesUpAt(): number {
    return this.erp.engine.now + longestCallMs - 2_000;
  }

  private travel(): number {
    return this.dice.between(20, 1_500);
  }

  private *noAnswer(): Process<Answer> {
    yield longestCallMs - 2_000;
    return { kind: 'unknown', text: 'no answer' };
  }
}
