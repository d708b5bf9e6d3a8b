import { limitPerAddress, limitPerName } from '../decide/sign-in-limit.js';
import { loginOf } from '../decide/sign-in-name.js';
import { reportRefusedSignIn } from './identity-event.js';
import type { RefusedSignIn } from './identity-event.js';
import type { DatabaseClient } from '@tributary/persistence';
import type { AttemptRepository } from './attempt.repository.js';
import type { CredentialRepository } from './credential.repository.js';
import type { PasswordHasher } from './password-hasher.js';
import type { Person, PersonRepository } from './person.repository.js';

/** Too many attempts from one address: nothing was tried. */
export class TooManyAttemptsError extends Error {}

/** Compares names and passwords, within the limits for names and addresses. */
export class PasswordSignIn {
  constructor(
    private readonly people: PersonRepository,
    private readonly attempts: AttemptRepository,
    private readonly credentials: CredentialRepository,
    private readonly hasher: PasswordHasher,
    private readonly database: DatabaseClient,
  ) {}

  /** Counts an attempt from an address, whatever it tries. @throws {TooManyAttemptsError} */
  async fromAddress(address: string): Promise<void> {
    if (!(await this.attempts.count({ kind: 'address', value: address, limit: limitPerAddress })).allowed)
      throw new TooManyAttemptsError('too many attempts from one address');
  }

  /**
   * The person, when the password is theirs. Undefined for a wrong password, an unknown name, one with too many attempts, and somebody who
   * is locked out: each costs one comparison, so that neither the answer nor its time tells which.
   */
  async signIn(typed: string, password: string, address?: string): Promise<Person | undefined> {
    const login = loginOf(typed);
    const { allowed, locks } = await this.attempts.count({ kind: 'name', value: login, limit: limitPerName });
    const found = await this.people.findByLogin(login);
    const stored = found?.hash ?? undefined;
    const right = await this.hasher.matches(password, stored);
    if (!allowed) return undefined;
    if (!right || !found || found.locked || stored === undefined) {
      await this.refused({ method: 'password', personId: found?.id, address, locks });
      return undefined;
    }
    await this.attempts.forget('name', login);
    if (this.hasher.isOutdated(stored)) await this.credentials.rehash(found.id, stored, await this.hasher.hash(password));
    return this.people.find(found.id);
  }

  /** Leaves an attempt that was refused for the audit trail. */
  refused(attempt: RefusedSignIn): Promise<void> {
    return reportRefusedSignIn(this.database.query, attempt);
  }

  /** Whether the password of somebody who is signed in is right: asked before it is changed. Counts as an attempt. */
  async isRight(person: Person, password: string): Promise<boolean> {
    return person.login !== null && (await this.signIn(person.login, password)) !== undefined;
  }
}
