/** A token as its issuer gave it. */
export interface IssuedToken {
  readonly text: string;
  /** How long it lives from when it was asked for, ms; undefined when the issuer does not say. */
  readonly livesMs: number | undefined;
}

/** Asks an issuer for a new token. @throws {TokenRefusedError | TokenSilentError} */
export type TokenGrant = () => Promise<IssuedToken>;

/** A token is not used in the last part of its life, ms: the ERP sees it later, by another clock. */
const renewBeforeMs = 60_000;
/** Life of a token whose answer does not tell it, ms. RFC 6749 section 5.1 leaves it to documentation; assumed. */
const usualLifeMs = 300_000;

interface Token {
  readonly text: string;
  readonly until: number;
}

/**
 * The access token of one target, shared by all of its calls: used until shortly before its end, and one request for a new one is under way at
 * most. Its life counts from when it was asked for, so the clock of the issuer does not matter.
 */
export class BearerTokens {
  private token: Token | undefined;
  private asking: Promise<Token> | undefined;

  /** @param now milliseconds of a clock that is never set back. */
  constructor(
    private readonly grant: TokenGrant,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Makes a call with a token. When the ERP refuses a token that was in use before, it may have been revoked: the call is made once more with a
   * new one. A refused token stored nothing, so nothing is stored twice; a new token that is refused is not replaced.
   * @param isRefused whether an error says that the ERP refused the token.
   * @throws {TokenRefusedError | TokenSilentError} when there is no token, and whatever the call throws.
   */
  async use<T>(call: (token: string) => Promise<T>, isRefused: (error: unknown) => boolean): Promise<T> {
    const kept = this.token && this.now() < this.token.until ? this.token : undefined;
    const token = kept ?? (await this.renewed());
    try {
      return await call(token.text);
    } catch (error) {
      if (!isRefused(error)) throw error;
      if (this.token === token) this.token = undefined;
      if (!kept) throw error;
    }
    return call((this.token ?? (await this.renewed())).text);
  }

  private renewed(): Promise<Token> {
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async ask(): Promise<Token> {
    const askedAt = this.now();
    const { text, livesMs = usualLifeMs } = await this.grant();
    this.token = { text, until: askedAt + Math.max(livesMs / 2, livesMs - renewBeforeMs) };
    return this.token;
  }
}
