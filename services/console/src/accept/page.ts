import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pageHeaders } from '../decide/page-headers.js';
import { routes } from '../decide/routes.js';

/**
 * Serves the built page for every path of the routes, so that a reload of a deep link works. Any other path is a 404: for a browser with the
 * page, which says so in its frame and leads on; for a program with an error.
 */
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
  const page = readFileSync(join(folder, 'index.html'));
  fastify.get('/*', async (request, reply) => {
    void reply.code(404).headers({ ...pageHeaders, 'cache-control': 'no-store' });
    if (request.headers.accept?.includes('text/html')) return reply.type('text/html; charset=utf-8').send(page);
    const [path = ''] = request.url.split('?', 1);
    return reply.send({ error: 'page.unknown', message: `There is nothing at ${path.slice(0, 100)}.` });
  });
  for (const { path } of routes) {
    fastify.get(path, (_request, reply) => (reply as unknown as { sendFile(name: string): unknown }).sendFile('index.html'));
  }
}
