import type { AssetLanguage } from './language.js';
export function shippedLanguage(): AssetLanguage {
  return { events: new Map(), shapes: new Map() };
}
