import { restRoutes } from './rest-routes.js';

/**
 * What `/swagger/docs/v1` answers: the paths of this site. Interactive documentation at `/swagger` is verified (docs/reference/dynamics-sl.md section 2.1); the
 * address of its JSON, Swagger 2.0 and the names in it are assumed.
 */
export function swagger(host: string, basePath: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { method, path, service, operation } of restRoutes) {
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, type: 'string' }));
    const of = (paths[`/api/${path}`] ??= {});
    of[method.toLowerCase()] = {
      tags: [service],
      operationId: `${service}_${operation}`,
      parameters,
      responses: { 200: { description: 'OK' } },
    };
  }
  return { swagger: '2.0', info: { title: 'ctDynamicsSL', version: 'v1' }, host, basePath, schemes: ['http'], paths };
}

/** The page of the interactive documentation, which reads the JSON. */
export const swaggerPage = (basePath: string): string =>
  `<!DOCTYPE html><html><head><title>Swagger UI</title></head><body><a href="${basePath}/swagger/docs/v1">docs/v1</a></body></html>`;
