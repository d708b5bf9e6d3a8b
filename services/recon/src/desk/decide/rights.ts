import { may } from '@tributary/identity';
import type { Identity, Permission } from '@tributary/identity';
import type { OrderAction } from '@tributary/contracts';

/** The permission that an order needs, by what it does. */
export function permissionOfOrder(action: OrderAction, isEdited: boolean): Permission {
  if (action === 'resolve') return 'orders.resolve';
  return isEdited ? 'orders.edit' : 'orders.create';
}

/** The first target for which somebody may not do something; '' where no target is named and they may do it for none. undefined: they may. */
export function missingRight(identity: Identity, permission: Permission, targets: readonly string[]): string | undefined {
  if (targets.length === 0) return may(identity, permission) ? undefined : '';
  return targets.find((target) => !may(identity, permission, target));
}
