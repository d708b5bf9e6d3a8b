import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { readAnchorFile } from './audit-anchor.js';
import { ANCHOR_SETTINGS } from './audit-anchor.worker.js';
import type { AnchorSettings } from './audit-anchor.worker.js';
import { verifyAudit } from './verify-audit.js';

/** The whole trail is read for this, so it is done seldom. */
const everyMs = 6 * 3_600_000;

/** Verifies the audit trail now and then. */
@Injectable()
export class AuditChainWatch {
  private readonly logger = new Logger(AuditChainWatch.name);
  private last: { readonly at: number; readonly isBroken: boolean } | undefined;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(ANCHOR_SETTINGS) private readonly settings: AnchorSettings | undefined,
  ) {}

  /** Whether the chain was not whole when it was verified last; undefined: it could not be verified. */
  async isBroken(): Promise<boolean | undefined> {
    if (this.last && Date.now() - this.last.at < everyMs) return this.last.isBroken;
    try {
      const anchors = this.settings ? readAnchorFile(this.settings.path) : { anchors: [], unreadable: [] };
      const { finding } = await verifyAudit(this.dataSource, anchors);
      this.last = { at: Date.now(), isBroken: finding !== undefined };
    } catch (error) {
      this.logger.warn(`verifying the audit trail: ${error instanceof Error ? error.message : String(error)}`);
    }
    return this.last?.isBroken;
  }
}
