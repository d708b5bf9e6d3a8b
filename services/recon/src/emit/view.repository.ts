import { events } from '@tributary/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EventState } from '../decide/event-state.js';
import type { ReconciliationState } from '../decide/compare.js';
import { amountView, paymentView } from '../decide/payment-view.js';
import type { AmountView, PaymentRow, PaymentView } from '../decide/payment-view.js';
import { traceSteps } from '../decide/trace.js';
import type { Step, TraceInput } from '../decide/trace.js';

export interface Counts {
  readonly accepted: number;
  readonly inFlight: number;
  readonly posted: number;
  readonly ignored: number;
  readonly held: number;
  readonly deadLettered: number;
  readonly ignoredBy: Readonly<Record<string, number>>;
  readonly heldBy: Readonly<Record<string, number>>;
  readonly deadLetteredBy: Readonly<Record<string, number>>;
}

export interface StageView {
  readonly name: 'accepted' | 'canonical' | 'requested' | 'posted';
  readonly total: number;
  readonly perMinute: number;
  readonly lag: number;
}

export interface ReconciliationItem {
  readonly chargeId: string;
  readonly postingKey: string;
  readonly state: ReconciliationState;
  readonly stripe: AmountView;
  readonly target: AmountView | null;
  readonly checkedAt: string | null;
  readonly reference: Record<string, string> | null;
}

const paymentColumns = `
  p.charge_id, p.payment_id, p.event_id, p.customer_id, p.customer_name, p.minor::text, p.currency, p.received_at,
  q.request_id is not null as requested, q.result, q.text, coalesce(r.reference, q.reference) as reference, e.state, e.reason,
  r.state as reconciliation, r.ledger_minor::text, r.ledger_currency`;
// One charge may have been asked for by several events; the request that came farthest tells.
const paymentTables = `
  recon.payment p
  left join recon.event e on e.event_id = p.event_id
  left join recon.reconciliation r on r.charge_id = p.charge_id
  left join lateral (
    select request_id, result, text, reference from recon.posting q where q.posting_key = r.posting_key
    order by array_position(array['released', 'posted', 'adopted', 'updated', 'held', 'waiting', 'rejected'], result) nulls last limit 1) q on true`;

/** Reads what the console and `npm run status` show. */
@Injectable()
export class ViewRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Per delivery: the first one of an event by what became of the event, every later one as a duplicate (I2). */
  async counts(): Promise<Counts> {
    const rows = await this.dataSource.query<{ state: EventState; reason: string | null; events: string; deliveries: string }[]>(
      `select state, reason, count(*) as events, sum(deliveries) as deliveries from recon.event where deliveries > 0 group by state, reason`,
    );
    const counts = { accepted: 0, inFlight: 0, posted: 0, ignored: 0, held: 0, deadLettered: 0 };
    const by: Record<'ignored' | 'held' | 'deadLettered', Record<string, number>> = { ignored: {}, held: {}, deadLettered: {} };
    for (const row of rows) {
      const events = Number(row.events);
      const duplicates = Number(row.deliveries) - events;
      counts.accepted += events + duplicates;
      counts[row.state] += events;
      counts.ignored += duplicates;
      if (row.state in by) addTo(by[row.state as keyof typeof by], row.reason ?? 'unknown', events);
      if (duplicates > 0) addTo(by.ignored, 'duplicate', duplicates);
    }
    return { ...counts, ignoredBy: by.ignored, heldBy: by.held, deadLetteredBy: by.deadLettered };
  }

  /** Totals, rates over the last minute, and what the next stage has not answered yet. */
  async stages(): Promise<{ asOf: string; stages: StageView[] }> {
    const [row] = await this.dataSource.query<Record<string, string>[]>(`
      select now() as as_of,
        (select count(*) from recon.delivery) as accepted,
        (select count(*) from recon.delivery where received_at > now() - interval '1 minute') as accepted_rate,
        (select count(*) from recon.event where deliveries > 0 and translated_at is null and state = 'inFlight') as accepted_lag,
        (select count(*) from recon.fact where type <> '${events.postingConcluded.type}') as canonical,
        (select count(*) from recon.fact f join recon.event e using (event_id)
          where e.translated_at > now() - interval '1 minute' and f.type <> '${events.postingConcluded.type}') as canonical_rate,
        (select count(*) from recon.fact f join recon.event e using (event_id) where f.routed_at is null and e.state = 'inFlight') as canonical_lag,
        (select count(*) from recon.posting where requested_at is not null) as requested,
        (select count(*) from recon.posting where requested_at > now() - interval '1 minute') as requested_rate,
        (select count(*) from recon.posting where result is null) as requested_lag,
        (select count(*) from recon.posting where result in ('posted', 'adopted', 'updated', 'released')) as posted,
        (select count(*) from recon.posting where result in ('posted', 'adopted', 'updated', 'released') and concluded_at > now() - interval '1 minute') as posted_rate,
        (select count(*) from recon.posting where kind = 'cash-receipt' and result in ('posted', 'adopted')) as posted_lag`);
    const stages = (['accepted', 'canonical', 'requested', 'posted'] as const).map((name) => ({
      name,
      total: Number(row?.[name] ?? 0),
      perMinute: Number(row?.[`${name}_rate`] ?? 0),
      lag: Number(row?.[`${name}_lag`] ?? 0),
    }));
    return { asOf: new Date(row?.as_of ?? 0).toISOString(), stages };
  }

  /** Newest first. `after` is the cursor that the page before ended with. */
  async payments(filter: { state?: EventState; limit: number; after?: string }): Promise<{ payments: PaymentView[]; next: string | null }> {
    const [afterTime, afterId] = filter.after?.split('~') ?? [];
    const rows = await this.dataSource.query<PaymentRow[]>(
      `select ${paymentColumns} from ${paymentTables}
       where ($1::text is null or e.state = $1) and ($2::timestamptz is null or (p.received_at, p.charge_id) < ($2, $3))
       order by p.received_at desc, p.charge_id desc limit $4`,
      [filter.state ?? null, afterTime ?? null, afterId ?? null, filter.limit + 1],
    );
    const page = rows.slice(0, filter.limit).map(paymentView);
    const last = page.at(-1);
    return { payments: page, next: rows.length > filter.limit && last ? `${last.receivedAt}~${last.chargeId}` : null };
  }

  /** @param id a charge id or a payment id. */
  async trace(id: string): Promise<{ payment: PaymentView; steps: Step[] } | undefined> {
    const [row] = await this.dataSource.query<PaymentRow[]>(
      `select ${paymentColumns} from ${paymentTables} where p.charge_id = $1 or p.payment_id = $1 order by p.received_at limit 1`,
      [id],
    );
    if (!row) return undefined;
    const query = <T>(sql: string): Promise<T> => this.dataSource.query<T>(sql, [row.event_id]);
    const [reading] = await this.dataSource.query<NonNullable<TraceInput['reading']>[]>(
      `select state, checked_at, reference from recon.reconciliation where charge_id = $1`,
      [row.charge_id],
    );
    const steps = traceSteps({
      deliveries: await query(
        `select event_id, type, endpoint, partition, "offset"::text, received_at from recon.delivery where event_id = $1 order by received_at, "offset"`,
      ),
      facts: await query(
        `select f.canonical_id, f.event_id, f.type, e.translated_at, f.routed_at, f.ignored_reason from recon.fact f join recon.event e using (event_id) where f.event_id = $1`,
      ),
      postings: await query(
        `select request_id, posting_key, target, kind, requested_at from recon.posting where event_id = $1 order by kind desc`,
      ),
      outcomes: await query(
        `select request_id, posting_key, result, code, text, reference, attempts, concluded_at from recon.outcome where event_id = $1 order by concluded_at`,
      ),
      deadLetters: await query(
        `select topic, partition, "offset"::text, message_id, code, text, dead_at from recon.dead_letter where event_id = $1 order by dead_at`,
      ),
      reading,
    });
    return { payment: paymentView(row), steps };
  }

  async event(eventId: string): Promise<object | undefined> {
    const [event] = await this.dataSource.query<
      { event_id: string; type: string; state: EventState; reason: string | null; deliveries: number; first_received_at: Date | null }[]
    >(`select event_id, type, state, reason, deliveries, first_received_at from recon.event where event_id = $1`, [eventId]);
    if (!event) return undefined;
    const facts = await this.dataSource.query<{ canonical_id: string; type: string; ignored_reason: string | null }[]>(
      `select canonical_id, type, ignored_reason from recon.fact where event_id = $1 order by canonical_id`,
      [eventId],
    );
    const postings = await this.dataSource.query<{ canonical_id: string; posting_key: string; result: string | null }[]>(
      `select canonical_id, posting_key, result from recon.posting where event_id = $1 order by posting_key`,
      [eventId],
    );
    return {
      eventId: event.event_id,
      type: event.type,
      state: event.state,
      reason: event.reason,
      deliveries: event.deliveries,
      firstReceivedAt: event.first_received_at?.toISOString() ?? null,
      canonical: facts.map((fact) => ({
        eventId: fact.canonical_id,
        type: fact.type,
        ignoredReason: fact.ignored_reason,
        postings: postings
          .filter((posting) => posting.canonical_id === fact.canonical_id)
          .map((posting) => ({ postingKey: posting.posting_key, result: posting.result })),
      })),
    };
  }

  async reconciliationSummary(): Promise<Record<ReconciliationState, number>> {
    const summary: Record<ReconciliationState, number> = { matched: 0, missing: 0, different: 0, pending: 0 };
    const rows = await this.dataSource.query<{ state: ReconciliationState; count: string }[]>(
      `select coalesce(r.state, 'pending') as state, count(*) from recon.payment p left join recon.reconciliation r using (charge_id) group by 1`,
    );
    for (const row of rows) summary[row.state] += Number(row.count);
    return summary;
  }

  async reconciliation(filter: { state?: ReconciliationState; limit: number }): Promise<ReconciliationItem[]> {
    const rows = await this.dataSource.query<
      {
        charge_id: string;
        posting_key: string;
        state: ReconciliationState;
        minor: string;
        currency: string;
        ledger_minor: string | null;
        ledger_currency: string | null;
        checked_at: Date | null;
        reference: Record<string, string> | null;
      }[]
    >(
      `select p.charge_id, r.posting_key, r.state, p.minor::text, p.currency, r.ledger_minor::text, r.ledger_currency, r.checked_at, r.reference
       from recon.reconciliation r join recon.payment p using (charge_id) where ($1::text is null or r.state = $1) order by p.received_at desc, p.charge_id limit $2`,
      [filter.state ?? null, filter.limit],
    );
    return rows.map((row) => ({
      chargeId: row.charge_id,
      postingKey: row.posting_key,
      state: row.state,
      stripe: amountView(row.minor, row.currency),
      target: row.ledger_minor !== null && row.ledger_currency !== null ? amountView(row.ledger_minor, row.ledger_currency) : null,
      checkedAt: row.checked_at?.toISOString() ?? null,
      reference: row.reference,
    }));
  }
}

function addTo(sums: Record<string, number>, name: string, count: number): void {
  sums[name] = (sums[name] ?? 0) + count;
}
