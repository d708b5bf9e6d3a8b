import { Injectable } from '@nestjs/common';
import type { FoundKind, FoundView, SearchView } from '@tributary/contracts';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { amountText, optionalAmount } from '../../shared/decide/amount-view.js';
import { isoTime } from '../../shared/decide/storable-text.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import type { SearchTerm } from '../decide/search-term.js';
import { amountSql, idParts } from './search-sql.js';
import { seenBy } from './seen-sql.js';

/** Most objects of one kind in an answer. */
const mostOfAKind = 20;

interface FoundRow {
  readonly id: string;
  readonly title: string | null;
  readonly minor: string | null;
  readonly currency: string | null;
  readonly at: Date | null;
  readonly of: string;
}

/** Finds objects by their ids, by the numbers of their documents, and payments by their amounts. */
@Injectable()
export class SearchRepository {
  constructor(private readonly dataSource: DataSource) {}

  async search({ q, as, amounts }: SearchTerm, visible: VisibleTargets): Promise<SearchView> {
    const seen = seenBy(visible, 3);
    const parts = q === '' || as === 'email' ? [] : idParts(seen);
    const lists = await Promise.all([
      ...parts.map(async ({ kind, sql }) => ({
        kind,
        rows: await this.rows(sql, [q, mostOfAKind + 1, ...(usesTargets(sql) ? seen.values : [])]),
      })),
      ...(amounts.length === 0 ? [] : [this.byAmount(amounts)]),
    ]);
    const found = new Map<string, FoundView>();
    for (const { kind, rows } of lists)
      for (const row of rows.slice(0, mostOfAKind)) {
        const view = foundView(kind, row);
        const key = `${kind} ${view.id} ${view.address}`;
        if (!found.has(key)) found.set(key, view);
      }
    return { q, as, found: [...found.values()], more: lists.some(({ rows }) => rows.length > mostOfAKind), hint: hintOf(as) };
  }

  private async byAmount(amounts: SearchTerm['amounts']): Promise<{ kind: FoundKind; rows: FoundRow[] }> {
    const values = [amounts.map(({ minor }) => minor), amounts.map(({ currency }) => currency), mostOfAKind + 1];
    return { kind: 'payment', rows: await this.rows(amountSql, values) };
  }

  private rows(sql: string, values: unknown[]): Promise<FoundRow[]> {
    return withDatabase('searching', () => this.dataSource.query<FoundRow[]>(sql, values));
  }
}

const usesTargets = (sql: string): boolean => sql.includes('$3');

function foundView(kind: FoundKind, row: FoundRow): FoundView {
  const amount = optionalAmount(row.minor, row.currency);
  const title = [amount && amountText(amount), row.title].filter(Boolean).join(' ');
  return { kind, id: row.id, title: title || row.id, at: isoTime(row.at), address: addressOf(kind, row) };
}

/** Request of recon's API that shows what was found. */
function addressOf(kind: FoundKind, { id, of }: FoundRow): string {
  const segment = encodeURIComponent(of);
  switch (kind) {
    case 'payment':
    case 'refund':
    case 'dispute':
      return `/payments/${segment}`;
    case 'customer':
      return `/customers/${segment}`;
    case 'movement':
      return `/movements?id=${encodeURIComponent(id)}`;
    case 'deadLetter':
      return `/dead-letters/${segment}`;
    default:
      return `/events/${segment}`;
  }
}

function hintOf(as: SearchTerm['as']): string | null {
  if (as === 'email')
    return 'E-mail addresses are stored encrypted, and are not searched. Search for the id of the customer or the amount.';
  return as === 'text'
    ? 'Names are stored encrypted, and are not searched. Search for an id, an amount, or the number of a document.'
    : null;
}
