import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
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
}

const subjectsWithinMs = 5_000;

/** A Confluent-compatible registry over HTTP. */
export class RegistrySchemaIds implements SchemaIds {
  private readonly registry: SchemaRegistry;
  private readonly ids = new Map<string, Promise<number>>();
  /** One text per id: decoders keep their readers by it. */
  private readonly texts = new Map<string, Promise<string>>();

  constructor(private readonly url: string) {
    this.registry = new SchemaRegistry({ host: url, retry: { retries: 3, initialRetryTimeInSecs: 0.2, maxRetryTimeInSecs: 2 } });
  }

  idOf(subject: string, schemaJson: string): Promise<number> {
    return cached(this.ids, subject, async () => {
      try {
        return await this.registry.getRegistryIdBySchema(subject, { type: SchemaType.AVRO, schema: schemaJson });
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

  private async read(id: number): Promise<string> {
    try {
      // As it was registered: what the library makes of it has lost its logical types, and with them which longs are exact.
      const response = await fetch(`${this.url}/schemas/ids/${id}`, { signal: AbortSignal.timeout(subjectsWithinMs) });
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
      const response = await fetch(`${this.url}/subjects`, { signal: AbortSignal.timeout(subjectsWithinMs) });
      const subjects = response.ok ? ((await response.json()) as unknown) : undefined;
      return Array.isArray(subjects) && subjects.some((subject) => record === undefined || String(subject).endsWith(`-${record}`));
    } catch {
      return false;
    }
  }

  private problem(doing: string, error: unknown, unknown: () => Error): Error {
    // Of a schema that is not there the library makes an error of its own, without the status.
    const { status, name } = error as { status?: number; name?: string };
    if (status === 404 || name === 'ConfluentSchemaRegistryError') return unknown();
    return new RegistryUnavailableError(
      `${doing}: the registry at ${this.url} does not answer (${error instanceof Error ? error.message : String(error)})`,
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
}
