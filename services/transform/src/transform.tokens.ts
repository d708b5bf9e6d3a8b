/** Injection token of the compiled assets. */
export const ASSET_BUNDLE = Symbol('AssetBundle');
/** Injection token of the `TranslateSettings` of this installation. */
export const TRANSLATE_SETTINGS = Symbol('TranslateSettings');
