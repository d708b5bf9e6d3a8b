#!/usr/bin/env node
/** Takes notifications on port 9800, and says of each whether it is signed with SECRET (docs/how-to/notifications.md). */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';

createServer((request, response) => {
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    const given = String(request.headers['tributary-signature']);
    const [, at, signature] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(given) ?? [];
    const expected = createHmac('sha256', String(process.env.SECRET)).update(`${at}.${body}`).digest('hex');
    console.log(signature === expected ? 'signed' : 'not signed', body);
    response.writeHead(204).end();
  });
}).listen(9800);
