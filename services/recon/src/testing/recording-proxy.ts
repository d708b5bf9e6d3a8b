import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One recorded call. */
export interface Recorded {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly body: string;
}

/** Forwards calls to a server and records each one byte for byte. */
export async function recordingProxy(origin: string): Promise<{ url: string; calls: Recorded[]; close(): void }> {
  const calls: Recorded[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const { method = 'GET', url: path = '/' } = request;
      calls.push({ method, path, body });
      const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
      fetch(`${origin}${path}`, { method, headers: headers as Record<string, string>, ...(body === '' ? {} : { body }) }).then(
        async (answer) => {
          const text = await answer.text();
          response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' }).end(text);
        },
        () => response.destroy(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
