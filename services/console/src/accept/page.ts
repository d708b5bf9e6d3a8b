import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pageHeaders } from '../decide/page-headers.js';
import { routes } from '../decide/routes.js';

/** Serves the built page for every path of the routes, so that a reload of a deep link works. Any other path is a 404. */
export async function servePage(app: NestFastifyApplication, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new Error(`the console's page is not built: ${join(folder, 'index.html')} is missing. Run: npx vite build services/console/web`);
  }
  const fastify = app.getHttpAdapter().getInstance();
  await app.register(fastifyStatic as never, {
    root: folder,
    index: false,
    wildcard: false,
    setHeaders: (reply: { header(name: string, value: string): void }, path: string) => {
      for (const [name, value] of Object.entries(pageHeaders)) reply.header(name, value);
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  for (const { path } of routes) {
    fastify.get(path, (_request, reply) => (reply as unknown as { sendFile(name: string): unknown }).sendFile('index.html'));
  }
}
