import type { EntityManager } from 'typeorm';
import type { AnchorFile } from '../decide/anchor.js';
import { ChainCheck } from '../decide/chain-check.js';
import type { AuditVerified } from '../decide/verification-text.js';
import { readAuditRows } from './audit-rows.js';
import { auditWriterRole } from './audit-writer.js';

const rowsPerReport = 1_000n;

/**
 * Reads the whole audit trail and compares it with its hashes and with the anchors. Changes nothing.
 * @param onProgress told, every thousand rows, how many are in order; what it throws ends the verification.
 */
export async function verifyAudit(
  manager: Pick<EntityManager, 'query'>,
  { anchors, unreadable }: AnchorFile,
  onProgress: (rows: bigint) => void = () => undefined,
): Promise<AuditVerified> {
  const check = new ChainCheck(anchors);
  for await (const row of readAuditRows(manager)) {
    if (!check.next(row)) break;
    if (check.rows % rowsPerReport === 0n) onProgress(check.rows);
  }
  const newest = anchors.reduce((top, { sequence }) => (sequence > top ? sequence : top), 0n);
  return {
    rows: check.rows,
    finding: check.finish(),
    anchoredUntil: newest === 0n ? undefined : newest,
    unreadableAnchors: unreadable,
    unprotected: await missingProtection(manager),
  };
}

async function missingProtection(manager: Pick<EntityManager, 'query'>): Promise<string[]> {
  const triggers = await manager.query<{ tgname: string; tgenabled: string }[]>(
    `select tgname, tgenabled from pg_trigger where tgrelid = 'recon.audit'::regclass and not tgisinternal`,
  );
  const isOn = (name: string): boolean => triggers.some(({ tgname, tgenabled }) => tgname === name && tgenabled !== 'D');
  const off = ['audit_append_only', 'audit_no_truncate'].filter((name) => !isOn(name));
  const [rights] = await manager.query<{ guarded: boolean }[]>(
    `select exists (select 1 from pg_roles where rolname = $1)
       or not has_table_privilege(current_user, 'recon.audit', 'update, delete, truncate') as guarded`,
    [auditWriterRole],
  );
  return [
    ...off.map((name) => `the trigger ${name} is missing or disabled`),
    ...(rights?.guarded === true ? [] : [`the role ${auditWriterRole} is missing: rows are inserted with the rights of the service`]),
  ];
}
