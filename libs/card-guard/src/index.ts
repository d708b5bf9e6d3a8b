export * from './card-numbers.js';
export * from './json-strings.js';
export * from './mask-card-numbers.js';
