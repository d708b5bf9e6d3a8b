import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWTPayload } from 'jose';
import Provider from 'oidc-provider';
import { CookieClient } from './cookie-client.js';

/** Client of the console at the provider. */
export const oidcClient = { id: 'tributary-console', secret: 'a secret of this test only' } as const;

/** A real OpenID Connect provider (oidc-provider) in this process, whose ID tokens a test may falsify. */
export class IdentityProvider {
  /** Groups of people, by sign-in name. Whoever is not named exists and is in none. */
  readonly groups = new Map<string, unknown>();
  /** Changes the claims of the next ID tokens; they are signed with the provider's own key again. */
  falsify: ((claims: JWTPayload) => JWTPayload) | undefined;
  private server: Server | undefined;
  private key: CryptoKey | undefined;
  issuer = '';

  /** @param consoleUrl public address of the console. @returns the issuer. */
  async start(consoleUrl: string): Promise<string> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.server = server;
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    this.key = privateKey;
    const provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: oidcClient.id,
          client_secret: oidcClient.secret,
          token_endpoint_auth_method: 'client_secret_post',
          redirect_uris: [`${consoleUrl}/identity/oidc/callback`],
          post_logout_redirect_uris: [`${consoleUrl}/sign-in`],
        },
      ],
      jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'test', alg: 'RS256', use: 'sig' }] },
      cookies: { keys: ['of this test'] },
      claims: { openid: ['sub', 'groups'], profile: ['name'] }, // groups are in the ID token, the name at the userinfo endpoint
      findAccount: (_context: unknown, sub: string) => ({
        accountId: sub,
        claims: () => ({ sub, name: `${sub} of the provider`, groups: this.groups.get(sub) }),
      }),
    });
    provider.use(async (context, next) => {
      await next();
      const body = context.body as { id_token?: string } | undefined;
      if (context.path === '/token' && typeof body?.id_token === 'string' && this.falsify)
        context.body = { ...body, id_token: await this.falsified(body.id_token) };
    });
    server.on('request', provider.callback());
    return this.issuer;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve) ?? resolve(undefined));
  }

  /** Signs somebody in there, as a browser does. @returns the address that the provider sends the browser back to. */
  async signIn(start: string, login: string): Promise<string> {
    const browser = new CookieClient(this.issuer);
    let address = start;
    for (let step = 0; step < 12 && address.startsWith(this.issuer); step += 1) {
      const answer = await browser.send(new URL(address));
      const next = answer.status === 200 ? await this.submit(browser, address, await answer.text(), login) : answer;
      address = new URL(next.headers.get('location') ?? '', this.issuer).href;
    }
    return address;
  }

  private submit(browser: CookieClient, address: string, page: string, login: string): Promise<Response> {
    const prompt = page.includes('name="login"') ? 'login' : 'consent';
    const body = new URLSearchParams(prompt === 'login' ? { prompt, login, password: 'any' } : { prompt });
    return browser.send(new URL(address), { method: 'POST', body });
  }

  private async falsified(idToken: string): Promise<string> {
    const claims = this.falsify?.(decodeJwt(idToken)) ?? {};
    if (!this.key) throw new Error('the provider has not started');
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'test' }).sign(this.key);
  }
}
