import { HttpException, ServiceUnavailableException } from '@nestjs/common';
import { serviceFetchOf, serviceProblem } from './transport/service-fetch.js';
import type { ServiceTlsConfig } from './transport/service-tls.environment.js';

/** Injection token: {@link LogLevelAudit}. */
export const LOG_LEVEL_AUDIT = Symbol('LOG_LEVEL_AUDIT');

/** How a service has it in the audit trail that somebody changes the level of its log. */
export interface LogLevelAudit {
  /** Whose log it is. */
  readonly service: string;
  /**
   * Records the deed, before the level is set.
   * @param authorization header of the request, for who records it in the name of the one who asks.
   */
  record(deed: LogLevelDeed, authorization: string | undefined): Promise<void>;
}

/** What somebody does to the level. */
export interface LogLevelDeed {
  readonly subject: string;
  readonly name: string;
  readonly action: 'log-level.changed';
  /** `log:<service>`. */
  readonly object: string;
  readonly reason: string;
  readonly details: LogLevelDetails;
}

/** From what to what, until when, and of which process. */
export interface LogLevelDetails {
  readonly level: { readonly before: string; readonly after: string };
  readonly forMinutes: number;
  /** When it ends by itself; ISO 8601. */
  readonly until: string;
  /** Name of the machine or pod: each has levels of its own. */
  readonly host: string;
  /** Beginning of the names of the loggers that are meant; absent: all. */
  readonly logger?: string;
}

/** Longest time that recon may take, ms. */
const withinMs = 10_000;

/**
 * The trail of a service that keeps no outbox: recon records the deed at once, in the name of who asks and by their own token, or nothing is set.
 * @param reconUrl base address of recon; undefined: no level can be set by a request.
 * @throws {ConfigurationError} for certificates that cannot be used.
 */
export function logLevelAuditAtRecon(
  service: string,
  { RECON_URL: reconUrl, ...tls }: ServiceTlsConfig & { readonly RECON_URL?: string | undefined },
): LogLevelAudit {
  const send = serviceFetchOf(tls, reconUrl, withinMs);
  return {
    service,
    async record({ reason, details }, authorization) {
      if (reconUrl === undefined) throw notRecorded('RECON_URL of the service is not set');
      const answer = await send(`${reconUrl.replace(/\/+$/, '')}/audit/log-levels`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
        body: JSON.stringify({ service, reason, details }),
        signal: AbortSignal.timeout(withinMs),
      }).catch((error: unknown) => {
        throw notRecorded(serviceProblem(error));
      });
      await answer.body?.cancel();
      if (answer.status === 401 || answer.status === 403)
        throw new HttpException(
          refusal('recon refuses the token: it may be withdrawn, or from other keys than those of recon'),
          answer.status,
        );
      if (answer.status !== 201) throw notRecorded(`recon answered ${answer.status}`);
    },
  };
}

function notRecorded(why: string): ServiceUnavailableException {
  return new ServiceUnavailableException(refusal(why));
}

function refusal(why: string): { error: string; message: string } {
  return {
    error: 'log-level.not-recorded',
    message: `The level was not set, because recon did not take it into the audit trail: ${why}. Without recon, SIGUSR2 sets debug for ten minutes.`,
  };
}
