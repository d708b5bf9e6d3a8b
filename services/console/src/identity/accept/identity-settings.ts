import type { ClientAddress } from './client-address.js';

/** Injection token of {@link IdentitySettings}. */
export const IDENTITY_SETTINGS = Symbol('IdentitySettings');

/** What controllers know of the configuration. */
export interface IdentitySettings {
  /** Whether the console is reached over https: its cookies are then bound to it. */
  readonly secure: boolean;
  /** What the button of the identity provider says. */
  readonly providerName: string;
  /** Public address of the console; undefined where it is reached at a loopback address only. */
  readonly consoleUrl: string | undefined;
  readonly clientAddress: ClientAddress;
}

/**
 * Whether a session may be started by a request: over https, or at a loopback address of this machine, which no network sees.
 * @param host the Host header.
 */
export function maySignInAt(host: string | undefined, { secure }: Pick<IdentitySettings, 'secure'>): boolean {
  return secure || /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i.test(host ?? '');
}
