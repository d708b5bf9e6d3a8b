import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Largest body taken, bytes. */
const maxBodyBytes = 8 * 1024 * 1024;

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves requests with their bodies. A request whose handling throws is written to stderr and its connection is cut.
 * @param onClose what else ends with the server: before its connections, and after them.
 */
export async function serve(
  { host, port }: { readonly host: string; readonly port: number },
  route: (request: IncomingMessage, response: ServerResponse, body: string) => Promise<void> | void,
  onClose: { readonly before?: () => void; readonly after: () => void },
): Promise<RunningServer> {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> =>
    route(request, response, await bodyOf(request));
  const server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => {
      process.stderr.write(`${JSON.stringify({ level: 'error', url: request.url, error: String(error) })}\n`);
      response.destroy();
    });
  });
  await listen(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      onClose.before?.();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      onClose.after();
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new Error(`body of more than ${maxBodyBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
