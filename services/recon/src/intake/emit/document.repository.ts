import { Injectable } from '@nestjs/common';
import type { PostingRequested } from '@tributary/contracts';
import { payloadsOf, withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { storableId, storableTime } from '../../shared/decide/storable-text.js';
import { sealedLines } from '../../shared/emit/view-payloads.js';
import { isBalanced, storedEffect, storedLines } from '../decide/stored-document.js';

/** Records requested documents. Idempotent: a request with a known id changes nothing. */
@Injectable()
export class DocumentRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @param requestId event id of the request. @throws {DatabaseUnavailableError} while PostgreSQL is unavailable; the partition is paused. */
  async record(request: PostingRequested, requestId: string): Promise<void> {
    const effect = storedEffect(request.effect);
    await withDatabase(`recording the document of request ${requestId}`, () =>
      this.dataSource.query(
        `with document as (insert into recon.document (request_id, posting_key, canonical_id, event_id, target, kind, shape, lines, effect, balanced, requested_at,
           flow, mapping_version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing returning event_id)
         update recon.event e set texts_overwritten_at = null from document d where e.event_id = d.event_id and e.texts_overwritten_at is not null`,
        [
          storableId(requestId),
          storableId(request.postingKey),
          storableId(request.canonicalEventId),
          storableId(request.sourceEventId),
          storableId(request.target),
          storableId(request.kind),
          storableId(request.shape),
          sealedLines(payloadsOf(this.dataSource), storableId(requestId), JSON.stringify(storedLines(request.lines))),
          JSON.stringify(effect),
          isBalanced(effect),
          storableTime(request.requestedAt, new Date(0)),
          storableId(request.flow),
          storableId(request.mappingVersion),
        ],
      ),
    );
  }
}
