import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { withToken } from './api-token.js';
import type { TokenVariables } from './api-token.js';

/** Certificates that an API is called with, by the variables that name their files: the same as those of services. */
const files = { ca: 'SERVICE_CA_FILE', cert: 'SERVICE_CLIENT_CERT_FILE', key: 'SERVICE_CLIENT_KEY_FILE' } as const;

/**
 * Calls the HTTP API of a service: `fetch` with the token of whoever runs this, and the certificates of SERVICE_CA_FILE and SERVICE_CLIENT_CERT_FILE.
 * Everything outside of the services that calls them goes through here. A redirect is not followed: a token goes only where it was meant to go.
 * @throws {Error} naming the variable, when one of these files cannot be read.
 */
export async function callApi(url: string, init: RequestInit = {}, env: TokenVariables = process.env): Promise<Response> {
  const options: RequestInit = { redirect: 'manual', ...withToken(url, init, env) };
  const [ca, cert, key] = [contentOf(files.ca, env), contentOf(files.cert, env), contentOf(files.key, env)];
  if (!url.startsWith('https:') || (ca === undefined && cert === undefined)) return fetch(url, options);
  const { Agent, fetch: send } = await import('undici'); // lazily: commands on this machine need none
  const trusted = ca === undefined ? {} : { ca: [...rootCertificates, ca] };
  const dispatcher = new Agent({ connect: { ...trusted, ...(cert === undefined ? {} : { cert }), ...(key === undefined ? {} : { key }) } });
  return (await send(url, { ...(options as object), dispatcher })) as unknown as Response;
}

function contentOf(name: string, env: TokenVariables): string | undefined {
  const file = env[name];
  if (!file) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${name} ${file}: cannot be read`, { cause: error });
  }
}
