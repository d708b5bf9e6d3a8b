/**
 * SQL condition: posting `p` is finished. It has a document, which is released where it has a batch, and neither a recheck nor a duplicate
 * is open.
 */
export const finished = `p.state = 'posted' and p.reference is not null and (p.released or p.batch_id is null) and p.recheck_at is null and not p.twice`;
