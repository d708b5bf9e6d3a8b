import { Injectable } from '@nestjs/common';
import type { FoundKind, FoundView, SearchView } from '@tributary/contracts';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { amountText, optionalAmount } from '../../shared/decide/amount-view.js';
import { isoTime } from '../../shared/decide/storable-text.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { lookupHashes } from '../../shared/emit/lookup-hashes.js';
import { addressOf } from '../decide/found-address.js';
import { searchHint } from '../decide/search-hint.js';
import type { EmailSearch } from '../decide/search-hint.js';
import { lookupOf } from '../decide/search-term.js';
import type { SearchTerm } from '../decide/search-term.js';
import { amountSql, idParts, lookupParts } from './search-sql.js';
import type { SearchPart } from './search-sql.js';
import { seenBy } from './seen-sql.js';

/** Most objects of one kind in an answer. */
const mostOfAKind = 20;
/** In place of a hash whose key cannot be decrypted. */
const unreadable = 'unreadable';

interface FoundRow {
  readonly id: string;
  readonly word: string | null;
  readonly minor: string | null;
  readonly currency: string | null;
  readonly at: Date | null;
  readonly of: string;
}
interface FoundRows {
  readonly kind: FoundKind;
  readonly rows: FoundRow[];
}

/** Finds objects by their ids, by the numbers of their documents, payments by their amounts, order references and e-mail addresses. */
@Injectable()
export class SearchRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @param emails whether e-mail addresses are searched for whoever asks. */
  async search(term: SearchTerm, visible: VisibleTargets, emails: EmailSearch = 'refused'): Promise<SearchView> {
    const { q, as, amounts } = term;
    const seen = seenBy(visible, 3);
    const hash = as === 'email' && emails !== 'searched' ? undefined : await this.hashOf(term);
    const lists = await Promise.all([
      ...(q === '' || as === 'email' ? [] : idParts(seen)).map((part) => this.part(part, [q, mostOfAKind + 1], seen.values)),
      ...(amounts.length === 0 ? [] : [this.byAmount(amounts, visible)]),
      ...(hash !== undefined && hash !== unreadable
        ? lookupParts(seen, as).map((part) => this.part(part, [hash, mostOfAKind + 1], seen.values))
        : []),
    ]);
    const found = new Map<string, FoundView>();
    for (const { kind, rows } of lists)
      for (const row of rows.slice(0, mostOfAKind)) {
        const view = foundView(kind, row);
        const key = `${kind} ${view.id} ${view.address}`;
        if (!found.has(key)) found.set(key, view);
      }
    const hint = searchHint(as, hash === unreadable ? unreadable : emails, found.size);
    return { q, as, found: [...found.values()], more: lists.some(({ rows }) => rows.length > mostOfAKind), hint };
  }

  /** The keyed hash that is looked up; {@link unreadable} where the key cannot be decrypted. */
  private async hashOf(term: SearchTerm): Promise<string | undefined> {
    const lookup = lookupOf(term);
    if (lookup === undefined) return undefined;
    const [hash] = (await withDatabase('searching', () => lookupHashes(this.dataSource, [lookup]))) ?? [unreadable];
    return hash;
  }

  private async part({ kind, sql }: SearchPart, values: readonly unknown[], targets: readonly unknown[]): Promise<FoundRows> {
    return { kind, rows: await this.rows(sql, [...values, ...(sql.includes('$3') ? targets : [])]) };
  }

  private async byAmount(amounts: SearchTerm['amounts'], visible: VisibleTargets): Promise<FoundRows> {
    const seen = seenBy(visible, 4);
    const values = [amounts.map(({ minor }) => minor), amounts.map(({ currency }) => currency), mostOfAKind + 1, ...seen.values];
    return { kind: 'payment', rows: await this.rows(amountSql(seen), values) };
  }

  private rows(sql: string, values: unknown[]): Promise<FoundRow[]> {
    return withDatabase('searching', () => this.dataSource.query<FoundRow[]>(sql, values));
  }
}

function foundView(kind: FoundKind, row: FoundRow): FoundView {
  const { id, word } = row;
  const amount = optionalAmount(row.minor, row.currency);
  const title = [amount && amountText(amount), word].filter(Boolean).join(' ');
  return { kind, id, title: title || id, amount, word: word || null, at: isoTime(row.at), address: addressOf(kind, row) };
}
