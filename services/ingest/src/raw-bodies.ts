import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Every body reaches the controllers as the bytes that were sent, whatever content type it claims: the signature is over bytes. */
export function keepBodiesRaw(app: NestFastifyApplication, limitBytes: number): void {
  app.getHttpAdapter().getInstance().removeAllContentTypeParsers();
  app.useBodyParser('*', { bodyLimit: limitBytes });
}
