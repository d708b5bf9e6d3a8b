import { createParamDecorator, SetMetadata } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { Identity, Permission } from '@tributary/identity';

/** Who may call a route: whoever has a permission, or everybody, and why. */
export type RouteDeclaration =
  { readonly permission: Permission; readonly target?: (request: TargetedRequest) => string | undefined } | { readonly public: string };

/** Parts of a request that can name the target that it is about. */
export interface TargetedRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
}

/** Metadata key of a declaration. */
export const routeDeclaration = 'tributary:route-declaration';

/**
 * The permission that a route needs. Stated for a controller, it is that of its routes that state none.
 * @param options.target the target that a request is about; without it a role for any target is enough, and the handler answers for the
 *   targets of its caller only (`targetsFor`).
 */
export function RequirePermission(
  permission: Permission,
  options: { target?: (request: TargetedRequest) => string | undefined } = {},
): ClassDecorator & MethodDecorator {
  return SetMetadata(routeDeclaration, { permission, ...options } satisfies RouteDeclaration);
}

/** A route that everybody may call. @param why it is safe, for docs/permissions.md. */
export function Public(why: string): ClassDecorator & MethodDecorator {
  return SetMetadata(routeDeclaration, { public: why } satisfies RouteDeclaration);
}

/** The declaration of a route: its own, else that of its controller. */
export function declarationOf(controller: object, handler: object): RouteDeclaration | undefined {
  return (Reflect.getMetadata(routeDeclaration, handler) ?? Reflect.getMetadata(routeDeclaration, controller)) as
    RouteDeclaration | undefined;
}

/** Who makes the request: an argument of a handler. */
export const CurrentIdentity = createParamDecorator((_: unknown, context: ExecutionContext): Identity =>
  identityOf(context.switchToHttp().getRequest<{ readonly identity?: Identity }>()),
);

/** Who makes a request that the guard let through. @throws {Error} when no guard did: somebody would act under no name. */
export function identityOf({ identity }: { readonly identity?: Identity }): Identity {
  if (!identity) throw new Error('nobody was identified for this request: protectRoutes(app) is missing, or the route is public');
  return identity;
}

/** Remembers who makes a request, as its `identity`. */
export function rememberIdentity(request: object, identity: Identity): void {
  Object.assign(request, { identity });
}
