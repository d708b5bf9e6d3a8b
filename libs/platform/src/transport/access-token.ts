/** Where tokens come from, and as whom. */
export interface TokenEndpoint {
  readonly url: string;
  readonly clientId: string;
  /** The secret as it is now. */
  readonly clientSecret: () => string;
  readonly scope?: string | undefined;
  readonly fetch: typeof fetch;
  /** Milliseconds of a clock. */
  readonly now?: () => number;
}

/** A token is not used in the last part of its life: a broker may see it later, by another clock. */
const renewBeforeEndMs = 30_000;
/** Life of a token whose answer does not tell it (RFC 6749, 5.1 recommends it), ms. */
const defaultLifeMs = 300_000;

/**
 * Access tokens by client credentials (RFC 6749, 4.4): one is used until shortly before its end, and one request is under way at most.
 * @returns asks for a token that is good now. It rejects with a sentence that says whether the address or the credentials were wrong.
 */
export function accessTokens({ url, clientId, clientSecret, scope, fetch: send, now = Date.now }: TokenEndpoint): () => Promise<string> {
  let current: { readonly token: string; readonly until: number } | undefined;
  let asking: Promise<string> | undefined;
  const ask = async (): Promise<string> => {
    const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret())}`).toString('base64');
    const askedAt = now();
    const response = await send(url, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope ? { scope } : {}) }).toString(),
    }).catch((cause: unknown) => {
      throw new Error(`address: no token from ${url}: it cannot be reached`, { cause });
    });
    if (response.status === 400 || response.status === 401 || response.status === 403)
      throw new Error(`credentials: no token from ${url}: it answered ${response.status} to client ${clientId}`);
    const answer = (await response.json().catch(() => ({}))) as { access_token?: unknown; expires_in?: unknown };
    if (!response.ok || typeof answer.access_token !== 'string')
      throw new Error(`address: no token from ${url}: it answered ${response.status} without one`);
    const lifeMs = typeof answer.expires_in === 'number' ? answer.expires_in * 1_000 : defaultLifeMs;
    current = { token: answer.access_token, until: askedAt + Math.max(lifeMs / 2, lifeMs - renewBeforeEndMs) };
    return current.token;
  };
  return () => {
    if (current && now() < current.until) return Promise.resolve(current.token);
    asking ??= ask().finally(() => (asking = undefined));
    return asking;
  };
}
