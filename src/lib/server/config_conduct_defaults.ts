import type { ForbiddenPhrase } from './config_conduct.ts';

const unknownRules: readonly [phrase: string, ...unless: string[]][] = [
  ['拆封…不能退'],
  ['拆封不退'],
  ['拆封…不退不换'],
  ['拆封…概不'],
  ['开封…不能退'],
  ['开封不退'],
  ['开封…概不'],
  ['拆了…不能退'],
  ['拆封不售后'],
  ['拆封…不支持'],
  ['特价…不退'],
  ['特价…不支持退'],
  ['活动款…不退'],
  ['活动商品…不退'],
  ['清仓…不退'],
  ['概不退换'],
  ['不退不换', '贴身衣物不退不换'],
  ['吊牌剪了…不'],
  ['剪标…不退'],
  ['没有小票…不能退'],
  ['没有发票…不能退'],
  ['没有发票…不保修'],
  ['过了签收当天…不'],
];
const blame: readonly string[] = [
  '自己选错',
  '自己拍错',
  '自己弄坏',
  '自己用坏',
  '您自己的问题',
  '你自己的问题',
  '怪您自己',
  '怪你自己',
  '属于人为',
  '是人为的',
  '谁让您',
  '谁让你',
];
const evasion: readonly string[] = [
  '我们不负责',
  '不归我管',
  '不关我们',
  '跟我们没关系',
  '与我们无关',
  '我也没办法',
  '我们也没办法',
  '爱退不退',
  '找快递去',
];
const insults: readonly string[] = [
  '有病吧',
  '神经病',
  '无理取闹',
  '闭嘴',
  '穷鬼',
  '贪小便宜',
  '随便你投诉',
  '随便投诉',
];
const offPlatform: readonly string[] = ['加我微信', '加微信', '私下转', '线下转给', '改好评…返', '好评返现'];

/** The phrases that are looked for unless the configuration says otherwise. */
export const forbiddenDefaults: readonly ForbiddenPhrase[] = [
  ...unknownRules.map(([phrase, ...unless]) => ({ phrase, kind: 'false_rule' as const, unless, brands: null })),
  ...blame.map((phrase) => ({ phrase, kind: 'blame' as const, unless: [], brands: null })),
  ...evasion.map((phrase) => ({ phrase, kind: 'evasion' as const, unless: [], brands: null })),
  ...insults.map((phrase) => ({ phrase, kind: 'insult' as const, unless: [], brands: null })),
  ...offPlatform.map((phrase) => ({ phrase, kind: 'off_platform' as const, unless: [], brands: null })),
];
