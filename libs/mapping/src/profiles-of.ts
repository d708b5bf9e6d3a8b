import type { Flow } from './assets/flow.js';
import type { PostingProfile } from './assets/posting-profile.js';

/**
 * The profiles that are posted to: those that are active; where ledgers are named, of the profiles with a role exactly theirs.
 * @param ledgers targets.
 */
export function activeProfiles(
  profiles: ReadonlyMap<string, PostingProfile>,
  ledgers: readonly string[] | undefined,
): ReadonlyMap<string, PostingProfile> {
  const isActive = ({ active, target, books }: PostingProfile): boolean =>
    ledgers === undefined || books.role === undefined ? active : ledgers.includes(target);
  return new Map([...profiles].filter(([, profile]) => isActive(profile)));
}

/** The profiles that a flow posts to, sorted by name: the one that it names, or all profiles of its role. */
export function profilesOf(flow: Flow, profiles: ReadonlyMap<string, PostingProfile>): PostingProfile[] {
  if (flow.profile) return [...profiles.values()].filter(({ name }) => name.value === flow.profile?.value);
  return [...profiles.values()]
    .filter(({ books }) => books.role === flow.role?.value)
    .sort((a, b) => (a.name.value < b.name.value ? -1 : 1));
}
