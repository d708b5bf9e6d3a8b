/** Names of fields, headers, elements and parameters whose values are secrets; `_` stands for `_`, `-` or nothing, and case does not matter. */
export const secretNames: readonly string[] = [
  ...['password', 'passwd', 'passphrase', 'secret', 'secrets', 'client_secret', 'private_key', 'credential', 'credentials'],
  ...['token', 'access_token', 'refresh_token', 'id_token', 'csrf_token', 'x_csrf_token', 'session', 'session_token'],
  ...['api_key', 'x_api_key', 'site_key', 'consumer_key', 'licence', 'license', 'authorization', 'proxy_authorization'],
  ...['cookie', 'set_cookie', 'stripe_signature', 'DATABASE_URL', 'DATABASE_MIGRATION_URL'],
];

/** The names as alternatives of a regular expression with the flag `i`: `password|passwd|...`. */
export const secretNamePattern: string = secretNames.map((name) => name.replaceAll('_', '[-_]?')).join('|');

const anywhere = new RegExp(secretNamePattern, 'i');

/** Whether a name is one of {@link secretNames} or has one in it, as names of foreign systems do: `apiPassword`, `SessionID`. */
export function holdsSecretName(name: string): boolean {
  return anywhere.test(name);
}
