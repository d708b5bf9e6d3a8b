import type { ErpKind, ErpUnderTest, OutgoingCall, OwnFault } from './erp-under-test.js';

/** What happens to one call of the ERP instead of its answer. */
export const callFaults = ['answer lost after commit', '502 after commit', 'not stored', 'refused once', 'killed'] as const;
/** One of {@link callFaults}. */
export type CallFault = (typeof callFaults)[number];

/** A `fetch` that counts the writing calls and lets one of them go wrong. */
export class FaultyFetch {
  /** Names of the writing calls so far. */
  readonly writes: string[] = [];
  /** Whether the emulator went wrong as it was told. */
  acted = false;
  private isKilled = false;

  /** @param at index of the writing call that the fault hits; undefined for a plain run. */
  constructor(
    private readonly erp: Pick<ErpUnderTest, 'fault'>,
    private readonly writingCall: ErpKind['writingCall'],
    private readonly at: number | undefined,
    private readonly fault: CallFault | OwnFault | undefined,
  ) {}

  /** Whether the process would be gone since it was last asked. */
  takeKilled(): boolean {
    const { isKilled } = this;
    this.isKilled = false;
    return isKilled;
  }

  /** As the standard `fetch`. */
  readonly fetch: typeof fetch = async (input, init) => {
    const name = this.writingCall(outgoing(input, init));
    if (name === undefined) return fetch(input, init);
    const index = this.writes.push(name) - 1;
    const fault = index === this.at ? this.fault : undefined;
    if (typeof fault === 'object') return this.withOwn(fault, () => fetch(input, init));
    if (fault === 'not stored') throw connectionLost();
    if (fault === 'refused once') return new Response('Service Unavailable', { status: 503 });
    const response = await fetch(input, init);
    if (fault === undefined) return response;
    await response.arrayBuffer();
    if (fault === 'killed') this.isKilled = true;
    if (fault === '502 after commit') return new Response('Bad Gateway', { status: 502 });
    throw connectionLost();
  };

  private async withOwn({ action }: OwnFault, call: () => Promise<Response>): Promise<Response> {
    const end = await this.erp.fault(action);
    try {
      return await call();
    } finally {
      this.acted = await end();
    }
  }
}

function outgoing(input: Parameters<typeof fetch>[0], init: RequestInit | undefined): OutgoingCall {
  const request = input instanceof Request ? input : undefined;
  return {
    url: new URL(request?.url ?? input.toString()),
    method: init?.method ?? request?.method ?? 'GET',
    headers: new Headers(init?.headers ?? request?.headers),
    body: typeof init?.body === 'string' ? init.body : '',
  };
}

/** As undici reports a connection that ended before the answer. */
function connectionLost(): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }) });
}
