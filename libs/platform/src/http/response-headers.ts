import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Answers of an API: no other type is guessed, nothing is stored, and nothing in them may load or run (OWASP ASVS 5.0, 3.4 and 14.3). */
export const answerHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

/** For two years, as browsers' lists of such hosts ask for. */
const strictTransport = { 'strict-transport-security': 'max-age=63072000; includeSubDomains' };

/** The headers that every answer of a service has. @param overTls whether it is reached over https. */
export function answerHeadersOf(overTls: boolean): Readonly<Record<string, string>> {
  return overTls ? { ...answerHeaders, ...strictTransport } : answerHeaders;
}

/** Sets the headers of every answer before its handler does, so that a handler may state others. */
export function addResponseHeaders(app: NestFastifyApplication, overTls: boolean): void {
  const headers = answerHeadersOf(overTls);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (_request, reply, next) => {
      void reply.headers(headers);
      next();
    });
}
