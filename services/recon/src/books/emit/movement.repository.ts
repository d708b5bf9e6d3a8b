import { Injectable } from '@nestjs/common';
import { money } from '@tributary/domain';
import type { MovementGroup } from '@tributary/mapping';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { storableId, storableText } from '../../shared/decide/storable-text.js';
import type { BalanceMovement } from '../decide/stripe-balance.js';

/** Rows per insert statement. */
const chunk = 1_000;

/** Movements of Stripe's balance. They never change, so each is read once, stored, and summed by the database. */
@Injectable()
export class MovementRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Creation time of the newest known movement, seconds since 1970; 0 when none is known. */
  async newest(): Promise<number> {
    const [row] = await this.query<{ newest: string | null }>('select max(created) as newest from recon.movement', []);
    return Number(row?.newest ?? 0);
  }

  /** Stores movements; of those that are already known only what they are about is added. */
  async add(movements: readonly BalanceMovement[]): Promise<void> {
    for (let first = 0; first < movements.length; first += chunk) {
      const rows = movements.slice(first, first + chunk).map((movement) => ({
        ...movement,
        id: storableId(movement.id),
        type: storableText(movement.type),
        category: storableText(movement.category),
        source: movement.source === null ? null : storableId(movement.source),
        fees: movement.fees.map(({ type, minor }) => ({ type: storableText(type), minor })),
      }));
      await this.query(
        `insert into recon.movement as m (id, type, category, currency, gross, fee, net, fees, created, source)
         select id, type, category, currency, gross::numeric, fee::numeric, net::numeric, fees, created, source
         from jsonb_to_recordset($1::jsonb) as r (id text, type text, category text, currency text, gross text, fee text, net text, fees jsonb, created bigint, source text)
         on conflict (id) do update set source = excluded.source where m.source is null and excluded.source is not null`,
        [JSON.stringify(rows)],
      );
    }
  }

  /** Payouts whose members were not read yet, the newest first. */
  async payoutsToRead(limit: number): Promise<string[]> {
    const rows = await this.query<{ source: string }>(
      `select source from recon.movement where category = 'payout' and members_read_at is null and source is not null order by created desc limit $1`,
      [limit],
    );
    return rows.map(({ source }) => source);
  }

  /** Stores which movements a payout took to the bank; none for a payout whose members Stripe does not tell. */
  async recordMembers(payoutId: string, movementIds: readonly string[]): Promise<void> {
    await this.query(`update recon.movement set payout_id = $1 where id = any($2) and source is distinct from $1`, [
      payoutId,
      movementIds.map((id) => storableId(id)),
    ]);
    await this.query(`update recon.movement set members_read_at = now() where source = $1 and category = 'payout'`, [payoutId]);
  }

  /** Sum of all known movements per currency. It equals Stripe's balance when no movement is missing. */
  async totals(): Promise<Map<string, bigint>> {
    const rows = await this.query<{ currency: string; net: string }>(
      'select currency, sum(net)::text as net from recon.movement group by currency',
      [],
    );
    return new Map(rows.map(({ currency, net }) => [currency, BigInt(net)]));
  }

  /** Sums of all movements by type, category and currency. */
  async groups(): Promise<MovementGroup[]> {
    const groups = await this.query<GroupRow>(
      `select type, category, currency, count(*) as count, sum(gross)::text as gross, sum(fee)::text as fee from recon.movement group by 1, 2, 3`,
      [],
    );
    const fees = await this.query<GroupRow & { fee_type: string }>(
      `select m.type, category, currency, f ->> 'type' as fee_type, sum((f ->> 'minor')::numeric)::text as fee
       from recon.movement m, jsonb_array_elements(m.fees) f group by 1, 2, 3, 4`,
      [],
    );
    return groups.map((group) => {
      const { type, category, currency } = group;
      const own = fees.filter((one) => one.type === type && one.category === category && one.currency === currency);
      return {
        ...{ type, category, count: BigInt(group.count), gross: loose(group.gross, currency), fee: loose(group.fee, currency) },
        fees: own.map((one) => ({ type: one.fee_type, amount: loose(one.fee, currency) })),
      };
    });
  }

  private query<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    return withDatabase('reading the movements of the Stripe balance', () => this.dataSource.query<Row[]>(sql, values));
  }
}

interface GroupRow {
  readonly type: string;
  readonly category: string;
  readonly currency: string;
  readonly count: string;
  readonly gross: string;
  readonly fee: string;
}

/** Builds an amount without validating its currency, so that movements in an unknown currency are summed too. */
function loose(minor: string, currency: string): MovementGroup['gross'] {
  return /^[A-Z]{3}$/.test(currency) ? money(BigInt(minor), currency) : { minor: BigInt(minor), currency };
}
