import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { workspaceRoot } from '../workspace.js';

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Answer>> }>>>>;
  readonly components: { readonly responses: Readonly<Record<string, Answer>> };
}
interface Answer {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, object>>;
}

/** One answer of a service. */
export interface GivenAnswer {
  readonly method?: string;
  /** As it was asked, with its query: `/payments?limit=2`. */
  readonly path: string;
  readonly status: number;
  /** Absent: JSON. */
  readonly contentType?: string | undefined;
  readonly body: unknown;
}

/** The OpenAPI document of a service, docs/reference/openapi/<service>.json. */
export function readDocument(service: string): Document {
  return JSON.parse(readFileSync(join(workspaceRoot, 'docs/reference/openapi', `${service}.json`), 'utf8')) as Document;
}

/**
 * Compares answers with the OpenAPI document of a service, docs/reference/openapi/<service>.json.
 * @returns what does not fit, one line each; nothing: the answer is what the document says.
 */
export function answerCheck(service: string): (answer: GivenAnswer) => string[] {
  const document = readDocument(service);
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, 'document');
  const compiled = new Map<string, ValidateFunction>();
  return ({ method = 'GET', path, status, contentType = 'application/json', body }) => {
    const [asked = ''] = path.split('?');
    const template = Object.keys(document.paths)
      .filter((one) => fits(one, asked))
      .sort(byParameters)[0];
    const responses = template === undefined ? undefined : document.paths[template]?.[method.toLowerCase()]?.responses;
    if (template === undefined || !responses) return [`${method} ${asked} is no operation of the document of ${service}`];
    const answered = String(status) in responses ? String(status) : 'default';
    const found = responses[answered];
    if (!found) return [`${method} ${template} may not answer ${status}`];
    const place = found.$ref ?? `#/paths/${escaped(template)}/${method.toLowerCase()}/responses/${answered}`;
    const content = (found.$ref === undefined ? found : document.components.responses[found.$ref.split('/').at(-1) ?? ''])?.content ?? {};
    const types = Object.keys(content);
    if (types.length === 0) return []; // passed on, or sent elsewhere
    if (!content[contentType]) return [`${method} ${asked} is ${contentType || 'of no type'}, not ${types.join(' or ')}`];
    const reference = `document${place}/content/${encodeURIComponent(contentType.replaceAll('/', '~1'))}/schema`;
    const validate = compiled.get(reference) ?? ajv.compile({ $ref: reference });
    compiled.set(reference, validate);
    if (validate(body)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${method} ${asked}: ${instancePath || 'the answer'} ${message}`);
  };
}

/** `{path}` at the end stands for whatever follows. */
function fits(template: string, path: string): boolean {
  if (template.endsWith('/{path}')) return path.startsWith(template.slice(0, -'{path}'.length));
  const [wanted, given] = [template.split('/'), path.split('/')];
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith('{') || part === given[index]);
}

/** Fewer parameters first: `/payments/totals` is not `/payments/{id}`. */
function byParameters(a: string, b: string): number {
  return a.split('{').length - b.split('{').length;
}

function escaped(path: string): string {
  return encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'));
}
