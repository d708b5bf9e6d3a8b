import { useEffect, useState } from 'react';
import { readSetting, storeSetting } from './settings.js';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

function themeNamed(name: string | null): Theme {
  return themes.find((theme) => theme === name) ?? 'system';
}

/** Light, dark, or as the system says. */
export function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(() => themeNamed(readSetting('theme')));
  useEffect(() => {
    storeSetting('theme', theme);
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  return (
    <label className="theme">
      <span className="hidden">Theme</span>
      <select value={theme} onChange={(event) => setTheme(themeNamed(event.target.value))}>
        <option value="system">System</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  );
}
