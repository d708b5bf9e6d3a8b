import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { PipelineError } from '@tributary/domain';
import type { Dispatcher, fetch as undiciFetch } from 'undici';
import { isForbiddenAddress, isInternalAddress } from './internal-address.js';
import { limitedAnswer } from './outbound/limited-answer.js';
import { tlsMaterialSource } from './outbound/outbound-connection.js';
import type { OutboundConnection, TlsMaterial } from './outbound/outbound-connection.js';

/** A request to an address that the configuration does not allow. It was not sent. */
export class EgressRefusedError extends PipelineError {
  readonly code = 'egress.refused';
  readonly disposition = 'reject';
}

/** A request whose permit expired before its first byte was sent. It was not sent. */
export class EgressTooLateError extends PipelineError {
  readonly code = 'egress.too-late';
  readonly disposition = 'pause';
}

/** Asked right before sending. @returns why the request may no longer be sent, or undefined when it may. */
export type Permit = () => string | undefined;

/** One address that a host name resolves to; family 4 or 6. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** What one client may call. */
export interface EgressOptions {
  /** Base URLs that may be called: scheme, host and port count, the path does not. */
  readonly allow: readonly string[];
  /** Whether an allowed *name* may resolve to a private address (an ERP in the same network); link-local, reserved and translated ones never are called. A base URL with an address allows that address. */
  readonly allowInternal: boolean;
  /** Longest time for connect, headers and body each, ms. */
  readonly timeoutMs: number;
  /** Longest answer, bytes after it was inflated; default `largestAnswerBytes`. */
  readonly maxAnswerBytes?: number;
  /** Called by every fetch; the permit it returns is asked again right before the bytes of that request are sent. */
  readonly permit?: () => Permit | undefined;
  /** Whom to trust, who we are, through which proxy; default: as Node does it. Changed certificates count for the next call. */
  readonly connection?: OutboundConnection;
  /** Resolves a host name; default: the resolver of the system. */
  readonly resolve?: (hostname: string) => Promise<readonly ResolvedAddress[]>;
}

/**
 * A `fetch` for outbound calls: it reaches allowed base URLs only, follows no redirect, and connects to the very address that was
 * checked, so that a name cannot change to an internal address between check and connect (DNS rebinding).
 * @throws {EgressRefusedError} for any other scheme, host or port, or (as the cause of fetch's TypeError) for a name that resolves to an internal
 *   address against `allowInternal`, or to one that is never called; the request was not sent. At once for a base URL with such an address.
 * @throws {Error} at once, naming the file, for a connection whose certificates cannot be used.
 * @throws {EgressAnswerTooLargeError} while the body is read, after `maxAnswerBytes`.
 * @throws {EgressTooLateError} as the cause of fetch's TypeError, when the permit is withdrawn; the request was not sent.
 */
export function createEgressFetch(options: EgressOptions): typeof fetch {
  const allowed = new Set(options.allow.map(originOf));
  const client = checkingClient(options, tlsMaterialSource(options.connection ?? {}));
  return (async (input: string | URL | Request, init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!allowed.has(url.origin))
      throw new EgressRefusedError(`calling ${url.origin}: not among the allowed hosts (${[...allowed].join(', ')})`, { host: url.host });
    const permit = options.permit?.();
    const { send, dispatcherNow } = await client;
    const dispatcher = dispatcherNow();
    const answer = await send(url, {
      ...(input instanceof Request ? partsOf(input) : {}),
      ...(init as object),
      redirect: 'manual',
      dispatcher: permit ? permitted(dispatcher, permit, url.host) : dispatcher,
    });
    return limitedAnswer(answer as unknown as Response, url.host, options.maxAnswerBytes);
  }) as unknown as typeof fetch;
}

/** Scheme, host and port of a base URL. @throws {EgressRefusedError} for an address that is never called: its socket would ask no resolver. */
function originOf(base: string): string {
  const { origin, hostname, host } = new URL(base);
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  if (isAddress && isForbiddenAddress(hostname))
    throw new EgressRefusedError(`${origin}: link-local, reserved and translated addresses are never called`, { host });
  return origin;
}

/** undici's fetch takes no Request of Node's own: its parts are handed over. */
function partsOf({ method, headers, body, signal }: Request): object {
  return { method, headers: [...headers], signal, ...(body === null ? {} : { body, duplex: 'half' }) };
}

/** Loads undici lazily: half of the services make no outbound calls. */
async function checkingClient(
  options: EgressOptions,
  materialNow: () => TlsMaterial,
): Promise<{ send: typeof undiciFetch; dispatcherNow: () => Dispatcher }> {
  const { Agent, fetch, ProxyAgent } = await import('undici');
  const { connection = {}, timeoutMs } = options;
  const timeouts = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
  const make = ({ ca, cert, key }: TlsMaterial, proxy: string | undefined): Dispatcher => {
    const tls = { timeout: timeoutMs, ...(ca ? { ca: [...ca] } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}) };
    return proxy === undefined
      ? new Agent({ connect: { ...tls, lookup: checkingLookup(options) }, ...timeouts })
      : new ProxyAgent({ uri: proxy, requestTls: tls, ...timeouts });
  };
  let material = materialNow();
  let proxy = connection.proxyUrl?.();
  let dispatcher = make(material, proxy);
  return {
    send: fetch,
    dispatcherNow: () => {
      const [now, proxyNow] = [materialNow(), connection.proxyUrl?.()];
      if (now !== material || proxyNow !== proxy) {
        void dispatcher.close(); // calls that are open end on the old one
        [material, proxy, dispatcher] = [now, proxyNow, make(now, proxyNow)];
      }
      return dispatcher;
    },
  };
}

/** The socket connects to the address that was checked here, and does not resolve the name again. */
function checkingLookup(options: EgressOptions): LookupFunction {
  const resolve = options.resolve ?? ((hostname) => lookup(hostname, { all: true }));
  return (hostname, lookupOptions, callback) => {
    checked(hostname, resolve(hostname), options.allowInternal || hostname === 'localhost').then(
      (addresses) => {
        if (lookupOptions.all) (callback as unknown as (error: null, list: typeof addresses) => void)(null, addresses);
        else callback(null, addresses[0].address, addresses[0].family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 4),
    );
  };
}

/** A dispatcher that asks the permit once the socket is connected and before anything is written to it. */
function permitted(dispatcher: Dispatcher, permit: Permit, host: string): Dispatcher {
  return dispatcher.compose((dispatch) => (request, handler) => {
    const onRequestStart: NonNullable<Dispatcher.DispatchHandler['onRequestStart']> = (controller, context) => {
      handler.onRequestStart?.(controller, context);
      const why = permit();
      if (why !== undefined) controller.abort(new EgressTooLateError(`calling ${host}: not sent: ${why}`, { host }));
    };
    // undici's handler has private state, so its methods must keep their own `this`.
    const guarded = new Proxy(handler, {
      get: (target, name) => {
        if (name === 'onRequestStart') return onRequestStart;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    return dispatch(request, guarded);
  });
}

/** @throws {EgressRefusedError} when one of the addresses is internal and none may be, or when there is none. */
async function checked(
  hostname: string,
  resolving: Promise<readonly ResolvedAddress[]>,
  allowInternal: boolean,
): Promise<readonly [ResolvedAddress, ...ResolvedAddress[]]> {
  const [first, ...others] = await resolving;
  if (first === undefined) throw new EgressRefusedError(`calling ${hostname}: the name resolves to no address`, { host: hostname });
  const addresses = [first, ...others] as const;
  const forbidden = addresses.find(({ address }) => isForbiddenAddress(address));
  if (forbidden)
    throw new EgressRefusedError(`calling ${hostname}: the name resolves to ${forbidden.address}, where nothing is ever called`, {
      host: hostname,
    });
  const internal = addresses.find(({ address }) => isInternalAddress(address));
  if (internal && !allowInternal)
    throw new EgressRefusedError(`calling ${hostname}: the name resolves to the internal address ${internal.address}`, { host: hostname });
  return addresses;
}
