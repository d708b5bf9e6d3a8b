import { ConfigurationError } from '../config.js';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Refuses base URLs of plain HTTP in production, where credentials would be sent in clear. Loopback addresses, and hosts that
 * ERP_PLAIN_HTTP_HOSTS names, are excused.
 * @throws {ConfigurationError} naming each host.
 */
export function refusePlainHttp(env: NodeJS.ProcessEnv, urls: readonly string[]): void {
  if (env.NODE_ENV !== 'production' && env.TRIBUTARY_ENVIRONMENT !== 'prod') return;
  const named = new Set((env.ERP_PLAIN_HTTP_HOSTS ?? '').split(',').map((host) => host.trim().toLowerCase()));
  const problems = urls.flatMap((text) => {
    const { protocol, hostname } = new URL(text);
    if (protocol !== 'http:' || loopback.test(hostname) || named.has(hostname)) return [];
    return [`${hostname} is called by plain http, in production: use https, or name the host in ERP_PLAIN_HTTP_HOSTS`];
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
}
