import { Controller, Get, Inject } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { Public } from '../identity/permission.decorators.js';
import { controllersIn } from '../identity/routes.js';
import { openApiDocument } from './openapi-document.js';
import type { OpenApiDocument } from './openapi-types.js';

/** Injection token: name of the service, for its document. */
export const OPENAPI_SERVICE = Symbol('OPENAPI_SERVICE');

/** GET /openapi.json: the routes of this service for people and programs. Made at the first request. */
@Controller('openapi.json')
@Public('it says what docs/reference/openapi says, and nothing of this installation')
export class OpenApiController {
  private document: Promise<OpenApiDocument> | undefined;

  constructor(
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Inject(OPENAPI_SERVICE) private readonly service: string,
  ) {}

  @Get()
  show(): Promise<OpenApiDocument> {
    this.document ??= openApiDocument({ name: this.service, controllers: controllersIn(this.modules) });
    return this.document;
  }
}
