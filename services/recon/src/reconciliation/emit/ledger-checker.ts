import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ErpDocumentState } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { errorCodeOf, fromDecimalText, parsePostingKey, PipelineError } from '@tributary/domain';
import { BackgroundLoop, BackgroundWorker } from '@tributary/platform';
import { EffectChecker } from './effect-checker.js';
import { LEDGER_CONNECTORS } from './ledger-connectors.js';
import type { LedgerConnectors } from './ledger-connectors.js';
import { ReconciliationRepository } from './reconciliation.repository.js';
import type { DueCheck, LedgerReading } from './reconciliation.repository.js';

/** A payment stands in the ledger of a target that recon has no connector for. */
export class LedgerNotReadError extends PipelineError {
  readonly code = 'recon.ledger-not-read';
  readonly disposition = 'reject';
}

const idleMs = 500;
const batchSize = 20;
const silentAgainMs = 15_000;
const backfillSize = 500;

/**
 * Looks up the document of every payment in the ERP itself instead of trusting our own outcomes: a receipt that was changed or deleted in
 * the ERP shows as a break. So do entries of other documents. Lookups run one at a time, which limits the load on the ERP.
 */
@Injectable()
export class LedgerChecker extends BackgroundWorker {
  private readonly logger = new Logger(LedgerChecker.name);
  protected readonly loop = new BackgroundLoop({
    doing: 'checking the ledger',
    round: async () => ((await this.round()) < batchSize ? idleMs : 0),
    troubleMs: idleMs,
    warn: (text) => this.logger.warn(text),
  });
  /** True once charges recorded by an earlier version have their rows. */
  private backfilled = false;

  constructor(
    private readonly repository: ReconciliationRepository,
    @Inject(LEDGER_CONNECTORS) private readonly connectors: LedgerConnectors,
    private readonly effects: EffectChecker,
  ) {
    super();
  }

  /** Runs one round of due lookups: of receipts, then of the entries of other documents. @returns how many were due. */
  async round(): Promise<number> {
    if (!this.backfilled) this.backfilled = (await this.repository.backfill(backfillSize)) === 0;
    const due = await this.repository.due(batchSize);
    for (const check of due) {
      if (this.loop.signal.aborted) break;
      await this.look(check);
    }
    return Math.max(due.length, await this.effects.round(batchSize, this.loop.signal));
  }

  private async look(check: DueCheck): Promise<void> {
    let found: ErpDocumentState | undefined;
    try {
      const { target } = parsePostingKey(check.postingKey);
      const connector = this.connectors.get(target);
      if (!connector?.read) throw new LedgerNotReadError(`the ledger of ${target} is not read; add it to RECON_LEDGERS`, { target });
      found = await connector.read(check.postingKey as PostingKey, 'cash-receipt', this.loop.signal);
    } catch (error) {
      if (!this.loop.signal.aborted) this.logger.warn(`reading ${check.postingKey} from the ledger: ${errorCodeOf(error)}`);
      await this.repository.postpone(check.postingKey, silentAgainMs);
      return;
    }
    await this.repository.record(check, readingOf(found));
    await this.effects.compareRead(check.postingKey, found);
  }
}

/** The target's answer for storage. An answer that cannot be interpreted becomes a break with a reason, not an error. */
export function readingOf(found: ErpDocumentState | undefined): LedgerReading {
  if (found?.amount === undefined || found.currency === undefined)
    return { ledger: undefined, released: false, clearing: undefined, reference: found?.reference, problem: null };
  const about = { released: found.released, reference: found.reference };
  try {
    const { minor, currency } = fromDecimalText(found.amount, found.currency);
    return { ...about, ledger: { minor: minor.toString(), currency }, clearing: clearingOf(found), problem: null };
  } catch (error) {
    return { ...about, ledger: undefined, clearing: undefined, problem: `The ledger's amount cannot be read: ${(error as Error).message}` };
  }
}

/** The clearing account of a receipt, for connectors that report it. */
interface WithClearing {
  readonly clearing?: { readonly account: string; readonly currency?: string; readonly amount?: string };
}

function clearingOf({ clearing }: ErpDocumentState & WithClearing): LedgerReading['clearing'] {
  if (!clearing) return undefined;
  const { account, currency, amount } = clearing;
  const minor = currency === undefined || amount === undefined ? null : fromDecimalText(amount, currency).minor.toString();
  return { account, currency: currency ?? null, minor };
}
