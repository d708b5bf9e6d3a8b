/**
 * SQL of five customers and two ledgers. `cus_1` is paired in both; `cus_2` and `cus_3` share a customer of `kinetic-main`; `cus_4` is doubtful in
 * `sl-main`, where `secret` is what only those see who see that ledger; `cus_5` has paid, and no ledger knows it.
 */
export const customers = `
  insert into recon.event (event_id, type, deliveries, first_received_at, state, reason, customer_id)
  select 'evt_cus_' || n, 'customer.created', 1, '2026-11-21T05:00:00Z'::timestamptz + n * interval '1 minute', case n when 4 then 'held' else 'posted' end,
    case n when 4 then 'sl.customer-ambiguous' end, 'cus_' || n from generate_series(1, 5) n;
  insert into recon.posting (request_id, canonical_id, event_id, posting_key, target, kind, requested_at, result, code, text, reference, attempts, concluded_at)
  values
    ('req_k1', 'fact_1', 'evt_cus_1', 'kinetic-main/customer/cus_1', 'kinetic-main', 'customer', '2026-11-21T05:01:00Z', 'posted', null, null,
      '{"CompanyId":"ACME","CustNum":"7","CustID":"KETTLE"}', 1, '2026-11-21T05:02:00Z'),
    ('req_s1', 'fact_1', 'evt_cus_1', 'sl-main/customer/cus_1', 'sl-main', 'customer', '2026-11-21T05:01:00Z', 'adopted', null, null,
      '{"CustId":"secret-C1"}', 1, '2026-11-21T05:02:00Z'),
    ('req_k2', 'fact_2', 'evt_cus_2', 'kinetic-main/customer/cus_2', 'kinetic-main', 'customer', '2026-11-21T05:01:00Z', 'posted', null, null,
      '{"CustNum":"8","CustID":"CREEK"}', 1, '2026-11-21T05:02:00Z'),
    ('req_s2', 'fact_2', 'evt_cus_2', 'sl-main/customer/cus_2', 'sl-main', 'customer', '2026-11-21T05:01:00Z', 'posted', null, null,
      '{"CustId":"secret-C2"}', 1, '2026-11-21T05:02:00Z'),
    ('req_k3', 'fact_3', 'evt_cus_3', 'kinetic-main/customer/cus_3', 'kinetic-main', 'customer', '2026-11-21T05:01:00Z', 'posted', null, null,
      '{"CustNum":"8","CustID":"CREEK-RENAMED"}', 1, '2026-11-21T05:03:00Z'),
    ('req_s3', 'fact_3', 'evt_cus_3', 'sl-main/customer/cus_3', 'sl-main', 'customer', '2026-11-21T05:01:00Z', 'posted', null, null,
      '{"CustId":"secret-C3"}', 1, '2026-11-21T05:02:00Z'),
    ('req_k4', 'fact_4', 'evt_cus_4', 'kinetic-main/customer/cus_4', 'kinetic-main', 'customer', '2026-11-21T05:01:00Z', 'posted', null, null,
      '{"CompanyId":"ACME","CustNum":"9"}', 1, '2026-11-21T05:02:00Z'),
    ('req_s4', 'fact_4', 'evt_cus_4', 'sl-main/customer/cus_4', 'sl-main', 'customer', '2026-11-21T05:01:00Z', 'held', 'sl.customer-ambiguous', 'secret',
      null, 1, '2026-11-21T05:02:00Z');
  insert into recon.outcome (outcome_id, request_id, event_id, posting_key, result, reference, attempts, concluded_at)
  select 'out_' || request_id, request_id, event_id, posting_key, result, reference, attempts, concluded_at from recon.posting where kind = 'customer'
  union all values ('out_before', 'req_k1', 'evt_cus_1', 'kinetic-main/customer/cus_1', 'posted', '{"CustNum":"6","CustID":"OLD"}'::jsonb, 1, '2026-11-21T04:02:00Z'::timestamptz);
  insert into recon.dead_letter (topic, partition, "offset", event_id, message_id, code, text, dead_at, id, consumer_group, source_topic, source_partition,
    source_offset, sequence, event_type, held) values ('dead.sl', 0, 41, 'evt_cus_4', 'req_s4', 'sl.customer-ambiguous',
    'posting sl-main/customer/cus_4: sl.customer-ambiguous: could be any of C100 (secret Creek Ltd), C200 (secret Kettle); resolve with the CustId of the right one',
    '2026-11-21T05:02:00Z', 'dl_secretcustomer4', 'g', 'postings.sl-main.v1', 0, 41, 'cus_4', 'postings.posting-requested', true);
  insert into recon.payment (charge_id, payment_id, canonical_id, event_id, customer_id, customer_name, minor, currency, received_at) values
    ('ch_c5', 'pi_c5', 'fact_c5', 'evt_cus_5', 'cus_5', 'Ada Kettle', 1000, 'USD', '2026-11-21T05:06:00Z'),
    ('ch_c5b', 'pi_c5b', 'fact_c5b', 'evt_cus_5', 'cus_5', 'Ada Kettle', 700, 'EUR', '2026-11-21T05:05:00Z');
  insert into recon.capture (id, charge_id, part, known, event_id, minor, currency, received_at, state, standing) values
    ('ch_c5', 'ch_c5', '', true, 'evt_cus_5', 1000, 'USD', '2026-11-21T05:06:00Z', 'posted', 'inLedger'),
    ('ch_c5b', 'ch_c5b', '', true, 'evt_cus_5', 700, 'EUR', '2026-11-21T05:05:00Z', 'posted', 'inLedger');`;
