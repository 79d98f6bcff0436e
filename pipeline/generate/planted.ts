import { dayOf, writeDay } from './local_time.ts';
import { SKUS, type Sku } from './catalogue.ts';

export interface Defect {
  id: string;
  /** What is wrong, for the truth file. */
  what: string;
  spuId: string;
  colour?: string;
  batch?: string;
  reason: string;
  /** First order day with the defect, and the first without it. */
  fromDay: number;
  untilDay: number;
  /** Cases about delivered goods of the product while it has the defect, as a multiple of its usual number. */
  factor: number;
  /** Share of severe cases among those it causes. */
  severe: number;
}

export const DEFECTS: Defect[] = [
  {
    id: 'shell_runs_small',
    what: '冲锋衣新版版型偏小（女版样衣误用）',
    spuId: 'NP-SHELL',
    reason: 'size_small',
    fromDay: dayOf('2026-03-02'),
    untilDay: dayOf('2026-05-11'),
    factor: 3,
    severe: 0.02,
  },
  {
    id: 'haze_blue_dye',
    what: '四件套雾霾蓝一批染色偏灰绿',
    spuId: 'MY-SET4',
    colour: '雾霾蓝',
    reason: 'colour',
    fromDay: dayOf('2026-05-25'),
    untilDay: dayOf('2026-07-13'),
    factor: 3.5,
    severe: 0.05,
  },
  {
    id: 'power_batch_2608a',
    what: '充电宝 2608A 批次发烫、鼓包',
    spuId: 'CG-POWER',
    batch: '2608A',
    reason: 'malfunction',
    fromDay: dayOf('2026-08-10'),
    untilDay: dayOf('2026-09-28'),
    factor: 5,
    severe: 0.45,
  },
];

/** A size chart said to be corrected on a day, without any effect. */
export const USELESS_FIX = {
  id: 'kids_shoe_chart',
  what: '童鞋尺码表改版，偏小的反馈没有减少',
  spuId: 'LY-SNEAK',
  reason: 'size_small',
  fixedOn: '2026-06-15',
  factor: 1.8,
};

export const GAMING = {
  vendor: 'jishi',
  what: '在 10 分钟时限前几秒发模板话术占位，并有不足 1 秒的秒回',
  stallShare: 0.62,
  stallFromSeconds: 585,
  stallToSeconds: 598,
  subSecondShare: 0.12,
  subSecondMilliseconds: [300, 900] as const,
  realAnswerMedianSeconds: 2700,
};

export const NIGHTS = {
  vendor: 'xiaolan',
  what: '合同约定全天候，23:00–08:00 实际无人值守',
  fromHour: 23,
  untilHour: 8,
};

export const OVERLOAD = {
  vendor: 'anhe',
  what: '618 大促一周进线超载',
  fromDay: dayOf('2026-06-14'),
  untilDay: dayOf('2026-06-21'),
  delayFactor: 9,
  silentFactor: 5,
};

export const MISLABEL = {
  brand: 'liya',
  what: '客服把尺码、瑕疵类原因一律标成“七天无理由”',
  reasons: ['size_small', 'size_large', 'flaw', 'colour'],
  instead: 'changed_mind',
  share: 0.85,
};

export const FALSE_RULE = {
  vendor: 'yunting',
  what: '引用不存在的规则（拆封不退、特价不退）或把责任推给买家',
  share: 0.06,
};

/** Shares of chats with each flaw of conduct; near misses only look like one. The careless vendor has `factor` times as many. */
export const CONDUCT = {
  careless: 'yunting',
  what: '索要或明文发送个人信息、同一句话连贴三遍、承诺的时限没守住；另有貌似违规、其实没有问题的说法',
  factor: 5,
  shares: {
    asks: 0.004,
    exposes: 0.003,
    pastes: 0.004,
    keeps_promise: 0.04,
    breaks_promise: 0.04,
    near_miss: 0.03,
  },
};

/** Returns the defect that a unit ordered on a local day may show, if any. */
export function defectOf(sku: Sku, orderDay: number): Defect | undefined {
  return DEFECTS.find(
    (d) =>
      d.spuId === sku.spuId &&
      orderDay >= d.fromDay &&
      orderDay < d.untilDay &&
      (!d.colour || d.colour === sku.colour) &&
      (!d.batch || d.batch === sku.batch),
  );
}

/** Returns how many cases a unit causes on a local order day, relative to a faultless one. */
export function issueFactor(sku: Sku, orderDay: number): number {
  return defectOf(sku, orderDay)?.factor ?? 1;
}

/** Describes everything planted for the truth file, with dates as text and the product units concerned. */
export function describePlanted(): object {
  return {
    defects: DEFECTS.map(({ fromDay, untilDay, ...defect }) => ({
      ...defect,
      from: writeDay(fromDay),
      fixed_on: writeDay(untilDay),
      skus: SKUS.filter((sku) => defectOf(sku, fromDay)?.id === defect.id).map((sku) => sku.id),
      expect: `reason_buyer ${defect.reason} of these units up; about ${defect.factor} times their usual cases after delivery, by ordered_at in [from, fixed_on)`,
    })),
    useless_fix: { ...USELESS_FIX, expect: 'no change of the share of size_small at fixedOn' },
    gaming: {
      ...GAMING,
      expect:
        'first answers pile up just under 600 s and the next human answer comes much later; answers within 1 s do not count',
    },
    unstaffed_nights: {
      ...NIGHTS,
      expect: 'questions of the night answered after untilHour; unanswered at 30 s, 5 min and 10 min',
    },
    overload: {
      ...OVERLOAD,
      fromDay: undefined,
      untilDay: undefined,
      from: writeDay(OVERLOAD.fromDay),
      until: writeDay(OVERLOAD.untilDay),
      expect: 'first_response and reply_3m fall in this week only',
    },
    mislabelled: {
      ...MISLABEL,
      expect: 'reason_agreement far below the other brands; reason_agent changed_mind far above reason_buyer',
    },
    false_rules: FALSE_RULE,
    conduct: CONDUCT,
  };
}
