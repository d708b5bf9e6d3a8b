import type { TargetCheckView } from '@tributary/contracts';
import type { Identity } from '@tributary/identity';
import { databaseClient, reportToAudit } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import type { TargetCheck } from '../../target-check.js';

/** Shorter than the console waits for an answer, ms. */
const checkWithinMs = 20_000;

/** Checks of a target that people ask for: each is in the audit trail, with how much it found. */
export class TargetChecks {
  constructor(
    private readonly target: string,
    private readonly database: DataSource,
    private readonly check: TargetCheck,
  ) {}

  /** @throws {DatabaseUnavailableError} when the check cannot be reported: what was found is kept all the same. */
  async run({ subject, name }: Pick<Identity, 'subject' | 'name'>): Promise<TargetCheckView> {
    const found = await this.check.run(checkWithinMs);
    const count = (level: string): number => found.findings.filter((finding) => finding.level === level).length;
    const { query } = databaseClient(this.database, 'reporting to the audit trail');
    await reportToAudit(query, 'erp_sink', {
      ...{ subject, name, action: 'target.checked', object: `target:${this.target}`, target: this.target },
      details: { missing: count('missing'), warning: count('warning'), unknown: count('unknown') },
    });
    return found;
  }
}
