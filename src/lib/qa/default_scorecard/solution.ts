import { requestTypes } from '#lib/metrics/case_fields.ts';
import type { Section } from '../scorecard.ts';
import { localized, named } from './localized.ts';

export const solution: Section = {
  ...named('solution', '专业与方案', '專業與方案', 'Expertise and solution'),
  criteria: [
    {
      ...named('rule_correct', '规则引用正确', '規則引用正確', 'Rule correct'),
      guidance: localized(
        '三包、7 天无理由退货、《消费者权益保护法》《电子商务法》和平台规则；运费由谁承担也算。本单没有用到规则的，选“不适用”。',
        '三包、7 天無理由退貨、《消費者權益保護法》《電子商務法》與平台規則；運費由誰承擔也算。本單沒有用到規則的，選「不適用」。',
        'Warranty rules (三包), 7-day no-reason returns, the Consumer Rights and E-commerce Laws and the platform’s rules; who pays freight is one of them. Not applicable where no rule was needed.',
      ),
      weight: 20,
      scale: {
        kind: 'points',
        levels: [
          localized(
            '规则说错，或漏了关键条件，影响处理结果',
            '規則說錯，或漏了關鍵條件，影響處理結果',
            'Wrong, or a decisive condition left out',
          ),
          localized('结论正确，依据没讲清楚', '結論正確，依據沒講清楚', 'Right outcome, grounds unclear'),
          localized(
            '依据准确，买家听得懂',
            '依據準確，買家聽得懂',
            'Right, and explained so that the buyer understands',
          ),
        ],
      },
      allowsNotApplicable: true,
      critical: null,
      rootCauses: [
        named('rule_unknown', '不熟悉规则', '不熟悉規則', 'Rule not known'),
        named('rule_outdated', '用了旧规则', '用了舊規則', 'Outdated rule'),
        named('other_platform', '混用了别的平台的规则', '混用了別的平台的規則', 'Rule of another platform'),
        named('knowledge_base', '知识库写错', '知識庫寫錯', 'Knowledge base wrong'),
      ],
    },
    {
      ...named('solution_fit', '方案合适并有备选', '方案合適並有備選', 'Solution fits, alternative offered'),
      guidance: localized(
        '方案对应买家的问题和凭证，在客服权限内用足。先肯定诉求，再说明规则，再给备选（补偿、换货、维修、退货包运费、直接退款）。',
        '方案對應買家的問題與憑證，在客服權限內用足。先肯定訴求，再說明規則，再給備選（補償、換貨、維修、退貨包運費、直接退款）。',
        'The solution answers the problem and its evidence and uses what the agent may grant: affirm, explain the rule, offer an alternative (compensation, exchange, repair, return with freight paid, refund).',
      ),
      weight: 20,
      scale: {
        kind: 'points',
        levels: [
          localized('没有方案，或与问题不符', '沒有方案，或與問題不符', 'None, or beside the problem'),
          localized(
            '方案对路，但没有备选也没说理由',
            '方案對路，但沒有備選也沒說理由',
            'Fits, no alternative, no reason',
          ),
          localized(
            '方案合适，买家不接受时给出备选',
            '方案合適，買家不接受時給出備選',
            'Fits, alternative when refused',
          ),
          localized(
            '主动给出备选，顾及买家的实际损失',
            '主動給出備選，顧及買家的實際損失',
            'Alternatives offered unasked',
          ),
        ],
      },
      allowsNotApplicable: false,
      critical: null,
      rootCauses: [
        named('no_alternative', '没有备选方案', '沒有備選方案', 'No alternative'),
        named('authority_unclear', '不清楚自己的权限', '不清楚自己的權限', 'Authority unclear'),
        named('evidence_ignored', '没看凭证', '沒看憑證', 'Evidence ignored'),
        named('cost_only', '只顾成本', '只顧成本', 'Only cost considered'),
      ],
      appliesWhen: { request_type: requestTypes.filter((type) => type !== 'enquiry') },
    },
  ],
};
