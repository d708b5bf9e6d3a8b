import { documentResults, sqlList } from '../../shared/decide/results.js';

/**
 * SQL of what ledgers were asked for and what they wrote, by `target`, from what is kept (ADR 0100): `postings`, those of them that were `requested`, and the
 * `documents` and objects with `metadata` that were written, each once however often it changed. Rows of a target are to be summed.
 * @param condition over the column `target`.
 */
export const postingSums = (condition: string): string => `(
  select target, postings, requested, documents, metadata from recon.posting_sum where ${condition}
  union all
  select c.target, 0, 0, case when c.metadata then 0 else c.flip end, case when c.metadata then c.flip else 0 end from (
    select n.target, n.metadata, (coalesce(d.times, 0) + n.change > 0)::integer - (coalesce(d.times, 0) > 0)::integer as flip
    from (select posting_key, target, metadata, sum(change) as change from recon.written_change where ${condition} group by 1, 2, 3) n
    left join recon.written_document d using (posting_key, target, metadata)) c)`;

/** SQL condition over a row of `recon.posting`: it wrote a document, as the index of the newest ones has it. */
export const wroteDocument = `kind <> 'metadata' and result in (${sqlList(documentResults)})`;
