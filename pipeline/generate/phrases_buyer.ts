/**
 * What buyers type: pool → one template a line. `say.<reason>@<goods>` is the complaint, `detail.<reason>` the answer to the agent's question;
 * `x.<reason>#<request>` is for one request only, `x.flaw|odour` for several reasons.
 * Short, few full stops, the way people type on a phone.
 */
export const BUYER: Record<string, string> = {
  hello: `
    在吗
    你好
    在不
    有人吗
    亲 在吗
    客服在吗
    您好
    转人工
    人工
    你好 在吗
    在不在呀
    hello
    喂
    您好 请问有人吗`,
  human: `
    转人工
    人工客服
    我要人工
    不要机器人 转人工
    人工人工
    能不能来个真人`,
  'say.size_small@wear': `
    {noun}<收到了 |>{size}码<太小了|偏小好多|小了一圈>
    <我|>平时都穿{size}的 你们家{size}根本<穿不上|拉不上>
    这{noun}码数不准吧 {size}跟别家小一码似的
    按你们尺码表买的{size} <肩膀紧|胳膊抬不起来|勒得慌>
    {noun}偏小啊 里面加件薄毛衣就<拉不上|绷得难受>了
    {h}高{w}斤 客服让我拍{size} 结果小了😓
    买的{size}小了 袖子也短一截
    太紧了 穿上像偷来的`,
  'say.size_small@shoes': `
    {noun}{size}码<顶脚|挤脚|穿不进去>
    平时就穿{size} 这双<小半码|小一码>
    鞋子偏小 走两步脚趾头疼
    脚背那里勒得不行 小了
    鞋码不准啊 {size}跟{smaller}一样
    鞋小了 <在家试的 没下过地|就试了一下>`,
  'say.size_small@kids': `
    孩子{h2}高买的{size} <穿不进去|袖子短一截>
    {noun}{size}的太小了 娃穿着紧
    说好按身高买的 {size}结果小了
    买大一码都小 你们这码也太小了吧
    {noun}小了 领口卡着头 孩子都哭了
    小了小了 {size}码我家{h2}的娃穿不了`,
  'say.size_small@bed': `
    {noun}尺寸不对啊 {size}的铺上<短一截|差一块>
    被套小了 我家被子套不进去
    写的{size} 量了一下根本没有
    {noun}小了 床单都掖不住`,
  'say.size_small': `
    {noun}尺寸偏小 跟写的不一样
    量了一下 比页面标的小`,
  'say.size_large@wear': `
    {noun}{size}太大了 <像睡袍|晃荡晃荡的>
    大了 {h}{w}斤穿{size}撑不起来
    {noun}买大了 袖子盖住手了
    尺码偏大 <肩线都掉到胳膊上了|能装下两个我>
    {size}码大了一圈`,
  'say.size_large@shoes': `
    {noun}{size}大了 不跟脚
    鞋大了 后跟老掉
    比平时穿的大一码 {size}能塞一根手指
    偏大 走路啪嗒啪嗒的`,
  'say.size_large@kids': `
    {noun}{size}大了好多 娃穿着像裙子
    孩子{h2} 买{size}大了两圈
    太大了 明年都穿不上
    {size}的袖子长出来一大截`,
  'say.size_large': `
    {noun}买大了
    {size}的大了 <铺上拖地|多出来一大块>
    尺寸偏大 用不了`,
  'say.colour': `
    颜色跟图片<差太多了|完全不一样>
    {colour}怎么<发灰|发黄|发暗>啊
    这叫{colour}?? 色差也太大了
    {noun}颜色不对 图上好看多了
    我买的{colour} 到手跟图片两个色
    色差严重 <能退吗|怎么办>
    自然光下看都不是{colour}
    {colour}收到像洗旧了一样`,
  'say.not_as_described': `
    {noun}跟描述的不一样
    详情页写得那么好 实物就这？
    感觉不值这个价 跟图片差远了
    直播间说的不是这样的
    货不对板啊你们
    买家秀和卖家秀啊
    质感差太多了吧`,
  'say.not_as_described@wear': `
    {noun}比想象的薄太多了
    面料跟页面写的不是一回事吧
    详情页写得那么好 实物就这？
    跟图片差远了 版型也不对
    货不对板啊你们
    直播间主播身上不是这样的`,
  'say.not_as_described@bed': `
    {noun}比想象的薄太多了
    说是纯棉 摸着像化纤
    {noun}跟描述的不一样 硬邦邦的
    跟图片差远了
    详情页写的克重根本没有`,
  'say.not_as_described@digital': `
    {noun}跟详情页写的不一样
    宣传的续航呢 连一半都没有
    页面写支持快充 实际根本不行
    参数虚标吧
    {noun}没有主播说的那个功能`,
  'say.flaw': `
    {noun}<刚拿到就|才用两天>{flaw}
    质量也太差了 {flaw}
    收到发现{flaw} <怎么处理|这怎么办>
    {flaw} 你们不质检的吗
    {noun}{flaw} 我拍照给你看
    打开一看{flaw} 无语
    有瑕疵 {flaw}
    {noun}做工不行啊 {flaw}`,
  'say.malfunction': `
    {noun}坏了 {fault}
    {noun}{fault}
    用了<两天|三天|一周>就{fault}
    刚到手就{fault} 什么情况
    {fault} 是不是坏的啊
    这{noun}{fault} 能换吗
    买了还没<一个月|半个月>呢 {fault}
    你好 {noun}{fault}怎么办`,
  'say.odour': `
    {noun}味道<好大|太大了|刺鼻>
    打开一股<塑料|化学|胶水>味
    这味道<散了三天还有|熏得头疼>
    {noun}有股怪味 不敢用
    异味太重了 家里有小孩
    洗了两遍还是有味`,
  'say.odour@kitchen': `
    {noun}一股塑料味 <不敢用来吃东西|熏得头疼>
    空烧了三次还是有味
    {noun}味道刺鼻 正常吗
    一开机满屋子胶味`,
  'say.damaged': `
    快递到了 {noun}是<碎的|坏的|压扁的>
    包装都烂了 里面{noun}也<磕坏了|裂了>
    收到就是破的
    箱子瘪了一个角 {noun}磕掉一块
    运输摔坏了吧 {noun}没法用
    打开就是破损的 [图片]`,
  'say.damaged@wear|kids|shoes|bed': `
    包装袋破了 {noun}上一道口子
    快递袋烂的 {noun}都脏了
    {noun}被划破了 估计是拆包裹刀划的`,
  'say.missing': `
    少东西 {part}
    {part} 是不是漏发了
    收到了但是{part}
    {noun}{part}呢
    怎么少配件啊 {part}
    包裹里翻遍了 {part}`,
  'say.wrong_item': `
    发错了吧 我买的是{colour}
    你们发错货了
    我拍的不是这个啊
    怎么给我发的别的款
    订单上是{noun} 收到的是啥？
    颜色发错了 我要的{colour}`,
  'say.changed_mind': `
    {noun}不太喜欢 想退
    不想要了 可以退吗
    能七天无理由吗
    我想退货
    收到不合心意 退了吧
    <家里人说不好看|老公说不好看|孩子不喜欢> 想退了
    退货怎么弄
    买重了 家里有了 想退
    {noun}没拆 可以退吗`,
  'say.changed_mind@unshipped': `
    还没发货吧 我不想要了
    帮我取消订单
    不要了 退款
    能退款吗 不想买了
    刚拍的那单不要了
    别发货了 我退款`,
  'say.changed_mind@in_transit': `
    快递在路上的能退吗
    不想要了 帮我拦截一下
    {noun}不要了 能不能把快递叫回来
    还没收到 我想退款
    我申请仅退款了 麻烦通过下`,
  'say.price': `
    刚买就降价{small}块 <什么意思|退差价>
    买完第二天就便宜了 能补差价吗
    昨天买的{yuan} 今天看便宜了{small}
    保价怎么申请
    直播间比我买的便宜{small} 补一下呗
    你们降价也太快了吧
    同一件{noun}隔天少{small}块 心里不舒服`,
  'say.price#enquiry': `
    刚买就降价{small}块 <什么意思|能补差价吗>
    买完没几天就便宜了 能补差价吗
    我买的{yuan} 今天看便宜了{small}
    保价怎么申请
    直播间比我买的便宜{small} 补一下呗
    你们降价也太快了吧
    同一件{noun}便宜{small}块 心里不舒服`,
  'say.price@unshipped': `
    刚拍完就降价了 我退了重新拍
    有优惠券没用上 帮我取消重拍
    别家更便宜 不要了
    直播间便宜{small}块 我退了重买
    怎么比昨天贵 退款吧`,
  'say.price@in_transit': `
    还没收到就降价{small}块 <什么意思|能补吗>
    路上就降价了 补差价不 不补我拒收
    刚发货就便宜{small} 太坑了`,
  'say.duplicate@in_transit': `
    拍错了 已经发货了能拦截吗
    多拍了一件 刚看到发货了
    地址填错了 快递能拦回来吗
    颜色拍错了 快递在路上能退不`,
  'say.duplicate': `
    拍错了 {noun}<尺寸|颜色>选错了
    不小心拍了两单 退一单
    多拍了一件 能退吗
    地址填错了 先退了重新拍
    拍错了帮我取消一下
    手滑多买了 退一个`,
  'say.late@unshipped': `
    怎么还不发货
    {days}天了还没发货
    说好48小时发货 这都几天了
    我的{noun}什么时候发
    今天能发吗 急用
    到底有没有货
    还不发货我退了啊
    {date}拍的 到现在没发`,
  'say.late#refund_only_unshipped': `
    怎么还不发货 不要了 退款
    {days}天了还没发货 退了吧
    说好48小时发货 都几天了 给我退款
    等不及了 取消吧
    还不发货 我不要了
    {date}拍的 到现在没发 退款`,
  'say.late@in_transit': `
    快递怎么不动了
    我的{noun}到哪了
    物流{days}天没更新了
    什么时候能到啊
    催一下快递 等着用呢
    快递卡在{city}{days}天了
    帮我查下到哪了
    急用 能不能快点
    预计昨天到的 还没影`,
  'say.late#reship': `
    等了{days}天还没到 重新发一件吧
    快递卡在{city}不动了 补发一个行不
    物流{days}天没更新 能重发吗`,
  'say.late#refund_only_shipped': `
    物流{days}天没动 不要了 退款吧
    太慢了 不等了 帮我退了
    快递卡在{city}{days}天了 不想要了
    急用的 现在来不及了 退款
    等了{days}天还没到 能退吗`,
  'say.late': `
    {date}买的前天才收到 太慢了
    物流也太慢了 等了{days}天
    说好次日达 结果等了{days}天
    过了时间才到 都用不上了
    超时到的 有赔付吗`,
  'say.lost': `
    快递显示签收了 我没收到啊
    {courier}说送到驿站 驿站说没有
    物流停了{days}天 是不是丢了
    包裹丢了吧 {track}
    查不到快递了 单号{track}
    一直显示派送中 {days}天了
    门口没有 驿站没有 谁签的`,
  'say.lost#reship': `
    快递显示签收了 我没收到啊 能补发吗
    包裹丢了吧 {track} 重新发一个
    物流停了{days}天 丢了就给我补发
    门口没有 驿站没有 重发吧`,
  'say.lost#refund_only_shipped': `
    物流停了{days}天 丢了吧 给我退款
    查不到快递了 单号{track} 退款吧
    显示签收 我没收到 退钱
    {courier}说送到驿站 驿站说没有 我要退款
    一直派送中 {days}天了 不要了 退款`,
  'say.promise': `
    说好的赠品呢
    好评返现怎么没到
    客服答应送的{small}元券没给我
    主播说有赠品 收到没有
    之前说补发 到现在没动静
    你们答应我的退{small}块 一直没到`,
  'say.invoice': `
    发票怎么开
    麻烦开个发票
    要开公司抬头 怎么弄
    电子发票发我邮箱 {mail}
    发票抬头开错了 能重开吗
    订单{order} 开票`,
  angry: `
    这都第几次了
    你们<就这态度|什么售后>啊
    再不处理我投诉了
    真的服了
    会不会解决问题
    我要投诉！
    差评预定了
    12315见
    别跟我说稍等 等一天了
    呵呵`,
  nag: `
    人呢
    ？
    ？？？
    还在吗
    有人回吗
    怎么不说话了
    在？
    回一下啊
    什么情况 没人理
    等了好久了
    到底有没有人
    ...`,
  picture: `
    [图片]
    [图片]
    [图片]
    [视频]
    [图片][图片]
    你看 [图片]
    [图片] 就这样
    拍给你看了`,
  more: `
    第一次在你们家买
    能快点处理吗 着急
    急
    我上班 回得慢
    麻烦啦
    老顾客了 给个说法
    等着用呢`,
  'more.changed_mind|duplicate': `
    第一次在你们家买
    能快点处理吗 着急
    麻烦啦
    不好意思啊
    我上班 回得慢`,
  'more.colour|not_as_described|flaw|malfunction|odour|damaged': `
    看着也挺贵的 质量这样
    之前买过没这问题
    能快点处理吗 着急
    真的挺失望的
    老顾客了 给个说法
    看评论说好才买的
    我上班 回得慢
    麻烦啦`,
  'detail.size_small': `
    {h} {w}斤
    {h}高 {w}斤 平时穿{size}
    身高{h}体重{w} 不胖啊
    别家都是{size}
    {size}的`,
  'detail.size_small@shoes': `
    平时{size}
    脚长{foot} 别家都穿{size}
    脚不宽 正常脚
    就是{size}码`,
  'detail.size_small@kids': `
    {h2} {w2}斤
    身高{h2} {w2}斤
    孩子{age}岁 {h2}`,
  'detail.size_small@bed': `
    1米8的床
    量过了 短一截 [图片]
    床1米5的
    被子是2米2的 套不进去`,
  'detail.size_large': `
    {h} {w}斤
    {w}斤 平时穿{smaller}
    身高{h}`,
  'detail.size_large@shoes': `
    平时穿{smaller}
    脚长{foot}`,
  'detail.size_large@kids': `
    {h2} {w2}斤
    {age}岁 {h2}`,
  'detail.size_large@bed': `
    1米5的床
    量过了 [图片]
    床1米8的`,
  'detail.malfunction': `
    没摔过 没进水
    就正常用啊
    视频发你了 [视频]
    没用几次
    你看视频 [视频]`,
  'detail.malfunction@digital': `
    试过了 没用
    重启过了 还是{fault}
    换了线也不行
    说明书上的都试了
    没摔过 没进水
    视频发你了 [视频]`,
  'detail.malfunction@wear|kids|shoes|bed': `
    就正常用啊
    没洗过几次
    视频发你了 [视频]
    拍了 [图片][图片]
    没用几天`,
  'detail.lost': `
    没有 都问过了
    家里人都说没拿
    驿站老板说没这个件
    {track}
    电话打了没人接
    门卫也没有`,
  'detail.late': `
    订单号{order}
    {order}
    就这个{noun}
    寄{city}的
    一直没更新`,
  'detail.invoice': `
    个人就行
    抬头 {city}市晴天商贸有限公司
    发到{mail}
    订单{order}
    普票就可以`,
  'detail.promise': `
    有聊天记录 [图片]
    主播亲口说的
    截图给你 [图片]
    上次那个客服说的`,
  'detail.price': `
    {date}买的 {yuan}
    截图 [图片]
    订单{order}
    就差一天`,
  'detail.changed_mind': `
    没拆封
    包装都在的
    没用过
    就打开看了一眼
    配件都齐的`,
  'detail.changed_mind@unshipped|in_transit': `
    就是不想要了
    买重了
    家里人不让买
    看错了 不合适`,
  'detail.changed_mind@bed': `
    没拆封
    包装都在的
    没用过 没洗过
    就铺开看了下`,
  'detail.missing|wrong_item|damaged': `
    [图片]
    拍了 [图片][图片]
    图片发你了
    就是这样 [图片]
    昨天才收到
    你自己看 [图片]
    收到就这样`,
  'detail.changed_mind@wear|shoes|kids': `
    没拆封
    吊牌都在
    没穿过 就试了下
    包装都在的`,
  detail: `
    [图片]
    拍了 [图片][图片]
    图片发你了
    就是这样 [图片]
    订单{order}
    没怎么用过
    昨天才收到
    包装还在
    你自己看 [图片]`,
  want_refund: `
    退了吧
    我要退货
    直接退款吧
    退货退款
    不要了 退
    还是退吧
    想好了 退
    算了 退了吧`,
  'want_refund@unshipped': `
    退款吧
    不等了 退
    取消吧
    就是不想要了
    直接退款吧
    别问了 退`,
  'want_refund@in_transit': `
    退款吧
    不等了 退
    不要了 直接退吧
    就是不想要了`,
  want_exchange: `
    那换一个吧
    能换吗
    换一个吧
    帮我换个新的
    换货吧 别再有问题了
    可以 换吧`,
  'want_exchange.size_small': `
    那换{bigger}吧
    换{bigger}
    换大一码的
    {bigger}有货吗 换{bigger}
    行 换{bigger}试试`,
  'want_exchange.size_large': `
    换{smaller}
    换小一码
    {smaller}有货吗 换{smaller}吧
    那就换{smaller}`,
  want_reship: `
    补发吧
    那给我补一个
    补发要几天
    补一下就行
    重新发一件吧`,
  'want_reship.promise': `
    好 那快点发
    补发吧
    补发要几天
    那今天能发吗`,
  want_repair: `
    能修吗
    那修吧
    先修修看
    寄回去修要多久
    修好就行`,
  want_compensation: `
    那补偿多少
    能不能补点
    退我{small}块算了
    多少给点补偿吧
    那便宜点 我就不退了`,
  ask_money: `
    退我{small}块算了
    你们看着办
    多少补点吧
    不想退 补点钱就行
    至少给个说法`,
  accept: `
    行吧
    可以
    好吧 那就这样
    行 就{small}
    ok
    那好吧
    可以的 不退了`,
  'accept.price|promise|late|lost': `
    行吧
    可以
    好吧 那就这样
    行 就{small}
    ok
    那好吧`,
  who_pays: `
    运费谁出
    运费你们出吗
    有运费险吗
    我还要自己贴运费？
    寄回去运费算谁的`,
  'who_pays.colour|not_as_described|flaw|malfunction|odour|wrong_item': `
    运费谁出
    运费你们出吧
    有运费险吗
    我还要自己贴运费？
    寄回去运费算谁的
    <质量问题|你们的问题>凭什么我出运费`,
  ok: `
    好的
    好
    嗯嗯
    知道了
    行
    ok
    收到
    好吧
    哦
    嗯
    好的 谢谢`,
  applied: `
    申请了
    已申请
    提交了 通过一下
    点好了
    申请好了 麻烦同意
    弄好了
    我申请退款了
    原因选的什么无所谓吧 已提交`,
  shipped_back: `
    寄了 {courier} {track}
    {courier}{track}
    已寄出 单号{track}
    快递拿走了
    今天寄的 {track}
    上门取件了
    单号填好了
    寄出了 记得签收`,
  chase: `
    退款怎么还没到
    你们签收了吧 怎么不退款
    显示<签收了|你们收到了> 钱呢
    退货都到了 什么时候退
    还没退？
    {track} 都签收了
    多久到账
    查一下退款到哪一步了`,
  chase_intercept: `
    退款还没到啊
    拦到了没
    快递还在往我这送 怎么回事
    快递打电话让我取件 我要拿吗
    我拒收了 退款吧
    显示退回了 钱呢`,
  chase_parcel: `
    还没到啊
    怎么还不动
    今天能到吗
    物流还是没更新
    到哪了 帮我看下`,
  chase_invoice: `
    发票还没收到啊
    邮箱里没有
    发票开了吗
    下载不了 重发一下`,
  'chase_parcel.lost': `
    找到没有
    快递那边怎么说
    还是没有啊
    又过一天了 到底丢没丢`,
  'chase_parcel@unshipped': `
    还没发货啊
    今天能发吗
    怎么还没单号
    说好发的呢`,
  'chase_intercept.lost': `
    退款还没到啊
    找到没
    到底丢没丢 先退款吧
    快递那边怎么说`,
  chase_new: `
    新的发了吗
    新的单号给我一下
    还没发出来吗
    {days2}天了 怎么还没发
    怎么查不到新单号`,
  'chase_new#reship': `
    补发的发了吗
    单号给我一下
    还没发出来吗
    补的到哪了
    怎么查不到单号`,
  chase_repair: `
    修好了吗
    寄过去几天了 没消息
    修得怎么样了
    还要多久`,
  not_mine: `
    不是我用坏的 别甩锅
    我碰都没碰
    什么叫人为
    有视频为证的
    你们这是推卸责任`,
  back_again: `
    又来了 上次的问题没解决
    怎么给我关了 我还没解决呢
    没处理完啊
    说好今天联系我 人呢
    上次说的还没弄好`,
  chase_again: `
    到底什么时候能弄好
    别再拖了
    给个准话`,
  'back_again#repair': `
    修到哪了 怎么给我关了
    上次的问题没解决
    说好的维修呢
    没处理完啊`,
  'back_again#reship': `
    补发的还没收到
    补发到底发没发
    怎么给我关了 东西还没到呢
    说好补发 没动静了`,
  'back_again#exchange': `
    说好换的 到现在没动静
    怎么给我关了 我还没收到新的
    换货还没弄好呢
    新的到底发没发`,
  'back_again#refund_only_unshipped|refund_only_shipped|return_refund': `
    又来了 上次的问题没解决
    你们说的退款还是没到
    怎么给我关了 我钱还没收到呢
    没处理完啊
    退款到底什么时候到`,
  thanks: `
    谢谢
    好的 谢谢
    谢谢啦
    嗯 谢了
    辛苦了
    好滴 谢谢
    [玫瑰]
    👌
    麻烦你了
    谢谢客服`,
  'thanks#refund_only_unshipped': `
    谢谢
    好的 谢谢
    谢谢啦
    收到了 谢谢
    辛苦了
    嗯 谢了
    退了 谢谢
    👌`,
  address: `
    地址改成 {addr} {name} {phone}
    寄到{addr}，{name}收，电话{phone}
    {name} {phone} {addr}
    还是原地址
    就寄订单上的地址
    新地址：{addr}⏎{name} {phone}
    电话打{phone} 别打那个旧的`,
  account: `
    打我支付宝 {phone} {name}
    卡号{card} {name}
    微信退行吗 {phone}
    支付宝账号{mail}
    要身份证？{id}
    退到原路就行`,
  phone_me: `
    给我打电话 {phone}
    打字说不清 打我电话{phone}
    {phone} 白天打`,
  ask_sending: `
    {noun}今天能发吗
    什么时候发货呀
    可以备注发{courier}吗
    {noun}多久到{city}
    现在拍的哪天发`,
  ask_redirecting: `
    能帮我改下地址吗
    地址写错了 能改不
    收货电话能换一个吗
    能改成送到驿站吗`,
  ask_arrival: `
    {noun}多久到{city}
    大概几号能到
    今天能送到吗
    发的什么快递呀`,
  ask_washing: `
    {noun}能机洗吗
    {noun}怎么洗呀
    {noun}会掉色吗
    这个能<机洗|水洗>吗`,
  ask_handling: `
    {noun}怎么用啊
    说明书找不到了
    {noun}第一次用要注意啥
    有没有使用视频`,
  ask_warranty: `
    {noun}保修多久
    {noun}坏了去哪修
    保修要发票吗
    过了七天坏了怎么办`,
  'ask_washing@shoes': `
    {noun}能机洗吗
    {noun}脏了怎么刷
    能水洗吗
    这个鞋怎么打理`,
  spam: `
    店铺代运营，不成功不收费，加V：dy_test8888
    掌柜你好 需要补单吗 安全稳定
    诚招兼职，日结200-500，在家可做
    低价出快递面单空包 一毛起
    专业做排名 7天上首页 了解下
    您好，我们是品牌孵化中心，可提供贷款 10-50万，当天放款
    老板 直播间人气要不要 真人在线`,
  mail_body: `
    你好，⏎我在贵店购买的{noun}（订单号 {order}）{problem}。⏎请尽快给出处理方案。⏎{name} {phone}
    客服您好：⏎    {date}下单的{noun}，{problem}，附件有照片。希望{wish}。⏎⏎{name}⏎{mail}
    Hi, 订单{order}，商品"{noun}"{problem}, 多次联系未果, 请回复。⏎{name}`,
  'mail_body#enquiry': `
    你好，⏎我在贵店购买的{noun}（订单号 {order}）{problem}，请问应该怎么处理？⏎{name} {phone}
    客服您好：⏎    {date}下单的{noun}，{problem}，想咨询一下。⏎⏎{name}⏎{mail}
    Hi, 订单{order}，商品"{noun}"{problem}, 请问怎么办？⏎{name}`,
  mail_reply: `
    好的，谢谢。
    收到，已按要求提交申请。
    请尽快，谢谢！⏎{name}
    已提交，麻烦审核一下。`,
  mail_nag: `
    你好，⏎上封邮件一直没有回复，请尽快处理。⏎{name}
    请问有人看邮件吗？订单{order}，等待回复。
    订单{order}的问题还没有人联系我，请回复。⏎{name} {phone}`,
  mail_again: `
    你好，⏎订单{order}的问题还没有解决，请继续处理。⏎{name}
    之前的邮件说已登记，到现在没有人联系我。⏎{name} {phone}`,
  'mail_reply#enquiry|complaint|reship': `
    好的，谢谢。
    收到，等你们回复。
    请尽快，谢谢！⏎{name}`,
  form_body: `
    商品：{noun}，问题：{problem}，期望：{wish}，联系人{name}，电话{phone}
    {problem}，请处理。联系电话 {phone}
    问题描述：{problem}⏎联系方式：{phone}⏎地址：{addr}
    {noun}{problem}`,
  call_open: `
    （来电）你好，我买的那个{noun}，{problem}，这个怎么处理？
    （来电）喂，你好，我在你们店买的{noun}，{problem}。
    （来电）我{date}在你们店买了{noun}，{problem}，在线半天没人理我。`,
  call_more: `
    （来电）我的手机号是{phone}，你查一下。
    （来电）对，订单是用我家人手机下的。
    （来电）订单尾号我报给你，等一下啊。
    （来电）前天就打过一次了，没人管。
    （来电）对，就是这个{noun}。`,
  call_end: `
    （来电）行，那你们尽快。
    （来电）上次那个人也是这么说的。
    （来电）好，谢谢啊。
    （来电）好，那我等你们消息。`,
  call_again: `
    （来电）我前两天打过电话的，{noun}的事还没处理好。
    （来电）上次说给我登记了，到现在没消息啊。
    （来电）怎么给我结了？我那个{noun}的问题还没解决。`,
};
