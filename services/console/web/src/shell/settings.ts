/** A setting of this browser; null when there is none, or when the browser's settings forbid storage. */
export function readSetting(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Keeps a setting in this browser. Where storage is forbidden, it lasts until the page is closed. */
export function storeSetting(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Storage is forbidden.
  }
}
