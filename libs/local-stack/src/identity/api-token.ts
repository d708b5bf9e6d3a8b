import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { workspaceRoot } from '../workspace.js';

/** Variables that say with which token an API is called. */
export type TokenVariables = Readonly<Record<string, string | undefined>>;

/** Folder of keys and tokens in the state folder of a stack (`.tributary`). */
export function identityFolder(stateFolder: string): string {
  return join(stateFolder, 'identity');
}

/** File with the API token of the person at this machine, in the identity folder. */
export const tokenFileName = 'token';

/**
 * The token with which commands call the API at an address: TRIBUTARY_TOKEN, else the content of TRIBUTARY_TOKEN_FILE, else the token that
 * `npm start` made (TRIBUTARY_STATE_DIR, `.tributary`). That last one belongs to the stack of this machine and is sent to no other.
 * @returns undefined when there is none: services without identity answer without one.
 * @throws {Error} when TRIBUTARY_TOKEN_FILE cannot be read or is empty; its content is never shown.
 */
export function apiToken(url: string, env: TokenVariables = process.env): string | undefined {
  const given = env.TRIBUTARY_TOKEN?.trim();
  if (given) return given;
  const file = env.TRIBUTARY_TOKEN_FILE;
  if (file) {
    const token = contentOf(file);
    if (!token) throw new Error(`TRIBUTARY_TOKEN_FILE ${file}: ${token === undefined ? 'cannot be read' : 'is empty'}`);
    return token;
  }
  if (!isThisMachine(url)) return undefined;
  return contentOf(join(identityFolder(resolve(workspaceRoot, env.TRIBUTARY_STATE_DIR || '.tributary')), tokenFileName)) || undefined;
}

/** The options of a fetch with an `authorization` header, when there is a token for its address. */
export function withToken(url: string, init: RequestInit = {}, env: TokenVariables = process.env): RequestInit {
  const token = apiToken(url, env);
  if (token === undefined) return init;
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${token}`);
  return { ...init, headers };
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function isThisMachine(url: string): boolean {
  return URL.canParse(url) && /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(new URL(url).hostname);
}
