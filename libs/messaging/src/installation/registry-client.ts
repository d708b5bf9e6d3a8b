/** The registry could not be reached, or did not behave like one, until the deadline. */
export class RegistryAwayError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RegistryAwayError';
  }
}

/** The registry answered and refused. `status` 409: incompatible. */
export class RegistryRefusedError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly reason: string,
  ) {
    super(message);
    this.name = 'RegistryRefusedError';
  }
}

/** The registry answers and takes no schemas as they are registered here: nothing can be until somebody ends that mode. */
export class RegistryModeError extends Error {
  /** @param mode as the registry names it; undefined: it says read-only mode. @param subject undefined: of the whole registry. */
  constructor(registryUrl: string, mode?: string, subject?: string) {
    const where = `the registry at ${registryUrl} is in ${mode === undefined ? 'read-only mode' : `mode ${mode}`}${subject === undefined ? '' : ` for subject ${subject}`}`;
    const how =
      mode === undefined
        ? 'End that mode'
        : `Set the mode READWRITE (PUT /mode${mode === 'READONLY_OVERRIDE' || subject === undefined ? '' : `/${subject}`})`;
    super(
      `${where}: schemas cannot be registered. ${how}, then run this again; what is registered stays (docs/runbooks/schema-registry.md)`,
    );
    this.name = 'RegistryModeError';
  }
}

/** Address and deadline of a registry client. */
export interface RegistryClientOptions {
  /** Confluent-compatible address, up to and including /apis/ccompat/v7. */
  readonly registryUrl: string;
  /** Calls the registry; default: `fetch`. */
  readonly send?: typeof fetch;
  /** How long to go on while the registry is away, milliseconds, over all calls. */
  readonly deadlineMs: number;
  readonly onWaiting: (text: string) => void;
}

const requestTimeoutMs = 10_000;
const firstPauseMs = 250;
const longestPauseMs = 3_000;
const subjectNotFound = 40401;
const schemaNotFound = 40403;
const compatibilityNotFound = 40408;
/** Apicurio: 409 "Storage is in read-only mode."; Confluent: 422 "... is in read-only mode", or "... is not in read-write mode". */
const modeReason = /read-?only mode|not in read-write mode/i;
/** Confluent: the mode does not permit it. */
const notPermitted = 42205;
const apicurioApi = /\/apis\/ccompat\/v\d+\/*$/;
const apicurioReadOnly = '/apis/registry/v3/admin/config/properties/apicurio.storage.read-only.enabled';

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * The calls of a Confluent-compatible registry that registration needs. While the registry is away (no connection, no
 * answer, 5xx, an answer that is no JSON because its routes are not up yet) a call is repeated until the deadline.
 */
export class RegistryClient {
  private readonly giveUpAt: number;

  constructor(private readonly options: RegistryClientOptions) {
    this.giveUpAt = Date.now() + options.deadlineMs;
  }

  /** Whether exactly this text is a version of the subject. */
  async has(subject: string, schema: string): Promise<'yes' | 'other' | 'no-subject'> {
    const { status, body } = await this.call('POST', `/subjects/${encodeURIComponent(subject)}`, { schema });
    if (status === 200) return 'yes';
    if (status === 404 && body.error_code === schemaNotFound) return 'other';
    if (status === 404 && body.error_code === subjectNotFound) return 'no-subject';
    throw this.refused(`looking up ${subject}`, status, body);
  }

  /** Registers the next version. @returns its id. @throws {RegistryRefusedError} 409: incompatible with an earlier version. */
  async register(subject: string, schema: string): Promise<number> {
    const { status, body } = await this.call('POST', `/subjects/${encodeURIComponent(subject)}/versions`, { schema });
    if (status === 200 && typeof body.id === 'number') return body.id;
    throw await this.refusedIn(subject, `registering ${subject}`, status, body);
  }

  /** The compatibility rule of the subject itself; undefined when it has none. */
  async compatibilityOf(subject: string): Promise<string | undefined> {
    const { status, body } = await this.call('GET', `/config/${encodeURIComponent(subject)}`);
    if (status === 200) return String(body.compatibilityLevel);
    if (status === 404 && [subjectNotFound, compatibilityNotFound].includes(Number(body.error_code))) return undefined;
    throw this.refused(`reading the compatibility rule of ${subject}`, status, body);
  }

  /** Whether the whole of an Apicurio takes no writes; undefined where it does not say: it tells its administrators only, where it asks who calls. */
  async isReadOnly(): Promise<boolean | undefined> {
    if (!this.isApicurio) return undefined;
    const { status, body } = await this.call('GET', apicurioReadOnly, undefined, this.options.registryUrl.replace(apicurioApi, ''));
    return status === 200 ? body.value === 'true' : undefined;
  }

  /** The mode of the whole registry, as Confluent's has it; undefined where there is none. */
  async globalMode(): Promise<string | undefined> {
    return this.isApicurio ? undefined : modeIn(await this.call('GET', '/mode'));
  }

  /** The mode that counts for a subject, which may be that of the whole registry; undefined where there is none. */
  async modeOf(subject: string): Promise<string | undefined> {
    if (this.isApicurio) return undefined;
    const told = modeIn(await this.call('GET', `/mode/${encodeURIComponent(subject)}?defaultToGlobal=true`));
    return told ?? this.globalMode(); // older ones know no defaultToGlobal, and answer 404 where the subject has no mode of its own
  }

  /** Apicurio answers /mode and keeps none. */
  private get isApicurio(): boolean {
    return apicurioApi.test(this.options.registryUrl);
  }

  async setCompatibility(subject: string, compatibility: string): Promise<void> {
    const { status, body } = await this.call('PUT', `/config/${encodeURIComponent(subject)}`, { compatibility });
    if (status !== 200) throw await this.refusedIn(subject, `setting the compatibility rule of ${subject}`, status, body);
  }

  /** A refusal of a write. One for the mode says which mode it is, and of what. */
  private async refusedIn(subject: string, doing: string, status: number, body: Answer['body']): Promise<Error> {
    if (body.error_code !== notPermitted && !modeReason.test(String(body.message))) return this.refused(doing, status, body);
    const mode = await this.modeOf(subject);
    const isOfAll = mode === undefined || (await this.globalMode()) === mode;
    return isOfAll ? new RegistryModeError(this.options.registryUrl, mode) : new RegistryModeError(this.options.registryUrl, mode, subject);
  }

  private refused(doing: string, status: number, body: Answer['body']): RegistryRefusedError {
    const reason = String(body.message ?? 'no reason given');
    return new RegistryRefusedError(`${doing}: the registry answered ${status}: ${reason}`, status, reason);
  }

  private async call(method: string, path: string, body?: object, address = this.options.registryUrl): Promise<Answer> {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        return await this.attempt(method, `${address.replace(/\/+$/, '')}${path}`, body);
      } catch (cause) {
        const leftMs = this.giveUpAt - Date.now();
        const why = reasonOf(cause);
        if (leftMs <= 0) {
          throw new RegistryAwayError(
            `the registry at ${this.options.registryUrl} was away for ${Math.round(this.options.deadlineMs / 1_000)} s (${why}). Is it running? Is the address right?`,
            { cause },
          );
        }
        this.options.onWaiting(`waiting for the registry at ${this.options.registryUrl}: ${why}; ${Math.ceil(leftMs / 1_000)} s left`);
        await new Promise((resolve) => setTimeout(resolve, Math.min(pauseMs, leftMs)));
      }
    }
  }

  private async attempt(method: string, url: string, body?: object): Promise<Answer> {
    const response = await (this.options.send ?? fetch)(url, {
      method,
      headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
      signal: AbortSignal.timeout(requestTimeoutMs),
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (response.status >= 500 || response.status === 429) throw new Error(`it answered ${response.status}`);
    if (response.status === 401 || response.status === 403) return { status: response.status, body: {} }; // waiting changes nothing
    try {
      return { status: response.status, body: JSON.parse(text) as Answer['body'] };
    } catch (cause) {
      throw new Error(`it answered ${response.status} and no JSON`, { cause });
    }
  }
}

function modeIn({ status, body }: Answer): string | undefined {
  return status === 200 && typeof body.mode === 'string' ? body.mode : undefined;
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string } };
  return cause?.code ?? message;
}
