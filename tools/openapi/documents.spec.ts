import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentOf, routesOf } from '@tributary/platform';
import type { OpenApiDocument } from '@tributary/platform';
import { root } from '../contracts/workspace.js';
import { controllersOfService, documentedServices, nameOfRoute } from '../permissions/service-routes.js';
import { openApiDocuments } from './documents.js';
import type { DocumentedService } from './documents.js';
import { handlersIn, writtenHandlers } from './handlers.js';

/** Routes for probes and scrapers, and the document itself. */
const undocumented = ['GET /live', 'GET /ready', 'GET /startup', 'GET /metrics', 'GET /openapi.json'];

let documents: ReadonlyMap<DocumentedService, OpenApiDocument>;
beforeAll(async () => {
  documents = await openApiDocuments('source');
}, 60_000);

/** `GET /payments/:id` of every operation of a document. */
function operationNames({ paths }: OpenApiDocument): string[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map(
      (method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, (_, name) => (name === 'path' ? '*' : `:${name}`))}`,
    ),
  );
}

it.each(documentedServices)('%s: every route is in the document, with the permission that it needs', async (service) => {
  const routes = routesOf(await controllersOfService(service, 'source'));
  const document = documents.get(service) as OpenApiDocument;
  const wanted = [...new Set(routes.map(nameOfRoute))].filter((name) => !undocumented.includes(name));
  // One of the two controllers of GET /identity/me speaks for both.
  expect(operationNames(document).toSorted()).toEqual(wanted.toSorted());
  for (const { controller, handler, declaration } of routes) {
    const operation = Object.values(document.paths)
      .flatMap((item) => Object.values(item))
      .find(({ operationId }) => operationId === `${controller}.${handler}`);
    if (operation)
      expect([operation.operationId, operation['x-tributary-permission']]).toEqual([
        `${controller}.${handler}`,
        declaration && 'permission' in declaration ? declaration.permission : undefined,
      ]);
  }
});

it.each(documentedServices)('%s: what the repository has is what the service answers', (service) => {
  const file = join(root, 'docs/reference/openapi', `${service}.json`);
  expect(existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as unknown)).toEqual(
    JSON.parse(JSON.stringify(documents.get(service))),
  );
});

it('says of each handler the shape that it returns, and the schemas that it reads with', () => {
  const handlers = writtenHandlers();
  expect(handlers.length).toBeGreaterThan(80);
  expect(handlers.flatMap(faultsOf)).toEqual([]);
});

const withoutShape = ['csv', 'json-file', 'nothing', 'passed-on', 'redirect', 'RevocationsView', 'FeedSnapshot'];
/** What `@Documented` says otherwise than the handler does. */
function faultsOf({ name, returns, said, reads }: ReturnType<typeof handlersIn>[number]): string[] {
  const answers = (said.get('answers') ?? '').replaceAll("'", '');
  const [body, query] = [said.get('body'), said.get('query')];
  const fitting = answers === returns || (withoutShape.includes(answers) && /^(void|StreamableFile)$/.test(returns));
  return [
    ...(fitting ? [] : [`${name} returns ${returns}, and its document says ${answers}`]),
    ...reads
      .filter((schema) => ![body, query].includes(schema))
      .map((schema) => `${name} reads ${schema}, and its document does not say so`),
  ];
}

it('finds a handler whose document says something else', () => {
  const seed = `class Seed {
    @Get() @Documented({ does: 'x', answers: 'Counts', query: one })
    read(@Query() query: unknown): Promise<Stages> { return this.stages(parseRequest(other, query)); }
  }`;
  expect(handlersIn('recon', seed).flatMap(faultsOf)).toEqual([
    'recon/Seed.read returns Stages, and its document says Counts',
    'recon/Seed.read reads other, and its document does not say so',
  ]);
});

it('leaves no handler of people without a document', async () => {
  const silent: string[] = [];
  for (const service of documentedServices)
    for (const controller of await controllersOfService(service, 'source'))
      for (const { handler, path, method } of routesOf([controller])) {
        const found = (controller.prototype as Record<string, object>)[handler];
        if (found && !documentOf(found) && !undocumented.includes(`${method} ${path}`)) silent.push(`${controller.name}.${handler}`);
      }
  expect(silent).toEqual([]);
});
