#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Asks a service through a port of this machine, with TRIBUTARY_TOKEN. Where PROOF_TLS_FOLDER names a folder with tls.crt, tls.key and ca.crt it is asked
 * over TLS and shown that certificate, as services show each other theirs.
 * @param {string} name name of the service in its certificate.
 * @param {number | string} port
 * @param {string} path
 * @param {{ method?: string, body?: unknown }} [how]
 * @returns {Promise<{ status: number, body: string }>}
 */
export function askService(name, port, path, { method = 'GET', body } = {}) {
  const folder = process.env.PROOF_TLS_FOLDER;
  const file = (/** @type {string} */ each) => readFileSync(join(folder, each));
  const headers = {
    ...(process.env.TRIBUTARY_TOKEN ? { authorization: `Bearer ${process.env.TRIBUTARY_TOKEN}` } : {}),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const options = { host: '127.0.0.1', port, path, method, headers, timeout: 5_000 };
  const secured = folder ? { ...options, servername: name, ca: file('ca.crt'), cert: file('tls.crt'), key: file('tls.key') } : options;
  return new Promise((resolve, reject) => {
    const asked = (folder ? requestOverTls : request)(secured, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
    });
    asked.on('timeout', () => asked.destroy(new Error(`${name}${path} did not answer`)));
    asked.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

// node ask.mjs <name in the certificate> <port> <method> <path> [body]: prints the status and the body.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [name = '', port = '', method, path = '/', body] = process.argv.slice(2);
  const answer = await askService(name, port, path, { method, body: body === undefined ? undefined : JSON.parse(body) });
  console.log(answer.status, answer.body);
}
