import { readAmount, readCount, readList, readRecord, readText } from '../../recon/read-value.js';
import type { Amount } from '../../recon/shapes.js';

/** A group of documents that a target enters together and releases together. */
export interface Group {
  readonly target: string;
  readonly id: string;
  readonly kind: string;
  readonly date: string;
  readonly state: string;
  readonly documents: number | null;
  readonly text: string | null;
  readonly openedAt: string | null;
  /** Sums of its documents, one per currency. */
  readonly amounts: readonly Amount[];
  /** It is released when a person orders it, and not by itself. */
  readonly byPerson: boolean;
}

/** An order to release a group. */
export interface Release {
  readonly id: string;
  readonly target: string;
  readonly batchId: string;
  readonly state: string;
  readonly by: string;
  readonly reason: string;
  readonly waitsFor: readonly string[];
  readonly postingKeys: readonly string[];
  readonly amounts: readonly Amount[];
  readonly orderedAt: string | null;
  readonly expiresAt: string | null;
  readonly digest: string;
}

/** What all sinks answered, and which did not. */
export interface OfSinks<Row> {
  readonly rows: readonly Row[];
  /** One sentence for each sink that could not be asked. */
  readonly silent: readonly string[];
}

/** Groups that are not released, oldest first. Never throws. */
export function readGroups(value: unknown): OfSinks<Group> {
  const rows = readList(readRecord(value).batches, (one) => {
    const { target, batchId, kind, date, state, documents, text, openedAt, amounts, byPerson } = readRecord(one);
    return {
      ...{ target: readText(target) ?? '', id: readText(batchId) ?? '', kind: readText(kind) ?? '', date: readText(date) ?? '' },
      ...{ state: readText(state) ?? '', documents: readCount(documents), text: readText(text), openedAt: readText(openedAt) },
      ...{ amounts: amountsIn(amounts), byPerson: byPerson === true },
    };
  });
  const unreleased = rows.filter(({ state }) => state !== 'released');
  return { rows: unreleased.sort((a, b) => ((a.openedAt ?? '') < (b.openedAt ?? '') ? -1 : 1)), silent: silentIn(value) };
}

/** Orders to release groups. */
export function readReleases(value: unknown): OfSinks<Release> {
  const texts = (list: unknown): string[] => readList(list, (one) => readText(one) ?? '');
  const rows = readList(readRecord(value).orders, (one) => {
    const row = readRecord(one);
    return {
      ...{
        id: readText(row.id) ?? '',
        target: readText(row.target) ?? '',
        batchId: readText(row.batchId) ?? '',
        state: readText(row.state) ?? '',
      },
      ...{ by: readText(row.by) ?? '', reason: readText(row.reason) ?? '', digest: readText(row.digest) ?? '' },
      ...{ waitsFor: texts(row.waitsFor), postingKeys: texts(row.postingKeys) },
      ...{ amounts: amountsIn(row.amounts), orderedAt: readText(row.orderedAt), expiresAt: readText(row.expiresAt) },
    };
  });
  return { rows, silent: silentIn(value) };
}

function amountsIn(value: unknown): Amount[] {
  return readList(value, readAmount).filter((amount) => amount !== null);
}

function silentIn(value: unknown): string[] {
  return readList(readRecord(value).silent, (one) => {
    const { targets, problem } = readRecord(one);
    return `The sink of ${readList(targets, (target) => readText(target) ?? '').join(', ')} does not answer: ${readText(problem) ?? 'nobody knows why'}. Its groups are not in this list.`;
  });
}
