import { lazy } from 'react';

/** CodeMirror is loaded when somebody looks at a message, not with the page. */
export const JsonView = lazy(() => import('./json-view.js').then(({ JsonView: view }) => ({ default: view })));
/** As {@link JsonView}, to edit. */
export const JsonEditor = lazy(() => import('./json-view.js').then(({ JsonEditor: view }) => ({ default: view })));
/** As {@link JsonView}, with what an edit changes. */
export const JsonDifference = lazy(() => import('./json-difference.js').then(({ JsonDifference: view }) => ({ default: view })));
/** As {@link JsonView}, two texts side by side. */
export const JsonBeside = lazy(() => import('./json-beside.js').then(({ JsonBeside: view }) => ({ default: view })));
