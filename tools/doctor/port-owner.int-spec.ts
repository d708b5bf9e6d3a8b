import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { portOwner } from '#doctor/port-owner.mjs';

let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

it('names the process that listens, without what looks like a credential', async () => {
  const owner = await portOwner(port);
  expect(owner).toMatchObject({ port, pid: process.pid });
  expect(owner?.command).toContain('--experimental-vm-modules'); // the line is cut, and how far it reaches depends on where the project lies
});

it('finds nobody on a free port', async () => {
  await new Promise((resolve) => server.close(resolve));
  expect(await portOwner(port)).toBeUndefined();
});
