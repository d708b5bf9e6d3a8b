/** Texts that look like a secret wherever they stand: Stripe keys and signing secrets, credentials in URLs, Basic and Bearer. */
const secretTexts = [
  /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]+/g,
  /\bwhsec_[A-Za-z0-9_+/=-]+/g,
  /(?<=:\/\/[^:/\s@"]*:)[^@\s"]+(?=@)/g,
  /\b(?:Basic|Bearer) [A-Za-z0-9._~+/=-]{8,}/gi,
];

/** Names of fields and headers whose values are secrets, in any case. */
const secretNames = [
  'password',
  'secret',
  'secrets',
  'apiKey',
  'api_key',
  'authorization',
  'token',
  'stripe-signature',
  'x-api-key',
  'DATABASE_URL',
  'client_secret',
];
const text = String.raw`"(?:[^"\\]|\\.)*"`;
const secretFields = new RegExp(String.raw`("(?:${secretNames.join('|')})":)(?:${text}|\[(?:${text}|[^"\]])*\]|[^",{}[\]\s]+)`, 'gi');

/** Cheap test that most log lines fail: only those that hold one of these are searched in full. */
const suspicious = new RegExp(String.raw`[sr]k_|whsec_|://|basic |bearer |"(?:${secretNames.join('|')})":`, 'i');

/** The text without what looks like a secret. */
export function redactSecrets(value: string): string {
  return secretTexts.reduce((redacted, pattern) => redacted.replace(pattern, '[secret]'), value);
}

/**
 * A JSON log line without secrets, at any depth: values of fields with a secret's name, and what looks like a secret in any text.
 * The result is JSON again.
 */
export function redactLine(line: string): string {
  return suspicious.test(line) ? redactSecrets(line.replace(secretFields, '$1"[secret]"')) : line;
}
