/** What of a protected connection was wrong. */
export type ConnectionFault = 'address' | 'trust' | 'certificate end' | 'credentials' | 'rights';

const faults: readonly (readonly [ConnectionFault, RegExp])[] = [
  [
    'certificate end',
    /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|certificate has expired|certificate is not yet valid|alert certificate expired/i,
  ],
  [
    'trust',
    /self.signed|UNABLE_TO_(?:VERIFY|GET_ISSUER)|unable to (?:verify|get (?:local )?issuer)|ALTNAME_INVALID|does not match certificate|wrong version number|unknown ca|bad certificate|certificate required|does not support SSL/i,
  ],
  ['rights', /AUTHORIZATION_FAILED|not authorized to access|permission denied|\b42501\b|\b(?:HTTP|answered) 403\b/i],
  [
    'credentials',
    /SASL|Authentication failed|password authentication failed|\b28P01\b|\b28000\b|\b(?:HTTP|answered) 401\b|no pg_hba\.conf entry|^credentials:/i,
  ],
  ['address', /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ECONNRESET|timeout|timed out|^address:/i],
];

/** What was wrong with a connection, by the error of a client of Kafka, PostgreSQL or HTTP; undefined when it does not say. */
export function connectionFault(error: unknown): ConnectionFault | undefined {
  const text = errorTexts(error).join('\n');
  return faults.find(([, pattern]) => pattern.test(text))?.[0];
}

/** The message of an error, preceded by what of the connection was wrong where that is known. */
export function connectionProblem(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  const fault = connectionFault(error);
  return fault === undefined || text.startsWith(`${fault}:`) ? text : `${fault}: ${text}`;
}

const deepestCause = 6;

/** Codes, names and messages of an error and of what caused it. */
export function errorTexts(error: unknown): readonly string[] {
  return textsOf(error, 0);
}

function textsOf(error: unknown, depth: number): string[] {
  if (typeof error !== 'object' || error === null || depth > deepestCause) return [];
  const { code, type, name, message, cause, errors } = error as Record<string, unknown>;
  const own = [code, type, name, message].filter((text) => typeof text === 'string');
  return [...own, ...textsOf(cause, depth + 1), ...(Array.isArray(errors) ? errors.flatMap((one) => textsOf(one, depth + 1)) : [])];
}
