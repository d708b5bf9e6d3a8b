const activeForMs = 60_000;
let usedAt = Date.now();

if (typeof window !== 'undefined')
  for (const event of ['pointerdown', 'keydown', 'wheel'])
    window.addEventListener(event, () => (usedAt = Date.now()), { passive: true, capture: true });

/**
 * Header of what the page asks by itself while nobody uses it: a session then ends although the page stays open.
 * @returns no header shortly after somebody used the page.
 */
export function backgroundHeader(now: number = Date.now()): Readonly<Record<string, string>> {
  return now - usedAt > activeForMs ? { 'x-background': 'true' } : {};
}
