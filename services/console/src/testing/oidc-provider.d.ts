/** The parts of oidc-provider that its tests use; it has no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export default class Provider {
    constructor(issuer: string, configuration: object);
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
    use(middleware: (context: { path: string; status: number; body: unknown }, next: () => Promise<void>) => Promise<void>): void;
    on(event: string, listener: (...values: unknown[]) => void): void;
  }
}
