import { Injectable } from '@nestjs/common';
import type { CustomerQuestionView } from '@tributary/contracts';
import { events } from '@tributary/contracts';
import { payloadsOf, withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { targetOfTopic } from '../../desk/decide/order-targets.js';
import { questionOf } from '../../desk/decide/question.js';
import { visibleTopic, visibleTopics } from '../../desk/emit/dead-letter-filter.js';
import { stillParked } from '../../desk/emit/parked-sql.js';
import { DeadLetterRepository } from '../../desk/emit/dead-letter.repository.js';
import { optionalAmount } from '../../shared/decide/amount-view.js';
import { isoTime } from '../../shared/decide/storable-text.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { letterTexts, shownText } from '../../shared/emit/view-payloads.js';
import { asksWho, candidatesIn } from '../decide/customer-question.js';

interface QuestionRow {
  readonly id: string;
  readonly customer_id: string;
  readonly state: string;
  readonly code: string;
  readonly text: string | null;
  readonly event_type: string | null;
  readonly kind: string | null;
  readonly source_topic: string | null;
  readonly dead_at: Date;
  readonly minor: string | null;
  readonly currency: string | null;
  readonly parked_behind: number;
}

/** A question, and the customer whom it is about. */
export type QuestionOfCustomer = CustomerQuestionView & { readonly customerId: string };

/** Who asks for questions. */
export interface QuestionReader {
  readonly visible: VisibleTargets;
  /** Whether names, and what a ledger said about people, are told. @param target undefined: of no single one. */
  readonly readsPayloads: (target?: string) => boolean;
}

/** Reads the open questions about customers: held letters of their events and of their postings. */
@Injectable()
export class CustomerQuestions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly letters: DeadLetterRepository,
  ) {}

  /** Open questions of one customer, the longest waiting first. */
  ofCustomer(customerId: string, limit: number, reader: QuestionReader): Promise<QuestionOfCustomer[]> {
    return this.read(`e.customer_id = $2 or (q.kind = 'customer' and split_part(q.posting_key, '/', 3) = $2)`, [customerId], limit, reader);
  }

  /** Open questions which customer of a ledger is meant, the longest waiting first. */
  asksWho(limit: number, reader: QuestionReader): Promise<QuestionOfCustomer[]> {
    return this.read(`q.kind = 'customer'`, [], limit, reader);
  }

  private async read(condition: string, values: unknown[], limit: number, reader: QuestionReader): Promise<QuestionOfCustomer[]> {
    const rows = await withDatabase('reading questions about customers', () =>
      this.dataSource.query<QuestionRow[]>(
        `select l.id, l.state, l.code, l.text, l.event_type, q.kind, l.source_topic, l.dead_at, l.minor::text as minor, l.currency,
           coalesce(case when q.kind = 'customer' then split_part(q.posting_key, '/', 3) end, e.customer_id) as customer_id,
           (select count(*) from recon.parked p where p.consumer_group = l.consumer_group and p.source_topic = l.source_topic
             and p.source_partition = l.source_partition and p.sequence = l.sequence and p.source_offset > l.source_offset and ${stillParked})::int as parked_behind
         from recon.dead_letter l
         left join recon.event e on e.event_id = l.event_id
         left join recon.posting q on q.request_id = l.message_id
         where l.state <> 'closed' and l.held and l.id is not null and ${visibleTopic('l.source_topic', '$1')} and (${condition})
         order by l.dead_at, l.id limit ${limit}`,
        [visibleTopics(reader.visible), ...values],
      ),
    );
    return Promise.all(rows.map((row) => this.question(row, reader)));
  }

  private async question(row: QuestionRow, { readsPayloads }: QuestionReader): Promise<QuestionOfCustomer> {
    const text = shownText(payloadsOf(this.dataSource), { table: letterTexts, column: 'text' }, [row.id], row.text);
    const target = targetOfTopic(row.source_topic);
    const tellsAll = readsPayloads(target);
    const isPosting = row.event_type === events.postingRequested.type;
    const named = isPosting && row.kind === 'customer' ? candidatesIn(text) : [];
    // Only a question of a flow offers answers; they stand in the headers of its letter.
    const letter = isPosting ? undefined : await this.letters.find(row.id);
    return {
      ...{ letterId: row.id, customerId: row.customer_id, state: row.state, cause: row.code },
      target: target ?? null,
      asksWho: asksWho(row.code, row.kind),
      text: tellsAll ? text : null,
      since: isoTime(row.dead_at) ?? '',
      money: optionalAmount(row.minor, row.currency),
      parkedBehind: row.parked_behind,
      candidates: tellsAll ? named : named.map(({ reference }) => ({ title: Object.values(reference).join(' '), reference })),
      answers: (letter && questionOf(letter.headers)?.answers) ?? [],
    };
  }
}
