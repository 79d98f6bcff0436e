/** A text in every language of the product. */
export interface Localized {
  readonly 'zh-CN': string;
  readonly 'zh-TW': string;
  readonly en: string;
}
export type Locale = keyof Localized;

export type Clock = 'calendar' | 'business';
export type Direction = 'up' | 'down';
export type Grain = 'case' | 'round' | 'refund';
export type DayOf = 'start' | 'first_completed' | 'csat_at' | 'asked' | 'applied' | 'refunded' | 'received';
export type Unit = 'seconds' | 'hours' | 'count' | 'score' | 'minor';
export type Headline = 'rate' | 'median';
export type AppliesTo =
  | 'customer_started_tickets'
  | 'all_cases'
  | 'completed_cases'
  | 'completed_cases_not_c'
  | 'completed_tickets'
  | 'completed_cases_with_both_reasons'
  | 'rated_cases'
  | 'rounds_asked_in_daytime'
  | 'refunds'
  | 'paid_refunds'
  | 'received_refunds'
  | 'paid_refunds_of_goods';

/** A default window, in force for cases that start on or after `from` until the next row. */
export interface DefaultWindow {
  readonly from: string;
  readonly limitSeconds: number;
  readonly clock: Clock;
}

export interface Metric {
  readonly id: string;
  readonly version: number;
  readonly name: Localized;
  readonly description: Localized;
  readonly direction: Direction;
  readonly grain: Grain;
  readonly dayOf: DayOf;
  readonly appliesTo: AppliesTo;
  readonly unit: Unit | null;
  readonly headline: Headline;
  readonly defaultClock: Clock;
  readonly window?: readonly DefaultWindow[];
}

const minuteSeconds = 60;
const hourSeconds = 60 * minuteSeconds;
const daySeconds = 24 * hourSeconds;

function always(limitSeconds: number, clock: Clock): readonly DefaultWindow[] {
  return [{ from: '0001-01-01', limitSeconds, clock }];
}

/** Lists the 18 KPIs of the product in the order in which they are shown; the list is closed. */
export const metrics = [
  {
    id: 'first_response',
    version: 1,
    name: { 'zh-CN': '首次响应达标率', 'zh-TW': '首次回應達標率', en: 'First response in time' },
    description: {
      'zh-CN':
        '买家先开口的工单中，人工客服在时限内作出首次回复的比例；默认时限 10 分钟，按服务商的营业时间计时。自动回复和机器人不算；时限走完才计入，未满时限的列为待定。',
      'zh-TW':
        '買家先開口的工單中，真人客服在時限內作出首次回覆的比例；預設時限 10 分鐘，按服務商的營業時間計時。自動回覆與機器人不算；時限走完才計入，未滿時限的列為待定。',
      en: 'Share of customer-started tickets whose first human reply came within the limit: 10 minutes by default, counted in the vendor’s business hours. Automatic replies and bots do not count. A ticket counts once its window has closed; until then it is pending.',
    },
    direction: 'up',
    grain: 'case',
    dayOf: 'start',
    appliesTo: 'customer_started_tickets',
    unit: 'seconds',
    headline: 'rate',
    defaultClock: 'business',
    window: always(10 * minuteSeconds, 'business'),
  },
  {
    id: 'first_touch_30s',
    version: 1,
    name: { 'zh-CN': '30秒自动应答率', 'zh-TW': '30秒自動應答率', en: 'First touch within 30 s' },
    description: {
      'zh-CN': '买家先开口的工单中，30 秒内得到任何公开应答的比例，客服、机器人和自动回复都算；按自然时间计时。',
      'zh-TW': '買家先開口的工單中，30 秒內得到任何公開應答的比例，客服、機器人與自動回覆都算；按自然時間計時。',
      en: 'Share of customer-started tickets that got any public answer within 30 seconds of calendar time, whether from an agent, a bot or an automatic reply.',
    },
    direction: 'up',
    grain: 'case',
    dayOf: 'start',
    appliesTo: 'customer_started_tickets',
    unit: 'seconds',
    headline: 'rate',
    defaultClock: 'calendar',
    window: always(30, 'calendar'),
  },
  {
    id: 'human_pickup_5m',
    version: 1,
    name: { 'zh-CN': '5分钟人工接起率', 'zh-TW': '5分鐘真人接起率', en: 'Human pickup within 5 min' },
    description: {
      'zh-CN': '买家先开口的工单中，人工客服在 5 分钟（自然时间）内作出首次回复的比例，不论是否在营业时间内。',
      'zh-TW': '買家先開口的工單中，真人客服在 5 分鐘（自然時間）內作出首次回覆的比例，不論是否在營業時間內。',
      en: 'Share of customer-started tickets whose first human reply came within 5 minutes of calendar time, inside business hours or not.',
    },
    direction: 'up',
    grain: 'case',
    dayOf: 'start',
    appliesTo: 'customer_started_tickets',
    unit: 'seconds',
    headline: 'rate',
    defaultClock: 'calendar',
    window: always(5 * minuteSeconds, 'calendar'),
  },
  {
    id: 'unanswered_24h',
    version: 1,
    name: { 'zh-CN': '24小时未回复率', 'zh-TW': '24小時未回覆率', en: 'Unanswered for 24 h' },
    description: {
      'zh-CN': '买家先开口的工单中，满 24 小时（自然时间）仍没有人工回复的比例；越低越好。',
      'zh-TW': '買家先開口的工單中，滿 24 小時（自然時間）仍沒有真人回覆的比例；越低越好。',
      en: 'Share of customer-started tickets without a human reply for 24 hours of calendar time; lower is better.',
    },
    direction: 'down',
    grain: 'case',
    dayOf: 'start',
    appliesTo: 'customer_started_tickets',
    unit: null,
    headline: 'rate',
    defaultClock: 'calendar',
    window: always(24 * hourSeconds, 'calendar'),
  },
  {
    id: 'resolution_24h',
    version: 1,
    name: { 'zh-CN': '24小时解决方案率', 'zh-TW': '24小時解決方案率', en: 'Solution within 24 h' },
    description: {
      'zh-CN':
        '全部售后单中，24 小时（自然时间）内给出解决方案的比例。给出方案、标记解决、关单，或退款被同意、拒绝、打款，取最早的一个。',
      'zh-TW':
        '全部售後單中，24 小時（自然時間）內給出解決方案的比例。提出方案、標記解決、結案，或退款獲同意、遭拒、撥款，取最早的一個。',
      en: 'Share of all cases with a solution within 24 hours of calendar time: the earliest of a solution offered, solved, closed, or a refund approved, rejected or paid.',
    },
    direction: 'up',
    grain: 'case',
    dayOf: 'start',
    appliesTo: 'all_cases',
    unit: 'hours',
    headline: 'rate',
    defaultClock: 'calendar',
    window: always(24 * hourSeconds, 'calendar'),
  },
  {
    id: 'dispute_rate',
    version: 1,
    name: { 'zh-CN': '平台介入率', 'zh-TW': '平台介入率', en: 'Platform dispute rate' },
    description: {
      'zh-CN': '全部售后单中，平台介入且未撤销的比例；越低越好。15 天内的数字仍会变动，标为暂估。',
      'zh-TW': '全部售後單中，平台介入且未撤銷的比例；越低越好。15 天內的數字仍會變動，標為暫估。',
      en: 'Share of all cases in which the platform intervened and the dispute was not withdrawn; lower is better. Figures younger than 15 days are provisional.',
    },
    direction: 'down',
    grain: 'case',
    dayOf: 'start',
    appliesTo: 'all_cases',
    unit: null,
    headline: 'rate',
    defaultClock: 'calendar',
  },
  {
    id: 'seller_liable_rate',
    version: 1,
    name: { 'zh-CN': '纠纷判责率', 'zh-TW': '糾紛判責率', en: 'Disputes lost' },
    description: {
      'zh-CN': '全部售后单中，平台介入后判买家胜（商家责任）的比例；越低越好。15 天内的数字仍会变动，标为暂估。',
      'zh-TW': '全部售後單中，平台介入後判買家勝（商家責任）的比例；越低越好。15 天內的數字仍會變動，標為暫估。',
      en: 'Share of all cases in which the platform intervened and judged for the buyer; lower is better. Figures younger than 15 days are provisional.',
    },
    direction: 'down',
    grain: 'case',
    dayOf: 'start',
    appliesTo: 'all_cases',
    unit: null,
    headline: 'rate',
    defaultClock: 'calendar',
  },
  {
    id: 'transfer_rate',
    version: 1,
    name: { 'zh-CN': '转接率', 'zh-TW': '轉接率', en: 'Transfer rate' },
    description: {
      'zh-CN': '买家先开口的工单中，被转接过、或有两名以上客服先后人工回复的比例；越低越好。',
      'zh-TW': '買家先開口的工單中，被轉接過、或有兩名以上客服先後真人回覆的比例；越低越好。',
      en: 'Share of customer-started tickets that were transferred or answered by two or more agents; lower is better.',
    },
    direction: 'down',
    grain: 'case',
    dayOf: 'start',
    appliesTo: 'customer_started_tickets',
    unit: 'count',
    headline: 'rate',
    defaultClock: 'calendar',
  },
  {
    id: 'autonomous_completion',
    version: 1,
    name: { 'zh-CN': '售后自主完结率', 'zh-TW': '售後自主完結率', en: 'Completed without escalation' },
    description: {
      'zh-CN':
        '已完结且难度不是 C 的售后单中，完结后 7 天期满时，既没有升级到品牌方、也没有平台介入（已撤销的也算介入）、也没有重开的比例。难度未知的计入。',
      'zh-TW':
        '已完結且難度不是 C 的售後單中，完結後 7 天期滿時，既沒有升級到品牌方、也沒有平台介入（已撤銷的也算介入）、也沒有重開的比例。難度未知的計入。',
      en: 'Share of completed cases, severity C left out, that up to 7 days after completion were not escalated to the brand, had no platform intervention (withdrawn ones count) and were not reopened. Unknown severity counts.',
    },
    direction: 'up',
    grain: 'case',
    dayOf: 'first_completed',
    appliesTo: 'completed_cases_not_c',
    unit: null,
    headline: 'rate',
    defaultClock: 'calendar',
    window: always(7 * daySeconds, 'calendar'),
  },
  {
    id: 'reopen_rate',
    version: 1,
    name: { 'zh-CN': '重开率', 'zh-TW': '重開率', en: 'Reopen rate' },
    description: {
      'zh-CN': '已完结的售后单中，完结后 7 天内又被重开的比例；越低越好。',
      'zh-TW': '已完結的售後單中，完結後 7 天內又被重開的比例；越低越好。',
      en: 'Share of completed cases that were reopened within 7 days of completion; lower is better.',
    },
    direction: 'down',
    grain: 'case',
    dayOf: 'first_completed',
    appliesTo: 'completed_cases',
    unit: 'count',
    headline: 'rate',
    defaultClock: 'calendar',
    window: always(7 * daySeconds, 'calendar'),
  },
  {
    id: 'reason_tagged',
    version: 1,
    name: { 'zh-CN': '标签完整率', 'zh-TW': '標籤完整率', en: 'Reason tagged' },
    description: {
      'zh-CN': '已完结的工单中，客服打了原因标签、且标签在原因体系内的比例。',
      'zh-TW': '已完結的工單中，客服打了原因標籤、且標籤在原因體系內的比例。',
      en: 'Share of completed tickets whose agent’s reason is in the taxonomy.',
    },
    direction: 'up',
    grain: 'case',
    dayOf: 'first_completed',
    appliesTo: 'completed_tickets',
    unit: null,
    headline: 'rate',
    defaultClock: 'calendar',
  },
  {
    id: 'reason_agreement',
    version: 1,
    name: { 'zh-CN': '标签一致率', 'zh-TW': '標籤一致率', en: 'Reasons agree' },
    description: {
      'zh-CN': '已完结、且客服与买家的原因都在原因体系内的售后单中，两者相同的比例。',
      'zh-TW': '已完結、且客服與買家的原因都在原因體系內的售後單中，兩者相同的比例。',
      en: 'Share of completed cases, agent’s and buyer’s reason both in the taxonomy, in which the two are the same.',
    },
    direction: 'up',
    grain: 'case',
    dayOf: 'first_completed',
    appliesTo: 'completed_cases_with_both_reasons',
    unit: null,
    headline: 'rate',
    defaultClock: 'calendar',
  },
  {
    id: 'csat',
    version: 1,
    name: { 'zh-CN': '满意度', 'zh-TW': '滿意度', en: 'Satisfaction' },
    description: {
      'zh-CN': '买家评过分的售后单中，4 分及以上（满分 5 分）的比例；没有评价的不计入。',
      'zh-TW': '買家評過分的售後單中，4 分及以上（滿分 5 分）的比例；沒有評價的不計入。',
      en: 'Share of rated cases scored 4 or better out of 5; unrated cases are not counted.',
    },
    direction: 'up',
    grain: 'case',
    dayOf: 'csat_at',
    appliesTo: 'rated_cases',
    unit: 'score',
    headline: 'rate',
    defaultClock: 'calendar',
  },
  {
    id: 'reply_3m',
    version: 1,
    name: { 'zh-CN': '3分钟回复率', 'zh-TW': '3分鐘回覆率', en: 'Replies within 3 min' },
    description: {
      'zh-CN':
        '当地时间 8 点到 23 点前提出的对话轮次中，3 分钟内得到人工回复的比例。买家连续发来的几条算一轮，自动回复不算。',
      'zh-TW':
        '當地時間 8 點到 23 點前提出的對話輪次中，3 分鐘內得到真人回覆的比例。買家連續發來的幾則算一輪，自動回覆不算。',
      en: 'Share of rounds asked between 08:00 and 23:00 local time that a human answered within 3 minutes. Several customer messages in a row are one round; automatic replies do not count.',
    },
    direction: 'up',
    grain: 'round',
    dayOf: 'asked',
    appliesTo: 'rounds_asked_in_daytime',
    unit: 'seconds',
    headline: 'rate',
    defaultClock: 'calendar',
    window: always(3 * minuteSeconds, 'calendar'),
  },
  {
    id: 'refund_dispute_rate',
    version: 1,
    name: { 'zh-CN': '纠纷退款率', 'zh-TW': '糾紛退款率', en: 'Disputed refunds' },
    description: {
      'zh-CN': '全部退款申请中，平台介入且未撤销的比例；越低越好。15 天内的数字仍会变动，标为暂估。',
      'zh-TW': '全部退款申請中，平台介入且未撤銷的比例；越低越好。15 天內的數字仍會變動，標為暫估。',
      en: 'Share of refund applications in which the platform intervened and the dispute was not withdrawn; lower is better. Figures younger than 15 days are provisional.',
    },
    direction: 'down',
    grain: 'refund',
    dayOf: 'applied',
    appliesTo: 'refunds',
    unit: null,
    headline: 'rate',
    defaultClock: 'calendar',
  },
  {
    id: 'refund_time',
    version: 1,
    name: { 'zh-CN': '退款完结时长', 'zh-TW': '退款完結時長', en: 'Refund time' },
    description: {
      'zh-CN': '已打款的退款，从申请到打款的时长，取中位数；越短越好。',
      'zh-TW': '已撥款的退款，從申請到撥款的時長，取中位數；越短越好。',
      en: 'Median time from application to payment over the refunds paid; shorter is better.',
    },
    direction: 'up',
    grain: 'refund',
    dayOf: 'refunded',
    appliesTo: 'paid_refunds',
    unit: 'hours',
    headline: 'median',
    defaultClock: 'calendar',
  },
  {
    id: 'refund_after_receipt_24h',
    version: 1,
    name: { 'zh-CN': '收货24小时退款率', 'zh-TW': '收貨24小時退款率', en: 'Refunded within 24 h of receipt' },
    description: {
      'zh-CN':
        '退货退款和已发货仅退款中，仓库收到退货且未拒绝的，在收货后 24 小时（自然时间）内打款的比例；收货前已打款的也算达标。',
      'zh-TW':
        '退貨退款和已發貨僅退款中，倉庫收到退貨且未拒絕的，在收貨後 24 小時（自然時間）內撥款的比例；收貨前已撥款的也算達標。',
      en: 'Share of refunds for goods received back and not rejected that were paid within 24 hours of receipt (calendar time) or before it.',
    },
    direction: 'up',
    grain: 'refund',
    dayOf: 'received',
    appliesTo: 'received_refunds',
    unit: 'hours',
    headline: 'rate',
    defaultClock: 'calendar',
    window: always(24 * hourSeconds, 'calendar'),
  },
  {
    id: 'refunded_without_goods',
    version: 1,
    name: { 'zh-CN': '钱货两空率', 'zh-TW': '錢貨兩空率', en: 'Refunded, goods not back' },
    description: {
      'zh-CN':
        '已打款的退货退款和已发货仅退款中，打款满 15 天仍未收到退货的比例；已退回、已拦截、已申报丢件、免退货或未发货的不算。越低越好。',
      'zh-TW':
        '已撥款的退貨退款和已發貨僅退款中，撥款滿 15 天仍未收到退貨的比例；已退回、已攔截、已申報遺失、免退貨或未發貨的不算。越低越好。',
      en: 'Share of paid refunds for shipped goods whose goods had not come back 15 days after payment; goods returned, intercepted, claimed as lost, waived or unshipped are no hit. Lower is better.',
    },
    direction: 'down',
    grain: 'refund',
    dayOf: 'refunded',
    appliesTo: 'paid_refunds_of_goods',
    unit: 'minor',
    headline: 'rate',
    defaultClock: 'calendar',
    window: always(15 * daySeconds, 'calendar'),
  },
] as const satisfies readonly Metric[];

export type MetricId = (typeof metrics)[number]['id'];

export const metricIds: readonly MetricId[] = metrics.map((metric) => metric.id);

const byId: ReadonlyMap<string, Metric> = new Map(metrics.map((metric) => [metric.id, metric]));

/** Tells whether a text is the id of a KPI. */
export function isMetricId(text: string): text is MetricId {
  return byId.has(text);
}

/** Returns the definition of a KPI. */
export function metricOf(id: MetricId): Metric {
  const metric = byId.get(id);
  if (!metric) throw new Error(`no metric ${id} in the registry`);
  return metric;
}

/** The clock that the values of a KPI are read on: the one asked for or its own; only durations have two. */
export function clockFor(id: MetricId, asked: Clock | null): Clock {
  const { unit, defaultClock } = metricOf(id);
  return unit === 'seconds' || unit === 'hours' ? (asked ?? defaultClock) : 'calendar';
}
