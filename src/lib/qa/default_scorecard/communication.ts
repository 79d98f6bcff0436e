import type { Section } from '../scorecard.ts';
import { localized, named } from './localized.ts';

export const communication: Section = {
  ...named('communication', '沟通', '溝通', 'Communication'),
  criteria: [
    {
      ...named('empathy_tone', '共情与语气', '同理心與語氣', 'Empathy and tone'),
      guidance: localized(
        '用积极的说法（“我理解您的心情”），不说“这不是我们的问题”。买家自己选错尺码，也不指责。能预判买家接下来要问什么，主动说明。',
        '用正面的說法（「我理解您的心情」），不說「這不是我們的問題」。買家自己選錯尺寸，也不指責。能預判買家接下來要問什麼，主動說明。',
        'Positive wording (“I understand…”), never “that’s not our problem”; no blame, not even for a size the buyer chose wrongly; foresees the next question and answers it.',
      ),
      weight: 20,
      scale: {
        kind: 'points',
        levels: [
          localized('冷漠、推诿，或带指责口吻', '冷漠、推託，或帶指責口吻', 'Cold, evasive or reproachful'),
          localized(
            '套话应付，没有回应买家的情绪',
            '套話應付，沒有回應買家的情緒',
            'Stock phrases; the mood is ignored',
          ),
          localized('礼貌得体，但缺少共情', '禮貌得體，但缺少同理心', 'Polite, with little empathy'),
          localized(
            '先回应情绪再谈处理，用语积极',
            '先回應情緒再談處理，用語正面',
            'Answers the mood first, positive wording',
          ),
          localized(
            '真诚共情，并预判买家的下一个问题',
            '真誠同理，並預判買家的下一個問題',
            'Sincere, and foresees the next question',
          ),
        ],
      },
      allowsNotApplicable: false,
      critical: null,
      rootCauses: [
        named('script_only', '照搬话术', '照搬話術', 'Script only'),
        named('mood_missed', '没察觉买家情绪', '沒察覺買家情緒', 'Mood not noticed'),
        named('negative_wording', '说法生硬或推责', '說法生硬或推責', 'Negative or evasive wording'),
        named('too_many_chats', '同时接待太多', '同時接待太多', 'Too many chats at once'),
      ],
    },
    {
      ...named('promise_next_step', '承诺与下一步清楚', '承諾與下一步清楚', 'Promise and next step clear'),
      guidance: localized(
        '买家看完知道：接下来发生什么、最晚什么时候、由谁跟进。“尽快”“稍后”不算时限。',
        '買家看完知道：接下來發生什麼、最晚什麼時候、由誰跟進。「儘快」「稍後」不算時限。',
        'The buyer knows what happens next, by when at the latest, and who follows up. “Soon” is no deadline.',
      ),
      weight: 10,
      scale: {
        kind: 'points',
        levels: [
          localized('没说下一步', '沒說下一步', 'No next step'),
          localized('说了下一步，缺时限或跟进人', '說了下一步，缺時限或跟進人', 'Next step without deadline or owner'),
          localized('下一步、时限、跟进人都清楚', '下一步、時限、跟進人都清楚', 'Next step, deadline and owner'),
        ],
      },
      allowsNotApplicable: true,
      critical: null,
      rootCauses: [
        named('no_deadline', '没给时限', '沒給時限', 'No deadline'),
        named('no_owner', '没说谁跟进', '沒說誰跟進', 'No owner'),
        named('vague', '说法含糊', '說法含糊', 'Vague wording'),
      ],
    },
  ],
};
