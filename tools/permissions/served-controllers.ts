import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { pipelineExceptionFilter } from '@tributary/messaging';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import type { Authenticator } from '@tributary/platform';
import { controllersOfService } from './service-routes.js';
import type { HttpService } from './service-routes.js';

/** Controller of the console that answers instead of another one where no identity is configured. */
const whereNobodySignsIn = 'NoIdentityController';

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
  const controllers = (await controllersOfService(service, 'source')).filter(({ name }) => name !== whereNobodySignsIn);
  const filters = ['transform', 'erp-sink', 'recon'].includes(service) ? [pipelineExceptionFilter] : [];
  const module = await Test.createTestingModule({
    controllers,
    providers: [{ provide: AUTHENTICATOR, useValue: authenticator }, ...filters],
  })
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
  return double(() => Promise.resolve(undefined));
}

/** Something whose every member is the same function, but for what Nest looks for. */
export function double(member: () => unknown): object {
  return new Proxy({} as Record<string | symbol, unknown>, {
    get: (_, name) => (name === 'then' || typeof name === 'symbol' ? undefined : /^on[A-Z]/.test(name) ? undefined : member),
  });
}
