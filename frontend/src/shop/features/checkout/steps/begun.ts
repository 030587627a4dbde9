import { useEffect } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { keys, tabStorage } from '@/shared/storage';
import { addressFields, type AddressValues } from '../../../forms/address';

/** An address that somebody began to type and has not sent, for a cart. */
interface Begun {
  cart: string;
  values: AddressValues;
}

/** What this tab knows of a half-typed address: a reload shall not lose it. */
export function begunFor(cartId: string): AddressValues | undefined {
  const begun = tabStorage.get<Begun>(keys.addressBegun);
  return begun?.cart === cartId ? begun.values : undefined;
}

export function forgetBegun(): void {
  tabStorage.remove(keys.addressBegun);
}

/** Keeps what is typed while it is typed. */
export function useKeptBegun(cartId: string, form: UseFormReturn<AddressValues & Options>): void {
  const { subscribe } = form;
  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ values }) => {
          const names = Object.keys(addressFields) as (keyof AddressValues)[];
          const address = Object.fromEntries(names.map((name) => [name, values[name]]));
          tabStorage.set(keys.addressBegun, { cart: cartId, values: address });
        },
      }),
    [cartId, subscribe],
  );
}

type Options = { shipping_option_id: string };
