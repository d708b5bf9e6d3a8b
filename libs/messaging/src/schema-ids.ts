import { connectionProblem } from '@tributary/platform';
import { PoisonMessageError, RegistryUnavailableError, SchemaNotRegisteredError } from './errors.js';

/** Schema lookups. Services never register a schema. */
export interface SchemaIds {
  /** Id under which exactly this schema is registered for the subject. @throws {SchemaNotRegisteredError | RegistryUnavailableError} */
  idOf(subject: string, schemaJson: string): Promise<number>;
  /**
   * JSON text of the schema with that id.
   * @param record the reader's record: only a registry that knows some schema of it is believed that an id is unknown.
   * @throws {PoisonMessageError} when the registry has none; {RegistryUnavailableError} when it does not answer, or has not finished loading its schemas.
   */
  schemaJson(id: number, record?: string): Promise<string>;
  /** Version of that schema in a subject, for people; undefined when the registry has none, or does not say. Never throws. */
  versionOf(id: number, subject: string): Promise<number | undefined>;
}

const subjectsWithinMs = 5_000;
/** Waits before a registry that does not answer is asked again, ms. */
const lookAgainAfterMs = [200, 400, 800];

/** A Confluent-compatible registry over HTTP. */
export class RegistrySchemaIds implements SchemaIds {
  private readonly ids = new Map<string, Promise<number>>();
  /** One text per id: decoders keep their readers by it. */
  private readonly texts = new Map<string, Promise<string>>();

  /** @param send calls the registry, with credentials where it asks for them. */
  constructor(
    private readonly url: string,
    private readonly send: typeof fetch = fetch,
  ) {}

  idOf(subject: string, schemaJson: string): Promise<number> {
    return cached(this.ids, subject, async () => {
      try {
        return await this.look(subject, schemaJson);
      } catch (error) {
        throw this.problem(
          `looking up the schema of ${subject}`,
          error,
          () =>
            new SchemaNotRegisteredError(
              `looking up the schema of ${subject}: the registry at ${this.url} does not know it as it is here. Run: npm run contracts:register`,
              { subject },
            ),
        );
      }
    });
  }

  schemaJson(id: number, record?: string): Promise<string> {
    return cached(this.texts, String(id), async () => {
      try {
        return await this.read(id);
      } catch (error) {
        if (!(error instanceof PoisonMessageError)) throw error;
        // A registry that has just started answers before it has loaded its schemas, and then knows none of them.
        if (!(await this.knowsRecord(record))) {
          throw new RegistryUnavailableError(
            `reading schema ${id}: the registry at ${this.url} has no schema of ${record ?? 'anything'}: it has not loaded its schemas yet, or it is another one`,
            { schemaId: String(id) },
            { cause: error },
          );
        }
        return this.read(id); // it may have loaded it between the two questions
      }
    });
  }

  async versionOf(id: number, subject: string): Promise<number | undefined> {
    try {
      const response = await this.send(`${this.url}/schemas/ids/${id}/versions`, { signal: AbortSignal.timeout(subjectsWithinMs) });
      const rows = response.ok ? ((await response.json()) as unknown) : undefined;
      const found = (Array.isArray(rows) ? rows : []).find((row: { readonly subject?: unknown } | null) => row?.subject === subject) as
        { readonly version?: unknown } | undefined;
      return typeof found?.version === 'number' ? found.version : undefined;
    } catch {
      return undefined;
    }
  }

  /** The id of a schema that is registered as it is here; asked again a moment later when the registry is away. */
  private async look(subject: string, schema: string): Promise<number> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const response = await this.send(`${this.url}/subjects/${encodeURIComponent(subject)}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ schema }),
          signal: AbortSignal.timeout(subjectsWithinMs),
        });
        if (!response.ok) throw Object.assign(new Error(`HTTP ${response.status}`), { status: response.status });
        return ((await response.json()) as { id: number }).id;
      } catch (error) {
        const { status } = error as { status?: number };
        if (attempt >= lookAgainAfterMs.length || (status !== undefined && status < 500)) throw error;
        await new Promise((resolve) => setTimeout(resolve, lookAgainAfterMs[attempt]));
      }
    }
  }

  private async read(id: number): Promise<string> {
    try {
      // As it was registered: what the library makes of it has lost its logical types, and with them which longs are exact.
      const response = await this.send(`${this.url}/schemas/ids/${id}`, { signal: AbortSignal.timeout(subjectsWithinMs) });
      if (!response.ok) throw Object.assign(new Error(`HTTP ${response.status}`), { status: response.status });
      return ((await response.json()) as { schema: string }).schema;
    } catch (error) {
      const unknown = (): Error =>
        new PoisonMessageError(`reading schema ${id}: the registry at ${this.url} has no schema with that id`, { schemaId: String(id) });
      throw this.problem(`reading schema ${id}`, error, unknown);
    }
  }

  /** Whether the registry knows some schema of the record: only then is "no such id" about the message. */
  private async knowsRecord(record: string | undefined): Promise<boolean> {
    try {
      const response = await this.send(`${this.url}/subjects`, { signal: AbortSignal.timeout(subjectsWithinMs) });
      const subjects = response.ok ? ((await response.json()) as unknown) : undefined;
      return Array.isArray(subjects) && subjects.some((subject) => record === undefined || String(subject).endsWith(`-${record}`));
    } catch {
      return false;
    }
  }

  private problem(doing: string, error: unknown, unknown: () => Error): Error {
    if ((error as { status?: number }).status === 404) return unknown();
    return new RegistryUnavailableError(
      `${doing}: the registry at ${this.url} does not answer (${connectionProblem(error)})`,
      {},
      { cause: error },
    );
  }
}

/** Caches successes only: a failed lookup is repeated. */
function cached<T>(cache: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const known = cache.get(key);
  if (known) return known;
  const asked = ask();
  cache.set(key, asked);
  asked.catch(() => cache.delete(key));
  return asked;
}

/** Schema ids for tests: knows every schema, asks no registry. */
export class InMemorySchemaIds implements SchemaIds {
  private readonly schemas: string[] = [];

  async idOf(_subject: string, schemaJson: string): Promise<number> {
    const known = this.schemas.indexOf(schemaJson);
    return known >= 0 ? known + 1 : this.schemas.push(schemaJson);
  }

  async schemaJson(id: number): Promise<string> {
    const schema = this.schemas[id - 1];
    if (schema === undefined)
      throw new PoisonMessageError(`reading schema ${id}: there is no schema with that id`, { schemaId: String(id) });
    return schema;
  }

  async versionOf(id: number): Promise<number | undefined> {
    return this.schemas[id - 1] === undefined ? undefined : 1;
  }
}
