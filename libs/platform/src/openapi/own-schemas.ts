import type { JsonSchema, OpenApiDocument } from './openapi-types.js';

const place = '#/components/schemas/';

/**
 * A document with the schemas that it names, and those that these name, and no others.
 * @throws {Error} for a name that is none of the schemas: a route answers a shape that `libs/contracts/src/http-api` does not have.
 */
export function withOwnSchemas(document: OpenApiDocument, all: Readonly<Record<string, JsonSchema>>): OpenApiDocument {
  const needed = new Set<string>(['ErrorView']);
  const pending: unknown[] = [document.paths, all['ErrorView']];
  for (let next = pending.pop(); next !== undefined; next = pending.pop())
    for (const name of namedIn(next)) {
      if (needed.has(name)) continue;
      const schema = all[name];
      if (!schema) throw new Error(`no shape of libs/contracts/src/http-api is called ${name}`);
      needed.add(name);
      pending.push(schema);
    }
  const schemas = Object.fromEntries([...needed].sort().map((name) => [name, all[name] as JsonSchema]));
  return { ...document, components: { ...document.components, schemas } };
}

/** Names of the schemas that a part of a document refers to. */
function namedIn(part: unknown): string[] {
  return [...JSON.stringify(part).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name = '']) => name);
}

/** Schemas of a JSON Schema file, with references that a document of OpenAPI understands. */
export function toComponents(definitions: Readonly<Record<string, unknown>>): Record<string, JsonSchema> {
  return JSON.parse(JSON.stringify(definitions).replaceAll('"#/definitions/', `"${place}`)) as Record<string, JsonSchema>;
}
