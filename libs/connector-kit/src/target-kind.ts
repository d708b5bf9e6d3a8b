import type { ErpConnector } from './erp-connector.js';

/** Says, right before a request leaves, why it must not be sent any more; undefined: it may. */
export type RequestPermit = () => (() => string | undefined) | undefined;

/** What a process gives to the connector of a target. */
export interface TargetOptions {
  /** Asked when a call is made; what it gives is asked once more before its bytes leave. */
  readonly permit?: RequestPermit;
}

/** A kind of target: what ERP_KIND may say, and how its connector is made. Each connector exports one. */
export interface TargetKind {
  readonly kind: string;
  /** The target of this kind in the shipped assets. */
  readonly shippedTarget: string;
  /** @throws {Error} naming every variable that is missing or wrong. */
  create(env: NodeJS.ProcessEnv, options: TargetOptions): ErpConnector;
}
