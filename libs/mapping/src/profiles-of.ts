import type { Flow } from './assets/flow.js';
import type { PostingProfile } from './assets/posting-profile.js';

/**
 * The profiles that are posted to: those of the targets that are named; where none are, those that are active.
 */
export function activeProfiles(
  profiles: ReadonlyMap<string, PostingProfile>,
  targets: readonly string[] | undefined,
): ReadonlyMap<string, PostingProfile> {
  return new Map([...profiles].filter(([, { active, target }]) => targets?.includes(target) ?? active));
}

/** The profiles that a flow posts to, sorted by name: the one that it names, or all profiles of its role. */
export function profilesOf(flow: Flow, profiles: ReadonlyMap<string, PostingProfile>): PostingProfile[] {
  if (flow.profile) return [...profiles.values()].filter(({ name }) => name.value === flow.profile?.value);
  return [...profiles.values()]
    .filter(({ books }) => books.role === flow.role?.value)
    .sort((a, b) => (a.name.value < b.name.value ? -1 : 1));
}
