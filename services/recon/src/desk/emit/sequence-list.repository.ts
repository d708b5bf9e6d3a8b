import { Injectable } from '@nestjs/common';
import type { SequencesPage, SequenceView } from '@tributary/contracts';
import { payloadsOf, withDatabase } from '@tributary/persistence';
import type { PayloadCipher } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { sumView } from '../../shared/decide/amount-view.js';
import { keysetPage, pageStart } from '../../shared/decide/keyset-page.js';
import type { PageRequest } from '../../shared/decide/keyset-page.js';
import { isoTime } from '../../shared/decide/storable-text.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { letterTexts, shownText } from '../../shared/emit/view-payloads.js';
import { nobody, visibleTopic, visibleTopics } from './dead-letter-filter.js';
import { replaysOfLetter } from './dead-letter.repository.js';
import { stillParked } from './parked-sql.js';

/** Selects sequences; a sequence has to match every given field. */
export interface SequenceFilter {
  /** Stable error code of one of its letters. */
  readonly cause?: string | undefined;
  readonly group?: string | undefined;
  /** Subject of whoever looks after one of its letters; `nobody`: nobody looks after any. */
  readonly assignee?: string | undefined;
  readonly topic?: string | undefined;
  /** Event type of one of its letters. */
  readonly eventType?: string | undefined;
  /** Whether a person has to look into the target for one of its letters. */
  readonly held?: boolean | undefined;
  /** `open`: one of its letters is in no order; `ordered`: one is in one. */
  readonly state?: 'open' | 'ordered' | undefined;
  /** Its oldest letter: from, inclusive; to, exclusive; ISO 8601. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

interface SequenceRow {
  readonly key: string;
  readonly consumer_group: string;
  readonly source_topic: string;
  readonly sequence: string;
  readonly letters: number;
  readonly ordered: number;
  readonly head: string;
  readonly cause: string;
  readonly text: string | null;
  readonly held: boolean;
  readonly oldest: Date;
  readonly cursor_at: string;
  readonly parked_behind: number;
  readonly assignee: SequenceView['assignee'];
  readonly head_assignee: SequenceView['assignee'];
  readonly replays: number;
  readonly money: readonly { readonly minor: string; readonly currency: string | null }[];
}

/** Cursor: a time in microseconds, and the key of a sequence. */
const cursorPattern = /^(\d{1,18})~(.+)$/s;

/** Reads the sequences that stand still: one row for all dead letters of a sequence, with what is parked behind them. */
@Injectable()
export class SequenceListRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The longest waiting first. */
  async list(filter: SequenceFilter, page: PageRequest, visible: VisibleTargets): Promise<SequencesPage> {
    const { cursor, beyond, order, rows: limit } = pageStart(page, 'asc');
    const [, at, key] = cursorPattern.exec(cursor ?? '') ?? [];
    const rows = await withDatabase('reading the sequences of dead letters', () =>
      this.dataSource.query<SequenceRow[]>(
        `with waiting as (
           select concat_ws('/', l.consumer_group, l.source_topic, l.sequence) as key, l.consumer_group, l.source_topic, l.sequence,
             count(*)::int as letters, count(*) filter (where l.state = 'ordered')::int as ordered, bool_or(l.held) as held, min(l.dead_at) as oldest,
             (array_agg(l.id order by l.source_offset, l.id))[1] as head, (array_agg(l.code order by l.source_offset, l.id))[1] as cause,
             (array_agg(l.text order by l.source_offset, l.id))[1] as text, min(l.source_offset) as first_offset,
             json_agg(json_build_object('minor', l.minor::text, 'currency', l.currency)) filter (where l.minor is not null) as money,
             (array_agg(json_build_object('subject', a.subject, 'name', a.name) order by l.source_offset, l.id) filter (where a.letter_id is not null))[1] as assignee
           from recon.dead_letter l left join recon.dead_letter_assignment a on a.letter_id = l.id
           where l.state <> 'closed' and l.id is not null and ($2::text is null or l.consumer_group = $2) and ${visibleTopic('l.source_topic', '$3')}
             and ($8::text is null or l.source_topic = $8)
           group by l.consumer_group, l.source_topic, l.sequence
           having ($1::text is null or bool_or(l.code = $1)) and ($9::text is null or bool_or(l.event_type = $9)) and ($10::boolean is null or bool_or(l.held) = $10)
             and ($7::text is null or bool_or(a.subject = $7) or ($7 = '${nobody}' and count(a.letter_id) = 0))
             and ($11::text is null or bool_or(l.state = $11)) and ($12::timestamptz is null or min(l.dead_at) >= $12) and ($13::timestamptz is null or min(l.dead_at) < $13)),
         page as (
           select *, (extract(epoch from oldest) * 1000000)::bigint::text as cursor_at from waiting
           where $4::bigint is null or (oldest, key) ${beyond} ('epoch'::timestamptz + $4::bigint * interval '1 microsecond', $5)
           order by oldest ${order}, key ${order} limit $6)
         select page.*, coalesce(money, '[]') as money, (select ${replaysOfLetter} from recon.dead_letter l where l.id = page.head) as replays,
           (select json_build_object('subject', h.subject, 'name', h.name) from recon.dead_letter_assignment h where h.letter_id = page.head) as head_assignee, (
           select count(*)::int from recon.parked p where p.consumer_group = page.consumer_group and p.source_topic = page.source_topic
             and p.sequence = page.sequence and p.source_offset > page.first_offset and ${stillParked}) as parked_behind
         from page order by oldest ${order}, key ${order}`,
        [
          ...[filter.cause ?? null, filter.group ?? null, visibleTopics(visible), at ?? null, key ?? null, limit, filter.assignee ?? null],
          ...[
            filter.topic ?? null,
            filter.eventType ?? null,
            filter.held ?? null,
            filter.state ?? null,
            filter.from ?? null,
            filter.to ?? null,
          ],
        ],
      ),
    );
    const { rows: shown, ...neighbours } = keysetPage(page, rows, (row) => `${row.cursor_at}~${row.key}`);
    return { sequences: shown.map((row) => sequenceView(row, payloadsOf(this.dataSource))), ...neighbours };
  }
}

function sequenceView(row: SequenceRow, cipher: PayloadCipher): SequenceView {
  return {
    group: row.consumer_group,
    topic: row.source_topic,
    sequence: row.sequence,
    head: row.head,
    cause: row.cause,
    text: shownText(cipher, { table: letterTexts, column: 'text' }, [row.head], row.text),
    held: row.held,
    letters: row.letters,
    ordered: row.ordered,
    parkedBehind: row.parked_behind,
    money: sumView(row.money.map((one) => ({ ...one, count: 0 }))).amounts,
    oldestAt: isoTime(row.oldest) ?? '',
    assignee: row.assignee,
    headAssignee: row.head_assignee,
    replays: row.replays,
    list: `/dead-letters?${new URLSearchParams({ state: 'notClosed', group: row.consumer_group, topic: row.source_topic, sequence: row.sequence }).toString()}`,
  };
}
