export { Documented, documentOf } from './documented.js';
export type { RouteDocument } from './documented.js';
export { openApiDocument } from './openapi-document.js';
export type { JsonSchema, OpenApiDocument, Operation } from './openapi-types.js';
export { OPENAPI_SERVICE, OpenApiController } from './openapi.controller.js';
export { toComponents } from './own-schemas.js';
