import type { IncomingMessage } from 'node:http';

/** Injection token: connection to recon. */
export const RECON = Symbol('Recon');

/** Address of recon, and the client that calls it. */
export interface Recon {
  readonly url: string;
  readonly fetch: typeof fetch;
}

/** Injection token of a {@link Caller}. */
export const CALLER = Symbol('Caller');

/** Whom a forwarded request is made for. */
export interface Caller {
  /** Headers that tell the called service who asks. */
  headersFor(request: IncomingMessage): Promise<Readonly<Record<string, string>>>;
  /** Whether whoever opened a stream may still read it. */
  mayGoOn(request: IncomingMessage): Promise<boolean>;
}
