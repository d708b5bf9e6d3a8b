import { Injectable } from '@nestjs/common';
import { headers as names } from '@tributary/contracts';
import type { LetterCase, LetterGenerationView, LetterView, ParkedView } from '@tributary/contracts';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { isoTime } from '../../shared/decide/storable-text.js';
import { guiltyField } from '../decide/guilty-field.js';
import { questionOf } from '../decide/question.js';
import { behindLetter, DeadLetterRepository, parkedView } from './dead-letter.repository.js';
import type { LetterRow } from './dead-letter.repository.js';
import { LetterTalk } from './letter-talk.js';
import { orderOfLetter } from './order-letters.js';
import { OrderRefusedError } from './order.errors.js';

/** Most messages behind a letter, and most letters of one message, that are listed. */
const mostRows = 50;

/** Reads all about one dead letter but what its message holds. */
@Injectable()
export class LetterCaseReader {
  constructor(
    private readonly dataSource: DataSource,
    private readonly letters: DeadLetterRepository,
    private readonly talk: LetterTalk,
  ) {}

  /** @throws {OrderRefusedError} 404 for a letter that there is not. */
  async read(id: string): Promise<LetterCase> {
    const stored = await this.letters.find(id);
    if (!stored) throw new OrderRefusedError(404, 'dead-letter.unknown', `There is no dead letter ${id}.`);
    const { view, headers, value, deadLetterTopic, audit } = stored;
    return {
      letter: view,
      deadLetterTopic,
      traceId: /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(headers[names.traceparent] ?? '')?.[1] ?? null,
      lastFailureAt: timeOf(headers[names.lastFailureAt]),
      kept: value !== null,
      question: questionOf(headers) ?? null,
      guilty: guiltyField(view.eventType, headers) ?? null,
      parked: await this.parkedBehind(view),
      generations: await this.generations(view),
      order: (await withDatabase('reading the order of a dead letter', () => orderOfLetter(this.dataSource.manager, id))) ?? null,
      audit,
      comments: await this.talk.comments(id),
    };
  }

  /** The first messages that wait behind a letter, in order. */
  private async parkedBehind({ id }: LetterView): Promise<ParkedView[]> {
    const rows = await withDatabase('reading what is parked behind a dead letter', () =>
      this.dataSource.query<LetterRow[]>(
        `select w.*, w.source_offset::text as offset_text, w.minor::text as minor_text from (
           select p.* from recon.dead_letter l join recon.parked p on ${behindLetter}
           where l.id = $1 order by p.source_offset limit ${mostRows}) w order by w.source_offset`,
        [id],
      ),
    );
    return rows.map(parkedView);
  }

  /** The letters of the same message, oldest first: it was dead-lettered again after each replay that failed. */
  private async generations({ group, topic, partition, offset }: LetterView): Promise<LetterGenerationView[]> {
    const rows = await withDatabase('reading the letters of a message', () =>
      this.dataSource.query<LetterRow[]>(
        `select id, code, dead_at, attempts, state, result, closed_at from recon.dead_letter
         where consumer_group = $1 and source_topic = $2 and source_partition = $3 and source_offset = $4 order by dead_at, "offset" limit ${mostRows}`,
        [group, topic, partition, offset],
      ),
    );
    return rows.map((row) => ({
      id: String(row.id),
      cause: String(row.code),
      deadAt: isoTime(row.dead_at) ?? '',
      attempts: row.attempts === null ? null : Number(row.attempts),
      state: String(row.state),
      result: typeof row.result === 'string' ? row.result : null,
      closedAt: isoTime(row.closed_at),
    }));
  }
}

/** A header that should be a time, as ISO 8601. */
function timeOf(header: string | undefined): string | null {
  return header === undefined ? null : isoTime(new Date(header));
}
