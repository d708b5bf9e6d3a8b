import { z } from 'zod';
import type { RouteDeclaration } from '../identity/permission.decorators.js';
import type { RouteDocument } from './documented.js';
import type { JsonSchema, Operation, Parameter } from './openapi-types.js';

/** Answers that are files. */
const files: Readonly<Record<string, JsonSchema>> = {
  csv: { description: 'The whole list, as it is read.', content: { 'text/csv': { schema: { type: 'string' } } } },
  'json-file': { description: 'The file.', content: { 'application/json': { schema: { type: 'object' } } } },
};
const inJson = (schema: JsonSchema): JsonSchema => ({ 'application/json': { schema } });
const refOf = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const refusal = (description: string): JsonSchema => ({ description, content: inJson(refOf('ErrorView')) });

/** What every route may refuse: `components.responses` of each document. */
export const commonRefusals: Readonly<Record<string, JsonSchema>> = {
  Invalid: refusal('The request does not fit: `message` names each field.'),
  Unknown: refusal('Nobody is known to ask: `identity.missing`, `identity.expired`, `identity.invalid`, `identity.withdrawn`.'),
  Forbidden: refusal('Whoever asks lacks the permission: `identity.forbidden`.'),
  Away: refusal('What is needed to answer is away for the moment, a database for example.'),
};
const nameOfStatus: Readonly<Record<string, keyof typeof commonRefusals>> = {
  400: 'Invalid',
  401: 'Unknown',
  403: 'Forbidden',
  503: 'Away',
};

/** An operation as @nestjs/swagger finds it. */
export interface FoundOperation {
  /** `/payments/{id}`. */
  readonly path: string;
  /** `get`. */
  readonly method: string;
  readonly found: Operation;
}

/** The operation of a route: what Nest knows of it, with everything that its controller says. */
export function operationOf({ path, method, found }: FoundOperation, declaration: RouteDeclaration, document: RouteDocument): Operation {
  const isRead = method === 'get';
  const { does, body, query, command, noCommand, asksOnly = false } = document;
  const permission = 'permission' in declaration ? declaration.permission : undefined;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => pathParameter(name));
  return {
    operationId: found.operationId,
    summary: does,
    tags: found.tags,
    ...('public' in declaration ? { description: `Everybody may call it: ${declaration.public}.`, security: [] } : {}),
    ...(permission === undefined
      ? {}
      : { description: `Needs the permission \`${permission}\`.`, security: [{ token: [] }], 'x-tributary-permission': permission }),
    'x-tributary-order': !isRead && !asksOnly,
    ...(command === undefined ? {} : { 'x-tributary-command': command }),
    ...(noCommand === undefined ? {} : { 'x-tributary-no-command': noCommand }),
    parameters: [...inPath, ...(query ? queryParameters(query) : [])],
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } } } : {}),
    responses: { ...answerOf(found, document), ...refusals(document, permission !== undefined) },
  };
}

function pathParameter(name: string): Parameter {
  return { name, in: 'path', required: true, schema: { type: 'string' } };
}

/** Parameters of a query that a schema reads. @throws {TypeError} when it reads no object. */
function queryParameters(query: z.ZodType): Parameter[] {
  const { properties, required = [] } = schemaOf(query) as {
    properties?: Readonly<Record<string, JsonSchema>>;
    required?: readonly string[];
  };
  if (!properties) throw new TypeError('a query is read with a schema of an object');
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: textual(schema),
  }));
}

/** A query has texts: what is made a number of is one in the address too, and its limits stay. */
function textual(schema: JsonSchema): JsonSchema {
  return 'type' in schema || 'enum' in schema || 'anyOf' in schema || 'const' in schema ? schema : { type: 'string', ...schema };
}

/** The JSON Schema of what somebody sends, which a handler reads with a schema of zod. */
function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _dialect, ...made } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    target: 'draft-2020-12',
    // The format says it; the pattern is half a page.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format?.startsWith('date')) delete jsonSchema.pattern;
    },
  });
  return made;
}

function answerOf(found: Operation, { answers, isStream = false }: RouteDocument): Readonly<Record<string, unknown>> {
  const status = Object.keys(found.responses ?? {}).find((code) => code.startsWith('2')) ?? '200';
  if (answers === 'nothing') return { [status]: { description: 'Done.' } };
  if (answers === 'redirect') return { 302: { description: 'Elsewhere, with cookies.' } };
  if (answers === 'passed-on') return { default: { description: 'What that service answers: see its document.' } };
  const file = files[answers];
  if (file !== undefined) return { [status]: file };
  if (isStream)
    return {
      [status]: { description: `Events, the data of each: ${answers}.`, content: { 'text/event-stream': { schema: refOf(answers) } } },
    };
  return { [status]: { description: answers, content: inJson(refOf(answers)) } };
}

function refusals({ refuses = {} }: RouteDocument, isGuarded: boolean): Readonly<Record<string, unknown>> {
  const common = Object.keys(nameOfStatus).filter((status) => isGuarded || !['401', '403'].includes(status));
  const all = [...new Set([...common, ...Object.keys(refuses)])];
  return Object.fromEntries(
    all.map((status) => [status, refusalOf(nameOfStatus[status], (refuses as Readonly<Record<string, readonly string[]>>)[status])]),
  );
}

/** @param codes undefined: nothing but what every route refuses. */
function refusalOf(name: keyof typeof commonRefusals | undefined, codes: readonly string[] | undefined): JsonSchema {
  if (codes === undefined) return { $ref: `#/components/responses/${name}` };
  const own = codes.length === 0 ? '`message` says why.' : `${codes.map((code) => `\`${code}\``).join(', ')}.`;
  const common = name === undefined ? '' : `${String(commonRefusals[name]?.['description'])} Also: `;
  return refusal(`${common}${own}`);
}
