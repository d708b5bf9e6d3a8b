import { dynamicsSlTarget } from '@tributary/connector-dynamics-sl';
import { epicorKineticTarget } from '@tributary/connector-epicor-kinetic';
import type { ErpConnector, TargetKind, TargetOptions } from '@tributary/connector-kit';
import { prophet21Target } from '@tributary/connector-prophet21';
import { restTarget } from '@tributary/connector-rest';
import { stripeTarget } from '@tributary/connector-stripe';
import { PipelineError } from '@tributary/domain';

/** The kinds of targets that there are. A new ERP is one more entry here, and one in shapes.ts. */
const kinds: ReadonlyMap<string, TargetKind> = new Map(
  [epicorKineticTarget, dynamicsSlTarget, prophet21Target, stripeTarget, restTarget].map((kind) => [kind.kind, kind]),
);

/** Values of ERP_KIND. */
export const targetKindNames: readonly string[] = [...kinds.keys()];

/** ERP_KIND where it is not set. */
export const defaultTargetKind: string = epicorKineticTarget.kind;

/** Targets of the shipped assets: those whose topics and schemas are made where nothing else is said. */
export const shippedTargets: readonly string[] = [...kinds.values()].flatMap(({ shippedTarget }) => shippedTarget ?? []);

/** Variables with the address and the company of a kind of target, and whether it takes tokens; undefined where it has none. */
export const placeVariablesOf = (kind: string): Pick<TargetKind, 'addressVariable' | 'companyVariable' | 'takesTokens'> =>
  kinds.get(kind) ?? {};

/** A kind of target that there is no connector for. */
export class UnknownTargetKindError extends PipelineError {
  readonly code = 'target.kind-unknown';
  readonly disposition = 'reject';
}

/**
 * The connector of a target, made from the variables of its kind.
 * @throws {UnknownTargetKindError} for a kind without a connector.
 * @throws {Error} naming the variables of the connector that cannot be used.
 */
export function connectorFor(kind: string, env: NodeJS.ProcessEnv, options: TargetOptions = {}): ErpConnector {
  const found = kinds.get(kind);
  if (!found) throw new UnknownTargetKindError(`ERP_KIND "${kind}": there are ${targetKindNames.join(', ')}`, { kind });
  return found.create(env, options);
}

/**
 * One connector per target that is read, each from its own variables: `KINETIC_MAIN__X` is X for the target `kinetic-main` alone, and X
 * without that prefix is for all. A target with `X_FILE` of its own does not see the `X` of all.
 * @param targets target -> kind.
 */
export function connectorsOf(targets: ReadonlyMap<string, string>, env: NodeJS.ProcessEnv): ReadonlyMap<string, ErpConnector> {
  return new Map([...targets].map(([target, kind]) => [target, connectorFor(kind, environmentOf(target, env))]));
}

/** The variables as one target sees them. */
export function environmentOf(target: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const prefix = `${target.toUpperCase().replace(/[^A-Z0-9]/g, '_')}__`;
  const own = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : [],
  );
  const replaced = new Set(own.map(([name]) => otherPlaceOf(name)));
  return { ...Object.fromEntries(Object.entries(env).filter(([name]) => !replaced.has(name))), ...Object.fromEntries(own) };
}

/** The other variable that may hold the same secret: `X_FILE` for `X`, and `X` for `X_FILE`. */
function otherPlaceOf(name: string): string {
  return name.endsWith('_FILE') ? name.slice(0, -'_FILE'.length) : `${name}_FILE`;
}
