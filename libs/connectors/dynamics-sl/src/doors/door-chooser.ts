import type { SlConfig } from '../sl.config.js';
import { SlNotSetUpError, SlRefusedError, SlSilentError } from '../sl-errors.js';
import type { DoorName, SlService } from './door.js';
import type { HttpCalls } from './http-calls.js';
import { restHeaders } from './rest-door.js';
import { sampleOf } from './rest-paths.js';

/** How long what swagger says is kept, ms: an installation changes when it is updated. */
const keptMs = 600_000;

/**
 * Which door serves a service: the one that SL_DOORS names; else REST where swagger has its call, and SOAP where it has not.
 * Source: docs/reference/dynamics-sl.md sections 2.4 and 11 ("check the site's swagger first").
 */
export class DoorChooser {
  private known: { readonly rest: ReadonlySet<string>; readonly until: number } | undefined;

  constructor(
    private readonly http: HttpCalls,
    private readonly config: SlConfig,
  ) {}

  /** @throws {SlNotSetUpError} where swagger is not served and SL_DOORS names no door for the service. */
  async doorOf(service: SlService, signal: AbortSignal): Promise<DoorName> {
    const named = this.config.doors.get(service) ?? this.config.doors.get('*');
    if (named !== undefined) return named;
    const { method, path } = sampleOf(service);
    return (await this.published(service, signal)).has(`${method} ${path.toLowerCase()}`) ? 'rest' : 'soap';
  }

  private async published(service: SlService, signal: AbortSignal): Promise<ReadonlySet<string>> {
    if (this.known && this.known.until > Date.now()) return this.known.rest;
    const rest = publishedCalls(await this.swagger(service, signal));
    this.known = { rest, until: Date.now() + keptMs };
    return rest;
  }

  private async swagger(service: SlService, signal: AbortSignal): Promise<string> {
    const url = `${this.config.url}/swagger/docs/v1`;
    try {
      return await this.http.send({ method: 'GET', url, headers: restHeaders(this.config), name: 'swagger', kind: 'lookup' }, signal);
    } catch (error) {
      // 4xx but a refused login: it is switched off, or lies elsewhere. Which door is there is then told by the configuration only.
      if (!(error instanceof SlRefusedError) || error.status >= 500 || [401, 403, 429].includes(error.status)) throw error;
      throw new SlNotSetUpError(
        `${this.config.url}/swagger/docs/v1 is not served (HTTP ${error.status}), so it is not known whether ${service} has REST calls; name the doors in SL_DOORS, for example SL_DOORS=rest or SL_DOORS=rest,${service}=soap`,
      );
    }
  }
}

/** The calls of a swagger document as `POST /api/...` in small letters, with empty braces for parameters. @throws {SlSilentError} for a text that is none. */
export function publishedCalls(text: string): ReadonlySet<string> {
  let paths: unknown;
  try {
    paths = (JSON.parse(text) as { paths?: unknown } | null)?.paths;
  } catch {
    paths = undefined;
  }
  if (typeof paths !== 'object' || paths === null) throw new SlSilentError('swagger', 'lookup', true, 'the answer is no swagger document');
  return new Set(
    Object.entries(paths as Record<string, object>).flatMap(([path, calls]) =>
      Object.keys(calls ?? {}).map((method) => `${method.toUpperCase()} ${path.replace(/\{[^}]*\}/g, '{}').toLowerCase()}`),
    ),
  );
}
