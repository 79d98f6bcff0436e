import type { Section } from '../scorecard.ts';
import { localized, named } from './localized.ts';

export const intake: Section = {
  ...named('intake', '受理', '受理', 'Intake'),
  criteria: [
    {
      ...named('intake_complete', '信息收集完整', '資訊收集完整', 'Intake complete'),
      guidance: localized(
        '该问的一次问清：订单号、问题描述、照片或视频、买家想要的处理方式。系统里已有的不必再问；没收集、但本单用不到的不扣分。',
        '該問的一次問清：訂單編號、問題描述、照片或影片、買家想要的處理方式。系統裡已有的不必再問；沒收集、但本單用不到的不扣分。',
        'Asked once and completely: order number, what is wrong, photo or video, wanted outcome. What the system already shows need not be asked; nothing is deducted for what this case does not need.',
      ),
      weight: 10,
      scale: {
        kind: 'deduct',
        deductions: [
          { ...named('order_number', '缺订单号', '缺訂單編號', 'Order number missing'), points: 25, cap: 25 },
          { ...named('description', '问题描述不清', '問題描述不清', 'Problem not described'), points: 25, cap: 25 },
          { ...named('evidence', '缺照片或视频', '缺照片或影片', 'Photo or video missing'), points: 25, cap: 25 },
          {
            ...named('wanted_outcome', '没问买家想怎么处理', '沒問買家想怎麼處理', 'Wanted outcome not asked'),
            points: 25,
            cap: 25,
          },
          {
            ...named(
              'asked_again',
              '让买家重复提供已有信息',
              '讓買家重複提供已有資訊',
              'Asked again for what was known',
            ),
            points: 20,
            cap: 40,
          },
        ],
      },
      allowsNotApplicable: false,
      critical: null,
      rootCauses: [
        named('checklist_unused', '没按收集清单问', '沒按收集清單問', 'Checklist not used'),
        named('order_not_linked', '没关联订单', '沒關聯訂單', 'Order not linked'),
        named('not_read', '没看完前面的对话', '沒看完前面的對話', 'Earlier messages not read'),
      ],
    },
  ],
};
