import type { ErpConnector } from './erp-connector.js';
import type { ExchangeObserver } from './http-exchange.js';

/**
 * Called for every request. The function that it returns is called right before the bytes of that request leave, and says why the request
 * must not be sent any more; undefined: it may be sent.
 */
export type RequestPermit = () => (() => string | undefined) | undefined;

/** What a process passes to the connector of a target. */
export interface TargetOptions {
  /** Refuses requests of a call whose deadline has passed. */
  readonly permit?: RequestPermit;
  /** Is told of every request and its answer. */
  readonly observe?: ExchangeObserver;
}

/** A kind of target: its value of ERP_KIND, and the factory of its connector. Each connector exports one. */
export interface TargetKind {
  readonly kind: string;
  /** The target of this kind in the shipped assets; absent when they have none. */
  readonly shippedTarget?: string;
  /** Variable with the address of the target, whose certificate the check looks at. */
  readonly addressVariable?: string;
  /** Whether its calls can carry tokens of an issuer (ERP_OAUTH_...). */
  readonly takesTokens?: boolean;
  /** Variable with the company of the target, which its posting profile names, too. */
  readonly companyVariable?: string;
  /** @throws {Error} naming every variable that is missing or wrong. */
  create(env: NodeJS.ProcessEnv, options: TargetOptions): ErpConnector;
}
