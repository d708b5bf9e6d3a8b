import type { FoundKind } from '@tributary/contracts';
import type { Seen } from './seen-sql.js';

/** A query for objects of one kind: `id`, `title`, `minor`, `currency`, `at`, `of` (what its address names). */
export interface SearchPart {
  readonly kind: FoundKind;
  readonly sql: string;
}

const none = 'null::text as minor, null::text as currency';
const captured = `c.charge_id as id, c.standing as title, c.minor::text as minor, c.currency, c.received_at as at, c.charge_id as of`;

/**
 * Queries that find an id; each goes by an index. Parameters: `$1` what is searched for, `$2` how many of each kind; the targets that may be
 * seen follow.
 */
export function idParts(seen: Seen): readonly SearchPart[] {
  return [
    { kind: 'payment', sql: `select ${captured} from recon.capture c where c.charge_id = $1 order by c.id limit $2` },
    {
      kind: 'payment',
      sql: `select ${captured} from recon.payment p join recon.capture c on c.charge_id = p.charge_id and c.part = p.part
        where p.payment_id = $1 order by c.id limit $2`,
    },
    {
      kind: 'payment',
      sql: `select ${captured} from recon.payment p join recon.capture c on c.charge_id = p.charge_id and c.part = p.part
        where p.balance_transaction_id = $1 order by c.id limit $2`,
    },
    {
      kind: 'customer',
      sql: `select * from (select p.customer_id as id, 'payments: ' || count(*) as title, ${none}, min(p.received_at) as at, p.customer_id as of
        from recon.payment p where p.customer_id = $1 group by p.customer_id) as customer limit $2`,
    },
    {
      kind: 'event',
      sql: `select e.event_id as id, e.type as title, ${none}, e.first_received_at as at, e.event_id as of from recon.event e
        where e.event_id = $1 limit $2`,
    },
    {
      kind: 'refund',
      sql: `select n.object_id as id, n.kind as title, n.minor::text as minor, n.currency, n.at, n.charge_id as of from recon.payment_news n
        where n.object_id = $1 and n.kind like 'refund%' order by n.at desc limit least($2, 1)`,
    },
    {
      kind: 'dispute',
      sql: `select n.object_id as id, n.kind as title, n.minor::text as minor, n.currency, n.at, n.charge_id as of from recon.payment_news n
        where n.object_id = $1 and n.kind like 'dispute%' order by n.at desc limit least($2, 1)`,
    },
    {
      kind: 'movement',
      sql: `select m.id, coalesce(nullif(m.category, ''), m.type) as title, m.net::text as minor, m.currency, to_timestamp(m.created) as at, m.id as of
        from recon.movement m where m.id = $1 limit $2`,
    },
    { kind: 'document', sql: documents('q.posting_key = $1', seen) },
    { kind: 'document', sql: documents(`split_part(q.posting_key, '/', 3) = $1`, seen) },
    { kind: 'document', sql: documents('recon.reference_values(q.reference) @> array[$1::text]', seen) },
    { kind: 'deadLetter', sql: letters('l.id = $1', seen) },
    { kind: 'deadLetter', sql: letters('l.message_id = $1', seen) },
    { kind: 'deadLetter', sql: letters('l.sequence = $1', seen) },
  ];
}

/** The query that finds captured charges of an amount. Parameters: `$1` minor units, `$2` their currencies, `$3` how many. */
export const amountSql = `select ${captured} from unnest($1::numeric[], $2::text[]) as a (minor, currency)
  cross join lateral (select * from recon.capture c where c.minor = a.minor and c.currency = a.currency order by c.received_at desc limit $3) c
  order by c.received_at desc limit $3`;

/** Of several requests for one document, the newest. */
function documents(condition: string, seen: Seen): string {
  return `select * from (
    select distinct on (q.posting_key) q.posting_key as id, concat_ws(' ', q.kind, array_to_string(recon.reference_values(q.reference), ' ')) as title, ${none},
      q.requested_at as at, q.event_id as of
    from recon.posting q where ${condition} and ${seen.target('q.target')} order by q.posting_key, q.requested_at desc nulls last) as document limit $2`;
}

function letters(condition: string, seen: Seen): string {
  return `select l.id, l.code as title, l.minor::text as minor, l.currency, l.dead_at as at, l.id as of from recon.dead_letter l
    where ${condition} and l.id is not null and ${seen.topic('l.source_topic')} order by l.dead_at desc limit $2`;
}
