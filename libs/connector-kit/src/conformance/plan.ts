import type { Capability } from './capability.js';
import { capabilities } from './capability.js';
import type { ConformanceCase } from './case.js';
import { casesOf } from './cases/index.js';
import type { ConnectorDeclaration } from './declaration.js';
import { declares } from './declaration.js';
import type { Suite } from './suite.js';

/** A case that runs for a connector, and for one kind of its documents. */
export interface PlannedCase {
  readonly capability: Capability;
  readonly title: string;
  /** '' for a case that runs once per connector. */
  readonly kind: string;
  run(suite: Suite): Promise<void>;
}

/** The cases that run for what a connector declares, in order. */
export function planOf(declaration: ConnectorDeclaration): readonly PlannedCase[] {
  return (Object.keys(capabilities) as Capability[]).flatMap((capability) =>
    casesOf[capability].flatMap((one) =>
      kindsFor(capability, one, declaration).map((kind) => ({
        capability,
        kind,
        title: kind === '' ? one.title : `a ${kind} ${one.title}`,
        run: (suite: Suite) => one.run(suite, kind),
      })),
    ),
  );
}

/** The kinds that a case runs for; one '' for a case of the connector. */
function kindsFor(capability: Capability, { roles, batches, also = [] }: ConformanceCase, declaration: ConnectorDeclaration): string[] {
  const declared = (kind?: string): boolean => [capability, ...also].every((one) => declares(declaration, one, kind));
  if (!roles) return declared() ? [''] : [];
  return Object.entries(declaration.kinds)
    .filter(([kind, own]) => roles.includes(own.role) && declared(kind) && (!batches || batches.includes(own.batches ?? 'none')))
    .map(([kind]) => kind);
}
