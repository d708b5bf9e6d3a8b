/** Name of a cookie: `__Host-` binds it to this host and to https; plain http on a loopback address knows no such cookies. */
export function cookieName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}

/** Names of the console's cookies: the session, and the sign-in at the identity provider that a browser has begun. */
export const cookies = { session: 'tributary', provider: 'tributary-sign-in' } as const;

const value = /^[A-Za-z0-9_-]{1,200}$/;

/** The value of a cookie in a `Cookie` header; undefined when there is none of the form that we write. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key = '', text = ''] = part.split('=', 2);
    if (key.trim() === name && value.test(text.trim())) return text.trim();
  }
  return undefined;
}

/**
 * A `Set-Cookie` header. Without an age the cookie goes with the browser. `Lax`, because `Strict` is not sent with the redirect that comes
 * back from the identity provider.
 */
export function setCookie(name: string, text: string, options: { readonly secure: boolean; readonly maxAgeS?: number }): string {
  const age = options.maxAgeS === undefined ? '' : `; Max-Age=${options.maxAgeS}`;
  return `${cookieName(name, options.secure)}=${text}; Path=/; HttpOnly; SameSite=Lax${options.secure ? '; Secure' : ''}${age}`;
}

/** A `Set-Cookie` header that takes a cookie away. */
export function clearCookie(name: string, secure: boolean): string {
  return setCookie(name, '', { secure, maxAgeS: 0 });
}
