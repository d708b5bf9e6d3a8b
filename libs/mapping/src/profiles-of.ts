import type { Flow } from './assets/flow.js';
import type { PostingProfile } from './assets/posting-profile.js';

/** The profiles that a flow posts to, sorted by name: the one that it names, or all profiles of its role. */
export function profilesOf(flow: Flow, profiles: ReadonlyMap<string, PostingProfile>): PostingProfile[] {
  if (flow.profile) return [...profiles.values()].filter(({ name }) => name.value === flow.profile?.value);
  return [...profiles.values()]
    .filter(({ books }) => books.role === flow.role?.value)
    .sort((a, b) => (a.name.value < b.name.value ? -1 : 1));
}
