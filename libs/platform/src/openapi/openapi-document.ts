import type { INestApplication, Type } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { ApplicationConfig } from '@nestjs/core';
import { httpApiSchemas } from '@tributary/contracts';
import { declarationOf } from '../identity/permission.decorators.js';
import { documentOf } from './documented.js';
import { commonRefusals, operationOf } from './operation.js';
import type { JsonSchema, OpenApiDocument } from './openapi-types.js';
import { withOwnSchemas } from './own-schemas.js';

/** What a document is made of. */
export interface DocumentedService {
  /** `recon`. */
  readonly name: string;
  readonly controllers: readonly Type[];
}

/**
 * The OpenAPI document of a service: its routes as @nestjs/swagger finds them in the controllers, and what the controllers say of each
 * with `@Documented`. Health and what says nothing is left out.
 * @param schemas by name, those that routes answer; default: those that are shipped.
 */
export async function openApiDocument(
  { name, controllers }: DocumentedService,
  schemas?: Readonly<Record<string, JsonSchema>>,
): Promise<OpenApiDocument> {
  // Large, and only whoever asks for the document needs it.
  const { DocumentBuilder, SwaggerModule } = await import('@nestjs/swagger');
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(`Tributary: ${name}`)
    .setDescription(`HTTP API of ${name}, made from the controllers that answer it. Errors are \`{ error, message }\`.`)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'token')
    .build();
  const found = SwaggerModule.createDocument(standIn(controllers), config, {
    operationIdFactory: (controller, method) => `${controller}.${method}`,
    autoTagControllers: true,
  }) as unknown as OpenApiDocument;
  const handlers = new Map(controllers.flatMap((controller) => documentedHandlers(controller)));
  const paths = Object.entries(found.paths).flatMap(([path, item]) => {
    const operations = Object.entries(item).flatMap(([method, operation]) => {
      const said = handlers.get(operation.operationId ?? '');
      return said ? [[method, operationOf({ path, method, found: operation }, said.declaration, said.document)] as const] : [];
    });
    return operations.length === 0 ? [] : [[path, Object.fromEntries(operations)] as const];
  });
  const sorted = Object.fromEntries(paths.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const components = { ...found.components, responses: commonRefusals };
  return withOwnSchemas({ ...found, paths: sorted, components }, schemas ?? (await httpApiSchemas()));
}

type Handler = NonNullable<ReturnType<typeof saidOf>>;

function documentedHandlers(controller: Type): [string, Handler][] {
  return Object.getOwnPropertyNames(controller.prototype).flatMap((method): [string, Handler][] => {
    const said = saidOf(controller, (controller.prototype as Record<string, unknown>)[method]);
    return said ? [[`${controller.name}.${method}`, said]] : [];
  });
}

function saidOf(controller: Type, handler: unknown) {
  if (typeof handler !== 'function' || Reflect.getMetadata(METHOD_METADATA, handler) === undefined) return undefined;
  const [document, declaration] = [documentOf(handler), declarationOf(controller, handler)];
  return document && declaration ? { document, declaration } : undefined;
}

/** As much of an application as the scanner of @nestjs/swagger reads: nothing has to run, and no provider is needed. */
function standIn(controllers: readonly Type[]): INestApplication {
  const wrapped = controllers.map(
    (metatype) => [metatype, { metatype, instance: Object.create(metatype.prototype as object) as object }] as const,
  );
  const module = { metatype: Object, controllers: new Map(wrapped), imports: new Set() };
  const container = { getModules: () => new Map([['documented', module]]) };
  return {
    container,
    config: new ApplicationConfig(),
    getHttpAdapter: () => ({ getType: () => 'fastify' }),
  } as unknown as INestApplication;
}
