/**
 * SQL condition: another posting waits for the release of posting `p`. One subquery per state, because each state has an index of its own.
 */
export const isReleaseNeeded = `(
  exists (select from erp_sink.posting w where w.state = 'waiting' and w.waiting_released @> array[p.posting_key])
  or exists (select from erp_sink.posting w where w.target = p.target and w.state = 'held' and w.waiting_released @> array[p.posting_key]))`;
