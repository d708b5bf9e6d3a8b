/** What happens to one call of the ERP instead of its answer. */
export const callFaults = ['answer lost after commit', '502 after commit', 'not stored', 'refused once', 'killed'] as const;
/** One of {@link callFaults}. */
export type CallFault = (typeof callFaults)[number];

/** Calls that write: everything but reads. Reads of the RPC style are POSTs whose names say so (docs/reference/epicor-kinetic.md section 4). */
function isWriting(url: string, method: string): boolean {
  const operation = new URL(url).pathname.split('/').at(-1) ?? '';
  return method !== 'GET' && !/^(Get|Check|Find|Validate|Search|BAQ|Login|Logout)/i.test(operation);
}

/** A `fetch` that counts the writing calls and lets one of them go wrong. */
export class FaultyFetch {
  /** Writing calls so far, `POST <service>/<operation>`. */
  readonly writes: string[] = [];
  private isKilled = false;

  /** @param at index of the writing call that the fault hits; undefined for a plain run. */
  constructor(
    private readonly at: number | undefined,
    private readonly fault: CallFault | undefined,
  ) {}

  /** Whether the process would be gone since it was last asked. */
  takeKilled(): boolean {
    const { isKilled } = this;
    this.isKilled = false;
    return isKilled;
  }

  /** As the standard `fetch`. */
  readonly fetch: typeof fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : input.toString();
    const method = init?.method ?? 'GET';
    if (!isWriting(url, method)) return fetch(input, init);
    const index = this.writes.push(`${method} ${new URL(url).pathname.split('/').slice(-2).join('/')}`) - 1;
    const fault = index === this.at ? this.fault : undefined;
    if (fault === 'not stored') throw connectionLost();
    if (fault === 'refused once') return new Response('Service Unavailable', { status: 503 });
    const response = await fetch(input, init);
    if (fault === undefined) return response;
    await response.arrayBuffer();
    if (fault === 'killed') this.isKilled = true;
    if (fault === '502 after commit') return new Response('Bad Gateway', { status: 502 });
    throw connectionLost();
  };
}

/** As undici reports a connection that ended before the answer. */
function connectionLost(): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }) });
}
