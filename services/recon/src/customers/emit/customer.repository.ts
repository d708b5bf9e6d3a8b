import { Injectable } from '@nestjs/common';
import type { CustomerEventView, CustomerHintView, CustomerPairView, CustomerState, CustomerView } from '@tributary/contracts';
import { payloadsOf, withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { keysetPage, pageStart } from '../../shared/decide/keyset-page.js';
import type { KeysetPage, PageRequest } from '../../shared/decide/keyset-page.js';
import { isoTime } from '../../shared/decide/storable-text.js';
import { paymentPayloads, shownText } from '../../shared/emit/view-payloads.js';
import { seenBy } from '../../views/emit/seen-sql.js';
import { changedHint } from '../decide/customer-question.js';
import { allIds, changedSql, customerTargets, idsInState, idsOfNumber, withPairs } from './customer-sql.js';
import type { QuestionReader } from './customer-questions.js';

/** Selects customers; a customer has to match every given field. */
export interface CustomerFilter {
  readonly id?: string | undefined;
  /** A number or code of the customer in a ledger. */
  readonly number?: string | undefined;
  readonly state?: CustomerState | undefined;
}

interface CustomerRow {
  readonly id: string;
  readonly state: CustomerState;
  readonly pairs: readonly (CustomerPairView & { readonly held: boolean })[];
}

const newestEvents = 20;

/** Reads Stripe customers with what each ledger has for them. */
@Injectable()
export class CustomerRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** By id. */
  async list(filter: CustomerFilter, page: PageRequest, reader: QuestionReader): Promise<KeysetPage<CustomerView>> {
    const start = pageStart(page, 'asc');
    const seen = seenBy(reader.visible, 4);
    const few = filter.number === undefined ? idsInState(filter.state) : idsOfNumber('$3');
    // `coalesce` tells PostgreSQL what parameters are that not every list uses. Without `order by` the recursion stops at the end of the page.
    const ids =
      filter.id !== undefined
        ? 'select $3::text as id where exists (select from recon.event where customer_id = $3) or exists (select from recon.payment where customer_id = $3)'
        : few === undefined
          ? allIds('$1::text', start)
          : `select id from (${few}) f where $1::text is null or f.id ${start.beyond} $1 order by f.id ${start.order}`;
    const rows = await this.query<CustomerRow>(
      `with targets as (${customerTargets(seen.target)})
       select id, state, pairs from (${withPairs(ids)}) list
       where ($2::text is null or state = $2) and coalesce($1::text, $3::text, '') is not null
       ${few === undefined ? '' : `order by id ${start.order}`} limit ${start.rows}`,
      [start.cursor ?? null, filter.state ?? null, filter.id ?? filter.number ?? null, ...seen.values],
    );
    const { rows: shown, ...neighbours } = keysetPage(page, rows, ({ id }) => id);
    return { rows: await Promise.all(shown.map((row) => this.view(row, reader))), ...neighbours };
  }

  /** @returns undefined for a customer that nothing is known of. */
  async find(id: string, reader: QuestionReader): Promise<CustomerView | undefined> {
    return (await this.list({ id }, { limit: 1 }, reader)).rows[0];
  }

  /** Its newest events. */
  async events(id: string, { visible }: QuestionReader): Promise<CustomerEventView[]> {
    const seen = seenBy(visible, 2);
    const rows = await this.query<Omit<CustomerEventView, 'receivedAt'> & { readonly at: Date | null }>(
      `select e.event_id as "eventId", e.type, e.state, e.reason, e.first_received_at as at from ${seen.events} e
       where e.event_id in (select k.event_id from recon.event k where k.customer_id = $1 order by k.first_received_at desc nulls last limit ${newestEvents})
       order by e.first_received_at desc nulls last, e.event_id`,
      [id, ...seen.values],
    );
    return rows.map(({ at, ...event }) => ({ ...event, receivedAt: isoTime(at) }));
  }

  /** Targets that named another customer for it before. */
  async changes(id: string, { visible }: QuestionReader): Promise<CustomerHintView[]> {
    const seen = seenBy(visible, 2);
    const rows = await this.query<{ target: string; before: CustomerPairView['reference']; now: CustomerPairView['reference'] }>(
      changedSql(seen.target),
      [id, ...seen.values],
    );
    return rows.map(({ target, before, now }) => changedHint(target, before, now));
  }

  /** When the personal data of the customer was erased. */
  async erasedAt(id: string): Promise<string | null> {
    const [row] = await this.query<{ erased_at: Date }>('select erased_at from recon.erasure where customer_id = $1', [id]);
    return isoTime(row?.erased_at);
  }

  private async view({ id, state, pairs }: CustomerRow, { readsPayloads }: QuestionReader): Promise<CustomerView> {
    const [payment] = await this.query<{ charge_id: string; part: string; customer_name: string | null; received_at: Date }>(
      'select charge_id, part, customer_name, received_at from recon.payment where customer_id = $1 order by received_at desc limit 1',
      [id],
    );
    const place = { table: paymentPayloads, column: 'customer_name' };
    const name =
      payment && readsPayloads()
        ? shownText(payloadsOf(this.dataSource), place, [payment.charge_id, payment.part], payment.customer_name)
        : null;
    const shown = pairs.map(({ held: _held, ...pair }) => ({
      ...pair,
      since: pair.since === null ? null : new Date(pair.since).toISOString(),
    }));
    return { customerId: id, name, state, pairs: shown, lastPaymentAt: isoTime(payment?.received_at) };
  }

  private query<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    return withDatabase('reading customers', () => this.dataSource.query<Row[]>(sql, values));
  }
}
