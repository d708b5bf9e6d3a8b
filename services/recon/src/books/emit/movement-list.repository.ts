import { Injectable } from '@nestjs/common';
import type { MovementKind, MovementsPage, MovementView, SumView } from '@tributary/contracts';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { amountView, sumView } from '../../shared/decide/amount-view.js';
import { keysetPage, pageStart } from '../../shared/decide/keyset-page.js';
import type { PageRequest } from '../../shared/decide/keyset-page.js';
import { isoTime } from '../../shared/decide/storable-text.js';
import { movementKinds } from './movement-kinds.js';

/** Selects movements of Stripe's balance; a movement has to match every given field. Times are ISO 8601; `to` is exclusive. */
export interface MovementFilter {
  readonly kind?: MovementKind | undefined;
  readonly currency?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly id?: string | undefined;
  /** The payout that took them to the bank. */
  readonly payout?: string | undefined;
}

/** Movements of one kind and currency, summed. */
export interface MovementSum {
  readonly kind: MovementKind;
  readonly currency: string;
  readonly count: number;
  /** Minor units as text. */
  readonly minor: string;
}

interface MovementRow {
  readonly id: string;
  readonly type: string;
  readonly category: string;
  readonly currency: string;
  readonly gross: string;
  readonly fee: string;
  readonly net: string;
  readonly created: string;
  readonly counted: string;
  readonly source: string | null;
  readonly payout_id: string | null;
}

/** `to_timestamp` has no index: times are compared in the seconds that the column holds, rounded up as a whole second is. */
const seconds = (parameter: string): string => `ceil(extract(epoch from ${parameter}::timestamptz))`;
const between = (from: string, to: string): string =>
  `(${from}::text is null or m.created >= ${seconds(from)}) and (${to}::text is null or m.created < ${seconds(to)})`;

/** What a filter selects of `recon.movement m`, with parameters from `$1` to `$5`, and the amount that counts. */
function movementCondition({ kind, currency, from, to, id, payout }: MovementFilter): { minor: string; sql: string; values: unknown[] } {
  const { condition, minor } = kind ? movementKinds[kind] : { condition: 'true', minor: 'm.net' };
  const sql = `${condition} and ($1::text is null or m.currency = $1) and ${between('$2', '$3')} and ($4::text is null or m.id = $4)
    and ($5::text is null or m.payout_id = $5)`;
  return { minor, sql, values: [currency ?? null, from ?? null, to ?? null, id ?? null, payout ?? null] };
}

/** Lists the known movements of Stripe's balance, and sums them. */
@Injectable()
export class MovementListRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. */
  async list(filter: MovementFilter, page: PageRequest): Promise<MovementsPage> {
    const { minor, sql, values } = movementCondition(filter);
    const { cursor, beyond, order, rows: limit } = pageStart(page);
    const [created, id] = cursor === undefined ? [] : [cursor.slice(0, cursor.indexOf('~')), cursor.slice(cursor.indexOf('~') + 1)];
    const found = await this.query<MovementRow>(
      `select id, type, category, currency, gross::text, fee::text, net::text, created::text, (${minor})::text as counted, source, payout_id
       from recon.movement m where ${sql}
         and ($6::bigint is null or (m.created, m.id) ${beyond} ($6, $7)) order by m.created ${order}, m.id ${order} limit $8`,
      [...values, created ?? null, id ?? null, limit],
    );
    const { rows, next, previous } = keysetPage(page, found, (row) => `${row.created}~${row.id}`);
    return { movements: rows.map(movementView), next, previous };
  }

  /** How many movements a filter selects, and what they add to the figure of its kind; their net without a kind. */
  async totals(filter: MovementFilter): Promise<SumView> {
    const { minor, sql, values } = movementCondition(filter);
    return sumView(
      await this.query<MovementSum>(
        `select m.currency, count(*)::int as count, sum(${minor})::text as minor from recon.movement m where ${sql} group by 1`,
        values,
      ),
    );
  }

  /** Sums of every kind and currency in a range of time. */
  async sums(from: string, to: string): Promise<MovementSum[]> {
    const parts = Object.entries(movementKinds).map(
      ([kind, { condition, minor }]) =>
        `select '${kind}' as kind, m.currency, count(*)::int as count, sum(${minor})::text as minor
         from recon.movement m where ${condition} and ${between('$1', '$2')} group by 2`,
    );
    return this.query<MovementSum>(parts.join(' union all '), [from, to]);
  }

  private query<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    return withDatabase('reading the movements of the Stripe balance', () => this.dataSource.query<Row[]>(sql, values));
  }
}

function movementView({ id, type, category, created, currency, gross, fee, net, counted, source, payout_id }: MovementRow): MovementView {
  const shown = (minor: string): MovementView['net'] => amountView(minor, currency);
  return {
    ...{ id, type, category },
    at: isoTime(new Date(Number(created) * 1_000)) ?? '',
    gross: shown(gross),
    fee: shown(fee),
    net: shown(net),
    counted: shown(counted),
    about: source,
    payoutId: payout_id,
  };
}
