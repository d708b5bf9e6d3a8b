import type { Answer } from '@tributary/posting';
import { longestCallMs } from './core.js';
import type { ErpCall } from './sim-call.js';
import { settleMs } from './erp-ledger.js';
import type { ErpLedger } from './erp-ledger.js';
import type { SimDocument } from './sim-document.js';
import type { SimLine, SimRequest } from './sim-request.js';
import type { World } from './world.js';

/** Everything that can go wrong between the header of a document and its last row. */
export class HalfDocuments {
  constructor(
    private readonly world: World,
    private readonly ledger: ErpLedger,
  ) {}

  /** Commits a document without all of its rows when a fault says so. @returns false: it is not this one's turn. */
  commits(call: ErpCall): boolean {
    const { faults } = this.world;
    const { request } = call;
    if (request.lines.length === 0) return false;
    if (request.badLine && !this.ledger.mended) {
      this.store(call, request.lines.slice(0, -1), 0.3);
      return true;
    }
    if (faults.strikes('header-only', 0.3)) {
      const stored = request.lines.slice(0, faults.of('header-only').between(0, request.lines.length - 1));
      const late = faults.of('header-only').chance(0.5);
      this.store(call, stored, late ? 1 : 0.5, late);
      return true;
    }
    if (!faults.strikes('line-dropped', 0.15)) return false;
    this.store(call, request.lines.slice(1), 0, false, true);
    return true;
  }

  /** Adds the missing rows to the document that is there. */
  finish({ request, known, answer }: ErpCall, rows: readonly SimLine[]): void {
    const { world, ledger } = this;
    const id = known?.['id'] ?? '';
    const soon = world.now + world.dice.between(1, 40);
    const bad = request.badLine && !ledger.mended ? request.lines.at(-1)?.key : undefined;
    if (rows.some(({ key }) => key === bad)) return answer({ kind: 'rejected', code: 'erp.line', field: bad ?? '', text: 'refused' }, soon);
    if (!ledger.append(id, rows)) return answer({ kind: 'rejected', code: 'erp.not-open', text: `${id} takes no rows` }, soon);
    if (world.faults.strikes('timeout-after-commit', 0.2)) return;
    answer({ kind: 'updated', reference: known ?? {} }, soon);
  }

  /** @param silent how likely nobody is told. @param late the rest comes within the settle time. @param claimed the ERP says that all is there. */
  private store(call: ErpCall, rows: readonly SimLine[], silent: number, late = false, claimed = false): void {
    const { world, ledger } = this;
    const { request, batchId, answer } = call;
    const soon = world.now + world.dice.between(1, 40);
    const reference = ledger.commit(request, undefined, batchId, false, rows);
    if (!reference) return answer({ kind: 'rejected', code: 'erp.duplicate', text: 'a document with this key exists' }, soon);
    const missing = missingRows(request, rows);
    if (late) this.appendLate(call, reference['id'] ?? '', missing);
    if (world.dice.chance(silent)) return;
    answer(this.readBack(claimed, { kind: 'partial', reference, missing, code: 'erp.line', text: 'not all rows are stored' }), soon);
  }

  /** The rest comes within the settle time after the caller gave up, for whatever reason it did. */
  private appendLate({ request, sender, sentAt }: ErpCall, id: string, missing: readonly string[]): void {
    const { world, ledger } = this;
    const rest = request.lines.filter(({ key }) => missing.includes(key));
    let isScheduled = false;
    const gaveUp = (): void => {
      if (isScheduled) return;
      isScheduled = true;
      const at = world.now + world.faults.of('header-only').between(0, settleMs - 100);
      world.engine.at(at, () => void (ledger.documents.get(id)?.postingKey === request.postingKey && ledger.append(id, rest)));
    };
    sender.abort.onOpen(gaveUp);
    world.engine.at(sentAt + longestCallMs, gaveUp);
  }

  /** The connector reads what it wrote: success without all rows is none. */
  private readBack(claimed: boolean, partial: Extract<Answer, { kind: 'partial' }>): Answer {
    if (!claimed || this.world.core.glue.readsBack) return partial;
    return { kind: 'posted', reference: partial.reference };
  }
}

/** Handles of the rows that the request asks for and the document does not have. */
export function missingRows(request: SimRequest, rows: SimDocument['lines']): string[] {
  return request.lines.filter(({ key }) => !rows.some((row) => row.key === key)).map(({ key }) => key);
}
