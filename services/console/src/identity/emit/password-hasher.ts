import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2) as (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer>;

/** Cost of one hash. */
export interface HashCost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** OWASP Password Storage Cheat Sheet: argon2id with at least 19 MiB, 2 passes, 1 lane. A change counts for each person at their next sign-in. */
export const hashCost: HashCost = { memoryKiB: 19_456, passes: 2, parallelism: 1 };

const tagBytes = 32;
const saltBytes = 16;
/** Hashes made at once: each takes `memoryKiB`, and a thread of the pool that files and look-ups of names use as well. */
export const hashesAtOnce = 2;
/** Hashes that may wait; more are refused, so that a flood of sign-ins takes no memory. */
export const hashesWaiting = 64;

/** More sign-ins wait than can be worked on. Nothing was tried. */
export class TooManyHashesError extends Error {}

const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** Hashes passwords with argon2id, into `PHC` strings, and compares them. */
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly nobody: Promise<string>;

  constructor(private readonly cost: HashCost = hashCost) {
    this.nobody = this.hash(randomBytes(saltBytes).toString('hex'));
    this.nobody.catch(() => undefined); // told to whoever compares with it
  }

  /** @returns `$argon2id$v=19$m=...,t=...,p=...$salt$hash`. @throws {TooManyHashesError} */
  async hash(password: string): Promise<string> {
    const { memoryKiB, passes, parallelism } = this.cost;
    const salt = randomBytes(saltBytes);
    const tag = await this.derive(password, salt, this.cost, tagBytes);
    return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`;
  }

  /**
   * Whether the password is the one that was hashed. Without a hash it is compared with one that nobody knows, so that the answer takes as
   * long for a name that does not exist. @throws {TooManyHashesError}
   */
  async matches(password: string, stored: string | undefined): Promise<boolean> {
    const [, memory, passes, parallelism, salt = '', tag = ''] = phc.exec(stored ?? (await this.nobody)) ?? [];
    if (memory === undefined) throw new Error('a stored password is not of the format that this version writes');
    const expected = Buffer.from(tag, 'base64');
    const cost = { memoryKiB: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
    const found = await this.derive(password, Buffer.from(salt, 'base64'), cost, expected.length);
    return timingSafeEqual(found, expected) && stored !== undefined;
  }

  /** Whether a stored hash was made with another cost than today's: hash the password again while it is known. */
  isOutdated(stored: string): boolean {
    const { memoryKiB, passes, parallelism } = this.cost;
    return !stored.startsWith(`$argon2id$v=19$m=${memoryKiB},t=${passes},p=${parallelism}$`);
  }

  private async derive(password: string, salt: Buffer, cost: HashCost, tagLength: number): Promise<Buffer> {
    await this.turn();
    try {
      const message = Buffer.from(password.normalize('NFKC'), 'utf8');
      const { memoryKiB: memory, passes, parallelism } = cost;
      return await derive('argon2id', { message, nonce: salt, memory, passes, parallelism, tagLength });
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }

  private async turn(): Promise<void> {
    if (this.running >= hashesAtOnce) {
      if (this.waiting.length >= hashesWaiting) throw new TooManyHashesError('too many sign-ins at once');
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.running += 1;
  }
}
