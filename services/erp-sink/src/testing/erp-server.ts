import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** An ERP in a process of its own: every post makes a document, even with a key that exists already, and every call is counted. */
export class ErpServer {
  readonly calls: string[] = [];
  readonly documents: { readonly key: string; readonly batchId: string | undefined }[] = [];
  readonly batches = new Map<string, 'open' | 'posted'>();
  private readonly server = createServer((request, response) => {
    void text(request).then((body) => {
      response.end(JSON.stringify(this.answer(request.url?.slice(1) ?? '', JSON.parse(body) as { key: string; batchId: string }) ?? null));
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  count(call: string): number {
    return this.calls.filter((one) => one === call).length;
  }

  private answer(call: string, { key, batchId }: { key: string; batchId: string }): unknown {
    this.calls.push(call);
    if (call === 'open') this.batches.set(batchId, this.batches.get(batchId) ?? 'open');
    if (call === 'release') this.batches.set(batchId, 'posted');
    if (call === 'state') return this.batches.get(batchId) ?? 'absent';
    if (call === 'post') return { Number: String(this.documents.push({ key, batchId })) };
    const at = this.documents.findIndex((document) => document.key === key);
    if (call === 'find') return at < 0 ? null : { Number: String(at + 1) };
    return {};
  }
}
