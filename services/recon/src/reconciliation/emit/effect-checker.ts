import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ErpDocumentState } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { errorCodeOf } from '@tributary/domain';
import { gauge } from '@tributary/platform';
import { compareEffect } from '../decide/compare-effect.js';
import type { ComparedEffect } from '../decide/compare-effect.js';
import { nextEffectCheckMs } from '../decide/effect-schedule.js';
import { askedAmounts, documentInLedger, storedEntries } from '../decide/effect-lines.js';
import { EffectRepository } from './effect.repository.js';
import type { EffectFinding, WatchedEffect } from './effect.repository.js';
import { LEDGER_CONNECTORS } from './ledger-connectors.js';
import type { LedgerConnectors } from './ledger-connectors.js';

/** Injection token of {@link AccountRoles}. */
export const ACCOUNT_ROLES = Symbol('AccountRoles');
/** Account -> role of a target's profile, as it is now; empty where the profile is not known. */
export type AccountRoles = (target: string) => ReadonlyMap<string, string>;

const silentAgainMs = 15_000;
const different = gauge(
  'recon_ledger_effects_different',
  'Documents that are gone from the ledger, or whose entries in it are not what was asked for',
);

/**
 * Compares what each document was asked to do to the books with the entries that the ledger has for it (I11), in the ERP itself: a document
 * whose account was changed there shows as a difference. Entries of receipts come with the look-up of their amount.
 */
@Injectable()
export class EffectChecker {
  private readonly logger = new Logger(EffectChecker.name);

  constructor(
    private readonly repository: EffectRepository,
    @Inject(LEDGER_CONNECTORS) private readonly connectors: LedgerConnectors,
    @Inject(ACCOUNT_ROLES) private readonly roles: AccountRoles,
  ) {}

  /** Reads the documents that are due, one at a time. @returns how many were due. */
  async round(limit: number, signal: AbortSignal): Promise<number> {
    const due = await this.repository.due(limit);
    for (const document of due) {
      if (signal.aborted) break;
      await this.look(document, signal);
    }
    if (due.length > 0) await this.count();
    return due.length;
  }

  /**
   * Compares a document that was read for its amount. Nothing happens while its request or its outcome is not known; one that is gone is
   * reported by the comparison of its amount.
   */
  async compareRead(postingKey: string, found: ErpDocumentState | undefined): Promise<void> {
    const document = await this.repository.watched(postingKey);
    if (!document || document.asked.length === 0) return;
    const compared = found ? this.compared(document, found) : { state: 'pending' as const, text: null, entries: [] };
    await this.repository.record(document, { ...compared, againInMs: null });
    await this.count();
  }

  private async look(document: WatchedEffect, signal: AbortSignal): Promise<void> {
    const { postingKey, target, kind, asked, checks } = document;
    const again = (state: EffectFinding['state']): number => nextEffectCheckMs(state, checks);
    if (asked.length === 0) return this.repository.record(document, { state: 'notCompared', text: null, entries: [], againInMs: null });
    const connector = this.connectors.get(target);
    if (!connector?.read) {
      const text = `The ledger of ${target} is not read, so this document is not compared; add the target to RECON_LEDGERS`;
      return this.repository.record(document, { state: 'notCompared', text, entries: [], againInMs: again('notCompared') });
    }
    let found: ErpDocumentState | undefined;
    try {
      found = await connector.read(postingKey as PostingKey, kind, signal);
    } catch (error) {
      if (!signal.aborted) this.logger.warn(`reading the entries of ${postingKey}: ${errorCodeOf(error)}`);
      return this.repository.postpone(postingKey, silentAgainMs);
    }
    const compared = this.compared(document, found);
    await this.repository.record(document, { ...compared, againInMs: again(compared.state) });
  }

  /** An answer that cannot be interpreted is a difference with a reason, not an error. */
  private compared({ target, asked }: WatchedEffect, found: ErpDocumentState | undefined): ComparedEffect & Pick<EffectFinding, 'entries'> {
    try {
      const ledger = documentInLedger(found, this.roles(target));
      return { ...compareEffect(askedAmounts(asked), ledger, target), entries: storedEntries(ledger?.entries ?? []) };
    } catch (error) {
      return {
        state: 'different',
        text: `The entries of the ledger cannot be read: ${(error as Error).message}. Look at the document there`,
        entries: [],
      };
    }
  }

  private async count(): Promise<void> {
    different.set(await this.repository.different());
  }
}
