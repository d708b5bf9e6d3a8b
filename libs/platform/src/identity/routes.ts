import { RequestMethod } from '@nestjs/common';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { declarationOf } from './permission.decorators.js';
import type { RouteDeclaration } from './permission.decorators.js';

/** One HTTP route of a controller. */
export interface DeclaredRoute {
  /** `GET`, `POST`, `ALL`, ... */
  readonly method: string;
  /** With a leading slash and Nest's parameters: `/payments/:id`. */
  readonly path: string;
  readonly controller: string;
  readonly handler: string;
  /** undefined: nobody may call it, and its service does not start. */
  readonly declaration: RouteDeclaration | undefined;
}

/** The HTTP routes of controllers. Handlers of Kafka messages are none. */
export function routesOf(controllers: readonly Type[]): DeclaredRoute[] {
  return controllers.flatMap((controller) => {
    const bases = listed(Reflect.getMetadata(PATH_METADATA, controller));
    return handlersOf(controller).flatMap(({ name, handler }) => {
      const paths = listed(Reflect.getMetadata(PATH_METADATA, handler));
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number] ?? 'GET';
      return bases.flatMap((base) =>
        paths.map((path) => ({
          method,
          path: joined(base, path),
          controller: controller.name,
          handler: name,
          declaration: declarationOf(controller, handler),
        })),
      );
    });
  });
}

/** Controllers of an application and of everything that it imports. */
export function controllersOf(app: INestApplicationContext): Type[] {
  return controllersIn(app.get(ModulesContainer));
}

/** Controllers of all modules of an application. */
export function controllersIn(container: ModulesContainer): Type[] {
  const modules = [...container.values()];
  return [...new Set(modules.flatMap(({ controllers }) => [...controllers.values()].map(({ metatype }) => metatype as Type)))];
}

/** @throws {Error} naming every route that does not say who may call it. */
export function checkDeclared(routes: readonly DeclaredRoute[]): void {
  const open = routes.filter(({ declaration }) => declaration === undefined);
  if (open.length === 0) return;
  const names = open.map(({ method, path, controller, handler }) => `  ${method} ${path} (${controller}.${handler})`);
  throw new Error(`routes without @RequirePermission or @Public:\n${names.join('\n')}`);
}

function handlersOf(controller: Type): { readonly name: string; readonly handler: object }[] {
  const found = new Map<string, object>();
  for (
    let prototype = controller.prototype as object;
    prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype) as object
  )
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype)))
      if (typeof value === 'function' && Reflect.hasMetadata(METHOD_METADATA, value as object) && !found.has(name))
        found.set(name, value as object);
  return [...found].map(([name, handler]) => ({ name, handler }));
}

function listed(path: unknown): string[] {
  return Array.isArray(path) ? (path as string[]) : [typeof path === 'string' ? path : ''];
}

function joined(...parts: readonly string[]): string {
  return `/${parts.flatMap((part) => part.split('/').filter(Boolean)).join('/')}`;
}
