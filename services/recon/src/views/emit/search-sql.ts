import type { FoundKind } from '@tributary/contracts';
import type { SearchTerm } from '../decide/search-term.js';
import type { Seen } from './seen-sql.js';

/** A query for objects of one kind: `id`, `word`, `minor`, `currency`, `at`, `of` (what its address names). */
export interface SearchPart {
  readonly kind: FoundKind;
  readonly sql: string;
}

const none = 'null::text as minor, null::text as currency';
const captured = `c.charge_id as id, c.standing as word, c.minor::text as minor, c.currency, c.received_at as at, c.charge_id as of`;

/**
 * Queries that find an id; each goes by an index. Parameters: `$1` what is searched for, `$2` how many of each kind; the targets that may be
 * seen follow.
 */
export function idParts(seen: Seen): readonly SearchPart[] {
  return [
    { kind: 'payment', sql: `select ${captured} from ${seen.captures} c where c.charge_id = $1 order by c.id limit $2` },
    {
      kind: 'payment',
      sql: `select ${captured} from recon.payment p join ${seen.captures} c on c.charge_id = p.charge_id and c.part = p.part
        where p.payment_id = $1 order by c.id limit $2`,
    },
    {
      kind: 'payment',
      sql: `select ${captured} from recon.payment p join ${seen.captures} c on c.charge_id = p.charge_id and c.part = p.part
        where p.balance_transaction_id = $1 order by c.id limit $2`,
    },
    {
      kind: 'customer',
      sql: `select * from (select p.customer_id as id, 'payments: ' || count(*) as word, ${none}, min(p.received_at) as at, p.customer_id as of
        from recon.payment p where p.customer_id = $1 group by p.customer_id) as customer limit $2`,
    },
    {
      kind: 'event',
      sql: `select e.event_id as id, e.type as word, ${none}, e.first_received_at as at, e.event_id as of from recon.event e
        where e.event_id = $1 limit $2`,
    },
    {
      kind: 'refund',
      sql: `select n.object_id as id, n.kind as word, n.minor::text as minor, n.currency, n.at, n.charge_id as of from recon.payment_news n
        where n.object_id = $1 and n.kind like 'refund%' order by n.at desc limit least($2, 1)`,
    },
    {
      kind: 'dispute',
      sql: `select n.object_id as id, n.kind as word, n.minor::text as minor, n.currency, n.at, n.charge_id as of from recon.payment_news n
        where n.object_id = $1 and n.kind like 'dispute%' order by n.at desc limit least($2, 1)`,
    },
    {
      kind: 'movement',
      sql: `select m.id, coalesce(nullif(m.category, ''), m.type) as word, m.net::text as minor, m.currency, to_timestamp(m.created) as at, m.id as of
        from recon.movement m where m.id = $1 limit $2`,
    },
    {
      kind: 'payout',
      sql: `select m.source as id, m.type as word, m.net::text as minor, m.currency, to_timestamp(m.created) as at, m.id as of from recon.movement m
        where m.source = $1 and m.type like 'payout%' order by m.created desc limit least($2, 1)`,
    },
    {
      kind: 'event',
      sql: `select e.event_id as id, e.type as word, ${none}, e.first_received_at as at, e.event_id as of from recon.event e
        where e.event_id in (select d.event_id from recon.delivery d where d.trace_id = $1) order by e.event_id limit $2`,
    },
    { kind: 'document', sql: documents('q.posting_key = $1', seen) },
    { kind: 'document', sql: documents(`split_part(q.posting_key, '/', 3) = $1`, seen) },
    { kind: 'document', sql: documents('recon.reference_values(q.reference) @> array[$1::text]', seen) },
    { kind: 'deadLetter', sql: letters('l.id = $1', seen) },
    { kind: 'deadLetter', sql: letters('l.message_id = $1', seen) },
    { kind: 'deadLetter', sql: letters('l.sequence = $1', seen) },
    { kind: 'deadLetter', sql: letters(`split_part(l.headers ->> 'traceparent', '-', 2) = $1`, seen) },
  ];
}

/** Most payments that are looked at for one address: of a shop that pays by itself there are very many. */
const mostLookedAt = 1_000;
const byHash = `(select charge_id, part, customer_id, received_at from recon.payment where lookup_hashes @> array[$1::text] limit ${mostLookedAt})`;

/** Queries that find payments by a keyed hash; by that of an e-mail address their customers, too. Parameters as those of {@link idParts}, with the hash. */
export function lookupParts(seen: Seen, as: SearchTerm['as']): readonly SearchPart[] {
  return as === 'email' ? [paymentsByHash(seen), customersByHash] : [paymentsByHash(seen)];
}

const paymentsByHash = (seen: Seen): SearchPart => ({
  kind: 'payment',
  sql: `select ${captured} from ${byHash} p join ${seen.captures} c on c.charge_id = p.charge_id and c.part = p.part order by c.received_at desc limit $2`,
});
const customersByHash: SearchPart = {
  kind: 'customer',
  sql: `select p.customer_id as id, 'payments: ' || count(*) as word, ${none}, min(p.received_at) as at, p.customer_id as of
    from ${byHash} p where p.customer_id is not null group by p.customer_id order by p.customer_id limit $2`,
};

/**
 * The query that finds captured charges of an amount. Parameters: `$1` minor units, `$2` their currencies, `$3` how many, `$4` the
 * targets that may be seen.
 */
export const amountSql = (seen: Seen): string => `select ${captured} from unnest($1::numeric[], $2::text[]) as a (minor, currency)
  cross join lateral (select * from ${seen.captures} c where c.minor = a.minor and c.currency = a.currency order by c.received_at desc limit $3) c
  order by c.received_at desc limit $3`;

/** Of several requests for one document, the newest. */
function documents(condition: string, seen: Seen): string {
  return `select * from (
    select distinct on (q.posting_key) q.posting_key as id, concat_ws(' ', q.kind, array_to_string(recon.reference_values(q.reference), ' ')) as word, ${none},
      q.requested_at as at, q.event_id as of
    from recon.posting q where ${condition} and ${seen.target('q.target')} order by q.posting_key, q.requested_at desc nulls last) as document limit $2`;
}

function letters(condition: string, seen: Seen): string {
  return `select l.id, l.code as word, l.minor::text as minor, l.currency, l.dead_at as at, l.id as of from recon.dead_letter l
    where ${condition} and l.id is not null and ${seen.topic('l.source_topic')} order by l.dead_at desc limit $2`;
}
