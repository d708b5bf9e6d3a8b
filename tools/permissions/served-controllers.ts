import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import type { Authenticator } from '@tributary/platform';
import { controllersOfService } from './service-routes.js';
import type { HttpService } from './service-routes.js';

/** The real controllers of a service behind the real guard, on a port of this machine. */
export interface ServedControllers {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Serves the controllers of a service. Everything that they ask is a double that knows nothing: what is tested is who gets that far.
 * @param doubles instead of that: `double` for an injection token.
 */
export async function serveControllers(
  service: HttpService,
  authenticator: Authenticator,
  doubles: (token: unknown) => unknown = () => undefined,
): Promise<ServedControllers> {
  const controllers = await controllersOfService(service, 'source');
  const module = await Test.createTestingModule({ controllers, providers: [{ provide: AUTHENTICATOR, useValue: authenticator }] })
    .useMocker((token) => doubles(token) ?? unknowing())
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter({ forceCloseConnections: true }), { logger: false });
  protectRoutes(app);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => app.close() };
}

/** Something whose every member is a function that finds nothing. */
function unknowing(): object {
  return new Proxy({} as Record<string | symbol, unknown>, {
    get: (_, name) =>
      name === 'then' || typeof name === 'symbol' ? undefined : /^on[A-Z]/.test(name) ? undefined : () => Promise.resolve(undefined),
  });
}
