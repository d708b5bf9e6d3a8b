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
import { visibleTopics } from './dead-letter-filter.js';
import { sequencesSql } from './sequence-sql.js';

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
      this.dataSource.query<SequenceRow[]>(sequencesSql({ beyond, order }), [
        ...[filter.cause ?? null, filter.group ?? null, visibleTopics(visible), at ?? null, key ?? null, limit, filter.assignee ?? null],
        ...[
          filter.topic ?? null,
          filter.eventType ?? null,
          filter.held ?? null,
          filter.state ?? null,
          filter.from ?? null,
          filter.to ?? null,
        ],
      ]),
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
