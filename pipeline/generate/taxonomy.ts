import type { Goods } from './catalogue_data.ts';

export interface Reason {
  id: string;
  zh: string;
  zhTw: string;
  en: string;
  parent?: string;
  /** Words of marketplaces and agents for the same reason. */
  synonyms: string[];
}

export const REASONS: Reason[] = [
  { id: 'fit', zh: '尺码版型', zhTw: '尺碼版型', en: 'Fit', synonyms: ['尺码问题', '尺码不合适', '尺码拍错/不合适'] },
  {
    id: 'size_small',
    zh: '尺码偏小',
    zhTw: '尺碼偏小',
    en: 'Runs small',
    parent: 'fit',
    synonyms: ['偏小', '尺寸偏小', '穿着小了', '大小/尺寸偏小'],
  },
  {
    id: 'size_large',
    zh: '尺码偏大',
    zhTw: '尺碼偏大',
    en: 'Runs large',
    parent: 'fit',
    synonyms: ['偏大', '尺寸偏大', '穿着大了', '大小/尺寸偏大'],
  },
  { id: 'look', zh: '外观与描述', zhTw: '外觀與描述', en: 'Look and description', synonyms: ['外观问题'] },
  {
    id: 'colour',
    zh: '颜色不符',
    zhTw: '顏色不符',
    en: 'Colour',
    parent: 'look',
    synonyms: ['色差', '颜色/图案与描述不符', '有色差'],
  },
  {
    id: 'not_as_described',
    zh: '描述不符',
    zhTw: '描述不符',
    en: 'Not as described',
    parent: 'look',
    synonyms: ['与商品描述不符', '材质与描述不符', '做工与描述不符', '货不对板'],
  },
  { id: 'quality', zh: '质量问题', zhTw: '品質問題', en: 'Quality', synonyms: ['质量不好', '商品质量问题'] },
  {
    id: 'flaw',
    zh: '做工瑕疵',
    zhTw: '做工瑕疵',
    en: 'Flaw',
    parent: 'quality',
    synonyms: ['瑕疵', '做工粗糙/有瑕疵', '做工差'],
  },
  {
    id: 'malfunction',
    zh: '功能故障',
    zhTw: '功能故障',
    en: 'Malfunction',
    parent: 'quality',
    synonyms: ['无法使用', '功能异常', '性能故障'],
  },
  { id: 'odour', zh: '有异味', zhTw: '有異味', en: 'Odour', parent: 'quality', synonyms: ['异味', '气味大', '味道大'] },
  { id: 'logistics', zh: '物流与发货', zhTw: '物流與出貨', en: 'Delivery', synonyms: ['物流问题', '发货问题'] },
  {
    id: 'late',
    zh: '物流延误',
    zhTw: '物流延誤',
    en: 'Late',
    parent: 'logistics',
    synonyms: ['未按约定时间发货', '快递太慢', '物流慢', '发货慢'],
  },
  {
    id: 'lost',
    zh: '快递丢件',
    zhTw: '快遞遺失',
    en: 'Lost parcel',
    parent: 'logistics',
    synonyms: ['丢件', '快递/物流一直未送到', '物流停滞'],
  },
  {
    id: 'damaged',
    zh: '运输破损',
    zhTw: '運輸破損',
    en: 'Damaged',
    parent: 'logistics',
    synonyms: ['破损', '商品破损', '包装/商品破损'],
  },
  {
    id: 'missing',
    zh: '少件漏发',
    zhTw: '少件漏發',
    en: 'Missing parts',
    parent: 'logistics',
    synonyms: ['少件', '漏发', '少件/漏发', '配件缺失'],
  },
  {
    id: 'wrong_item',
    zh: '发错货',
    zhTw: '發錯貨',
    en: 'Wrong item',
    parent: 'logistics',
    synonyms: ['错发', '卖家发错货', '发错款'],
  },
  { id: 'buyer', zh: '买家原因', zhTw: '買家原因', en: "Buyer's own", synonyms: ['个人原因'] },
  {
    id: 'changed_mind',
    zh: '不想要了',
    zhTw: '不想要了',
    en: 'Changed mind',
    parent: 'buyer',
    synonyms: ['七天无理由', '7天无理由退换货', '不喜欢', '不喜欢/不想要', '不想要/不喜欢'],
  },
  {
    id: 'price',
    zh: '降价补差',
    zhTw: '降價補差',
    en: 'Price dropped',
    parent: 'buyer',
    synonyms: ['买贵了', '商品降价', '差价', '未享受优惠'],
  },
  {
    id: 'duplicate',
    zh: '拍错多拍',
    zhTw: '拍錯多拍',
    en: 'Ordered by mistake',
    parent: 'buyer',
    synonyms: ['多拍', '拍错', '多拍/拍错/不想要', '信息填错'],
  },
  { id: 'service', zh: '服务问题', zhTw: '服務問題', en: 'Service', synonyms: ['服务态度', '客服问题'] },
  {
    id: 'promise',
    zh: '承诺未兑现',
    zhTw: '承諾未兌現',
    en: 'Promise broken',
    parent: 'service',
    synonyms: ['赠品未发', '未兑现承诺', '返现未到账'],
  },
  { id: 'invoice', zh: '发票问题', zhTw: '發票問題', en: 'Invoice', parent: 'service', synonyms: ['开发票', '发票'] },
];

/** What agents and warehouses write that belongs to no reason. */
export const UNKNOWN_TAGS = ['其他', '其它原因', '售后', '已处理', '客户咨询', '见备注'];
export const WAREHOUSE_NO_FAULT = ['完好', '商品完好', '无质量问题'];

type Mix = [reason: string, weight: number][];

export const UNSHIPPED: Mix = [
  ['changed_mind', 36],
  ['duplicate', 26],
  ['price', 18],
  ['late', 14],
  ['invoice', 6],
];
export const IN_TRANSIT: Mix = [
  ['late', 44],
  ['lost', 16],
  ['changed_mind', 24],
  ['price', 10],
  ['duplicate', 6],
];
const COMMON: Mix = [
  ['damaged', 4],
  ['missing', 5],
  ['wrong_item', 4],
  ['price', 6],
  ['promise', 3],
  ['invoice', 4],
  ['late', 2],
];

export const DELIVERED: Record<Goods, Mix> = {
  wear: [
    ['size_small', 15],
    ['size_large', 12],
    ['colour', 7],
    ['not_as_described', 8],
    ['flaw', 10],
    ['malfunction', 2],
    ['odour', 3],
    ['changed_mind', 19],
    ...COMMON,
  ],
  shoes: [
    ['size_small', 16],
    ['size_large', 11],
    ['colour', 4],
    ['not_as_described', 6],
    ['flaw', 11],
    ['malfunction', 4],
    ['odour', 5],
    ['changed_mind', 17],
    ...COMMON,
  ],
  kids: [
    ['size_small', 15],
    ['size_large', 14],
    ['colour', 6],
    ['not_as_described', 8],
    ['flaw', 10],
    ['malfunction', 3],
    ['odour', 4],
    ['changed_mind', 16],
    ...COMMON,
  ],
  bed: [
    ['size_small', 4],
    ['size_large', 2],
    ['colour', 11],
    ['not_as_described', 12],
    ['flaw', 13],
    ['malfunction', 6],
    ['odour', 11],
    ['changed_mind', 14],
    ...COMMON,
  ],
  digital: [
    ['malfunction', 28],
    ['not_as_described', 10],
    ['flaw', 10],
    ['colour', 2],
    ['odour', 1],
    ['changed_mind', 16],
    ...COMMON,
  ],
  kitchen: [
    ['malfunction', 15],
    ['flaw', 14],
    ['damaged', 9],
    ['odour', 9],
    ['not_as_described', 8],
    ['colour', 3],
    ['changed_mind', 12],
    ...COMMON,
  ],
  gear: [
    ['malfunction', 12],
    ['flaw', 14],
    ['not_as_described', 12],
    ['odour', 4],
    ['colour', 3],
    ['changed_mind', 18],
    ...COMMON,
  ],
};

const BY_ID = new Map(REASONS.map((reason) => [reason.id, [reason.zh, ...reason.synonyms]]));

/** Returns the ways in which people write a reason; throws for one that is not in the taxonomy. */
export function wordsFor(reason: string): string[] {
  const words = BY_ID.get(reason);
  if (!words) throw new RangeError(`no reason ${reason}`);
  return words;
}
