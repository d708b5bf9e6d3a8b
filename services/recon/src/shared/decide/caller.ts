import type { Identity } from '@tributary/identity';

/** Who makes a request, and from where: what a decision is recorded with. */
export interface Caller {
  readonly identity: Identity;
  /** Address that the request came from; null where it is not known. */
  readonly address: string | null;
}
