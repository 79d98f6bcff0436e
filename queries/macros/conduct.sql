-- One macro per thing a message may show; patterns are constants, so that they are compiled once. What may stand between two words ends with the sentence.

create or replace macro conduct.greets(body) as regexp_matches(
    body,
    '您好|你好|在的|在呢|在哦|欢迎|为您服务|很高兴|(?:早上|上午|中午|下午|晚上|早安|晚安)好?|^(?i:hi|hello)\b'
);

create or replace macro conduct.says_goodbye(body) as regexp_matches(
    body,
    '祝[您你]|生活愉快|再见|拜拜|(?:感谢|谢谢)(?:您的?|亲)?的?(?:理解|支持|来电|光临|惠顾|咨询|配合|耐心)|有(?:任何|什么|其他)?(?:问题|需要|疑问)[^。！？!?\n]{0,8}(?:随时|再联系|联系我|找我|咨询)|随时(?:联系|找我|咨询|为您)|还有(?:什么|其他|别的)|期待[^。！？!?\n]{0,6}(?:光临|下次|再次)|欢迎(?:您)?(?:下次|再次)|本次服务[^。！？!?\n]{0,6}评|方便的话[^。！？!?\n]{0,6}评'
);

create or replace macro conduct.asks_order(body) as regexp_matches(body, '订单(?:号|编号|截图)|哪个订单|哪[一]?[笔单]|单号发');

create or replace macro conduct.asks_evidence(body) as
    regexp_matches(body, '图片|照片|截图|发[个张下]?图|有图|实物图|视频|拍[照图个张下一]|拍[^。！？!?\n]{0,8}(?:给我|看看|看下)');

create or replace macro conduct.asks_outcome(body) as
    regexp_matches(body, '怎么(?:处理|解决|办)|诉求|[退换补修][^。！？!?\n]{0,8}还是|还是[^。！？!?\n]{0,4}[退换补修]|您看|可以吗|行吗|您(?:想|希望)');

create or replace macro conduct.shows_evidence(body, content_type) as
    content_type in ('image', 'video') or regexp_matches(body, '\[(?:图片|视频)|【(?:图片|视频)|附件|\.(?i:jpe?g|png|mp4)');

-- 没坏, 不破: a word against it just before.
create or replace macro conduct.reports_fault(body) as regexp_matches(
    body,
    '(?:^|[^没不有]|(?:^|[^没])有)(?:坏|破|碎|裂|烂|瘪|瑕疵|色差|故障|磕|划痕|划破|开线|开胶|脱线|线头|掉色|褪色|起球|脱胶|掉漆|断了|断裂|漏水|漏电|漏气|发烫|鼓包|变形|污渍|异响|卡住)|漏发|漏装|少发|少件|少东西|少了|少配件|缺了|没有?(?:配|带|送)|发错|错发|错货|别的款|不是这个|收到的是|异味|怪味|[臭霉腥]|味道|[学胶料]味|有味|烫手|不保温|没反应|不亮了?|充不[进上]|开不了机|连不上|没声音|失灵|不制热|不加热|质量|做工|质感|虚标|[跟与和]描述|描述不|详情页|主播说|不是这样|页面写|宣传的|[跟和]图片|图上|颜色(?:跟|和|与|怎么|不对|差|发)|发[灰黄暗]|不一样|不是一回事|货不对板|买家秀|摸着像|比想象的|像洗旧'
);

create or replace macro conduct.says_outcome(body) as regexp_matches(body, '退|换|补|修|赔|取消|不要了|拦');

create or replace macro conduct.says_order(body) as regexp_matches(body, '\d{12}');

create or replace macro conduct.tells_address(body) as contains(body, '地址') and regexp_matches(
    body,
    '(?:退货|寄回|退换|售后|收货|收件|维修)地址(?:发您|给您)?\s*[:：是为]\s*[^稍晚等自在\s]|地址(?:发您|给您|如下|是)?\s*[:：]\s*[^稍晚等自在\s]|地址 ?［地址］|(?:寄到|寄往|寄至|发到)\s*［地址］|［地址］[^\n]{0,16}(?:收|仓|部|组|400)'
) or regexp_matches(body, '[省市区县][一-龥0-9A-Za-z]{2,24}(?:仓|库|售后部|退货组|维修部)[^\n]{0,16}(?:收|400|寄|$)|寄[到往至][^，。\n]{0,30}(?:仓|库|部|组|号)');

-- What promises, personal data and addresses have in common with few other messages: only these are read word by word.
create or replace macro conduct.watched_words() as
    '\d ?个?(?:小时|分钟|工作日|[天日][之以]?[内前])|[半一二两三四五六七八九十] ?个?(?:小时|分钟|工作日|[天日][之以]?[内前])|今[天日晚]|明[天日早晚]|后天|最[晚迟]|身份证|证件号|银行卡|卡号|密码|验证码|校验码|安全码|［|地址|仓|售后部|退货组|维修[部组]';

create or replace macro conduct.may_promise(body) as
    regexp_matches(body, '[\d半一二两三四五六七八九十] ?个?(?:小时|分钟|钟头|天|日|工作日)[^\n]{0,2}[内前]|今[天日晚]|明[天日早晚]|后天');

create or replace macro conduct.may_be_personal(body) as
    regexp_matches(body, '身份证|证件号|银行卡|卡号|密码|验证码|校验码|安全码|［(?:手机号|座机号|姓名|邮箱|证件号|银行卡号)］');

create or replace macro conduct.personal_nouns() as
    '(?:身份证(?:号码?|正反面|照片|复印件)?|证件号码?|银行卡(?:号码?|照片)|卡号|(?:支付|登录|交易|银行卡)?密码|验证码|校验码|安全码|(?i:cvv))';

-- 请勿透露验证码, 不会问您密码: a warning asks for nothing. What remains of it is judged.
create or replace macro conduct.without_warnings(body) as regexp_replace(
    body,
    '(?:不要|请勿|切勿|勿|别|不会|不能|无需|不用|不需要|不必|从不|绝不|谨防|凡是|如有人?|若有人?)[^。！？!?\n]{0,24}' || conduct.personal_nouns() || '[^。！？!?\n]*',
    '', 'g'
);

create or replace macro conduct.either(found) as nullif(found.before || found.after, '');

create or replace macro conduct.asked_for(body) as conduct.either(regexp_extract(
    conduct.without_warnings(body),
    '(?:提供|发|告诉|告知|报|说|输入|填|需要|要|麻烦|核对|核实)[^。！？!?，,\n]{0,10}?(' || conduct.personal_nouns() || ')|(' || conduct.personal_nouns()
        || ')[^。！？!?，,\n]{0,8}(?:发[我给过下一来]|报|告诉我|告知|提供|给我|是多少|多少|念)',
    ['before', 'after']
));

-- A buyer's data read out; where to send goods back, and whom to ask about a parcel, is none of it.
create or replace macro conduct.exposed(body) as coalesce(
    nullif(regexp_extract(body, '［(?:证件号|银行卡号)］', 0), ''),
    case when not regexp_matches(body, '退货|寄回|售后[部组仓]|维修[部组]|仓库?[^，。\n]{0,8}(?:收|［)|快递|派件|派送|网点|驿站|师傅|客服(?:电话|热线|邮箱)|我们的')
        then nullif(regexp_extract(body, '［(?:手机号|座机号|姓名|邮箱)］', 0), '') end
);

-- 24小时内, 2个工作日内, 今天内; number, unit and day of the first that is followed or preceded by what is promised.
create or replace macro conduct.limit() as
    '((\d{1,3}|半|[一二两三四五六七八九十]{1,3}) ?个?(分钟|小时|钟头|天|日|工作日)(?:之内|以内|内|之前|以前|前)|(?:最晚|最迟)?(今[天日晚]|明[天日早晚]|后天)(?:之内|以内|内|之前|以前|前)?)';

create or replace macro conduct.answers() as '(?:回复|答复|反馈|告知|通知您|给您结果|有结果|处理|解决|核实|办)';

create or replace macro conduct.pays() as '(?:退款|退您|退给|给您退|退回|到账|打款|转给您|赔付)';

-- A limit that begins with something else (签收后), is the buyer's (请在), an estimate (一般), or of what was not done (未回复) is no promise.
create or replace macro conduct.without_terms(body) as regexp_replace(
    body,
    '(?:(?:签收|收到|收货|到货|入库|质检|寄出|寄回|发货|发出|审核|通过|确认|上班|检测|退回)[^，。！？!?\n]{0,6}后[^，。！？!?\n]{0,6}|(?:请|麻烦)(?:您|亲)?(?:尽快|务必|记得)?[在于]?|(?:一般|通常|预计|大概|大约|平均|超过?|逾期?)[^，。！？!?\n]{0,6})'
        || conduct.limit() || '|' || conduct.limit() || '[^，。！？!?\n]{0,4}(?:未|没|不|寄|提交|申请)',
    '', 'g'
);

create or replace macro conduct.promised(body, what) as regexp_extract(
    conduct.without_terms(body),
    conduct.limit() || '[^。！？!?，,\n]{0,10}?' || what,
    ['words', 'number', 'unit', 'day']
);

create or replace macro conduct.number(given) as
    case
        when regexp_full_match(given, '\d+') then try_cast(given as double)
        when given = '半' then 0.5
        when given = '十' then 10
        when len(given) = 1 then instr('一二三四五六七八九', replace(given, '两', '二'))
        when given[1] = '十' then 10 + instr('一二三四五六七八九', given[2])
        when given[2] = '十' then 10 * instr('一二三四五六七八九', replace(given[1], '两', '二')) + if(len(given) = 3, instr('一二三四五六七八九', given[3]), 0)
    end;
