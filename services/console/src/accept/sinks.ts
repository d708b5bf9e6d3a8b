import type { SilentSinkView } from '@tributary/contracts';
import { serviceFetchOf, serviceProblem } from '@tributary/platform';
import type { ServiceTlsConfig } from '@tributary/platform';
import { parseSinkUrls } from '../decide/sink-urls.js';

/** Injection token of {@link Sinks}. */
export const SINKS = Symbol('Sinks');

/** What an erp-sink answered, whole. */
export interface SinkAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** An erp-sink gave no answer: `since` when is what the console knows of it. */
export class SinkSilentError extends Error {
  constructor(
    readonly targets: readonly string[],
    readonly since: Date,
    /** Why, in words without an address. */
    readonly problem: string,
  ) {
    super(`the sink of ${targets.join(', ')} does not answer: ${problem}`);
    this.name = 'SinkSilentError';
  }
}

/** The connection to one erp-sink. It remembers since when that does not answer. */
export class Sink {
  private silentSince: Date | undefined;

  constructor(
    readonly targets: readonly string[],
    private readonly url: string,
    private readonly fetch: typeof globalThis.fetch,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Forwards one request. @param path with its query. @throws {SinkSilentError} when it does not answer within the time, ms. */
  async ask(path: string, init: RequestInit, withinMs: number): Promise<SinkAnswer> {
    try {
      const response = await this.fetch(`${this.url}${path}`, { ...init, signal: AbortSignal.timeout(withinMs) });
      const body = Buffer.from(await response.arrayBuffer());
      if (response.status < 500) this.silentSince = undefined;
      return { status: response.status, contentType: response.headers.get('content-type') ?? 'application/json', body };
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      throw this.silent(isLate ? `it takes longer than ${withinMs / 1_000} s` : serviceProblem(error));
    }
  }

  /** Reads a list, as {@link ask}; a sink that answers that it cannot read now counts as one that does not answer. */
  async list(path: string, headers: Readonly<Record<string, string>>, withinMs: number): Promise<SinkAnswer> {
    const answer = await this.ask(path, { headers }, withinMs);
    if (answer.status >= 500) throw this.silent(`it says ${answer.status}: what it needs is not there now`);
    return answer;
  }

  private silent(problem: string): SinkSilentError {
    this.silentSince ??= this.now();
    return new SinkSilentError(this.targets, this.silentSince, problem);
  }
}

/** The erp-sinks that the console knows. */
export class Sinks {
  constructor(readonly all: readonly Sink[]) {}

  /** The one that serves a target; undefined: none that is known. Without a target it is the only one. */
  of(target: string | undefined): Sink | undefined {
    if (target === undefined) return this.all.length === 1 ? this.all[0] : undefined;
    return this.all.find(({ targets }) => targets.includes(target));
  }

  /** Those that serve what somebody may see. @param visible as `targetsFor` says. */
  seenBy(visible: '*' | readonly string[]): readonly Sink[] {
    return visible === '*' ? this.all : this.all.filter(({ targets }) => targets.some((target) => visible.includes(target)));
  }
}

/** A sink that was silent as the browser is told. @param visible the targets that it may know of. */
export function silentView({ targets, since, problem }: SinkSilentError, visible: '*' | readonly string[]): SilentSinkView {
  return { targets: visible === '*' ? targets : targets.filter((target) => visible.includes(target)), since: since.toISOString(), problem };
}

/** The sinks of the configuration. @param timeoutMs longest time for connect, headers and body each, ms. @throws {ConfigurationError} as {@link serviceFetchOf}. */
export function sinksOf(config: ServiceTlsConfig & { readonly ERP_SINK_URLS?: string | undefined }, timeoutMs: number): Sinks {
  return new Sinks(
    parseSinkUrls(config.ERP_SINK_URLS ?? '').map(({ url, targets }) => new Sink(targets, url, serviceFetchOf(config, url, timeoutMs))),
  );
}
