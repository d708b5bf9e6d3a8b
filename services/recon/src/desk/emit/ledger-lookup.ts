import { Inject, Injectable } from '@nestjs/common';
import type { PostingRequested } from '@tributary/contracts';
import type { PostingKey } from '@tributary/domain';
import { errorCodeOf } from '@tributary/domain';
import { LEDGER_CONNECTORS } from '../../reconciliation/emit/ledger-connectors.js';
import type { LedgerConnectors } from '../../reconciliation/emit/ledger-connectors.js';
import { compareWithLedger } from '../decide/ledger-evidence.js';
import type { LedgerEvidence } from '../decide/ledger-evidence.js';
import { OrderRefusedError } from './order.errors.js';

/** Longest time the ledger may take to answer, ms. */
const longestLookupMs = 15_000;

/** Looks a document up in the ledger before somebody's word for it is believed. Reads only. */
@Injectable()
export class LedgerLookup {
  constructor(@Inject(LEDGER_CONNECTORS) private readonly connectors: LedgerConnectors) {}

  /** @throws {OrderRefusedError} 503 when the ledger does not answer. */
  async evidence(request: PostingRequested, named: Readonly<Record<string, string>>): Promise<LedgerEvidence> {
    const connector = this.connectors.get(request.target);
    if (!connector)
      return { kind: 'not-read', text: `the ledger of ${request.target} is not read by recon: add the target to RECON_LEDGERS` };
    const signal = AbortSignal.timeout(longestLookupMs);
    const key = request.postingKey as PostingKey;
    try {
      if (connector.read) return compareWithLedger(request, named, await connector.read(key, request.kind, signal));
      const found = await connector.find(key, request.kind, signal);
      return compareWithLedger(request, named, found && { reference: found.reference, released: false });
    } catch (error) {
      throw new OrderRefusedError(
        503,
        'resolve.ledger-silent',
        `${request.target} did not answer when ${key} was looked up (${errorCodeOf(error)}). Nothing was ordered; try again when it answers.`,
      );
    }
  }
}
