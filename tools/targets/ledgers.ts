import type { ErpNeeds } from '@tributary/connector-kit';
import { checkTarget, defaultTargetKind, environmentOf } from '@tributary/target-registry';
import type { TargetFinding } from './finding.js';

/** One ledger of the configuration. */
export interface ConfiguredLedger {
  readonly target: string;
  readonly kind: string;
}

/** Ledgers that erp-sink is told to serve: those of ERP_TARGETS, else the one of ERP_TARGET. @param sink variables of erp-sink. @param first target where neither is set. */
export function ledgersOf(sink: Readonly<Record<string, string>>, first: string): readonly ConfiguredLedger[] {
  const alone = { target: sink.ERP_TARGET ?? first, kind: sink.ERP_KIND ?? defaultTargetKind };
  const several = (sink.ERP_TARGETS ?? '')
    .split(',')
    .map((pair) => pair.split('='))
    .flatMap(([target = '', kind = '']) => (kind === '' ? [] : [{ target, kind }]));
  return several.length > 0 ? several : [alone];
}

/** What a ledger lacks, each with its variables: `<TARGET>__X` is X for that target alone. Stores nothing; never throws. */
export async function checkLedger({ target, kind }: ConfiguredLedger, needs: ErpNeeds, sink: NodeJS.ProcessEnv): Promise<TargetFinding[]> {
  const findings = await checkTarget(kind, environmentOf(target, sink), needs);
  return findings.map(({ code, level, text, fix }) => ({ code, level, target, text, fix }));
}
