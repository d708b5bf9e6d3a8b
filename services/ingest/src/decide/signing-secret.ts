/** A signing secret of an endpoint. */
export interface SigningSecret {
  readonly secret: string;
  /** End of its use, ms since the epoch; undefined: it has none. Stripe keeps an old secret for at most 24 hours after it is rolled. */
  readonly until: number | undefined;
}

/** How long before its end a secret is worth a warning, ms. */
export const secretWarningMs = 6 * 3_600_000;

/** Whether a secret may still verify a signature. */
export function isLive({ until }: Pick<SigningSecret, 'until'>, now: number): boolean {
  return until === undefined || now < until;
}

/**
 * What is worth knowing about the secrets of an endpoint, in sentences without any secret.
 * @param now ms since the epoch.
 */
export function secretWarnings(endpoint: string, secrets: readonly SigningSecret[], now: number): string[] {
  const warnings = secrets.flatMap(({ until }, index) => {
    if (until === undefined || until - now > secretWarningMs) return [];
    const [what, end] = [`signing secret ${index} of endpoint ${endpoint}`, new Date(until).toISOString()];
    return [now < until ? `${what} ends at ${end}` : `${what} ended at ${end} and verifies nothing any more: remove it`];
  });
  const none = secrets.some((secret) => isLive(secret, now))
    ? []
    : [`endpoint ${endpoint} has no signing secret left: every delivery is refused`];
  return [...warnings, ...none];
}
