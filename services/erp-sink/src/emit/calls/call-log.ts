import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { HttpExchange } from '@tributary/connector-kit';
import { payloadPlace, payloadsOf, withDatabase } from '@tributary/persistence';
import { counter, createLogger } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { collectExchanges } from '../../call-exchanges.js';
import { callPayloads } from '../ledger/ledger-payloads.js';
import { toStorable } from '../ledger/storable-text.js';
import { sleep } from '../sleep.js';
import { CALL_RETENTION, TARGET } from '../tokens.js';
import { packExchanges } from './kept-exchanges.js';

/** How long calls are kept. */
export interface CallRetention {
  /** 0: none are kept. */
  readonly days: number;
}

/** A call of the connector about a posting. */
interface NotedCall {
  readonly postingKey: string;
  readonly call: 'post' | 'find' | 'discard';
  readonly result: string;
  readonly startedAt: Date;
  readonly ms: number;
  readonly exchanges: readonly HttpExchange[];
}

/** Newest calls that are kept of one posting. */
const mostOfPosting = 20;
/** Calls that wait to be stored; more are dropped, and counted: a slow database delays no posting. */
const mostWaiting = 500;
/** Calls are stored together after this long, ms. */
const gatherMs = 100;
const perStatement = 50;
const purgedAtOnce = 1_000;

const dropped = counter('erp_sink_calls_not_kept_total', 'Calls of the target whose request and answer were not kept', ['target', 'why']);

/**
 * Keeps what was sent to the target and what it answered, as evidence for people. It is stored beside the work and never waited for: what a
 * crash loses of it is lost, and the ledger does not need it.
 */
@Injectable()
export class CallLog implements BeforeApplicationShutdown {
  private readonly waiting: NotedCall[] = [];
  private writing: Promise<void> | undefined;
  private warnedAt = 0;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TARGET) private readonly target: string,
    @Inject(CALL_RETENTION) private readonly retention: CallRetention,
  ) {}

  /** Makes a call, and keeps what it sent and was answered. @param resultOf what it came to; `error` when it throws. */
  async keep<T>(about: Pick<NotedCall, 'postingKey' | 'call'>, work: () => Promise<T>, resultOf: (answer: T) => string): Promise<T> {
    if (this.retention.days === 0) return work();
    const startedAt = new Date();
    const exchanges: HttpExchange[] = [];
    let result = 'error';
    try {
      const answer = await collectExchanges(exchanges, work);
      result = resultOf(answer);
      return answer;
    } finally {
      this.note({ ...about, result, startedAt, ms: Date.now() - startedAt.getTime(), exchanges: [...exchanges] });
    }
  }

  /** Deletes what is older than it is kept. @returns how many calls. */
  async purge(): Promise<number> {
    for (let total = 0; ;) {
      const [, affected] = await withDatabase('purging calls', () =>
        this.database.query<[unknown, number]>(
          `delete from erp_sink.call where id in (
             select id from erp_sink.call where target = $1 and started_at < now() - $2 * interval '1 day' limit $3)`,
          [this.target, this.retention.days, purgedAtOnce],
        ),
      );
      total += affected;
      if (affected < purgedAtOnce) return total;
    }
  }

  /** Waits until what was noted is stored. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.writing;
  }

  private note(call: NotedCall): void {
    if (call.exchanges.length === 0) return;
    if (this.waiting.length >= mostWaiting) return dropped.inc({ target: this.target, why: 'too-many' });
    this.waiting.push(call);
    this.writing ??= this.write().finally(() => (this.writing = undefined));
  }

  private async write(): Promise<void> {
    await sleep(gatherMs, new AbortController().signal, 'gathering calls');
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, perStatement);
      try {
        await this.store(batch);
      } catch (error) {
        dropped.inc({ target: this.target, why: 'not-stored' }, batch.length);
        this.warn(error);
      }
    }
  }

  private async store(calls: readonly NotedCall[]): Promise<void> {
    const cipher = payloadsOf(this.database);
    const rows = await Promise.all(
      calls.map(async ({ postingKey, call, result, startedAt, ms, exchanges }) => {
        const id = randomUUID();
        const bytes = cipher.sealBytes(payloadPlace(callPayloads, 'exchanges', [id]), await packExchanges(exchanges));
        return [id, this.target, toStorable(postingKey), call, result, startedAt, ms, bytes];
      }),
    );
    const width = rows[0]?.length ?? 0;
    const values = rows.map((_, row) => `(${Array.from({ length: width }, (__, n) => `$${row * width + n + 1}`).join(', ')})`);
    await withDatabase('keeping calls', () =>
      this.database.query(
        `insert into erp_sink.call (id, target, posting_key, call, result, started_at, ms, exchanges) values ${values.join(', ')}`,
        rows.flat(),
      ),
    );
    const keys = [...new Set(rows.map(([, , key]) => key))];
    await withDatabase('keeping calls', () =>
      this.database.query(
        `delete from erp_sink.call where id in (
           select id from (select id, row_number() over (partition by posting_key order by started_at desc, id) as nth
             from erp_sink.call where posting_key = any($1)) newest where nth > ${mostOfPosting})`,
        [keys],
      ),
    );
  }

  /** Once a minute: a database that is away says so elsewhere, too. */
  private warn(error: unknown): void {
    if (Date.now() - this.warnedAt < 60_000) return;
    this.warnedAt = Date.now();
    createLogger('erp-sink').child({ context: 'CallLog', target: this.target }).warn({ err: error }, 'calls of the target were not kept');
  }
}
