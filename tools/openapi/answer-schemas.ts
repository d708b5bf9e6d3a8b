import { join } from 'node:path';
import { toComponents } from '@tributary/platform';
import type { JsonSchema } from '@tributary/platform';
import { createGenerator } from 'ts-json-schema-generator';
import { root } from '../contracts/workspace.js';

/**
 * JSON Schemas of all shapes in `libs/contracts/src/http-api`, by the names of their types, with references as OpenAPI has them. Fields that
 * a type does not have may come: an older reader survives a newer service.
 */
export function answerSchemas(): Readonly<Record<string, JsonSchema>> {
  const { definitions = {} } = createGenerator({
    path: join(root, 'libs/contracts/src/http-api/*.ts'),
    tsconfig: join(root, 'tsconfig.base.json'),
    skipTypeCheck: true,
    additionalProperties: true,
    topRef: true,
    expose: 'export',
    sortProps: false,
  }).createSchema('*');
  return toComponents(Object.fromEntries(Object.entries(definitions).toSorted(([a], [b]) => (a < b ? -1 : 1))));
}

/** `libs/contracts/src/generated/http-schemas.ts`. */
export function renderAnswerSchemas(schemas: Readonly<Record<string, JsonSchema>>): string {
  return `// Generated from libs/contracts/src/http-api by \`npm run docs:generate\`. Do not edit.
/** JSON Schemas of the shapes in http-api, by name. */
export const httpSchemas: Readonly<Record<string, Readonly<Record<string, unknown>>>> = ${JSON.stringify(schemas)};
`;
}
