import { Controller, Get } from '@nestjs/common';
import { checkDeclared, Public, RequirePermission, routesOf } from '@tributary/platform';
import type { DeclaredRoute } from '@tributary/platform';
import { renderPermissions } from './permissions-page.js';
import { whoMayCall } from './route-table.js';
import { controllersIn, controllersOfService, httpServices, nameOfRoute, serviceRoutes } from './service-routes.js';

it('finds controllers by their decorator, also between comments and other decorators', () => {
  const text = [
    '@Controller()\nexport class One {}',
    "@Controller('two')\n@RequirePermission('payments.read')\n@UseFilters(AFilter)\nexport class Two {}",
    '@Controller()\nclass Hidden {}',
    '// @Controller()\nclass None {}',
  ].join('\n\n');
  expect(controllersIn(text)).toEqual(['One', 'Two', 'Hidden']);
});

it.each(httpServices)(
  'every HTTP route of %s says who may call it',
  async (service) => {
    const controllers = await controllersOfService(service, 'source');
    expect(controllers.length).toBeGreaterThan(1);
    checkDeclared(routesOf(controllers));
  },
  60_000,
);

it.each(httpServices)(
  'somebody decided about every route of %s, and about none that is gone',
  async (service) => {
    const routes = routesOf(await controllersOfService(service, 'source')).map(nameOfRoute);
    expect([...new Set(routes)].toSorted()).toEqual(Object.keys(whoMayCall[service] ?? {}).toSorted());
  },
  60_000,
);

it('puts every route on the page', async () => {
  const routes = await serviceRoutes('source');
  expect(routes.length).toBeGreaterThan(40);
  const page = renderPermissions(routes);
  expect(page).toContain('| transform | `POST /translations` | `translations.run` |  | recon |');
  expect(page).toContain('| recon | `POST /dead-letter-orders` | `orders.create` | accountant, engineer |  |');
  expect(page.match(/^\| (?:ingest|transform|erp-sink|recon|console) \|/gm)).toHaveLength(routes.length);
}, 60_000);

describe('a seeded controller', () => {
  it('without a declaration turns the check red', () => {
    @Controller('seed')
    class Seed {
      @Get()
      hole(): void {}
    }
    expect(() => checkDeclared(routesOf([Seed]))).toThrow('GET /seed (Seed.hole)');
    expect(() => renderPermissions([{ service: 'recon', ...(routesOf([Seed])[0] as DeclaredRoute) }])).toThrow(
      'does not say who may call it',
    );
  });
  it('with one does not', () => {
    @Controller('seed')
    @RequirePermission('payments.read')
    class Seed {
      @Get()
      read(): void {}

      @Get('open')
      @Public('nothing is in it')
      open(): void {}
    }
    checkDeclared(routesOf([Seed]));
  });
});
