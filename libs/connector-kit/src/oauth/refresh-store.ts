/** A person's sign-in at the issuer, as it is kept. */
export interface SignIn {
  readonly refreshToken: string;
  /** ISO 8601. */
  readonly signedInAt: string;
  /** When the issuer ends it, where that is known; ISO 8601. */
  readonly endsAt?: string | undefined;
}

/** Where a sign-in is kept, for every process that uses it. */
export interface RefreshStore {
  /** What to do when nobody is signed in. */
  readonly howToSignIn: string;
  /**
   * Runs a use of the sign-in, one at a time over all processes: an issuer that exchanges refresh tokens revokes a sign-in whose token comes twice.
   * What the use returns is kept before the next one begins.
   * @param use gets undefined when nobody is signed in.
   */
  exchange<T>(use: (kept: SignIn | undefined) => Promise<{ readonly result: T; readonly next: SignIn | undefined }>): Promise<T>;
}
