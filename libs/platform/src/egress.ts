import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { PipelineError } from '@tributary/domain';
import type { Agent, Dispatcher, fetch as undiciFetch } from 'undici';

/** A request to somewhere that the configuration does not allow. It was not sent. */
export class EgressRefusedError extends PipelineError {
  readonly code = 'egress.refused';
  readonly disposition = 'reject';
}

/** A request whose time was over before its first byte left. It was not sent. */
export class EgressTooLateError extends PipelineError {
  readonly code = 'egress.too-late';
  readonly disposition = 'pause';
}

/** Says why a request must not be sent any more; undefined: it may. */
export type Permit = () => string | undefined;

export interface EgressOptions {
  /** Base URLs that may be called; host and port count. */
  readonly allow: readonly string[];
  /** Whether an allowed *name* may resolve to an internal address (an ERP in the own network). An address written out is its own permission. */
  readonly allowInternal: boolean;
  /** Longest time for connect, headers and body each, ms. */
  readonly timeoutMs: number;
  /** Asked for when fetch is called. What it gives is asked once more right before the bytes of that request leave. */
  readonly permit?: () => Permit | undefined;
}

const notPublic = new BlockList();
for (const [network, bits, family] of [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
] as const) {
  notPublic.addSubnet(network, bits, family);
}

/** Whether an address belongs to nobody's public network: loopback, private, link-local, multicast. */
export function isInternalAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const text = mapped ?? address;
  return notPublic.check(text, isIP(text) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * `fetch` that reaches allowed hosts only, follows no redirect, and connects to the very address that was checked, so that a name
 * cannot turn into an internal address between check and connect.
 * @throws {EgressRefusedError} for any other host, or (as the cause of fetch's TypeError) for a name that resolves to an internal
 *   address against `allowInternal`; the request was not sent.
 * @throws {EgressTooLateError} as the cause of fetch's TypeError, when the permit is withdrawn; the request was not sent.
 */
export function createEgressFetch(options: EgressOptions): typeof fetch {
  const allowed = new Map(options.allow.map((base) => [new URL(base).host, new URL(base)]));
  const client = checkingClient(options);
  return (async (input: string | URL | Request, init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!allowed.has(url.host))
      throw new EgressRefusedError(`calling ${url.host}: not among the allowed hosts (${[...allowed.keys()].join(', ')})`, {
        host: url.host,
      });
    const permit = options.permit?.();
    const { send, dispatcher } = await client;
    return send(url, {
      ...(init as object),
      redirect: 'manual',
      dispatcher: permit ? permitted(dispatcher, permit, url.host) : dispatcher,
    });
  }) as unknown as typeof fetch;
}

/** undici is large, and half of the services call nobody: it is loaded while one starts that does. */
async function checkingClient(options: EgressOptions): Promise<{ send: typeof undiciFetch; dispatcher: Agent }> {
  const { Agent, fetch } = await import('undici');
  const dispatcher = new Agent({
    connect: {
      timeout: options.timeoutMs,
      // The socket connects to what this returns and resolves nothing again: checked and pinned in one place.
      lookup: (hostname, lookupOptions, callback) => {
        resolveChecked(hostname, options.allowInternal || hostname === 'localhost').then(
          (addresses) => {
            if (lookupOptions.all) (callback as unknown as (error: null, list: typeof addresses) => void)(null, addresses);
            else callback(null, addresses[0]?.address ?? '', addresses[0]?.family ?? 4);
          },
          (error: NodeJS.ErrnoException) => callback(error, '', 4),
        );
      },
    },
    headersTimeout: options.timeoutMs,
    bodyTimeout: options.timeoutMs,
  });
  return { send: fetch, dispatcher };
}

/** The dispatcher, asking once the connection is there and nothing was written to it yet. */
function permitted(dispatcher: Dispatcher, permit: Permit, host: string): Dispatcher {
  return dispatcher.compose((dispatch) => (request, handler) => {
    const onRequestStart: NonNullable<Dispatcher.DispatchHandler['onRequestStart']> = (controller, context) => {
      handler.onRequestStart?.(controller, context);
      const why = permit();
      if (why !== undefined) controller.abort(new EgressTooLateError(`calling ${host}: not sent: ${why}`, { host }));
    };
    // The handler keeps its own `this`: it is an object of undici's with state.
    const asked = new Proxy(handler, {
      get: (target, name) => {
        if (name === 'onRequestStart') return onRequestStart;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    return dispatch(request, asked);
  });
}

async function resolveChecked(hostname: string, allowInternal: boolean): Promise<{ address: string; family: number }[]> {
  const addresses = await lookup(hostname, { all: true });
  const internal = addresses.find(({ address }) => isInternalAddress(address));
  if (internal && !allowInternal)
    throw new EgressRefusedError(`calling ${hostname}: the name resolves to the internal address ${internal.address}`, { host: hostname });
  return addresses;
}
