import { schemaOf } from '@tributary/contracts';
import type { AvroRecord, MessageSchemaView } from '@tributary/contracts';
import { fullNameOf } from '@tributary/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';

/** Injection token of {@link RegistryAccess}. */
export const REGISTRY_ACCESS = Symbol('RegistryAccess');

/** The schema registry, and what calls it. */
export interface RegistryAccess {
  readonly url: string;
  readonly fetch: typeof fetch;
}

const withinMs = 3_000;
const versions = z.array(z.object({ subject: z.string(), version: z.number() }));
const compatibility = z.object({ compatibilityLevel: z.string() });

/** Says which version of which subject a schema is. The page is shown without it when the registry does not say. */
@Injectable()
export class SchemaVersions {
  constructor(@Inject(REGISTRY_ACCESS) private readonly registry: RegistryAccess) {}

  /** @param topic the schema may stand under several subjects, one for each topic. */
  async of(writer: { readonly id: number; readonly schema: AvroRecord }, topic: string): Promise<MessageSchemaView> {
    const record = fullNameOf(writer.schema);
    const known = (await this.ask(`/schemas/ids/${writer.id}/versions`, versions)) ?? [];
    const own = known.find(({ subject }) => subject === `${topic}-${record}`);
    const level = own && (await this.ask(`/config/${encodeURIComponent(own.subject)}?defaultToGlobal=true`, compatibility));
    return {
      ...{ id: writer.id, record, subject: own?.subject ?? null, version: own?.version ?? null },
      ...{ compatibility: level?.compatibilityLevel ?? null, current: isCurrent(record, writer.schema) },
    };
  }

  private async ask<Shape extends z.ZodType>(path: string, shape: Shape): Promise<z.infer<Shape> | undefined> {
    try {
      const response = await this.registry.fetch(`${this.registry.url}${path}`, { signal: AbortSignal.timeout(withinMs) });
      return response.ok ? shape.safeParse(await response.json()).data : undefined;
    } catch {
      return undefined;
    }
  }
}

function isCurrent(record: string, schema: AvroRecord): boolean {
  try {
    return JSON.stringify(schemaOf(record)) === JSON.stringify(schema);
  } catch {
    return false;
  }
}
