import { isIP } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';

/** Why a request is refused before anything reads it: an HTTP status, a stable code, and what to do. */
export interface RequestRefusal {
  readonly status: 403 | 415 | 421;
  readonly error: 'http.host-unknown' | 'http.origin-foreign' | 'http.type-unsupported';
  readonly message: string;
}

/**
 * Checks a request to a service of our own against what a page of another site can make a browser send (OWASP ASVS 5.0, 3.5): a host
 * name that is not ours (DNS rebinding), a change ordered from a foreign origin, a body of a type that forms can send.
 * @param hosts names that the service is reached by, beside addresses, `localhost` and names without a dot, which no other site can own.
 */
export function requestRefusal(method: string, headers: IncomingHttpHeaders, hosts: ReadonlySet<string>): RequestRefusal | undefined {
  const { host = '' } = headers;
  const name = hostName(host);
  if (name === undefined || !(isOwnName(name) || hosts.has(name)))
    return {
      status: 421,
      error: 'http.host-unknown',
      message: `The service is not known by this host name. Name it in HTTP_ALLOWED_HOSTS if it is right.`,
    };
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (isForeign(headers, host))
    return { status: 403, error: 'http.origin-foreign', message: 'A page of another origin may not change anything here.' };
  if (hasBody(headers) && mediaType(headers['content-type']) !== 'application/json')
    return { status: 415, error: 'http.type-unsupported', message: 'The body has to be application/json.' };
  return undefined;
}

/** Lower-case host name or address of a Host header, without the port; undefined when it is none. */
function hostName(host: string): string | undefined {
  const match = /^(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9._-]{1,253}))(?::\d{1,5})?$/i.exec(host);
  return (match?.[1] ?? match?.[2])?.toLowerCase().replace(/\.$/, '');
}

function isOwnName(name: string): boolean {
  return name !== '' && (isIP(name) !== 0 || !name.includes('.'));
}

/** Browsers send Origin with every request that is not a GET, and Sec-Fetch-Site where the page is trustworthy; scripts send neither. */
function isForeign({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders, host: string): boolean {
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host.toLowerCase();
}

function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function mediaType(type = ''): string {
  return type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
