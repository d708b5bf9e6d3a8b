import type { BatchInput, Input } from '@tributary/posting';
import { ChainCalls } from './calls.js';
import { callTicks } from './core.js';
import type { ChainCore } from './core.js';
import { ChainErp } from './erp.js';
import { ChainLedger } from './ledger.js';
import { afterBatch, afterStep } from './next-call.js';
import { aged, nameOfChain } from './name.js';
import { idleWorker, tickSays, withBatch, withDocument, withWorkerAt } from './state.js';
import type { ChainSetting, ChainState, Move, WorkerState } from './state.js';

/** The protocol with its ledger, workers and an ERP as a transition system. A state remembers the first violated invariant. */
export class Chain {
  private readonly erp: ChainErp;
  private readonly calls: ChainCalls;
  private readonly ledger: ChainLedger;

  constructor(
    readonly setting: ChainSetting,
    private readonly core: ChainCore,
  ) {
    this.erp = new ChainErp(setting, core.duties);
    this.calls = new ChainCalls(this.erp, core.duties);
    this.ledger = new ChainLedger(core, this.erp);
  }

  /** Every move that is possible. */
  next(state: ChainState): Move[] {
    const moves = [...this.tick(state), ...this.others(state)];
    const idle = state.workers.findIndex(({ doing }) => doing === 'idle');
    if (idle >= 0) moves.push(...this.begin(state, idle));
    for (const [at, worker] of state.workers.entries()) {
      if (worker.doing === 'idle') continue;
      moves.push(...this.proceed(state, at, worker));
      if (state.faults > 0) moves.push(...this.fails({ ...state, faults: state.faults - 1 }, at, worker));
    }
    return moves;
  }

  /** A tick passes only when nobody has something to do at once: who may let time pass is suspended, waiting, or in a call. */
  private tick(state: ChainState): Move[] {
    const isPatient = ({ doing, call, ticks, asleep }: WorkerState): boolean =>
      doing === 'idle' || asleep || (ticks > 0 && (doing === 'calling' || call === 'lookup'));
    if (!state.workers.every(isPatient) || state.late.some(({ within }) => within === 0)) return [];
    return [{ state: aged(state), says: tickSays }];
  }

  /** What happens without any worker. */
  private others(state: ChainState): Move[] {
    const moves: Move[] = state.late.map((one, index) => ({
      state: this.erp.commit({ ...state, late: state.late.filter((_, other) => other !== index) }, one),
      says: `the ERP carries out a call that was given up: ${one.commit.what} ${'document' in one.commit ? this.erp.kind(one.commit.document).name : one.commit.batch}`,
    }));
    for (const { id, erp } of state.batches)
      if (erp === 'posting')
        moves.push({ state: this.erp.release(withBatch(state, id, { erp: 'open' }), id), says: `the ERP finishes posting batch ${id}` });
    if (state.faults === 0) return moves;
    const less = { ...state, faults: state.faults - 1 };
    for (const [at, { todo, posting, rows }] of state.documents.entries()) {
      const { name, lines } = this.erp.kind(at);
      if (!todo) moves.push({ state: withDocument(less, at, { todo: true }), says: `the message of ${name} comes again` });
      const [row] = rows;
      if (posting.discarding === undefined || !row || row.released || row.batch === undefined) continue;
      const whole = withDocument(less, at, { rows: [{ ...row, lines }] });
      moves.push({ state: this.erp.release(whole, row.batch), says: `a person completes ${name} in the ERP and releases its batch` });
    }
    return moves;
  }

  private begin(state: ChainState, at: number): Move[] {
    const worker = `worker ${at + 1}`;
    const moves: (Move | undefined)[] = [];
    for (const [document, { todo, outcome, posting }] of state.documents.entries()) {
      const { name } = this.erp.kind(document);
      const { missing, neverAsked } = this.ledger.needsOf(state, document);
      const request = this.ledger.request(document);
      const earlier = outcome === '' ? undefined : { result: outcome, digest: request.digest };
      const take = (input: Input, resumed: boolean, says: string): Move | undefined =>
        this.changed(
          state,
          afterStep(state, at, { ...idleWorker, document, resumed }, this.ledger.step(state, document, input), input),
          says,
        );
      if (todo)
        moves.push(take({ kind: 'requested', request, missing, neverAsked, earlier }, false, `${worker} takes the message of ${name}`));
      if (posting.request) moves.push(take({ kind: 'resumed', missing, neverAsked }, true, `${worker} resumes ${name}`));
    }
    for (const batch of state.batches) {
      if (!batch.known) continue;
      const input = this.ledger.standingOf(state, batch.id);
      const stepped = this.ledger.stepBatch(state, batch, input);
      moves.push(this.changed(state, afterBatch(at, batch, stepped), `${worker} looks after batch ${batch.id}`));
    }
    return moves.flatMap((move) => move ?? []);
  }

  /** A step that changes nothing is no move. */
  private changed(before: ChainState, after: ChainState, says: string): Move | undefined {
    return nameOfChain(before) === nameOfChain(after) ? undefined : { state: after, says };
  }

  private proceed(state: ChainState, at: number, worker: WorkerState): Move[] {
    const says = `worker ${at + 1}`;
    const awake = { ...worker, asleep: false };
    if (worker.doing === 'told') return [this.told(state, at, awake, `${says} goes on`)];
    if (worker.call === 'lookup' || worker.call === 'batch-lookup') return worker.ticks > 0 ? [] : this.ends(state, at, awake, `${says}: `);
    if (worker.doing === 'calling') return this.ends(state, at, awake, `${says}: `);
    if (this.core.duties.checksLease && worker.lease <= callTicks + 1) return [this.abandons(state, at, worker)];
    const calling: WorkerState = { ...awake, doing: 'calling', ticks: callTicks };
    return [{ state: withWorkerAt(state, at, calling), says: `${says} calls the ERP to ${this.nameOf(worker)}` }];
  }

  private nameOf({ call, batch, document, missing }: WorkerState): string {
    if (call === 'release') return `release batch ${batch}`;
    const { name } = this.erp.kind(document);
    if (call === 'discard') return `delete ${name}`;
    return missing ? `add ${missing.join(', ')} to ${name}` : `save ${name}`;
  }

  /** The ways in which a call ends; all but the first cost a fault. In each the worker may be suspended before it writes what it was told. */
  private ends(state: ChainState, at: number, worker: WorkerState, says: string): Move[] {
    const [fine, ...faulty] = this.calls.outcomes(state, worker);
    const moves = fine ? [this.told(fine.state, at, { ...worker, answer: fine.answer }, `${says}${fine.says}`)] : [];
    if (state.faults === 0 || !fine) return moves;
    const less = state.faults - 1;
    const asleep: WorkerState = { ...worker, doing: 'told', asleep: true, answer: fine.answer };
    moves.push({
      state: withWorkerAt({ ...fine.state, faults: less }, at, asleep),
      says: `${says}${fine.says}; it is suspended before it writes that`,
    });
    for (const one of faulty)
      moves.push(this.told({ ...one.state, faults: less }, at, { ...worker, answer: one.answer }, `${says}${one.says}`));
    return moves;
  }

  private told(state: ChainState, at: number, worker: WorkerState, says: string): Move {
    const { answer, batch: id } = worker;
    const batch = state.batches.find((one) => one.id === id);
    if (batch) return { state: afterBatch(at, batch, this.ledger.stepBatch(state, batch, answer as BatchInput)), says };
    const input = answer as Input;
    return { state: afterStep(state, at, worker, this.ledger.step(state, worker.document, input), input), says };
  }

  /** Kills and suspensions. */
  private fails(state: ChainState, at: number, worker: WorkerState): Move[] {
    const says = `worker ${at + 1}`;
    const gone = withWorkerAt(state, at, idleWorker);
    if (worker.doing === 'calling')
      return this.calls.killed(gone, worker).map((one) => ({ state: one.state, says: `${says} is killed during its call; ${one.says}` }));
    if (worker.asleep) return [];
    return [
      { state: gone, says: `${says} is killed` },
      ...(worker.doing === 'ready'
        ? [{ state: withWorkerAt(state, at, { ...worker, asleep: true }), says: `${says} is suspended before its call` }]
        : []),
    ];
  }

  private abandons(state: ChainState, at: number, worker: WorkerState): Move {
    const says = `worker ${at + 1} does not call: its lease is over`;
    if (worker.batch !== '') return { state: withWorkerAt(state, at, idleWorker), says };
    const written = this.ledger.step(state, worker.document, { kind: 'abandoned', fence: worker.fence });
    return { state: withWorkerAt(written.state, at, idleWorker), says };
  }
}
