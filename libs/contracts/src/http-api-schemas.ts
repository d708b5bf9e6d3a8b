/** JSON Schemas of the shapes in `http-api`, by name, for OpenAPI documents. Loaded when they are asked for: they are large. */
export async function httpApiSchemas(): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> {
  const { httpSchemas } = await import('./generated/http-schemas.js');
  return httpSchemas;
}
