import type { OpenApiDocument } from '@tributary/platform';
import openapiTypes, { astToString } from 'openapi-typescript';
import type { OpenAPI3 } from 'openapi-typescript';

/** Services whose documents the console's page reads through. */
const readByPage: readonly string[] = ['recon', 'erp-sink', 'console'];

/**
 * `services/console/web/src/generated/<service>-api.ts`: the types that the page's client has of what a service answers.
 * @throws {Error} for a document that is not OpenAPI.
 */
export async function renderClientTypes(documents: Iterable<readonly [string, OpenApiDocument]>): Promise<[string, string][]> {
  const read = [...documents].filter(([name]) => readByPage.includes(name));
  return Promise.all(
    read.map(async ([name, document]): Promise<[string, string]> => {
      const types = astToString(await openapiTypes(document as unknown as OpenAPI3, { immutable: true, silent: true }));
      return [
        `services/console/web/src/generated/${name}-api.ts`,
        `// Generated from docs/reference/openapi/${name}.json by \`npm run docs:generate\`. Do not edit.\n${types}`,
      ];
    }),
  );
}
