/**
 * SQL of two charges and two ledgers. `kinetic-main` has a document for the first, as it should; `sl-main` refused the first and has another
 * amount for the second. Whatever is of `sl-main` has `sl-main`, `secret` or 987.65 in it.
 */
export const twoLedgers = `
  insert into recon.delivery (partition, "offset", event_id, type, received_at) values
    (0, 1, 'evt_1', 'charge.succeeded', '2026-11-21T06:00:00Z'), (0, 2, 'evt_2', 'charge.succeeded', '2026-11-21T07:00:00Z');
  insert into recon.event (event_id, type, deliveries, first_received_at, translated_at, canonical_count, state, reason, charge_key) values
    ('evt_1', 'charge.succeeded', 1, '2026-11-21T06:00:00Z', null, 1, 'deadLettered', 'erp.secret', 'ch_1'),
    ('evt_2', 'charge.succeeded', 1, '2026-11-21T07:00:00Z', null, 1, 'posted', null, 'ch_2');
  insert into recon.fact (canonical_id, event_id, type, routed_at, ignored_reason) values
    ('fact_1', 'evt_1', 'ar.payment-received', null, null), ('fact_2', 'evt_2', 'ar.payment-received', null, null),
    ('out-secret', 'evt_1', 'erp.posting-concluded', '2026-11-21T06:03:00Z', 'no-flow');
  insert into recon.posting (request_id, canonical_id, event_id, posting_key, target, kind, requested_at, result, code, text, reference, attempts, concluded_at)
  values
    ('req_1', 'fact_1', 'evt_1', 'kinetic-main/cash-receipt/ch_1', 'kinetic-main', 'cash-receipt', '2026-11-21T06:01:00Z', 'posted', null, null,
      '{"HeadNum":"881"}', 1, '2026-11-21T06:02:00Z'),
    ('secret_1', 'fact_1', 'evt_1', 'sl-main/cash-receipt/ch_1', 'sl-main', 'cash-receipt', '2026-11-21T06:01:00Z', 'rejected', 'erp.secret',
      'secret', null, 1, '2026-11-21T06:02:00Z'),
    ('secret_2', 'fact_2', 'evt_2', 'sl-main/cash-receipt/ch_2', 'sl-main', 'cash-receipt', '2026-11-21T07:01:00Z', 'posted', null, null,
      '{"BatNbr":"secret"}', 1, '2026-11-21T07:02:00Z');
  insert into recon.outcome (outcome_id, request_id, event_id, posting_key, result, code, text, reference, attempts, concluded_at)
  select case request_id when 'secret_1' then 'out-secret' else 'out-' || request_id end, request_id, event_id, posting_key, result, code, text,
    reference, attempts, concluded_at from recon.posting;
  insert into recon.dead_letter (topic, partition, "offset", event_id, message_id, code, text, dead_at, id, consumer_group, source_topic,
    source_partition, source_offset, sequence, minor, currency) values ('dead.secret', 0, 1, 'evt_1', 'secret_1', 'erp.secret', 'secret',
    '2026-11-21T06:02:00Z', 'letter-secret', 'g', 'postings.sl-main.v1', 0, 1, 'pi', 98765, 'USD');
  insert into recon.parked (consumer_group, source_topic, source_partition, source_offset, message_id, event_id, sequence, head_offset, head_code,
    parked_at) values ('g', 'postings.sl-main.v1', 0, 2, 'secret_3', 'evt_1', 'pi', 1, 'secret', '2026-11-21T06:02:00Z');
  insert into recon.payment (charge_id, payment_id, canonical_id, event_id, minor, currency, received_at) values
    ('ch_1', 'pi_1', 'fact_1', 'evt_1', 10000, 'USD', '2026-11-21T06:00:00Z'),
    ('ch_2', 'pi_2', 'fact_2', 'evt_2', 20000, 'USD', '2026-11-21T07:00:00Z');
  insert into recon.reconciliation (posting_key, charge_id, state, ledger_minor, ledger_currency, reference, checked_at, released) values
    ('kinetic-main/cash-receipt/ch_1', 'ch_1', 'matched', 10000, 'USD', '{"HeadNum":"881"}', '2026-11-21T06:04:00Z', true),
    ('sl-main/cash-receipt/ch_1', 'ch_1', 'pending', null, null, null, null, false),
    ('sl-main/cash-receipt/ch_2', 'ch_2', 'different', 98765, 'USD', '{"BatNbr":"secret"}', '2026-11-21T07:04:00Z', true);
  insert into recon.capture (id, charge_id, part, known, event_id, minor, currency, received_at, state, standing, standing_reason, reconciliation,
    reconciliation_text, reconciliation_basis, targets) values
    ('ch_1', 'ch_1', '', true, 'evt_1', 10000, 'USD', '2026-11-21T06:00:00Z', 'deadLettered', 'needsPerson', 'Dead-lettered: erp.secret', 'matched',
      null, 'our-reading', '{kinetic-main,sl-main}'),
    ('ch_2', 'ch_2', '', true, 'evt_2', 20000, 'USD', '2026-11-21T07:00:00Z', 'posted', 'needsPerson', 'secret', 'different', 'secret', 'our-reading', '{sl-main}');
  insert into recon.document (request_id, posting_key, canonical_id, event_id, target, kind, shape, lines, effect, balanced, requested_at)
  select request_id, posting_key, canonical_id, event_id, target, kind, 's', '[]',
    '[{"role":"FEE","account":"6210","currency":"USD","debit":"320","credit":null}]', true, requested_at from recon.posting;
  insert into recon.ledger_effect (posting_key, target, kind, state, text, checked_at) values
    ('kinetic-main/cash-receipt/ch_1', 'kinetic-main', 'cash-receipt', 'matched', null, '2026-11-21T06:04:00Z'),
    ('sl-main/cash-receipt/ch_2', 'sl-main', 'cash-receipt', 'different', 'secret', '2026-11-21T07:04:00Z');`;
