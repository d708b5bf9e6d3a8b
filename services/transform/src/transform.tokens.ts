/** Injection token of the compiled assets. */
export const ASSET_BUNDLE = Symbol('AssetBundle');
/** Injection token of the `TranslateSettings` of this installation. */
export const TRANSLATE_SETTINGS = Symbol('TranslateSettings');
/** Injection token of the translator of dry runs, which reads Stripe within a budget of its own. */
export const DRY_TRANSLATOR = Symbol('DryTranslator');
/** Injection token of its enricher. */
export const DRY_ENRICHER = Symbol('DryEnricher');
