import { Inject, Injectable } from '@nestjs/common';
import type { ErpCallView } from '@tributary/contracts';
import type { Identity } from '@tributary/identity';
import { databaseClient, isPayloadProblem, payloadPlace, payloadsOf, reportToAudit } from '@tributary/persistence';
import type { DatabaseClient } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { callPayloads } from '../ledger/ledger-payloads.js';
import { toStorable } from '../ledger/storable-text.js';
import { TARGET } from '../tokens.js';
import { unpackExchanges } from './kept-exchanges.js';

interface CallRow {
  readonly id: string;
  readonly call: ErpCallView['call'];
  readonly result: string;
  readonly started_at: Date;
  readonly ms: number;
  readonly exchanges: Buffer;
}

/** Whose calls are read, and by whom. */
export interface CallsRequest {
  readonly postingKey: string;
  readonly limit: number;
  /** Whoever reads texts in the bodies; undefined: they are masked. */
  readonly reader: Identity | undefined;
}

/** Reads what was sent for a posting, and what the target answered. */
@Injectable()
export class CallReader {
  private readonly client: DatabaseClient;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TARGET) private readonly target: string,
  ) {
    this.client = databaseClient(database, 'reading calls');
  }

  /** Newest first. That somebody read texts is in the audit trail before they are read. */
  async calls({ postingKey, limit, reader }: CallsRequest): Promise<ErpCallView[]> {
    const rows = await this.client.query<CallRow>(
      `select id, call, result, started_at, ms, exchanges from erp_sink.call where target = $1 and posting_key = $2
       order by started_at desc, id limit $3`,
      [this.target, toStorable(postingKey), limit],
    );
    if (reader && rows.length > 0)
      await reportToAudit(this.client.query, 'erp_sink', {
        ...{ subject: reader.subject, name: reader.name, action: 'payload.read', object: `posting:${toStorable(postingKey)}` },
        ...{ target: this.target, details: { how: 'requests and answers of the target shown', calls: rows.length } },
      });
    return Promise.all(rows.map((row) => this.view(row, postingKey, reader !== undefined)));
  }

  private async view({ id, call, result, started_at, ms, exchanges }: CallRow, postingKey: string, texts: boolean): Promise<ErpCallView> {
    const shown = { id, postingKey, call, result, at: started_at.toISOString(), ms, masked: !texts };
    try {
      const bytes = payloadsOf(this.database).openBytes(payloadPlace(callPayloads, 'exchanges', [id]), exchanges);
      return { ...shown, problem: null, exchanges: await unpackExchanges(bytes, texts) };
    } catch (error) {
      if (!isPayloadProblem(error)) throw error;
      return { ...shown, problem: error.message, exchanges: [] };
    }
  }
}
