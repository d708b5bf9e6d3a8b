/** Failures before the first byte of the request could leave: refused, no route, no name, no TLS. */
const unsentCodes =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|ERR_TLS_\w+|ERR_SSL_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|egress\.\w[\w.-]*)$/;

/** Whether the request certainly never left this machine. */
export function neverSent(error: unknown): boolean {
  return codesOf(error).some((code) => unsentCodes.test(code));
}

/** `code` of an error and of its causes; undici hides the socket's error one or two levels down. */
function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 3) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const tried = Array.isArray(errors) ? errors.map((one) => codesOf(one, depth + 1)) : [];
  // Several addresses were tried: unsent only when none of them got further.
  const ofTried = tried.length > 0 && tried.every((codes) => codes.some((one) => unsentCodes.test(one))) ? tried.flat() : [];
  return [...(typeof code === 'string' ? [code] : []), ...ofTried, ...codesOf(cause, depth + 1)];
}

/** Why there is no answer, in words: a time limit, an abort, or the codes of the network error. */
export function reasonOf(error: unknown, limit: AbortSignal): string {
  if (limit.aborted)
    return limit.reason instanceof Error && limit.reason.name === 'TimeoutError'
      ? 'no answer in time'
      : 'given up while waiting for the answer';
  const codes = codesOf(error);
  return codes.length > 0 ? `no answer (${codes.join(', ')})` : `no answer (${error instanceof Error ? error.message : 'unknown error'})`;
}
