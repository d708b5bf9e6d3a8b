import { join } from 'node:path';
import { freePorts, identityFolder, serviceIdentity, ServiceProcess } from '@tributary/local-stack';
import type { Site } from './site.js';

const code = 'a-code-for-the-first-person';
const person = { name: 'Ada Byron', login: 'ada@example.com', password: 'correct horse battery staple' };

/** The console, and the person who works with it. */
export class Window {
  private constructor(
    readonly process: ServiceProcess,
    private readonly url: string,
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

  /** Adds the first person, as a browser does. @throws when the console refuses. */
  async addPerson(): Promise<void> {
    const status = await this.post('/identity/set-up', { code, ...person });
    if (status !== 204) throw new Error(`adding the first person: ${status}`);
  }

  /** Whether the person can sign in with the password from before. */
  async knowsPerson(): Promise<boolean> {
    return (await this.post('/identity/sign-in', { login: person.login, password: person.password })) === 204;
  }

  private async post(path: string, body: object): Promise<number> {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    return (await fetch(`${this.url}${path}`, init)).status;
  }
}
