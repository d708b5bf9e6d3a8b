import type { MigrationInterface, QueryRunner } from 'typeorm';
import { nextRow } from '../audit/decide/audit-row.js';
import type { AuditRow } from '../audit/decide/audit-row.js';
import { insertAuditRows } from '../audit/emit/audit-writer.js';

const rowsAtOnce = 500;

/**
 * The audit trail: a chain of hashes that is only appended to. A trigger refuses changes by anybody, and the role that appends has no right to
 * make any. What `recon.dead_letter_audit` has recorded so far becomes the beginning of the chain; that table stays, because it holds the bytes
 * of messages before and after, which have to be erasable.
 */
export class Audit1700000000007 implements MigrationInterface {
  readonly name = 'Audit1700000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table recon.audit (
        sequence bigint primary key, at timestamptz not null, subject text not null, name text not null, action text not null,
        object text not null, target text, reason text, details json not null, address text, previous text not null, hash text not null);
      create index audit_subject on recon.audit (subject, sequence desc);
      create index audit_object on recon.audit (object, sequence desc);
      create index audit_action on recon.audit (action, sequence desc);
      create index audit_at on recon.audit (at);

      create function recon.refuse_audit_change() returns trigger language plpgsql as $$
        begin raise exception 'recon.audit is only appended to: % is refused', tg_op; end $$;
      create trigger audit_append_only before update or delete on recon.audit for each row execute function recon.refuse_audit_change();
      create trigger audit_no_truncate before truncate on recon.audit for each statement execute function recon.refuse_audit_change();
    `);
    await runner.query(makeRole);
    await runner.query(grantRights);
    await this.carryOver(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    // The role is shared by all databases of the server, so it stays.
    await runner.query(`drop table recon.audit; drop function recon.refuse_audit_change()`);
  }

  private async carryOver(runner: QueryRunner): Promise<void> {
    let last: AuditRow | undefined;
    for (let after = '0'; ;) {
      const old = (await runner.query(
        `select o.id::text as id, to_char(o.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, order_id, item_id, letter_id, done, done_by,
           reason, before_digest, after_digest, detail::text as detail
         from recon.dead_letter_audit o where o.id > $1 order by o.id limit ${rowsAtOnce}`,
        [after],
      )) as OldRow[];
      const rows = old.map((row) => (last = nextRow(last, carriedOver(row))));
      if (rows.length > 0) await insertAuditRows(runner.manager, rows);
      const end = old.at(-1);
      if (!end || old.length < rowsAtOnce) return;
      after = end.id;
    }
  }
}

/** Roles belong to the whole server: another service or an administrator may have made it, or this login may make none. */
const makeRole = `do $$ begin
  create role tributary_audit_writer nologin;
exception when duplicate_object or unique_violation or insufficient_privilege then null; end $$`;

const grantRights = `do $$ begin
  if exists (select from pg_roles where rolname = 'tributary_audit_writer') then
    grant usage on schema recon to tributary_audit_writer;
    grant select, insert on recon.audit to tributary_audit_writer;
    execute format('grant tributary_audit_writer to %I', current_user);
  end if;
exception when insufficient_privilege then null; end $$`;

interface OldRow {
  readonly id: string;
  readonly at: string;
  readonly order_id: string;
  readonly item_id: string | null;
  readonly letter_id: string | null;
  readonly done: string;
  readonly done_by: string;
  readonly reason: string;
  readonly before_digest: string | null;
  readonly after_digest: string | null;
  readonly detail: string | null;
}

/** A row of before people signed in: its name was claimed by whoever gave the order. */
function carriedOver(row: OldRow): Omit<AuditRow, 'sequence' | 'previous' | 'hash'> {
  const { order_id: order, item_id: item, letter_id: letter, before_digest: beforeDigest, after_digest: afterDigest } = row;
  const detail = row.detail === null ? null : (JSON.parse(row.detail) as unknown);
  return {
    at: row.at,
    subject: `claimed:${row.done_by}`,
    name: row.done_by,
    action: actionOf(row.done),
    object: letter === null ? `order:${order}` : `letter:${letter}`,
    target: null,
    reason: row.reason,
    details: JSON.stringify({ carriedOver: row.id, done: row.done, order, item, beforeDigest, afterDigest, detail }),
    address: null,
  };
}

function actionOf(done: string): string {
  if (done === 'ordered') return 'order.made';
  if (done === 'cancelled') return 'order.cancelled';
  return done.startsWith('given') ? 'letter.dispatched' : 'letter.answered';
}
