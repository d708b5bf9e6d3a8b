import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';

/** A person's sign-in at the issuer of a target, as the file holds it. */
export interface KeptSignIn {
  readonly refreshToken: string;
  /** ISO 8601. */
  readonly signedInAt: string;
  /** When the issuer ends it, where that is known; ISO 8601. */
  readonly endsAt?: string | undefined;
}

/** A lock that is older belongs to a process that ended in the middle, ms: longer than an issuer may take. */
const abandonedMs = 30_000;
const retryMs = 50;

/**
 * The file of a sign-in, which every process of the target reads and writes. Its content changes whenever the issuer exchanges the refresh token, so
 * it lies where it can be written, and only its owner may read it.
 */
export class RefreshTokenFile {
  /** What could not be written: the issuer does not take the token in the file any more. */
  private unsaved: { readonly instead: string; readonly signIn: KeptSignIn } | undefined;

  /** @param howToSignIn what to do when nobody is signed in. @param warn called with one sentence without the token. */
  constructor(
    readonly path: string,
    readonly howToSignIn: string,
    private readonly warn: (text: string) => void = (text) => process.emitWarning(text),
  ) {}

  /** The sign-in as it is now; undefined where there is none. @throws {Error} for a file that is not one of ours. */
  read(): KeptSignIn | undefined {
    const text = this.text();
    if (this.unsaved && this.unsaved.instead === text) return this.unsaved.signIn;
    return text === '' ? undefined : signInIn(text, this.path);
  }

  /** Keeps a sign-in: written whole beside the file, then renamed, so that nobody reads half of it. @throws {Error} where it cannot be written. */
  write({ refreshToken, signedInAt, endsAt }: KeptSignIn): void {
    const part = `${this.path}.${randomUUID()}.new`;
    try {
      const file = openSync(part, 'wx', 0o600);
      try {
        writeSync(file, `${JSON.stringify({ refreshToken, signedInAt, endsAt })}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(part, this.path);
    } catch (error) {
      rmSync(part, { force: true });
      throw error;
    }
    this.unsaved = undefined;
  }

  /** Keeps a new sign-in, after whatever use of the old one is under way. @throws {Error} where it cannot be written. */
  async replace(signIn: KeptSignIn): Promise<void> {
    const release = await this.lock();
    try {
      this.write(signIn);
    } finally {
      release();
    }
  }

  /**
   * Runs a use of the sign-in, one at a time over all processes. What it returns is kept before the next one begins; where that fails, this process
   * goes on with it, and says so.
   */
  async exchange<T>(
    use: (kept: KeptSignIn | undefined) => Promise<{ readonly result: T; readonly next: KeptSignIn | undefined }>,
  ): Promise<T> {
    const release = await this.lock();
    try {
      const kept = this.read();
      const { result, next } = await use(kept);
      if (next !== undefined && !isSame(kept, next)) this.keep(next);
      return result;
    } finally {
      release();
    }
  }

  private keep(next: KeptSignIn): void {
    const instead = this.text();
    try {
      this.write(next);
    } catch (error) {
      this.unsaved = { instead, signIn: next };
      const why = (error as NodeJS.ErrnoException).code ?? 'unknown';
      this.warn(`${this.path} cannot be written (${why}): the new refresh token is kept in memory, and lost when this process ends`);
    }
  }

  private text(): string {
    try {
      return readFileSync(this.path, 'utf8').trim();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw new Error(`${this.path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`, { cause: error });
    }
  }

  /** Takes the lock file. Where none can be made (a folder that is not ours to write) there is none: then nothing is exchanged in the file, either. */
  private async lock(): Promise<() => void> {
    const path = `${this.path}.lock`;
    for (;;) {
      try {
        closeSync(openSync(path, 'wx', 0o600));
        return () => rmSync(path, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return () => undefined;
      }
      const held = statSync(path, { throwIfNoEntry: false });
      if (held && Date.now() - held.mtimeMs > abandonedMs) rmSync(path, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}

const isSame = (one: KeptSignIn | undefined, other: KeptSignIn): boolean =>
  one?.refreshToken === other.refreshToken && one.endsAt === other.endsAt;

function signInIn(text: string, path: string): KeptSignIn {
  let found: Partial<Record<keyof KeptSignIn, unknown>> = {};
  try {
    found = (JSON.parse(text) as typeof found | null) ?? {};
  } catch {
    // Not the cause: it quotes the file.
  }
  const { refreshToken, signedInAt, endsAt } = found;
  if (typeof refreshToken !== 'string' || refreshToken === '' || typeof signedInAt !== 'string')
    throw new Error(`${path}: holds no sign-in. Delete it and sign in again`);
  return { refreshToken, signedInAt, ...(typeof endsAt === 'string' ? { endsAt } : {}) };
}
