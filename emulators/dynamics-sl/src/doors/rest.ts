import type { IncomingMessage, ServerResponse } from 'node:http';
import { restAccess } from '../access.js';
import { BadRequest } from '../answers.js';
import type { EmulatorConfig } from '../emulator.config.js';
import { reads } from '../screens/call.js';
import { operationOf } from '../screens/services.js';
import type { DoorCall } from './gateway.js';
import { restRouteOf } from './rest-routes.js';

/** Sends JSON. @returns the status. */
export function sendJson(response: ServerResponse, status: number, body: unknown): number {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
  return status;
}

/** The body of a request; nothing is null. @throws {BadRequest} when it is no JSON. */
function bodyOf(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest('The body is not valid JSON.');
  }
}

/** What a request to `/api/...` calls; undefined when there is no such path. */
export function doorCallOf(path: string, request: IncomingMessage, text: string, config: EmulatorConfig): DoorCall | undefined {
  const method = request.method ?? 'GET';
  const found = /^\/api\//i.test(path) ? restRouteOf(method, path.slice('/api/'.length)) : undefined;
  if (!found) return undefined;
  const { route, parameters } = found;
  const call = { door: 'rest', method, service: route.service, name: route.operation, send: sendJson } as const;
  const authenticate = (): void => void restAccess(request, config);
  try {
    const operation = operationOf(route.service, route.operation);
    if (!operation) throw new Error(`${route.service} has no ${route.operation}`);
    return { ...call, operation, args: route.args(parameters, bodyOf(text)), authenticate };
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    // Who is not let in learns nothing about the body.
    const unreadable = reads(() => {
      throw error;
    });
    return { ...call, operation: unreadable, args: {}, authenticate };
  }
}
