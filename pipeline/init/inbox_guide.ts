import type { Locale } from '#lib/i18n/locale.ts';
import { canonicalTables, type CanonicalTable } from '../build/adapters.ts';
import { columnsOfCanonical } from '../build/canonical.ts';
import { requiredColumns } from '../check/required.ts';

interface Guide {
  title: string;
  intro: string;
  required: string;
  optional: string;
  tables: Record<CanonicalTable, string>;
  values: readonly string[];
  example: string;
}

const guides: Record<Locale, Guide> = {
  'zh-CN': {
    title: '把导出文件放在这里',
    intro:
      '文件名以表名开头，例如 tickets-2026-10.csv；一张表可以有多个文件，重复的行按 id 取最新。至少要有 tickets，messages 决定响应类指标，refunds 决定退款类指标。',
    required: '必填',
    optional: '可选',
    tables: {
      tickets: '工单，一行一单',
      messages: '会话消息，一行一条',
      events: '工单事件，一行一次',
      refunds: '退款单，一行一单',
      sales: '销量，一行一天一个商品',
      products: '商品，一行一个 SKU',
    },
    values: [
      'status：open 处理中、pending 等待、solved 已解决、closed 已关闭',
      'sender：customer 买家、agent 客服、bot 机器人、system 系统、brand 品牌方、platform 平台',
      'kind：open pending solved closed reopened assigned transferred escalated_to_brand solution_offered platform_intervened platform_judged 等',
      'request_type：refund_only_unshipped 未发货仅退款、refund_only_shipped 已发货仅退款、return_refund 退货退款、exchange 换货、reship 补发、repair 维修、complaint 投诉维权、enquiry 咨询',
      '时间：2026-10-01 09:30:00 这样的写法，或带时区的 ISO 8601；金额：整数，单位分',
    ],
    example: '例子',
  },
  'zh-TW': {
    title: '把匯出檔放在這裡',
    intro:
      '檔名以表名開頭，例如 tickets-2026-10.csv；一張表可以有多個檔案，重複的列按 id 取最新。至少要有 tickets，messages 決定回應類指標，refunds 決定退款類指標。',
    required: '必填',
    optional: '選填',
    tables: {
      tickets: '工單，一列一單',
      messages: '對話訊息，一列一則',
      events: '工單事件，一列一次',
      refunds: '退款單，一列一單',
      sales: '銷量，一列一天一個商品',
      products: '商品，一列一個 SKU',
    },
    values: [
      'status：open 處理中、pending 等待、solved 已解決、closed 已關閉',
      'sender：customer 買家、agent 客服、bot 機器人、system 系統、brand 品牌方、platform 平台',
      'kind：open pending solved closed reopened assigned transferred escalated_to_brand solution_offered platform_intervened platform_judged 等',
      'request_type：refund_only_unshipped 未發貨僅退款、refund_only_shipped 已發貨僅退款、return_refund 退貨退款、exchange 換貨、reship 補寄、repair 維修、complaint 投訴維權、enquiry 諮詢',
      '時間：2026-10-01 09:30:00 這樣的寫法，或帶時區的 ISO 8601；金額：整數，單位分',
    ],
    example: '例子',
  },
  en: {
    title: 'Put your exports here',
    intro:
      'A name begins with its table, as in tickets-2026-10.csv; a table may have many files, and of rows with one id the latest counts. Tickets are needed; messages make the response KPIs, refunds the refund KPIs.',
    required: 'required',
    optional: 'optional',
    tables: {
      tickets: 'one row per ticket',
      messages: 'one row per message',
      events: 'one row per event of a ticket',
      refunds: 'one row per refund',
      sales: 'one row per day and product',
      products: 'one row per SKU',
    },
    values: [
      'status: open, pending, solved, closed',
      'sender: customer, agent, bot, system, brand, platform',
      'kind: open pending solved closed reopened assigned transferred escalated_to_brand solution_offered platform_intervened platform_judged and others',
      'request_type: refund_only_unshipped, refund_only_shipped, return_refund, exchange, reship, repair, complaint, enquiry',
      'instants: as in 2026-10-01 09:30:00, or ISO 8601 with offset; money: integers in minor units',
    ],
    example: 'Example',
  },
};

const example = `tickets.csv
ticket_id,platform,order_id,request_type,opened_at,closed_at,status
10001,tmall,88001,return_refund,2026-10-01 09:30:00,2026-10-02 11:00:00,closed

messages.csv
message_id,ticket_id,sent_at,sender,agent_id,body
1,10001,2026-10-01 09:30:00,customer,,衣服尺码不对，想退
2,10001,2026-10-01 09:31:10,agent,a01,您好，可以为您办理退货

refunds.csv
refund_id,ticket_id,order_id,request_type,applied_at,refunded_at,amount_refunded_minor,reason_buyer
R1,10001,88001,return_refund,2026-10-01 09:35:00,2026-10-05 16:00:00,12900,尺码不对`;

/** Writes the guide that lies in the inbox: each table's columns, the words that are allowed, an example. */
export function inboxGuide(locale: Locale): string {
  const guide = guides[locale];
  const tables = canonicalTables.flatMap((table) => {
    const required = requiredColumns[table].filter((column) => column !== 'brand_id');
    const optional = columnsOfCanonical(table).filter((column) => !required.includes(column));
    return [
      `## ${table}: ${guide.tables[table]}`,
      '',
      `- ${guide.required}: ${code(required)}`,
      `- ${guide.optional}: ${code(optional)}`,
      '',
    ];
  });
  const values = guide.values.map((line) => `- ${line}`);
  return [
    `# ${guide.title}`,
    '',
    guide.intro,
    '',
    ...tables,
    ...values,
    '',
    `## ${guide.example}`,
    '',
    '```',
    example,
    '```',
    '',
  ].join('\n');
}

function code(columns: readonly string[]): string {
  return columns.map((column) => `\`${column}\``).join(' ');
}
