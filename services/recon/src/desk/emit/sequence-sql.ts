import type { PageStart } from '../../shared/decide/keyset-page.js';
import { replaysOfLetter } from './dead-letter.repository.js';
import { nobody, visibleTopic } from './dead-letter-filter.js';
import { stillParked } from './parked-sql.js';

const ofSequence = (row: string): string =>
  `${row}.consumer_group = l.consumer_group and ${row}.source_topic = l.source_topic and ${row}.sequence = l.sequence`;
const openOfSequence = (row: string): string => `${ofSequence(row)} and ${row}.state <> 'closed' and ${row}.id is not null`;
/** A sequence has a letter of which this holds. @param condition over a letter `o`. */
const some = (condition: string): string => `exists (select from recon.dead_letter o where ${openOfSequence('o')} and ${condition})`;
const assigned = (condition: string): string =>
  some(`exists (select from recon.dead_letter_assignment a where a.letter_id = o.id and ${condition})`);
const key = `concat_ws('/', l.consumer_group, l.source_topic, l.sequence)`;

/**
 * SQL of a page of sequences, the longest waiting first. Letters are walked from the oldest (or from the cursor) on, and each sequence is taken at its first letter: so a page
 * reads no more letters than come before its end, and what a sequence shows is read for those of the page alone. Parameters: cause, group, topics that may
 * be seen, the two parts of the cursor, how many, assignee, topic, event type, held, state, from, to.
 */
export const sequencesSql = ({ beyond, order }: Pick<PageStart, 'beyond' | 'order'>): string => `
  with page as materialized (
    select l.consumer_group, l.source_topic, l.sequence, l.dead_at as oldest, ${key} as key, (extract(epoch from l.dead_at) * 1000000)::bigint::text as cursor_at
    from recon.dead_letter l
    where l.state <> 'closed' and l.id is not null and ($2::text is null or l.consumer_group = $2) and ${visibleTopic('l.source_topic', '$3')}
      and ($8::text is null or l.source_topic = $8)
      and not exists (select from recon.dead_letter o where ${openOfSequence('o')} and (o.dead_at, o.id) < (l.dead_at, l.id))
      and ($1::text is null or ${some('o.code = $1')}) and ($9::text is null or ${some('o.event_type = $9')})
      and ($10::boolean is null or ${some('o.held')} = $10) and ($11::text is null or ${some('o.state = $11')})
      and ($7::text is null or case when $7 = '${nobody}' then not ${assigned('true')} else ${assigned('a.subject = $7')} end)
      and ($12::timestamptz is null or l.dead_at >= $12) and ($13::timestamptz is null or l.dead_at < $13)
      and ($4::bigint is null or (l.dead_at ${beyond}= 'epoch'::timestamptz + $4::bigint * interval '1 microsecond'
        and (l.dead_at, ${key}) ${beyond} ('epoch'::timestamptz + $4::bigint * interval '1 microsecond', $5)))
    order by l.dead_at ${order}, ${key} ${order} limit $6)
  select l.*, letters.*, (select ${replaysOfLetter} from recon.dead_letter l where l.id = letters.head) as replays,
    (select json_build_object('subject', h.subject, 'name', h.name) from recon.dead_letter_assignment h where h.letter_id = letters.head) as head_assignee, (
    select count(*)::int from recon.parked p where ${ofSequence('p')} and p.source_offset > letters.first_offset and ${stillParked}) as parked_behind
  from page l cross join lateral (
    select count(*)::int as letters, count(*) filter (where o.state = 'ordered')::int as ordered, bool_or(o.held) as held,
      (array_agg(o.id order by o.source_offset, o.id))[1] as head, (array_agg(o.code order by o.source_offset, o.id))[1] as cause,
      (array_agg(o.text order by o.source_offset, o.id))[1] as text, min(o.source_offset) as first_offset,
      coalesce(json_agg(json_build_object('minor', o.minor::text, 'currency', o.currency)) filter (where o.minor is not null), '[]') as money,
      (array_agg(json_build_object('subject', a.subject, 'name', a.name) order by o.source_offset, o.id) filter (where a.letter_id is not null))[1] as assignee
    from recon.dead_letter o left join recon.dead_letter_assignment a on a.letter_id = o.id where ${openOfSequence('o')}) letters
  order by l.oldest ${order}, l.key ${order}`;
