import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Type } from '@nestjs/common';
import { HealthController, LogLevelController, OpenApiController, routesOf } from '@tributary/platform';
import type { DeclaredRoute } from '@tributary/platform';
import { root } from '../contracts/workspace.js';

/** Services that answer HTTP, in the order of the data flow. */
export const httpServices = ['ingest', 'transform', 'erp-sink', 'recon', 'console'] as const;
/** Name of a service that answers HTTP. */
export type HttpService = (typeof httpServices)[number];

/** Services that publish an OpenAPI document: those with routes for people or for other services. */
export const documentedServices = ['transform', 'erp-sink', 'recon', 'console'] as const satisfies readonly HttpService[];

/** A route of a service. */
export interface ServiceRoute extends DeclaredRoute {
  readonly service: HttpService;
}

/** Whether programs are read as they were written or as they were compiled. */
export type Form = 'source' | 'compiled';

/**
 * All controllers of a service, found by their decorator wherever they are, and those of health.
 * @throws {Error} for a controller that its file does not export: nobody could see what it declares.
 */
export async function controllersOfService(service: HttpService, form: Form): Promise<Type[]> {
  const found = await Promise.all(controllerFiles(service).map(({ file, classes }) => exportedControllers(file, classes, form)));
  return [
    ...found.flat(),
    HealthController,
    LogLevelController,
    ...((documentedServices as readonly HttpService[]).includes(service) ? [OpenApiController] : []),
  ];
}

/** Every HTTP route of every service, sorted. */
export async function serviceRoutes(form: Form): Promise<ServiceRoute[]> {
  const routes = await Promise.all(
    httpServices.map(async (service) => routesOf(await controllersOfService(service, form)).map((route) => ({ service, ...route }))),
  );
  return routes.map((ofOne) => ofOne.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))).flat();
}

/** `GET /payments/:id`. */
export function nameOfRoute({ method, path }: DeclaredRoute): string {
  return `${method} ${path}`;
}

/** Sorts by path, then method. */
function keyOf({ method, path }: DeclaredRoute): string {
  return `${path} ${method}`;
}

function controllerFiles(service: HttpService): { readonly file: string; readonly classes: string[] }[] {
  const files = globSync(`services/${service}/src/**/*.ts`, { cwd: root }).map((file) => file.replaceAll('\\', '/'));
  return files
    .filter((file) => !/\.(spec|int-spec)\.ts$|\/testing\//.test(file))
    .sort()
    .map((file) => ({ file, classes: controllersIn(readFileSync(join(root, file), 'utf8')) }))
    .filter(({ classes }) => classes.length > 0);
}

/** Names of the classes with @Controller in a source text. */
export function controllersIn(text: string): string[] {
  return [...text.matchAll(/^@Controller\([^)]*\)\s*(?:@[^\n]+\n|\s|\/\*[\s\S]*?\*\/)*?(?:export )?(?:abstract )?class (\w+)/gm)].map(
    ([, name = '']) => name,
  );
}

async function exportedControllers(file: string, classes: readonly string[], form: Form): Promise<Type[]> {
  const path = form === 'source' ? file : file.replace('/src/', '/dist/').replace(/\.ts$/, '.js');
  const exported = (await import(pathToFileURL(join(root, path)).href)) as Record<string, Type | undefined>;
  return classes.map((name) => {
    const controller = exported[name];
    if (!controller) throw new Error(`${file}: the controller ${name} is not exported`);
    return controller;
  });
}
