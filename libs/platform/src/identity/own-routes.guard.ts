import { HttpException, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import { requestRefusal } from '../request-guard.js';
import { forbidden } from './permission.guard.js';
import type { PermissionGuard } from './permission.guard.js';

/**
 * The guard of a controller that brings its own (`@UseGuards`): a service whose other routes are public, as ingest's are, guards these alone, and no
 * delivery pays for it. `protectRoutes` says how callers are known; before that nobody is let through.
 */
@Injectable()
export class OwnRoutesGuard implements CanActivate {
  private guard: PermissionGuard | undefined;
  private checksHost = false;

  /** @param checksHost whether requests that a page of another site can make are refused here, because nothing else of the service does. */
  use(guard: PermissionGuard, checksHost: boolean): void {
    this.guard = guard;
    this.checksHost = checksHost;
  }

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    if (!this.guard) throw forbidden('The service cannot say yet who may call this.');
    const { method, headers } = context.switchToHttp().getRequest<{ method: string; headers: IncomingHttpHeaders }>();
    const refusal = this.checksHost ? requestRefusal(method, headers, new Set()) : undefined;
    if (refusal) throw new HttpException({ error: refusal.error, message: refusal.message }, refusal.status);
    return this.guard.canActivate(context);
  }
}
