import type { Locale } from '#lib/i18n/locale.ts';

/** What the starter configuration explains, one entry a section. */
export interface Comments {
  top: string;
  timezone: string;
  dataDir: string;
  brands: string;
  brandName: string;
  vendors: string;
  vendorName: string;
  calendars: string;
  sources: string;
  perSource: string;
  postgres: string;
  contracts: string;
  reasons: string;
  web: string;
  signIn: string;
  mail: string;
  reasonNames: readonly [size: string, quality: string, notAsDescribed: string, late: string, changedMind: string];
}

export const comments: Record<Locale, Comments> = {
  'zh-CN': {
    top: `Aftersight 配置
改好以后：npx aftersight check 看字段怎样对应，npx aftersight run 加载并计算。
想先看看效果：npx aftersight demo 用生成的样例跑一遍。
密码不要写在这里：任何文本都可以写 \${变量名}，从环境变量读取。`,
    timezone: '没有时区的时间按这里理解，日、周、月也按它划分',
    dataDir: '数据和结果存放的位置，相对于本文件',
    brands: '品牌。id 就是数据里 brand_id 的写法；没有登记的品牌，那一行会被隔离，不会丢失。',
    brandName: '我的品牌',
    vendors: '客服团队或服务商，id 对应数据里的 vendor_id。不写 calendar 就是全天营业。',
    vendorName: '自有客服',
    calendars: `营业时间，用于按营业时间计时的指标。结束早于开始表示跨过零点，如 "13:00-02:00"。
holidays: cn 是中国法定节假日（含调休），也可以写日期列表。`,
    sources: `来源：把导出的文件放进 inbox 文件夹，文件名以表名开头，例如 tickets-10月.csv、refunds.xlsx。
支持 csv、tsv、json、xlsx、xls、parquet，可以是 gz 或 zip；中文编码 UTF-8、GB18030 都行。
kind: files 表示列名已经是标准字段，各表有哪些列见 inbox/README.md。列名不同的，在本文件旁边建一个
文件夹写 SQL，把文件夹名写在 kind。`,
    perSource: '文件里没有品牌、服务商、平台这几列时，用这里的值',
    postgres: 'PostgreSQL：整表或一条查询；有 watermark 时每晚只取新的行。',
    contracts: '合同：从哪天起、各指标的目标。时限和计时方式会改变指标的计算，没有合同时用默认值。',
    reasons: '原因标签。数据里的写法按 id、名称、同义词匹配；客服、买家、仓库的原因都用这一套。',
    web: `给别人用：TLS 在反向代理上，这里写浏览器里的地址，以及代理用哪个请求头告诉来访地址（hops：前面有几层代理）。
代理要覆盖或追加这个请求头，端口只让代理访问。然后 npx aftersight serve --host 0.0.0.0`,
    signIn: `统一登录（OpenID Connect）。在登录服务那边登记回调地址 <public_url>/sign-in/oidc/callback。
只有已开通或已邀请的邮箱能登录；new_accounts 让这些域名的邮箱第一次登录时自动开通。`,
    mail: '发邮件：找回密码、邀请。不写就由管理员转交链接。',
    reasonNames: ['尺码不符', '质量问题', '描述不符', '物流延误', '不想要了'],
  },
  'zh-TW': {
    top: `Aftersight 設定
改好以後：npx aftersight check 看欄位怎樣對應，npx aftersight run 載入並計算。
想先看看效果：npx aftersight demo 用產生的範例跑一遍。
密碼不要寫在這裡：任何文字都可以寫 \${變數名}，從環境變數讀取。`,
    timezone: '沒有時區的時間按這裡理解，日、週、月也按它劃分',
    dataDir: '資料和結果存放的位置，相對於本檔案',
    brands: '品牌。id 就是資料裡 brand_id 的寫法；沒有登記的品牌，那一列會被隔離，不會遺失。',
    brandName: '我的品牌',
    vendors: '客服團隊或服務商，id 對應資料裡的 vendor_id。不寫 calendar 就是全天營業。',
    vendorName: '自有客服',
    calendars: `營業時間，用於按營業時間計時的指標。結束早於開始表示跨過零點，如 "13:00-02:00"。
holidays: cn 是中國法定節假日（含調休），也可以寫日期列表。`,
    sources: `來源：把匯出的檔案放進 inbox 資料夾，檔名以表名開頭，例如 tickets-10月.csv、refunds.xlsx。
支援 csv、tsv、json、xlsx、xls、parquet，可以是 gz 或 zip；編碼 UTF-8、GB18030 都行。
kind: files 表示欄名已經是標準欄位，各表有哪些欄見 inbox/README.md。欄名不同的，在本檔案旁邊建一個
資料夾寫 SQL，把資料夾名寫在 kind。`,
    perSource: '檔案裡沒有品牌、服務商、平台這幾欄時，用這裡的值',
    postgres: 'PostgreSQL：整表或一條查詢；有 watermark 時每晚只取新的列。',
    contracts: '合約：從哪天起、各指標的目標。時限和計時方式會改變指標的計算，沒有合約時用預設值。',
    reasons: '原因標籤。資料裡的寫法按 id、名稱、同義詞比對；客服、買家、倉庫的原因都用這一套。',
    web: `給別人用：TLS 在反向代理上，這裡寫瀏覽器裡的位址，以及代理用哪個請求標頭告訴來訪位址（hops：前面有幾層代理）。
代理要覆蓋或附加這個標頭，連接埠只讓代理存取。然後 npx aftersight serve --host 0.0.0.0`,
    signIn: `統一登入（OpenID Connect）。在登入服務那邊登記回呼位址 <public_url>/sign-in/oidc/callback。
只有已開通或已邀請的電子郵件能登入；new_accounts 讓這些網域的電子郵件第一次登入時自動開通。`,
    mail: '寄郵件：找回密碼、邀請。不寫就由管理員轉交連結。',
    reasonNames: ['尺碼不符', '品質問題', '描述不符', '物流延誤', '不想要了'],
  },
  en: {
    top: `Aftersight configuration
When it says what you want: npx aftersight check shows how columns map, npx aftersight run loads and computes.
To see it at work first: npx aftersight demo runs a generated sample.
No passwords here: any text may say \${NAME}, which is read from the environment.`,
    timezone: 'of instants without an offset, and of days, weeks and months',
    dataDir: 'where data and results are kept, relative to this file',
    brands:
      'Brands. The id is what brand_id says in the data; rows of a brand that is not here go to quarantine, none is lost.',
    brandName: 'My brand',
    vendors: 'Teams or outside vendors, by the vendor_id of the data. Without a calendar always open.',
    vendorName: 'In-house team',
    calendars: `Opening hours, for KPIs counted in business time. An end before the start is past midnight, as in "13:00-02:00".
holidays: cn knows China's public holidays and make-up workdays; or give a list of dates.`,
    sources: `Sources: put exports into the folder inbox, their names beginning with the table, as in tickets-october.csv or refunds.xlsx.
csv, tsv, json, xlsx, xls and parquet will do, also as gz or zip, in UTF-8 or GB18030.
kind: files means that columns carry the canonical names; inbox/README.md lists them. For other names write a folder of SQL
beside this file and give its name as kind.`,
    perSource: 'for rows whose file does not say brand, vendor or platform',
    postgres: 'PostgreSQL: a table or a query; with a watermark only new rows are read each night.',
    contracts:
      'Contracts: targets from a day on. Limit and clock of a target change how its KPI is computed; without one it has its defaults.',
    reasons:
      'Reasons. What the data says is matched by id, name and synonyms; agents, buyers and warehouses share the list.',
    web: `For others: TLS ends in a proxy; here stand the address in browsers, and the header by which the proxy tells where a
request comes from (hops: how many proxies stand in front). It must set or append that header, and nobody else may reach the port.
Then npx aftersight serve --host 0.0.0.0`,
    signIn: `Sign-in at an OpenID Connect provider, which must know <public_url>/sign-in/oidc/callback as where to come back to.
Only addresses with an account or an invitation get in; new_accounts opens accounts for addresses of these domains.`,
    mail: 'Mail: forgotten passwords and invitations. Without it an administrator passes links on.',
    reasonNames: ['Size', 'Quality', 'Not as described', 'Late delivery', 'Changed mind'],
  },
};
