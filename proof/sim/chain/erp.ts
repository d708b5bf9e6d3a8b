import { newBatch } from '@tributary/posting';
import type { ChainDuties } from './core.js';
import { documentAt, withBatch, withDocument, withWrong } from './state.js';
import type { BatchState, ChainSetting, ChainState, Kind, Late, Row } from './state.js';

/** The ERP of the exploration: it has no idempotency keys. What must never happen is noted in the state as soon as it did. */
export class ChainErp {
  constructor(
    private readonly setting: ChainSetting,
    private readonly duties: ChainDuties,
  ) {}

  kind(at: number): Kind {
    return this.setting.documents[at] as Kind;
  }

  /** Enters a new document with these lines. Where saving is releasing, it is in the books at once. */
  store(state: ChainState, at: number, lines: readonly string[], named: string | undefined): ChainState {
    const { group, assigned } = this.kind(at);
    const { rows } = documentAt(state, at);
    const count = state.batches.filter((one) => one.group === group).length;
    const batch = assigned ? `${group}-${count + 1}` : named;
    const entered = state.batches.find(({ id }) => id === batch);
    const row: Row = { lines, batch, released: false };
    const after = withWrong(withDocument(state, at, { rows: [...rows, row] }), this.wrongToStore(state, at, entered));
    if (group === undefined) return this.toBooks(after, at, rows.length);
    if (batch === undefined) return after;
    const given: BatchState = { id: batch, group, batch: newBatch, known: false, erp: 'open' };
    return entered ? withBatch(after, batch, { erp: 'open' }) : { ...after, batches: [...after.batches, given] };
  }

  private wrongToStore(state: ChainState, at: number, entered: BatchState | undefined): string | undefined {
    const { name, refersTo = [] } = this.kind(at);
    if (documentAt(state, at).rows.length > 0) return `I3: ${name} gets a second document`;
    const needed = refersTo.find((one) => documentAt(state, one).rows.length === 0);
    if (needed !== undefined) return `I14: ${name} is saved before ${this.kind(needed).name}`;
    if (entered && entered.erp !== 'open' && entered.erp !== 'absent')
      return `I3: ${name} is entered in batch ${entered.id}, which is ${entered.erp}`;
    return undefined;
  }

  /** Adds lines to a document that is there. */
  add(state: ChainState, at: number, lines: readonly string[]): ChainState {
    const { name } = this.kind(at);
    const [row, ...others] = documentAt(state, at).rows;
    if (!row) return state;
    const all = [...row.lines, ...lines];
    const isTwice = new Set(all).size < all.length;
    const wrong = isTwice ? `I3: a line of ${name} is there twice` : row.released ? `I11: ${name} gets lines after its release` : undefined;
    return withWrong(withDocument(state, at, { rows: [{ ...row, lines: all }, ...others] }), wrong);
  }

  /** Deletes a document with its lines. */
  remove(state: ChainState, at: number): ChainState {
    const { rows, posting } = documentAt(state, at);
    const { name } = this.kind(at);
    const wrong = rows[0]?.released
      ? `I11: ${name} is deleted although it is released`
      : posting.state === 'posted'
        ? `I3: ${name} is deleted although it counts as posted`
        : undefined;
    return withWrong(withDocument(state, at, { rows: rows.slice(1) }), wrong);
  }

  /** Releases a batch: its documents reach the books. */
  release(state: ChainState, id: string): ChainState {
    const batch = state.batches.find((one) => one.id === id);
    if (!batch || batch.erp === 'posted') return state;
    let after = withBatch(state, id, { erp: 'posted' });
    if (batch.erp === 'posting') after = withWrong(after, `I3: batch ${id} is released again while the ERP posts it`);
    for (const [at, { rows }] of state.documents.entries())
      for (const [index, row] of rows.entries()) if (row.batch === id) after = this.toBooks(after, at, index);
    return after;
  }

  /** Carries out a call whose caller gave up. */
  commit(state: ChainState, { commit }: Late): ChainState {
    switch (commit.what) {
      case 'store':
        return this.store(state, commit.document, commit.lines, commit.batch);
      case 'add':
        return this.add(state, commit.document, commit.lines);
      case 'delete': {
        const [row] = documentAt(state, commit.document).rows;
        return !row || (row.released && this.duties.discardsOnlySaved) ? state : this.remove(state, commit.document);
      }
      case 'release':
        return this.release(state, commit.batch);
    }
  }

  private toBooks(state: ChainState, at: number, index: number): ChainState {
    const { rows } = documentAt(state, at);
    const after = withDocument(state, at, { rows: rows.map((one, other) => (other === index ? { ...one, released: true } : one)) });
    return withWrong(after, this.wrongToRelease(state, at, rows[index] as Row));
  }

  private wrongToRelease(state: ChainState, at: number, row: Row): string | undefined {
    const { name, lines, settles = [] } = this.kind(at);
    const isReleased = (one: number): boolean => documentAt(state, one).rows.some(({ released }) => released);
    if (isReleased(at)) return `I3: ${name} is in the books twice`;
    const missing = lines.filter((line) => !row.lines.includes(line));
    if (missing.length > 0) return `I11: ${name} is released without its lines ${missing.join(', ')}`;
    const needed = settles.find((one) => !isReleased(one));
    return needed === undefined ? undefined : `I14: ${name} is released before ${this.kind(needed).name}, which it settles`;
  }
}
