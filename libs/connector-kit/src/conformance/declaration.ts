import type { ErpBatchMode } from '../erp-batch.js';
import type { ErpConnector } from '../erp-connector.js';
import type { Capability } from './capability.js';
import { capabilities, needsOf } from './capability.js';
import type { ErpConnectorHarness, Role } from './harness.js';

/** How the suite treats one kind of document of a connector. */
export interface KindDeclaration {
  readonly role: Role;
  /** How it is released; absent for master data. */
  readonly batches?: ErpBatchMode;
  /** Capabilities of the connector that this kind does not have. */
  readonly without?: readonly Capability[];
}

/** What a connector promises. Only the cases of declared capabilities run. */
export interface ConnectorDeclaration {
  /** One entry per kind among the connector's capabilities. */
  readonly kinds: Readonly<Record<string, KindDeclaration>>;
  readonly capabilities: readonly Capability[];
}

/** Whether the connector promises a capability, or one of its kinds does. */
export function declares(declaration: ConnectorDeclaration, capability: Capability, kind?: string): boolean {
  if (capability === 'declaration') return true;
  const without = kind === undefined ? [] : (declaration.kinds[kind]?.without ?? []);
  return declaration.capabilities.includes(capability) && !without.includes(capability);
}

/** Declared capabilities whose parts are missing, and methods whose capability is not declared, in words. */
export function declarationProblems(declaration: ConnectorDeclaration, connector: ErpConnector, harness: ErpConnectorHarness): string[] {
  return [
    ...(Object.keys(capabilities) as Capability[]).flatMap((capability) => problemsOf(capability, declaration, connector, harness)),
    ...Object.entries(declaration.kinds).flatMap(([kind, { role, batches }]) => {
      if (role === 'master') return [];
      if (!batches) return [`${kind}: say how it is released (batches: named, assigned or none)`];
      return declares(declaration, `batches-${batches}`) ? [] : [`${kind}: its capability batches-${batches} is not declared`];
    }),
  ];
}

function problemsOf(
  capability: Capability,
  declaration: ConnectorDeclaration,
  connector: ErpConnector,
  harness: ErpConnectorHarness,
): string[] {
  const needs = needsOf(capability);
  if (!declares(declaration, capability)) return hidden(capability, connector);
  const missing = (where: string, parts: readonly string[] = [], has: object): string[] =>
    parts
      .filter((part) => (has as Readonly<Record<string, unknown>>)[part] === undefined)
      .map((part) => `${capability} is declared, and ${where} has no ${part}`);
  const ofKinds = Object.entries(declaration.kinds)
    .filter(([kind]) => declares(declaration, capability, kind))
    .flatMap(([kind, { role }]) => missing(`the harness of ${kind}`, needs.kinds?.[role], harness.kinds[kind] ?? {}));
  return [...missing('the connector', needs.methods, connector), ...missing('the harness', needs.harness, harness), ...ofKinds];
}

/** A connector that can do something has it checked. How its kinds are released is declared by kind. */
function hidden(capability: Capability, connector: ErpConnector): string[] {
  const { methods = [] } = needsOf(capability);
  if (methods.length === 0 || capability.startsWith('batches-') || methods.some((method) => connector[method] === undefined)) return [];
  return [`the connector has ${methods.join(' and ')}, and ${capability} is not declared`];
}
