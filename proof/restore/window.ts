import { join } from 'node:path';
import { freePorts, identityFolder, serviceIdentity, ServiceProcess } from '@tributary/local-stack';
import { Browser } from './browser.js';
import type { Site } from './site.js';

const code = 'a-code-for-the-first-person';
/** People of the installation: the first one, and the two whom a rebuild of a ledger needs. */
const people = {
  admin: { name: 'Ada Byron', login: 'ada@example.com', password: 'correct horse battery staple' },
  engineer: { name: 'Grace Hopper', login: 'grace@example.com', password: 'a moth in relay seventy' },
  approver: { name: 'Mary Jackson', login: 'mary@example.com', password: 'four by four wind tunnel' },
} as const;
/** Somebody who works with the console. */
export type PersonName = keyof typeof people;

/** Who runs a rebuild and who approves it: their roles, and what a token of theirs is good for. */
export const rebuildScopes = { engineer: 'rebuilds.run', approver: 'rebuilds.approve' } as const;

/** The console, and the people who work with it. */
export class Window {
  private constructor(
    readonly process: ServiceProcess,
    readonly url: string,
  ) {}

  /** Not started. @param folder of keys and logs. */
  static async beside(site: Site, folder: string, reconUrl: string): Promise<Window> {
    const [port] = (await freePorts(1)) as [number];
    const url = `http://127.0.0.1:${port}`;
    const process = new ServiceProcess({
      name: 'console',
      entry: 'services/console/dist/main.js',
      env: {
        ...{ HTTP_HOST: '127.0.0.1', HTTP_PORT: String(port), TRIBUTARY_ENVIRONMENT: 'test', RECON_URL: reconUrl, SET_UP_CODE: code },
        ...site.databaseVariables('console'),
        ...serviceIdentity('console', { folder: identityFolder(folder) }),
      },
      readyUrl: `${url}/ready`,
      logFile: join(folder, 'console.log'),
    });
    return new Window(process, url);
  }

  /** Adds the people, as browsers do: the first by the set-up code, the others by links of hers. @throws when the console refuses. */
  async addPeople(): Promise<void> {
    const admin = new Browser(this.url);
    await admin.post('/identity/set-up', { code, ...people.admin });
    for (const role of ['engineer', 'approver'] as const) {
      const { name, login, password } = people[role];
      const { id } = await admin.post<{ id: string }>('/identity/people', { name, login, grants: [{ role, target: '*' }] });
      const link = await admin.post<{ code: string }>(`/identity/people/${id}/sign-in-link`);
      const own = new Browser(this.url);
      await own.post('/identity/sign-in/link', { code: link.code });
      await own.post('/identity/password', { password });
    }
  }

  /** Whether all of them can sign in with the password from before. */
  async knowsPeople(): Promise<boolean> {
    const signedIn = await Promise.allSettled((Object.keys(people) as PersonName[]).map((who) => this.signedIn(who)));
    return signedIn.every(({ status }) => status === 'fulfilled');
  }

  /** A token that somebody makes for a rebuild, good for that alone. */
  async rebuildToken(who: keyof typeof rebuildScopes): Promise<string> {
    const browser = await this.signedIn(who);
    const asked = { name: 'rebuild after a restore', scope: [rebuildScopes[who]], days: 1 };
    return (await browser.post<{ token: string }>('/identity/tokens', asked)).token;
  }

  private async signedIn(who: PersonName): Promise<Browser> {
    const { login, password } = people[who];
    const browser = new Browser(this.url);
    await browser.post('/identity/sign-in', { login, password });
    return browser;
  }
}
