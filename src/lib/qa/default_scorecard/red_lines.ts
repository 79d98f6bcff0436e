import type { Localized } from '#lib/metrics/registry.ts';
import type { Criterion, Section } from '../scorecard.ts';
import { localized, named } from './localized.ts';

/** A red line carries no weight: keeping to it earns nothing, crossing it makes the review 0. */
function redLine(
  head: { id: string; name: Localized },
  guidance: Localized,
  rootCauses: Criterion['rootCauses'],
): Criterion {
  return {
    ...head,
    guidance,
    weight: 0,
    scale: { kind: 'pass_fail' },
    allowsNotApplicable: false,
    critical: 'review',
    rootCauses,
  };
}

const untrained = named('untrained', '没培训到位', '沒培訓到位', 'Not trained');

export const redLines: Section = {
  ...named('red_lines', '红线', '紅線', 'Red lines'),
  criteria: [
    redLine(
      named('insult_blame', '辱骂或指责买家', '辱罵或指責買家', 'Insult or blame'),
      localized(
        '辱骂、嘲讽、威胁，或把责任推到买家身上。语气生硬不算，在“共情与语气”里扣。',
        '辱罵、嘲諷、威脅，或把責任推到買家身上。語氣生硬不算，在「同理心與語氣」裡扣。',
        'Insults, mockery, threats, or putting the blame on the buyer. A stiff tone is not one: it costs empathy and tone.',
      ),
      [named('lost_temper', '情绪失控', '情緒失控', 'Lost temper'), untrained],
    ),
    redLine(
      named('false_rule', '编造规则或违法的说法', '編造規則或違法的說法', 'False rule'),
      localized(
        '拿法律和平台都没有的规则拒绝买家，例如三包期内的耳机以“拆封不售后”为由拒绝换货。',
        '拿法律與平台都沒有的規則拒絕買家，例如三包期內的耳機以「拆封不售後」為由拒絕換貨。',
        'Refuses with a rule that neither law nor platform knows, such as “opened goods cannot be returned” for headphones under warranty.',
      ),
      [
        named('script_wrong', '话术有误', '話術有誤', 'Script wrong'),
        named('told_to', '上级要求', '主管要求', 'Told to'),
        untrained,
      ],
    ),
    redLine(
      named('data_exposed', '泄露个人信息', '洩漏個人資訊', 'Personal data exposed'),
      localized(
        '把他人的姓名、电话、地址、订单发给买家，或向外人透露买家的信息。',
        '把他人的姓名、電話、地址、訂單發給買家，或向外人透露買家的資訊。',
        'Another person’s name, phone, address or order sent to the buyer, or the buyer’s given to others.',
      ),
      [
        named('wrong_window', '发错窗口', '發錯視窗', 'Wrong window'),
        named('not_verified', '没核实身份', '沒核實身分', 'Identity not checked'),
        untrained,
      ],
    ),
    redLine(
      named('money_promise_broken', '涉钱承诺没兑现', '涉及金錢的承諾沒兌現', 'Promise broken on money'),
      localized(
        '答应的退款、补偿、运费没有兑现，或兑现的金额、时间与承诺不符，且没有事先告知买家。',
        '答應的退款、補償、運費沒有兌現，或兌現的金額、時間與承諾不符，且沒有事先告知買家。',
        'A refund, compensation or freight that was promised did not come, or came later or smaller without telling the buyer first.',
      ),
      [
        named('over_authority', '超权限承诺', '超權限承諾', 'Promised beyond authority'),
        named('not_handed_on', '承诺没交接', '承諾沒交接', 'Promise not handed on'),
        untrained,
      ],
    ),
  ],
};
