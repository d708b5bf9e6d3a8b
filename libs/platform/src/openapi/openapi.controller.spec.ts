import { Body, Controller, Get, HttpCode, Module, Param, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { Public, RequirePermission } from '../identity/permission.decorators.js';
import { protectRoutes } from '../identity/protect-routes.js';
import { Documented } from './documented.js';
import { openApiDocument } from './openapi-document.js';
import type { OpenApiDocument } from './openapi-types.js';
import { OPENAPI_SERVICE, OpenApiController } from './openapi.controller.js';

const listQuery = z.object({ limit: z.coerce.number().int().max(500).default(50), state: z.enum(['open', 'closed']).optional() });
const comment = z.strictObject({ text: z.string().min(1) });

@Controller('letters')
@RequirePermission('letters.read')
class LettersController {
  @Get(':id')
  @Documented({ does: 'One letter.', answers: 'LetterView', query: listQuery, refuses: { 404: ['letter.unknown'] } })
  show(@Param('id') id: string, @Query() query: unknown): unknown {
    return [id, query];
  }

  @Post(':id/comments')
  @HttpCode(201)
  @RequirePermission('letters.discuss')
  @Documented({ does: 'Adds a comment.', answers: 'nothing', body: comment, command: 'dlq comment' })
  comment(@Param('id') id: string, @Body() body: unknown): unknown {
    return [id, body];
  }
}

@Controller()
@Public('for probes')
class ProbeController {
  @Get('live')
  live(): string {
    return 'ok';
  }
}

it('serves what the controllers of the application say', async () => {
  @Module({
    controllers: [LettersController, ProbeController, OpenApiController],
    providers: [{ provide: OPENAPI_SERVICE, useValue: 'letters' }],
  })
  class LettersModule {}
  const app = await NestFactory.create<NestFastifyApplication>(LettersModule, new FastifyAdapter(), { logger: false });
  protectRoutes(app);
  await app.init();
  const { statusCode, body } = await app.inject({ method: 'GET', url: '/openapi.json' });
  await app.close();
  expect(statusCode).toBe(200);
  const { openapi, paths, components } = JSON.parse(body) as OpenApiDocument;
  expect([openapi, Object.keys(paths)]).toEqual(['3.1.0', ['/letters/{id}', '/letters/{id}/comments']]);
  expect(paths['/letters/{id}']?.['get']).toMatchObject({
    operationId: 'LettersController.show',
    summary: 'One letter.',
    'x-tributary-permission': 'letters.read',
    'x-tributary-order': false,
    parameters: [
      { name: 'id', in: 'path', required: true },
      { name: 'limit', in: 'query', required: false, schema: { type: 'integer', maximum: 500, default: 50 } },
      { name: 'state', in: 'query', required: false, schema: { enum: ['open', 'closed'] } },
    ],
    responses: {
      200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/LetterView' } } } },
      401: { $ref: '#/components/responses/Unknown' },
      404: { description: '`letter.unknown`.' },
    },
  });
  expect(paths['/letters/{id}/comments']?.['post']).toMatchObject({
    'x-tributary-permission': 'letters.discuss',
    'x-tributary-order': true,
    'x-tributary-command': 'dlq comment',
    requestBody: { content: { 'application/json': { schema: { required: ['text'], additionalProperties: false } } } },
    responses: { 201: { description: 'Done.' } },
  });
  expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining(['LetterView', 'AmountView', 'ErrorView']));
  expect(components.schemas).not.toHaveProperty('PaymentView');
});

it('refuses a route that answers a shape that nobody declared', async () => {
  const service = { name: 'letters', controllers: [LettersController] };
  await expect(openApiDocument(service, { ErrorView: {} })).rejects.toThrow('no shape of libs/contracts/src/http-api is called LetterView');
});
