import type { PostingConcluded } from '@tributary/contracts';
import type { PayloadCipher } from '@tributary/persistence';
import type { Conclusion, PendingDeadLetter } from '../../decide/ledger-model.js';
import { withStoredDefaults } from '../../decide/request-defaults.js';
import { fromLedgerJson } from './ledger-json.js';
import { openedRow, outcomePayloads } from './ledger-payloads.js';
import { fromStorable } from './storable-text.js';

/** A row of `erp_sink.outcome`, as the driver reads it. */
export interface RawOutcome {
  request_id: string;
  event: unknown;
  record_key: string;
  number: number;
  digest: string;
  result: string;
  dead_letter: unknown;
}

/** The outcome of a row. @throws {PayloadKeyMissingError | PayloadUnreadableError} when it cannot be decrypted. */
export function conclusionOf(stored: RawOutcome, cipher: PayloadCipher): Conclusion {
  const raw = openedRow(cipher, outcomePayloads, [stored.request_id], stored);
  const deadLetter = raw.dead_letter ? withStoredDefaults(fromLedgerJson<PendingDeadLetter>(raw.dead_letter)) : undefined;
  const event = fromLedgerJson<PostingConcluded>(raw.event);
  return { event, recordKey: fromStorable(raw.record_key), number: raw.number, digest: fromStorable(raw.digest), deadLetter };
}
