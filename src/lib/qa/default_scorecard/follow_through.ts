import type { Section } from '../scorecard.ts';
import { localized, named } from './localized.ts';

export const followThrough: Section = {
  ...named('follow_through', '时效与闭环', '時效與閉環', 'Follow-through'),
  criteria: [
    {
      ...named('timeliness', '时效守住', '時效守住', 'Timeliness kept'),
      guidance: localized(
        '以工单上的两个时钟为准。紧急 2 小时内给方向，一般 8 小时内给路径，咨询 24 小时内解答。转接要写清已做什么、还差什么，跟进人不变。',
        '以工單上的兩個時鐘為準。緊急 2 小時內給方向，一般 8 小時內給路徑，諮詢 24 小時內解答。轉接要寫清已做什麼、還差什麼，跟進人不變。',
        'By the two clocks of the case: urgent, a direction within 2 h; normal, a path within 8 h; enquiry, an answer within 24 h. A transfer says what was done and what is missing, and the owner stays.',
      ),
      weight: 10,
      scale: {
        kind: 'deduct',
        deductions: [
          { ...named('late_reply', '回复超时', '回覆逾時', 'Late reply'), points: 20, cap: 60 },
          { ...named('solution_late', '方案超时', '方案逾時', 'Late solution'), points: 40, cap: 40 },
          {
            ...named('appointment_missed', '约好的时间没联系', '約好的時間沒聯絡', 'Missed appointment'),
            points: 30,
            cap: 60,
          },
          { ...named('passed_on', '没交代就转接', '沒交代就轉接', 'Passed on without a word'), points: 20, cap: 40 },
        ],
      },
      allowsNotApplicable: false,
      critical: null,
      rootCauses: [
        named('understaffed', '排班不足', '排班不足', 'Too few agents on shift'),
        named('forgotten', '忘了跟进', '忘了跟進', 'Forgotten'),
        named(
          'waiting_inside',
          '等仓库、财务或品牌方',
          '等倉庫、財務或品牌方',
          'Waiting for warehouse, finance or brand',
        ),
        named('system_down', '系统故障', '系統故障', 'System failure'),
      ],
    },
    {
      ...named('closure_record', '闭环与记录', '閉環與記錄', 'Closure and record'),
      guidance: localized(
        '退款到账、补发签收后回访确认；原因标签、方案、买家反馈都记下来，高频问题才追得到源头。还没办完的单选“不适用”。',
        '退款入帳、補發簽收後回訪確認；原因標籤、方案、買家回饋都記下來，高頻問題才追得到源頭。還沒辦完的單選「不適用」。',
        'The result was confirmed (refund arrived, parcel received); reason tag, solution and the buyer’s feedback are on record, so that frequent problems reach their source. Not applicable while the case is open.',
      ),
      weight: 10,
      scale: {
        kind: 'points',
        levels: [
          localized('没办完就关单，或没有记录', '沒辦完就結案，或沒有記錄', 'Closed unfinished, or no record'),
          localized('办完了，标签或记录不全', '辦完了，標籤或記錄不全', 'Finished, tag or record incomplete'),
          localized('确认过结果，标签和记录完整', '確認過結果，標籤與記錄完整', 'Result confirmed, record complete'),
        ],
      },
      allowsNotApplicable: true,
      critical: null,
      rootCauses: [
        named('tag_missing', '没打原因标签', '沒打原因標籤', 'No reason tag'),
        named('note_missing', '没写处理记录', '沒寫處理記錄', 'No note'),
        named('result_unconfirmed', '没确认结果', '沒確認結果', 'Result not confirmed'),
        named('closed_early', '提前关单', '提前結案', 'Closed early'),
      ],
    },
  ],
};
