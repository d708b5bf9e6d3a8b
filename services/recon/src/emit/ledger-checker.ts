import { setTimeout as sleep } from 'node:timers/promises';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ErpConnector, ErpDocumentState } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { errorCodeOf, fromDecimalText } from '@tributary/domain';
import { compare, nextCheckMs } from '../decide/compare.js';
import type { LedgerDocument } from '../decide/compare.js';
import { ReconciliationRepository } from './reconciliation.repository.js';
import type { DueCheck } from './reconciliation.repository.js';

export const CONNECTOR = Symbol('ErpConnector');

const idleMs = 500;
const batchSize = 20;
const silentAgainMs = 15_000;

/**
 * Reads every payment's document from the ERP itself, not from our own outcomes: a receipt that somebody changed or deleted
 * there shows as a break. One read at a time, so the ERP feels one more reader and no more.
 */
@Injectable()
export class LedgerChecker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(LedgerChecker.name);
  private readonly abort = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly repository: ReconciliationRepository,
    @Inject(CONNECTOR) private readonly connector: ErpConnector,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.abort.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.abort.signal.aborted) {
      const checked = await this.round().catch((error: unknown) => {
        this.logger.warn(`checking the ledger: ${error instanceof Error ? error.message : String(error)}`);
        return 0;
      });
      if (checked < batchSize) await sleep(idleMs, undefined, { signal: this.abort.signal }).catch(() => undefined); // ends early at a stop
    }
  }

  /** One round of due looks. @returns how many there were. */
  async round(): Promise<number> {
    const due = await this.repository.due(batchSize);
    for (const check of due) {
      if (this.abort.signal.aborted) break;
      await this.look(check);
    }
    return due.length;
  }

  private async look(check: DueCheck): Promise<void> {
    let found: ErpDocumentState | undefined;
    try {
      if (!this.connector.read) throw new Error(`the connector ${this.connector.name} cannot read documents back`);
      found = await this.connector.read(check.postingKey as PostingKey, 'cash-receipt', this.abort.signal);
    } catch (error) {
      if (!this.abort.signal.aborted) this.logger.warn(`reading ${check.postingKey} from the ledger: ${errorCodeOf(error)}`);
      await this.repository.postpone(check.postingKey, silentAgainMs);
      return;
    }
    const ledger = found && ledgerDocument(found);
    const state = compare(check.stripe, ledger, check.ageMs);
    await this.repository.record(check.postingKey, state, ledger, found?.reference, nextCheckMs(state, check.checks));
  }
}

function ledgerDocument(found: ErpDocumentState): LedgerDocument | undefined {
  if (found.amount === undefined || found.currency === undefined) return undefined;
  return { amount: fromDecimalText(found.amount, found.currency), released: found.released };
}
