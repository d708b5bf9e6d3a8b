import { events } from '@tributary/contracts';
import type { ValueOf } from '@tributary/contracts';
import { currenciesWithOtherDecimals, ledgerDecimals, minorUnitExponent } from '@tributary/domain';
import { KafkaPublisher, outgoing } from '@tributary/messaging';
import type { KafkaPublisherOptions } from '@tributary/messaging';

/** Decimals of every currency that has others than most, and of `*`, which stands for those. */
export function currencyRows(): ValueOf<typeof events.currencyDescribed>[] {
  return [
    { currency: '*', minorUnitDecimals: 2, ledgerDecimals: 2 },
    ...currenciesWithOtherDecimals.map((currency) => ({
      currency,
      minorUnitDecimals: minorUnitExponent(currency),
      ledgerDecimals: ledgerDecimals(currency),
    })),
  ];
}

/**
 * Writes the table of decimals to `reference.currencies.v1`, for readers that have no part of this repository. The topic is compacted, so
 * repeating it leaves one record for each currency; the same row has the same id.
 * @returns how many currencies were written.
 * @throws what publishing throws: without the table, the set-up has failed.
 */
export async function publishCurrencies(options: KafkaPublisherOptions): Promise<number> {
  const publisher = new KafkaPublisher(options);
  const rows = currencyRows();
  try {
    await publisher.publish(
      rows.map((value) =>
        outgoing({
          event: events.currencyDescribed,
          key: value.currency,
          id: `currency/${value.currency}/${value.minorUnitDecimals}/${value.ledgerDecimals}`,
          value,
        }),
      ),
      { deadlineMs },
    );
  } finally {
    await publisher.close();
  }
  return rows.length;
}

/** Longest wait for the broker, milliseconds. */
const deadlineMs = 30_000;
