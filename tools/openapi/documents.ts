import { openApiDocument } from '@tributary/platform';
import type { JsonSchema, OpenApiDocument } from '@tributary/platform';
import { controllersOfService, documentedServices } from '../permissions/service-routes.js';
import type { Form } from '../permissions/service-routes.js';

/** Name of a service that publishes an OpenAPI document. */
export type DocumentedService = (typeof documentedServices)[number];

/** The OpenAPI documents of all services, made from their controllers. @param schemas those that routes answer; default: those that are shipped. */
export async function openApiDocuments(
  form: Form,
  schemas?: Readonly<Record<string, JsonSchema>>,
): Promise<ReadonlyMap<DocumentedService, OpenApiDocument>> {
  const documents = new Map<DocumentedService, OpenApiDocument>();
  for (const name of documentedServices)
    documents.set(name, await openApiDocument({ name, controllers: await controllersOfService(name, form) }, schemas));
  return documents;
}
