import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A call as it arrives. */
interface ErpCall {
  readonly key: string;
  readonly batchId: string;
  readonly lines?: readonly string[];
  /** Adds only these lines to the document that is there. */
  readonly missing?: readonly string[];
}

/**
 * An ERP in a process of its own: every post makes a document, even with a key that exists already, and every line that is sent is added; every
 * call is counted.
 */
export class ErpServer {
  readonly calls: string[] = [];
  readonly documents: { readonly key: string; readonly batchId: string | undefined; readonly lines: string[] }[] = [];
  /** Lines that are refused, each so many times. */
  readonly refusals = new Map<string, number>();
  /** Called before a call is carried out, and after that, before it is answered. */
  onCall: (call: string, when: 'before' | 'after') => void = () => undefined;
  /** Calls that never take effect: their connection breaks first. */
  readonly broken = new Set<string>();
  readonly batches = new Map<string, 'open' | 'posted'>();
  private readonly server = createServer((request, response) => {
    void text(request).then((body) => {
      const call = request.url?.slice(1) ?? '';
      this.onCall(call, 'before');
      if (this.broken.delete(call)) return void request.socket.destroy();
      const answer = this.answer(call, JSON.parse(body) as ErpCall) ?? null;
      this.onCall(call, 'after');
      response.end(JSON.stringify(answer));
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

  /** Keys of the documents that are in the books: those of released batches. */
  booked(): string[] {
    return this.documents.flatMap(({ key, batchId }) => (batchId !== undefined && this.batches.get(batchId) === 'posted' ? [key] : []));
  }

  private answer(call: string, { key, batchId, lines = [], missing }: ErpCall): unknown {
    this.calls.push(call);
    if (call === 'open') this.batches.set(batchId, this.batches.get(batchId) ?? 'open');
    if (call === 'release') this.batches.set(batchId, 'posted');
    if (call === 'state') return this.batches.get(batchId) ?? 'absent';
    const at = this.documents.findIndex((document) => document.key === key);
    if (call === 'post') {
      const wanted = missing ?? lines;
      const refused = wanted.filter((line) => this.refuses(line));
      const accepted = wanted.filter((line) => !refused.includes(line));
      if (missing) this.documents[at]?.lines.push(...accepted);
      return { Number: String(missing ? at + 1 : this.documents.push({ key, batchId, lines: accepted })), refused };
    }
    if (call === 'find') return at < 0 ? null : { Number: String(at + 1), lines: this.documents[at]?.lines };
    if (call === 'discard') return at < 0 ? false : this.documents.splice(at, 1).length === 1;
    return {};
  }

  private refuses(line: string): boolean {
    const left = this.refusals.get(line) ?? 0;
    this.refusals.set(line, left - 1);
    return left > 0;
  }
}
