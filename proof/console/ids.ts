import { createHash } from 'node:crypto';

/** Length of the part of an id that tells one object from another, as Stripe's ids have it. */
const idLength = 22;

const digest = (text: string): string => createHash('md5').update(text).digest('hex');

/** Id of object `n` of a kind, `ch_3b1f...`: spread over the whole index, as real ones are. */
export function idOf(prefix: string, n: number): string {
  return `${prefix}_${digest(`${prefix}${n}`).slice(0, idLength)}`;
}

/** The same in SQL. @param n SQL expression of a whole number. */
export function idSql(prefix: string, n: string): string {
  return `('${prefix}_' || substr(md5('${prefix}' || ${n}), 1, ${idLength}))`;
}

/** Trace of payment `n`. */
export const traceOf = (n: number): string => digest(`trace${n}`);
/** The same in SQL. */
export const traceSql = (n: string): string => `md5('trace' || ${n})`;
