import type { ServerResponse } from 'node:http';
import type { Answer } from './answers.js';
import { xmlOf } from './xml.js';

/** Writes JSON, or nothing for undefined. @returns the status. */
export function sendJson(response: ServerResponse, status: number, body: unknown): number {
  if (body === undefined) response.writeHead(status).end();
  else response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
  return status;
}

/**
 * Writes an answer: JSON to whoever accepts it, XML to everybody else (docs/reference/prophet21.md section 2 [verified]).
 * @returns its status.
 */
export function send(response: ServerResponse, accept: string | undefined, answer: Answer): number {
  const { status, body, element = 'Response', json, location } = answer;
  if (location !== undefined) response.writeHead(status, { location }).end();
  else if (typeof body === 'string') response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body);
  else if (body === undefined || json || /json/i.test(accept ?? '')) return sendJson(response, status, body);
  else response.writeHead(status, { 'content-type': 'application/xml; charset=utf-8' }).end(xmlOf(element, body));
  return status;
}
