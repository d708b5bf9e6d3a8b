import type { ConnectorDeclaration } from '../declaration.js';
import { declares } from '../declaration.js';
import { suiteOf } from '../describe-erp-connector.js';
import type { ErpConnectorHarness } from '../harness.js';
import { planOf } from '../plan.js';
import type { PlannedCase } from '../plan.js';
import { batchMutants } from './batch-mutants.js';
import type { Mutant } from './mutant.js';
import { postingMutants } from './posting-mutants.js';
import { readingMutants } from './reading-mutants.js';

/** Longest one case may take under a mutant, ms: a bug may make it wait for ever. */
const caseTimeoutMs = 15_000;

/** The bugs that are seeded into a connector: those whose capabilities it declares. */
export function mutantsFor(declaration: ConnectorDeclaration): readonly Mutant[] {
  return [...postingMutants, ...readingMutants, ...batchMutants].filter(({ capabilities }) =>
    capabilities.every((capability) => declares(declaration, capability)),
  );
}

/**
 * Runs the cases of a mutant's capabilities until one notices it, one kind of document per role.
 * @returns title of that case, which passes without the mutant; undefined: the mutant survives.
 */
export async function caughtBy(
  mutant: Mutant,
  declaration: ConnectorDeclaration,
  harness: ErpConnectorHarness,
): Promise<string | undefined> {
  const wrap = mutant.make();
  const broken = Object.create(harness, {
    connector: { value: (...call: Parameters<ErpConnectorHarness['connector']>) => wrap(harness.connector(...call), harness) },
  }) as ErpConnectorHarness;
  const [sound, mutated] = [suiteOf(declaration, () => harness), suiteOf(declaration, () => broken)];
  for (const one of casesFor(mutant, declaration)) {
    await harness.clearFaults();
    if (await passes(one, mutated)) continue;
    await harness.clearFaults();
    if (await passes(one, sound)) return one.title;
  }
  return undefined;
}

/** Of each role the first kind that a case runs for. */
function casesFor({ capabilities }: Mutant, declaration: ConnectorDeclaration): readonly PlannedCase[] {
  const seen = new Set<string>();
  return planOf(declaration).filter(({ capability, kind, title }) => {
    const role = declaration.kinds[kind]?.role ?? '';
    const name = `${capability} ${role} ${title.replace(`a ${kind} `, '')}`;
    if (!capabilities.includes(capability) || seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

async function passes(one: PlannedCase, suite: ReturnType<typeof suiteOf>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the case takes too long')), caseTimeoutMs);
  });
  try {
    await Promise.race([one.run(suite), late]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
