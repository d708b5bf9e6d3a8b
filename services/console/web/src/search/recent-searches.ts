/** How many searches are remembered. */
const remembered = 8;
const longestRemembered = 200;

const nameFor = (subject: string | undefined): string => `recent-searches ${subject ?? ''}`;

/** What somebody searched for in this tab, the newest first. @param subject who; undefined where no identity is configured. */
export function recentSearches(subject: string | undefined): readonly string[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(nameFor(subject)) ?? '[]');
    return Array.isArray(stored) ? stored.filter((one): one is string => typeof one === 'string').slice(0, remembered) : [];
  } catch {
    return []; // storage is forbidden, or something else is stored there
  }
}

/** Remembers a search until the tab is closed. An e-mail address is not stored anywhere. */
export function rememberSearch(subject: string | undefined, q: string): void {
  if (q === '' || q.includes('@') || q.length > longestRemembered) return;
  try {
    const others = recentSearches(subject).filter((one) => one !== q);
    sessionStorage.setItem(nameFor(subject), JSON.stringify([q, ...others].slice(0, remembered)));
  } catch {
    // Storage is forbidden.
  }
}
