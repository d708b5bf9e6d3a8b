import { withToken } from './api-token.js';
import type { TokenVariables } from './api-token.js';
import { callCertificates, certificateErrorOf } from './call-certificates.js';
import type { CallCertificates } from './call-certificates.js';

/**
 * Calls the HTTP API of a service: `fetch` with the token of whoever runs this, and over TLS with the certificates of SERVICE_CA_FILE,
 * SERVICE_CLIENT_CERT_FILE and SERVICE_CLIENT_KEY_FILE as they are at this call. Everything outside of the services that calls them goes through
 * here. A redirect is not followed: a token goes only where it was meant to go.
 * @throws {CertificateError} for a file that cannot be used, and when the service and we do not trust each other.
 */
export async function callApi(url: string, init: RequestInit = {}, env: TokenVariables = process.env): Promise<Response> {
  const options: RequestInit = { redirect: 'manual', ...withToken(url, init, env) };
  if (!url.startsWith('https:')) return fetch(url, options);
  const certificates = callCertificates(env);
  try {
    if (!certificates) return await fetch(url, options);
    const { fetch: send } = await import('undici'); // lazily: commands on this machine need none
    return (await send(url, { ...(options as object), dispatcher: await agentWith(certificates) })) as unknown as Response;
  } catch (error) {
    throw certificateErrorOf(url, error) ?? error;
  }
}

type Agent = InstanceType<typeof import('undici').Agent>;
let last: { readonly of: string; readonly agent: Agent } | undefined;

/** The connections of the certificates that were used last; others begin with the next call. */
async function agentWith(certificates: CallCertificates): Promise<Agent> {
  const of = JSON.stringify(certificates);
  if (last?.of === of) return last.agent;
  void last?.agent.close(); // what is open on it ends first
  const { Agent } = await import('undici');
  const { ca, ...own } = certificates;
  const agent = new Agent({ connect: { ...own, ...(ca === undefined ? {} : { ca: [...ca] }) } });
  last = { of, agent };
  return agent;
}
