import type { INestApplication, Type } from '@nestjs/common';
import { GUARDS_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { ConfigurationError } from '../config.js';
import { isLoopback } from '../loopback.js';
import type { Authenticator, BearerAuthenticator } from './bearer-authenticator.js';
import { OwnRoutesGuard } from './own-routes.guard.js';
import { localAuthenticator, PermissionGuard } from './permission.guard.js';
import { checkDeclared, controllersOf, routesOf } from './routes.js';

/** Injection token of an `Authenticator` of the service's own, instead of the one for tokens. */
export const AUTHENTICATOR = Symbol('Authenticator');

/**
 * Puts the guard before every HTTP route of an application. In a service whose routes are all public but for those of controllers that bring their own
 * guard, these alone are guarded, and no other request pays for it.
 * @param bearer undefined: no identity is configured, everybody is the person at this machine.
 * @throws {Error} when a route does not say who may call it.
 */
export function protectRoutes(app: INestApplication, bearer?: BearerAuthenticator): void {
  const controllers = controllersOf(app);
  checkDeclared(routesOf(controllers));
  const authenticator = ownAuthenticator(app) ?? bearer ?? localAuthenticator;
  const guard = new PermissionGuard(authenticator);
  const rest = routesOf(controllers.filter((controller) => !bringsItsGuard(controller)));
  const isRestPublic = rest.every(({ declaration }) => declaration && 'public' in declaration);
  for (const own of ownGuards(app)) own.use(guard, isRestPublic && authenticator === localAuthenticator);
  if (!isRestPublic) app.useGlobalGuards(guard);
}

function bringsItsGuard(controller: Type): boolean {
  const guards = (Reflect.getMetadata(GUARDS_METADATA, controller) ?? []) as readonly unknown[];
  return guards.includes(OwnRoutesGuard);
}

function ownGuards(app: INestApplication): OwnRoutesGuard[] {
  const modules = [...app.get(ModulesContainer).values()];
  return modules.flatMap((module) => (module.injectables.get(OwnRoutesGuard)?.instance as OwnRoutesGuard | undefined) ?? []);
}

/** `app.get` would end the process for a provider that is not there. */
function ownAuthenticator(app: INestApplication): Authenticator | undefined {
  const modules = [...app.get(ModulesContainer).values()];
  return modules
    .map((module) => module.providers.get(AUTHENTICATOR)?.instance as Authenticator | undefined)
    .find((found) => found !== undefined);
}

/**
 * @param environment TRIBUTARY_ENVIRONMENT.
 * @throws {ConfigurationError} when strangers could reach a service that cannot know who they are; in production, whatever it listens on: a
 *   proxy on the same machine would let them in.
 */
export function refuseStrangersWithoutIdentity(host: string, isIdentityConfigured: boolean, environment?: string): void {
  if (isIdentityConfigured) return;
  if (environment === 'prod')
    throw new ConfigurationError([
      'IDENTITY_JWKS is missing, or IDENTITY_JWKS_FILE: in production nobody is answered whom the service does not know. Make the keys with: npm run -s tributary -- identity keys <folder>',
    ]);
  if (isLoopback(host)) return;
  throw new ConfigurationError([
    `HTTP_HOST is ${host}, and nobody who calls can be known: set IDENTITY_JWKS or IDENTITY_JWKS_FILE, or HTTP_HOST=127.0.0.1 to serve this machine alone`,
  ]);
}
