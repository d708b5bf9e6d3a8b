import { openApiDocuments } from './documents.js';
import { faultsOfDocument } from './lint.js';

const answer = (schema: object) => ({ 200: { description: 'x', content: { 'application/json': { schema } } } });
const document = (operation: object) => ({
  openapi: '3.1.0',
  info: { title: 'x', version: '1' },
  security: [],
  paths: { '/x/{id}': { get: { operationId: 'x', summary: 'x', parameters: [{ name: 'id', in: 'path', required: true }], ...operation } } },
});
const sound = document({ parameters: [{ name: 'id', in: 'path', required: true, schema: {} }], responses: answer({}) });

it('finds nothing in the documents of the services', async () => {
  expect(await faultsOfDocument(sound)).toEqual([]);
  for (const one of (await openApiDocuments('source')).values()) expect(await faultsOfDocument(one)).toEqual([]);
}, 60_000);

const parameters = [{ name: 'id', in: 'path', required: true, schema: {} }];
it.each([
  ['an answer without a description', document({ parameters, responses: { 200: { content: {} } } })],
  ['a reference to nothing', document({ parameters, responses: answer({ $ref: '#/components/schemas/Nothing' }) })],
  ['a field that OpenAPI does not have', document({ parameters, responses: answer({}), answers: 'x' })],
  ['a parameter of the path that nobody describes', document({ parameters: [], responses: answer({}) })],
])('finds %s', async (_, faulty) => {
  expect(await faultsOfDocument(faulty)).not.toEqual([]);
});
