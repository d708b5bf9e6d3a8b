import type { Type } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { CallLimiter } from './emit/calls/call-limiter.js';
import { CallRecord } from './emit/calls/call-record.js';
import { LedgerHealth } from './emit/health/ledger-health.js';
import { TargetChecks } from './emit/health/target-checks.js';
import { TargetHealth } from './emit/health/target-health.js';
import type { HealthSources } from './emit/health/target-health.js';
import { TargetPauses } from './emit/target-pauses.js';

/** What HTTP shows of how a target fares, and what it lets people find out. */
export interface TargetCondition {
  readonly health: TargetHealth;
  /** Undefined: the process does not look at the target. */
  readonly checks: TargetChecks | undefined;
}

/** What a sink has beside its providers. */
export type ConditionSources = Pick<HealthSources, 'target' | 'connector' | 'breaker' | 'check'> & { readonly database: DataSource };

/** @param get a provider of the sink of the target. */
export function targetConditionOf(
  { database, ...sources }: ConditionSources,
  get: <Provider>(token: Type<Provider>) => Provider,
): TargetCondition {
  const health = new TargetHealth({
    ...sources,
    pauses: get(TargetPauses),
    ledger: get(LedgerHealth),
    calls: get(CallRecord),
    limiter: get(CallLimiter),
  });
  return { health, checks: sources.check && new TargetChecks(sources.target, database, sources.check) };
}
