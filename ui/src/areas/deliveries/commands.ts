// What a person can ask of a delivery: one call each, with the word that tells it happened. No rule of who may: the server lists it in `can`.
import { call } from '$/api/client';
import type { Delivery, Id, Resolution } from '$/api/types';
import { t } from '$/app/i18n.svelte';
import { toast, toastError } from '$/app/toasts.svelte';

export type DeliveryAct = 'cancel' | 'retry' | 'send_now' | 'delete' | 'update';

const DONE: Record<DeliveryAct, string> = {
  cancel: 'deliveries-done-cancel', retry: 'deliveries-done-retry', send_now: 'deliveries-done-send-now', delete: 'deliveries-done-delete', update: 'deliveries-done-update',
};
export const ACT_NAMES: Record<DeliveryAct, string> = {
  cancel: 'deliveries-cancel', retry: 'deliveries-retry', send_now: 'deliveries-send-now', delete: 'deliveries-delete', update: 'deliveries-update',
};

/** What helps a delivery, down to the button that is pressed in the end. */
export function remedyOf(delivery: Delivery, entry: 'lost' | 'back' | null): string {
  if (entry === 'back') return `${t('deliveries-access-back')}. ${t('deliveries-access-back-text')}`;
  const remedy = delivery.reason?.remedy ?? '';
  if (delivery.state !== 'failed' || !delivery.can.includes('retry')) return remedy;
  if (!remedy) return t('deliveries-remedy');
  return remedy.includes(t('deliveries-retry')) ? remedy : [remedy, t('deliveries-then-retry')].join(' ');
}

/** Asks alone, without a word about it. */
export function ask(brand: string, id: Id, act: DeliveryAct): Promise<Delivery> {
  if (act === 'cancel') return call('POST /brands/{brand}/deliveries/{id}/cancel', { brand, id });
  if (act === 'delete') return call('POST /brands/{brand}/deliveries/{id}/delete', { brand, id });
  if (act === 'update') return call('POST /brands/{brand}/deliveries/{id}/update', { brand, id });
  if (act === 'send_now') return call('POST /brands/{brand}/deliveries/{id}/send-now', { brand, id });
  return call('POST /brands/{brand}/deliveries/{id}/retry', { brand, id });
}

/** Asks and tells; true when it was done. */
export async function command(brand: string, delivery: Delivery, act: DeliveryAct): Promise<boolean> {
  try {
    await ask(brand, delivery.id, act);
    toast(t(DONE[act]), { tone: 'good' });
    return true;
  } catch (thrown) {
    toastError(thrown);
    return false;
  }
}

/** Says what became of a delivery nobody knows about. */
export async function resolve(brand: string, delivery: Delivery, outcome: Resolution): Promise<boolean> {
  try {
    await call('POST /brands/{brand}/deliveries/{id}/resolve', { brand, id: delivery.id, body: outcome });
    toast(t('deliveries-done-resolve'), { tone: 'good' });
    return true;
  } catch (thrown) {
    toastError(thrown);
    return false;
  }
}
