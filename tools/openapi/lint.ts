import { createConfig, lintFromString } from '@redocly/openapi-core';

const rules = {
  struct: 'error',
  'no-unresolved-refs': 'error',
  'operation-operationId-unique': 'error',
  'operation-summary': 'error',
  'path-parameters-defined': 'error',
  'path-declaration-must-exist': 'error',
  'no-identical-paths': 'error',
  'security-defined': 'error',
} as const;

/** What a document has that OpenAPI does not allow, or that a reader of it misses; one line each. */
export async function faultsOfDocument(document: object): Promise<string[]> {
  const problems = await lintFromString({ source: JSON.stringify(document), config: await createConfig({ rules }) });
  return problems.map(({ message, location: [place] }) => `${place?.pointer ?? '#/'}: ${message}`);
}
