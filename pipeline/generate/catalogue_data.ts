/** A kind of goods decides how buyers complain about it. */
export type Goods = 'wear' | 'shoes' | 'kids' | 'bed' | 'digital' | 'kitchen' | 'gear'

export interface Spu {
  id: string
  title: string
  noun: string
  category: string
  goods: Goods
  yuan: number
  weight: number
  sizes: string[]
  colours: string[]
  batches?: string[]
  flaws: string[]
  faults: string[]
  parts: string[]
}

export interface Brand {
  id: string
  prefix: string
  zh: string
  zhTw: string
  en: string
  vendors: [string, number][]
  platforms: [string, number][]
  warehouse: string
  spus: Spu[]
}

const LETTERS = ['S', 'M', 'L', 'XL', 'XXL']

/** Invented brands and goods; any likeness to a real shop is accidental. */
export const BRANDS: Brand[] = [
  {
    id: 'northpeak', prefix: 'NP', zh: '北峰户外', zhTw: '北峰戶外', en: 'North Peak', warehouse: '江苏省云泽市北湖区物流园3号库',
    vendors: [['suda', 6], ['jishi', 4]], platforms: [['tmall', 38], ['jd', 18], ['douyin', 26], ['taobao', 10], ['xiaohongshu', 8]],
    spus: [
      { id: 'SHELL', title: '北峰户外三合一冲锋衣男女同款防风防水可拆卸抓绒内胆登山服', noun: '冲锋衣', category: '户外服装', goods: 'wear', yuan: 599, weight: 16,
        sizes: LETTERS, colours: ['曜石黑', '松石绿'], flaws: ['拉链卡住拉不动', '袖口开线了', '压胶起泡', '魔术贴粘不住'], faults: ['下小雨就渗水', '帽子的抽绳卡不住'], parts: ['没有内胆', '备用扣没给'] },
      { id: 'TREK', title: '北峰户外徒步鞋男女防滑耐磨透气低帮登山鞋', noun: '徒步鞋', category: '户外鞋靴', goods: 'shoes', yuan: 459, weight: 12,
        sizes: ['38', '39', '40', '41', '42', '43', '44'], colours: ['岩灰'], flaws: ['鞋底开胶', '鞋面有划痕', '走线歪的', '鞋底溢胶'], faults: ['走路咯吱响', '鞋垫老是往前跑'], parts: ['鞋带只有一根', '没有鞋垫'] },
      { id: 'FLEECE', title: '北峰户外抓绒衣男女秋冬保暖立领开衫', noun: '抓绒衣', category: '户外服装', goods: 'wear', yuan: 219, weight: 12,
        sizes: ['M', 'L', 'XL', 'XXL'], colours: ['深海蓝', '燕麦色'], flaws: ['掉毛特别厉害', '起球', '线头一大堆', '拉链头掉了'], faults: ['静电大得不行'], parts: ['口袋拉链头没有'] },
      { id: 'PANTS', title: '北峰户外速干裤男弹力透气薄款徒步长裤', noun: '速干裤', category: '户外服装', goods: 'wear', yuan: 169, weight: 9,
        sizes: ['M', 'L', 'XL', 'XXL'], colours: ['炭灰'], flaws: ['裤裆开线', '扣子一扯就掉', '裤脚长短不一'], faults: ['一蹲下就绷线'], parts: ['没有腰带'] },
      { id: 'TENT', title: '北峰户外全自动速开帐篷3-4人防雨露营', noun: '帐篷', category: '露营装备', goods: 'gear', yuan: 389, weight: 4,
        sizes: [], colours: ['沙漠黄'], flaws: ['帐篷杆有一节是弯的', '纱网破了个洞', '涂层掉渣'], faults: ['自动支架弹不开', '底部渗水'], parts: ['地钉少了三个', '没有风绳', '收纳袋没给'] },
    ],
  },
  {
    id: 'muyun', prefix: 'MY', zh: '沐云家纺', zhTw: '沐雲家紡', en: 'Muyun Home', warehouse: '山东省海棠市开发区纺织路18号2号仓',
    vendors: [['anhe', 6], ['xiaolan', 4]], platforms: [['tmall', 36], ['taobao', 20], ['pdd', 24], ['douyin', 14], ['jd', 6]],
    spus: [
      { id: 'SET4', title: '沐云家纺水洗棉四件套全棉床单被套床上用品', noun: '四件套', category: '床品套件', goods: 'bed', yuan: 329, weight: 14,
        sizes: ['1.5米床', '1.8米床', '2.0米床'], colours: ['雾霾蓝', '奶油白', '豆沙粉'], flaws: ['枕套开线', '被套拉链坏的', '洗一次就起球', '有勾丝'], faults: ['掉色掉得一盆水都红了', '缩水缩了一大截'], parts: ['枕套只有一个', '没有绑带'] },
      { id: 'SILK', title: '沐云家纺桑蚕丝被春秋被子空调被', noun: '蚕丝被', category: '被子', goods: 'bed', yuan: 699, weight: 5,
        sizes: ['150x200', '200x230'], colours: ['本色'], flaws: ['一坨一坨的结块', '有虫眼一样的小洞', '跑丝'], faults: ['盖了两天就跑丝'], parts: ['没有检测证书', '收纳袋没有'] },
      { id: 'LATEX', title: '沐云家纺泰国天然乳胶枕护颈椎枕芯', noun: '乳胶枕', category: '枕头', goods: 'bed', yuan: 159, weight: 9,
        sizes: ['高枕', '低枕'], colours: ['米白'], flaws: ['边上裂了一道口子', '表面掉渣', '一边高一边低'], faults: ['睡了一周就塌了'], parts: ['没有枕套'] },
      { id: 'TOWEL', title: '沐云家纺纯棉浴巾家用吸水不掉毛', noun: '浴巾', category: '毛巾浴巾', goods: 'bed', yuan: 49, weight: 8,
        sizes: [], colours: ['浅灰', '淡粉'], flaws: ['掉毛掉一身', '边上脱线', '有一块污渍'], faults: ['完全不吸水'], parts: ['两条装只来了一条'] },
    ],
  },
  {
    id: 'chengguang', prefix: 'CG', zh: '澄光数码', zhTw: '澄光數碼', en: 'Chengguang Digital', warehouse: '广东省晴湾市创新区科技大道66号售后部',
    vendors: [['jishi', 5], ['yunting', 5]], platforms: [['jd', 34], ['tmall', 22], ['pdd', 22], ['douyin', 14], ['kuaishou', 8]],
    spus: [
      { id: 'BUDS', title: '澄光真无线蓝牙耳机主动降噪超长续航入耳式', noun: '耳机', category: '影音电器', goods: 'digital', yuan: 199, weight: 12,
        sizes: [], colours: ['云白', '墨黑'], flaws: ['充电仓盖子松的', '耳机柄有划痕', '仓盖合不严'], faults: ['左耳没声音', '老是断连', '充电仓充不进电', '戴一会就滋滋响'], parts: ['没有耳塞套', '充电线没给'] },
      { id: 'POWER', title: '澄光20000毫安充电宝22.5W快充自带线可上飞机', noun: '充电宝', category: '手机配件', goods: 'digital', yuan: 129, weight: 11,
        sizes: [], colours: ['墨黑'], batches: ['2605A', '2608A'], flaws: ['外壳有缝', '自带线接口松', '按键按下去弹不起来'], faults: ['充一会就烫手', '充不进电', '电量灯乱跳', '鼓包了'], parts: ['说明书和线都没有'] },
      { id: 'WATCH', title: '澄光智能手表运动心率血氧监测长续航', noun: '手表', category: '智能穿戴', goods: 'digital', yuan: 399, weight: 6,
        sizes: [], colours: ['曜黑', '玫瑰金'], flaws: ['表带扣松', '屏幕边上有亮点', '表壳有磕痕'], faults: ['自动重启', '连不上手机', '心率测得离谱', '一天一充都不够'], parts: ['充电底座没有', '少一条表带'] },
      { id: 'CABLE', title: '澄光编织快充数据线1.5米100W', noun: '数据线', category: '手机配件', goods: 'digital', yuan: 29, weight: 7,
        sizes: [], colours: ['深空灰'], flaws: ['接口歪的', '编织层散开了'], faults: ['充电时断时续', '不支持快充', '用了三天就不充了'], parts: ['三条装只有两条'] },
    ],
  },
  {
    id: 'liya', prefix: 'LY', zh: '栗芽童装', zhTw: '栗芽童裝', en: 'Liya Kids', warehouse: '浙江省鹭溪市织里镇童装城7栋退货组',
    vendors: [['suda', 5], ['xiaolan', 5]], platforms: [['douyin', 32], ['taobao', 22], ['pdd', 20], ['xiaohongshu', 14], ['kuaishou', 12]],
    spus: [
      { id: 'HOOD', title: '栗芽童装男女童加绒卫衣秋冬洋气儿童上衣', noun: '卫衣', category: '童装上衣', goods: 'kids', yuan: 89, weight: 14,
        sizes: ['100', '110', '120', '130', '140', '150'], colours: ['奶茶色', '藏青'], flaws: ['印花一洗就裂', '领口线头好多', '袖子一长一短'], faults: ['加绒掉毛粘一身'], parts: ['帽绳没有'] },
      { id: 'SNEAK', title: '栗芽童鞋男女童运动鞋透气网面软底', noun: '童鞋', category: '童鞋', goods: 'shoes', yuan: 109, weight: 12,
        sizes: ['26', '27', '28', '29', '30', '31', '32'], colours: ['白绿'], flaws: ['鞋头开胶', '魔术贴不粘', '鞋底一边薄一边厚'], faults: ['穿一次就磨脚后跟'], parts: ['发了两只左脚'] },
      { id: 'DOWN', title: '栗芽童装儿童羽绒服中长款加厚保暖外套', noun: '羽绒服', category: '童装外套', goods: 'kids', yuan: 259, weight: 8,
        sizes: ['110', '120', '130', '140'], colours: ['樱桃红', '雪山白'], flaws: ['跑毛', '拉链拉不上', '毛领掉毛'], faults: ['钻绒钻得满身都是'], parts: ['毛领没给', '帽子没有'] },
      { id: 'DRESS', title: '栗芽童装女童连衣裙夏季公主裙纱裙', noun: '裙子', category: '童装裙子', goods: 'kids', yuan: 119, weight: 9,
        sizes: ['100', '110', '120', '130', '140'], colours: ['薄荷绿'], flaws: ['亮片掉得到处都是', '纱破了', '侧边拉链崩开'], faults: ['里衬扎得孩子起红点'], parts: ['腰带没有'] },
    ],
  },
  {
    id: 'chuihe', prefix: 'CH', zh: '炊和厨电', zhTw: '炊和廚電', en: 'Chuihe Kitchen', warehouse: '广东省顺安市北滘工业园炊和电器售后仓',
    vendors: [['yunting', 5], ['anhe', 5]], platforms: [['jd', 28], ['tmall', 24], ['pdd', 26], ['douyin', 14], ['kuaishou', 8]],
    spus: [
      { id: 'FRYER', title: '炊和空气炸锅家用大容量可视多功能烤箱一体机', noun: '空气炸锅', category: '厨房电器', goods: 'kitchen', yuan: 269, weight: 10,
        sizes: [], colours: ['象牙白', '墨绿'], flaws: ['炸篮涂层掉皮', '外壳有裂缝', '可视窗是花的'], faults: ['不加热', '一开就跳闸', '旋钮失灵'], parts: ['没有炸架', '烤盘少一个'] },
      { id: 'KETTLE', title: '炊和养生壶家用全自动玻璃煮茶器1.5L', noun: '养生壶', category: '厨房电器', goods: 'kitchen', yuan: 139, weight: 9,
        sizes: [], colours: ['透明'], flaws: ['壶身有气泡', '把手松的', '底盘生锈'], faults: ['底座不通电', '煮着煮着自己断电', '显示E3'], parts: ['滤网没有', '没有炖盅'] },
      { id: 'FLASK', title: '炊和316不锈钢保温杯大容量便携水杯', noun: '保温杯', category: '水具', goods: 'kitchen', yuan: 79, weight: 11,
        sizes: [], colours: ['珍珠白', '橄榄绿'], flaws: ['杯口掉漆', '杯盖漏水', '杯底有锈点'], faults: ['根本不保温', '两小时就凉透了'], parts: ['没有杯套', '茶隔没有'] },
      { id: 'PAN', title: '炊和麦饭石不粘锅炒锅家用少油烟', noun: '炒锅', category: '锅具', goods: 'kitchen', yuan: 159, weight: 8,
        sizes: ['28cm', '32cm'], colours: ['岩黑'], flaws: ['锅底不平', '涂层有划痕', '锅柄螺丝松'], faults: ['用两次就粘锅', '掉涂层'], parts: ['锅盖没有', '没送锅铲'] },
    ],
  },
]

export const COLOUR_CODES: Record<string, string> = {
  曜石黑: 'BK', 松石绿: 'GN', 岩灰: 'GY', 深海蓝: 'BL', 燕麦色: 'OA', 炭灰: 'CH', 沙漠黄: 'YE', 雾霾蓝: 'BL', 奶油白: 'WH', 豆沙粉: 'PK', 本色: 'NA', 米白: 'WH',
  浅灰: 'GY', 淡粉: 'PK', 云白: 'WH', 墨黑: 'BK', 曜黑: 'BK', 玫瑰金: 'RG', 深空灰: 'GY', 奶茶色: 'MT', 藏青: 'NV', 白绿: 'WG', 樱桃红: 'RD', 雪山白: 'WH', 薄荷绿: 'GN',
  象牙白: 'WH', 墨绿: 'GN', 透明: 'TR', 珍珠白: 'WH', 橄榄绿: 'OL', 岩黑: 'BK',
}
