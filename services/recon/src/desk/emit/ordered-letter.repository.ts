import { Injectable } from '@nestjs/common';
import type { OrderedLetter, OrderedLettersPage } from '@tributary/contracts';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { optionalAmount } from '../../shared/decide/amount-view.js';
import { keysetPage, pageStart } from '../../shared/decide/keyset-page.js';
import type { PageRequest } from '../../shared/decide/keyset-page.js';
import { isoTime } from '../../shared/decide/storable-text.js';

/** Which letters of an order are listed: by what came of them. */
export type OrderedLetterKind = 'waiting' | 'done' | 'failed' | 'stopped';

const conditions: Readonly<Record<OrderedLetterKind, string>> = {
  waiting: `i.state in ('pending', 'given')`,
  done: `i.state = 'closed' and i.result <> 'dead-again' and i.result not like 'refused: %'`,
  failed: `i.state = 'closed' and (i.result = 'dead-again' or i.result like 'refused: %')`,
  stopped: `i.state = 'stopped'`,
};

interface Row {
  readonly letter: string;
  readonly sequence: string;
  readonly cause: string;
  readonly group: string;
  readonly topic: string;
  readonly state: string;
  readonly result: string | null;
  readonly closed_at: Date | null;
  readonly minor: string | null;
  readonly currency: string | null;
  readonly document: Readonly<Record<string, string>> | null;
  readonly again: string | null;
}

/** Reads the letters of an order, with what came of each. */
@Injectable()
export class OrderedLetterRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** In the order of their ids, which are the cursors. @param kind absent: all of them. */
  async list(orderId: string, kind: OrderedLetterKind | undefined, page: PageRequest): Promise<OrderedLettersPage> {
    const start = pageStart(page, 'asc');
    const rows = await withDatabase(`reading the letters of order ${orderId}`, () =>
      this.dataSource.query<Row[]>(
        `select i.letter_id as letter, l.sequence, l.code as cause, l.consumer_group as "group", l.source_topic as topic, i.state, i.result, i.closed_at,
           l.minor::text as minor, l.currency, o.documents -> i.letter_id as document, case when i.result = 'dead-again' then (
             select a.id from recon.dead_letter a where a.consumer_group = l.consumer_group and a.source_topic = l.source_topic
               and a.source_partition = l.source_partition and a.source_offset = l.source_offset and a.id <> l.id and a.dead_at >= l.dead_at
             order by a.dead_at desc, a.id limit 1) end as again
         from recon.dead_letter_order_item i join recon.dead_letter l on l.id = i.letter_id
           join recon.dead_letter_order o on o.id = i.order_id
         where i.order_id = $1 and ($2::text is null or i.letter_id ${start.beyond} $2) and ${kind === undefined ? 'true' : conditions[kind]}
         order by i.letter_id ${start.order} limit $3`,
        [orderId, start.cursor ?? null, start.rows],
      ),
    );
    const { rows: shown, ...neighbours } = keysetPage(page, rows, ({ letter }) => letter);
    return { letters: shown.map(orderedLetter), ...neighbours };
  }
}

function orderedLetter({ minor, currency, closed_at, ...row }: Row): OrderedLetter {
  return { ...row, closedAt: isoTime(closed_at), money: optionalAmount(minor, currency) };
}
