import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { events } from '@tributary/contracts';
import { PoisonMessageError, RegistryUnavailableError } from './errors.js';
import { RegistrySchemaIds } from './schema-ids.js';
import { WireCodec } from './wire-codec.js';

const unknownId = Buffer.from([0, 0, 0, 0, 82, 1]);
let server: Server;
let subjects: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    const known = request.url?.endsWith('/subjects') === true;
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(known ? subjects : { error_code: 40403, message: 'Schema not found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

function decoding(): Promise<unknown> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return new WireCodec(new RegistrySchemaIds(url)).decode(events.eventRouted, unknownId).catch((error: unknown) => error);
}

it('a registry that has just started and has not loaded its schemas yet is waited for: the messages are not to blame', async () => {
  subjects = [];
  expect(await decoding()).toBeInstanceOf(RegistryUnavailableError);
  subjects = ['party.v1-tributary.party.CustomerCreated'];
  expect(await decoding()).toBeInstanceOf(RegistryUnavailableError);
});

it('a registry that knows the record is believed that there is no such id', async () => {
  subjects = ['pipeline.v1-tributary.pipeline.EventRouted'];
  expect(await decoding()).toBeInstanceOf(PoisonMessageError);
});
