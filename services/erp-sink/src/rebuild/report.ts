import type { LedgerRebuilt } from './ledger-rebuild.js';
import type { CrossReferencesRebuilt } from './xref-rebuild.js';

const mostConflictsShown = 50;

/** The report of a ledger rebuild, as text for operators. */
export function ledgerReport(target: string, result: LedgerRebuilt, tookMs: number): string {
  const { before, after, topics, erp, found, states, said, batches, conflicts } = result;
  const same = before.digest === after.digest ? 'the same as before' : 'not the same as before';
  return [
    `ledger of ${target}: ${after.postings} postings, ${after.outcomes} outcomes, ${batches} batches in ${Math.round(tookMs / 1_000)} s`,
    `read            ${topics.records} records of topics${topics.resumed > 0 ? `, ${topics.resumed} of them in an earlier run` : ''}${topics.unreadable > 0 ? `, ${topics.unreadable} not readable` : ''}`,
    `in topics       ${found.topics} postings with a document`,
    `in the ERP      ${erp.listed} documents listed, ${erp.unsettled} postings looked for because no topic tells their end`,
    `adopted         ${found.adopted} whose outcome was lost, found in the ERP`,
    `in the ERP only ${found['erp-only']} known to the ERP and to cross-references, and to no request`,
    `without one     ${found.none} postings without a document`,
    `states          ${Object.entries(states)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([state, count]) => `${count} ${state}`)
      .join(', ')}`,
    `to publish      ${said} outcomes; the sink publishes them when it starts`,
    `conflicts       ${conflicts.length}${conflicts.length > 0 ? ', held for a person:' : ''}`,
    ...conflicts.slice(0, mostConflictsShown).map(({ code, postingKey, text }) => `  ${code} ${postingKey}: ${text}`),
    ...(conflicts.length > mostConflictsShown
      ? [`  and ${conflicts.length - mostConflictsShown} more: GET /postings?state=held of the sink`]
      : []),
    `digest before   ${before.digest} (${before.postings} postings)`,
    `digest after    ${after.digest}, ${same}`,
  ].join('\n');
}

/** The report of a rebuild of the cross-references, as text for operators. */
export function xrefReport(target: string, { expected, missing, different, foreign, before, after }: CrossReferencesRebuilt): string {
  return [
    `cross-references of ${target}: ${expected} by the ledger`,
    `published       ${missing} missing, ${different} different`,
    `left alone      ${foreign} that the ledger does not know`,
    `digest before   ${before.digest} (${before.entries} entries)`,
    `digest after    ${after.digest}`,
  ].join('\n');
}
