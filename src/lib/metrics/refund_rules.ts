import type { Localized } from './registry.ts';

/** A province where parcels may be still for longer; a refund's region is of it when it begins with the prefix. */
interface RemoteRegion {
  readonly prefix: string;
  readonly name: Localized;
}

const remoteRegions: readonly RemoteRegion[] = [
  { prefix: '新疆', name: { 'zh-CN': '新疆', 'zh-TW': '新疆', en: 'Xinjiang' } },
  { prefix: '西藏', name: { 'zh-CN': '西藏', 'zh-TW': '西藏', en: 'Tibet' } },
  { prefix: '甘肃', name: { 'zh-CN': '甘肃', 'zh-TW': '甘肅', en: 'Gansu' } },
  { prefix: '青海', name: { 'zh-CN': '青海', 'zh-TW': '青海', en: 'Qinghai' } },
];

/** When a parcel counts as stalled and an intercept as failed (DOMAIN 002). */
export const parcelRules = { stillHours: 48, remoteStillHours: 72, remoteRegions, interceptOpenDays: 15 } as const;

/** The legs of a refund in their order (METRICS §3). */
export const legs = ['decide', 'ship', 'transit', 'inspect', 'pay'] as const;
export type Leg = (typeof legs)[number];
