import type { DataSource } from 'typeorm';
import { idSql, traceSql } from './ids.js';

/** Every so many payments there is one that needs a person, with a dead letter. */
export const letterEvery = 50;
/** Every so many payments there is a refund, a dispute, a payout. */
export const refundEvery = 20;
export const disputeEvery = 100;
export const payoutEvery = 500;
/** Payments for each customer, each sequence of letters, and each parked message. */
export const paymentsPerCustomer = 5;
const paymentsPerSequence = 333;
const paymentsPerParked = 100;
/** Rows of one statement: it ends well within any patience. */
const atOnce = 100_000;

/** How many sequences the letters of so many payments belong to. */
export const sequencesOf = (payments: number): number => Math.max(1, Math.floor(payments / paymentsPerSequence));
/** Minor units of payment `n`. */
export const minorOf = (n: number): number => 500 + ((n * 7_919) % 500_000);

const at = `timestamptz '2026-11-21T06:00:00Z' - n * interval '34 seconds'`;
const minor = `(500 + (n::bigint * 7919) % 500000)`;
const currency = `(array['EUR','EUR','EUR','EUR','EUR','EUR','USD','USD','USD','GBP'])[1 + n % 10]`;
const target = `(case when n % 10 = 0 then 'ledger-two' else 'ledger-one' end)`;
const key = `(${target} || '/cash-receipt/' || ${idSql('ch', 'n')})`;
const state = `(case when n % ${letterEvery} = 0 then 'deadLettered' when n % 1000 between 1 and 10 then 'inFlight' when n % 1000 between 11 and 40 then 'ignored' else 'posted' end)`;
const standing = `(case when n % ${letterEvery} = 0 or n % 1000 between 45 and 49 then 'needsPerson' when n % 1000 between 1 and 10 then 'onItsWay'
  when n % 1000 between 11 and 35 then 'notBooked' when n % 1000 between 36 and 40 then 'failedAtStripe' else 'inLedger' end)`;
const comparison = `(case when ${standing} = 'inLedger' then 'matched' when n % 1000 between 45 and 49 then (array['different','missing'])[1 + n % 2]
  when ${standing} = 'onItsWay' then 'pending' end)`;
const code = `(array['erp.period-closed','mapping.currency-unmapped','erp.customer-on-hold','mapping.no-bank-account','erp.unknown-account','erp.rejected'])[1 + n % 6]`;
const range = 'from generate_series($1::int, $2::int) n';
const every = (step: number): string => `${range} where n % ${step} = 0`;

/** One statement per table; `$1` and `$2` are the first and the last payment. */
const statements: readonly string[] = [
  `insert into recon.delivery (partition, "offset", event_id, type, endpoint, account, received_at, trace_id)
   select n % 12, n, ${idSql('evt', 'n')}, 'charge.succeeded', 'main', 'acct_1', ${at}, ${traceSql('n')} ${range}`,
  `insert into recon.event (event_id, type, deliveries, first_received_at, translated_at, canonical_count, state, charge_key, raw_charge_id, raw_minor,
     raw_currency, raw_capture, raw_at, customer_id, occurred_at, changed_at)
   select ${idSql('evt', 'n')}, 'charge.succeeded', 1, ${at}, ${at}, 1, ${state}, ${idSql('ch', 'n')}, ${idSql('ch', 'n')}, ${minor}, ${currency}, true, ${at},
     ${idSql('cus', `n / ${paymentsPerCustomer}`)}, ${at}, ${at} ${range}`,
  `insert into recon.fact (canonical_id, event_id, type, routed_at) select ${idSql('fact', 'n')}, ${idSql('evt', 'n')}, 'ar.payment-received', ${at} ${range}`,
  `insert into recon.posting (request_id, canonical_id, event_id, posting_key, target, kind, requested_at, result, reference, attempts, concluded_at)
   select ${idSql('req', 'n')}, ${idSql('fact', 'n')}, ${idSql('evt', 'n')}, ${key}, ${target}, 'cash-receipt', ${at},
     case when ${state} = 'posted' then 'posted' when ${state} = 'deadLettered' then 'rejected' end,
     case when ${state} = 'posted' then jsonb_build_object('Number', 'R-' || n, 'Group', 'G' || n / 500) end, 1, ${at} ${range}`,
  `insert into recon.outcome (outcome_id, request_id, event_id, posting_key, result, attempts, concluded_at)
   select ${idSql('out', 'n')}, ${idSql('req', 'n')}, ${idSql('evt', 'n')}, ${key}, 'posted', 1, ${at} ${range}`,
  `insert into recon.document (request_id, posting_key, canonical_id, event_id, target, kind, shape, lines, effect, balanced, requested_at)
   select ${idSql('req', 'n')}, ${key}, ${idSql('fact', 'n')}, ${idSql('evt', 'n')}, ${target}, 'cash-receipt', 'ledger/cash-receipt',
     jsonb_build_array(jsonb_build_object('table', 'Head', 'key', '1', 'fields', jsonb_build_object('Amount', ${minor}, 'Reference', 'WEB-' || n))), '[]', true, ${at} ${range}`,
  `insert into recon.payment (charge_id, payment_id, canonical_id, event_id, customer_id, customer_name, minor, currency, received_at, recorded_at,
     balance_transaction_id, lookup_hashes)
   select ${idSql('ch', 'n')}, ${idSql('pi', 'n')}, ${idSql('fact', 'n')}, ${idSql('evt', 'n')}, ${idSql('cus', `n / ${paymentsPerCustomer}`)}, 'Customer ' || n,
     ${minor}, ${currency}, ${at}, ${at}, ${idSql('txn', 'n')},
     array[substr(md5('email' || n / ${paymentsPerCustomer}), 1, 22), substr(md5('order' || n), 1, 22)] ${range}`,
  `insert into recon.capture (id, charge_id, part, known, event_id, minor, currency, received_at, state, standing, reconciliation, reconciliation_basis, settlement,
     targets, has_refund, has_dispute)
   select ${idSql('ch', 'n')}, ${idSql('ch', 'n')}, '', true, ${idSql('evt', 'n')}, ${minor}, ${currency}, ${at}, ${state}, ${standing}, ${comparison}, 'balance-transaction',
     jsonb_build_object('gross', ${minor}, 'fee', 30, 'net', ${minor} - 30, 'currency', ${currency}), array[${target}],
     n % ${refundEvery} = 0, n % ${disputeEvery} = 0 ${range}`,
  `insert into recon.reconciliation (posting_key, charge_id, part, state, ledger_minor, ledger_currency, checks, checked_at, due_at, released)
   select ${key}, ${idSql('ch', 'n')}, '', coalesce(${comparison}, 'pending'), ${minor}, ${currency}, 1, ${at}, ${at}, true ${range}`,
  `insert into recon.ledger_effect (posting_key, target, kind, state, checks, checked_at) select ${key}, ${target}, 'cash-receipt', 'matched', 1, ${at} ${range}`,
  `insert into recon.settlement (balance_transaction_id, charge_id, currency, gross, fee, net, category)
   select ${idSql('txn', 'n')}, ${idSql('ch', 'n')}, ${currency}, ${minor}, 30, ${minor} - 30, 'charge' ${range}`,
  `insert into recon.movement (id, type, category, currency, gross, fee, net, fees, created, source)
   select ${idSql('txn', 'n')}, 'charge', 'charge', ${currency}, ${minor}, 30, ${minor} - 30, '[]', extract(epoch from ${at})::bigint, ${idSql('ch', 'n')} ${range}`,
  `insert into recon.movement (id, type, category, currency, gross, fee, net, fees, created, source)
   select ${idSql('txn_po', 'n')}, 'payout', 'payout', ${currency}, -${minor}, 0, -${minor}, '[]', extract(epoch from ${at})::bigint, ${idSql('po', 'n')} ${every(payoutEvery)}`,
  `insert into recon.payment_news (fact_id, event_id, charge_id, kind, object_id, at, minor, currency, inquiry)
   select ${idSql('ref', 'n')}, ${idSql('evt', 'n')}, ${idSql('ch', 'n')}, 'refund', ${idSql('re', 'n')}, ${at}, 100, ${currency}, false ${every(refundEvery)}`,
  `insert into recon.payment_news (fact_id, event_id, charge_id, kind, object_id, at, minor, currency, inquiry)
   select ${idSql('dis', 'n')}, ${idSql('evt', 'n')}, ${idSql('ch', 'n')}, 'dispute', ${idSql('dp', 'n')}, ${at}, 100, ${currency}, false ${every(disputeEvery)}`,
];

/** Letters and parked messages; `$1` is the number of payments, `$2` that of sequences. */
const letters: readonly string[] = [
  `insert into recon.dead_letter (topic, partition, "offset", event_id, message_id, code, text, dead_at, id, consumer_group, source_topic, source_partition,
     source_offset, sequence, event_type, headers, attempts, minor, currency, held)
   select 'postings.ledger-one.v1.sink.dlq', n % 12, n, ${idSql('evt', 'n')}, ${idSql('req', 'n')}, ${code}, 'The period is closed', ${at}, ${idSql('dl', 'n')}, 'sink',
     'postings.ledger-one.v1', n % 12, n, 'pi_' || (n / ${letterEvery}) % $2::int, 'postings.requested',
     jsonb_build_object('traceparent', '00-' || ${traceSql('n')} || '-b7ad6b7169203331-01'), 3, ${minor}, ${currency}, n % 7 = 0
   from generate_series(${letterEvery}, $1::int, ${letterEvery}) n`,
  `insert into recon.parked (consumer_group, source_topic, source_partition, source_offset, message_id, event_id, sequence, head_offset, head_code, parked_at)
   select l.consumer_group, l.source_topic, l.source_partition, 100000000 + n, ${idSql('wait', 'n')}, l.event_id, l.sequence, l.source_offset, l.code, l.dead_at
   from generate_series(${paymentsPerParked}, $1::int, ${paymentsPerParked}) n join recon.dead_letter l on l.id = ${idSql('dl', 'n')}`,
];

/**
 * Fills recon's tables with payments and what belongs to them. Indexes are made afterwards, which takes a tenth of the time, but before the letters:
 * each of those is counted by a trigger that looks for its sequence. Then `place` works out which ledgers are involved, as recon does after an upgrade. The tables are vacuumed, as PostgreSQL itself keeps them.
 */
export async function seed(
  database: DataSource,
  payments: number,
  place: (database: DataSource) => Promise<void>,
  say: (line: string) => void,
): Promise<void> {
  const indexes = await database.query<{ name: string; definition: string }[]>(
    `select indexname as name, indexdef as definition from pg_indexes where schemaname = 'recon'
       and indexname not in (select conname from pg_constraint) order by 1`,
  );
  for (const { name } of indexes) await database.query(`drop index recon."${name}"`);
  for (const [index, statement] of statements.entries()) {
    for (let first = 1; first <= payments; first += atOnce)
      await database.query(statement, [first, Math.min(payments, first + atOnce - 1)]);
    say(`filled ${index + 1} of ${statements.length} tables`);
  }
  for (const { definition } of indexes) await database.query(definition);
  await database.query('analyze'); // without figures about the tables, the triggers would read them whole
  say(`made ${indexes.length} indexes`);
  for (const statement of letters)
    await database.query(statement, statement.includes('$2') ? [payments, sequencesOf(payments)] : [payments]);
  say('filled letters and what is parked behind them');
  const started = Date.now();
  await place(database);
  say(`placed payments by their ledgers in ${Math.round((Date.now() - started) / 1_000)} s`);
  // As the worker of recon leaves them: what is merged again goes to the room that vacuum found.
  for (const cleaned of ['', 'recon.payment_sum, recon.event_sum, recon.posting_sum, recon.written_change']) {
    await database.query('select recon.merge_payment_sums(), recon.merge_event_sums(), recon.merge_posting_sums()');
    await database.query(`vacuum analyze ${cleaned}`);
  }
}
