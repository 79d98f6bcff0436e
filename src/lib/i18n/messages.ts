import type { zhCN } from './zh-CN.ts';

type Leaves<T> = T extends string
  ? ''
  : { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T & string];

/** The shape of every catalogue; that of zh-CN, where new messages are written first. */
export type Messages = typeof zhCN;

/** The dotted path of a message, such as kpi.metric. */
export type MessageKey = Leaves<Messages>;
