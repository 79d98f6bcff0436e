import { describe, expect, test } from 'vitest';
import { applies } from '#lib/qa/applicability.ts';
import { defaultScorecard } from '#lib/qa/default_scorecard/card.ts';
import { canBeZeroed, criteriaOf } from '#lib/qa/scorecard.ts';
import { readScorecard } from '#lib/qa/scorecard_reading.ts';
import { anyCase, card, criterion, deduct, large, passFail, small } from './qa_cards.ts';

const brands = ['northpeak', 'lumi'];
const problemsOf = (input: unknown) => readScorecard(input, brands).problems;

/** Lists the characters that an old two-byte code has: GB 2312 has no traditional ones, Big5 no simplified ones. */
function charactersOf(encoding: string, from: number, to: number): ReadonlySet<string> {
  const decoder = new TextDecoder(encoding);
  const known = new Set<string>();
  for (let lead = from; lead <= to; lead++)
    for (let trail = encoding === 'big5' ? 0x40 : 0xa1; trail <= 0xfe; trail++)
      known.add(decoder.decode(Uint8Array.of(lead, trail)));
  return known;
}

describe('a scorecard', () => {
  test('that is right is read as it was written', () => {
    const right = card(
      [criterion('tone'), criterion('check', { scale: deduct })],
      [criterion('red', { scale: passFail })],
    );
    expect(readScorecard(structuredClone(right), brands)).toEqual({ card: right, problems: [] });
  });

  test('says where a weight is not above 0, unless a failure zeroes the review', () => {
    expect(problemsOf(card([criterion('tone'), criterion('other', { weight: 0 })]))).toEqual([
      {
        path: 'sections[0].criteria[1].weight',
        found: '0',
        allowed: 'a number above 0, or 0 for a criterion that zeroes the review',
      },
    ]);
    expect(problemsOf(card([criterion('tone', { weight: -2 })])).map(({ path, found }) => [path, found])).toEqual([
      ['sections[0].criteria[0].weight', '-2'],
    ]);
    expect(problemsOf(card([criterion('tone'), criterion('red', { weight: 0, critical: 'review' })]))).toEqual([]);
  });

  test('needs a criterion with a weight', () => {
    expect(problemsOf(card([criterion('red', { weight: 0, critical: 'review' })]))).toEqual([
      { path: 'sections', found: '"none"', allowed: 'at least one criterion with a weight above 0' },
    ]);
    expect(problemsOf(card()).map(({ path }) => path)).toEqual(['sections']);
    expect(problemsOf(card([])).map(({ path }) => path)).toEqual(['sections[0].criteria']);
  });

  test('has each criterion id once, whatever the section', () => {
    expect(problemsOf(card([criterion('tone')], [criterion('rule'), criterion('tone')]))).toEqual([
      {
        path: 'sections[1].criteria[1].id',
        found: '"tone"',
        allowed: 'an id other than that of sections[0].criteria[0].id',
      },
    ]);
  });

  test('has each section, root cause and deduction id once', () => {
    const wrong = card(
      [
        criterion('tone', {
          rootCauses: [...criterion('x').rootCauses, ...criterion('x').rootCauses.slice(1)],
          scale: { kind: 'deduct', deductions: [small, large, small] },
        }),
      ],
      [criterion('rule')],
    );
    wrong.sections.forEach((section) => (section.id = 'same'));
    expect(problemsOf(wrong).map(({ path }) => path)).toEqual([
      'sections[1].id',
      'sections[0].criteria[0].rootCauses[2].id',
      'sections[0].criteria[0].scale.deductions[2].id',
    ]);
  });

  test('caps a deduction at no less than it costs once', () => {
    const scale = { kind: 'deduct' as const, deductions: [{ ...small, points: 30, cap: 20 }] };
    expect(problemsOf(card([criterion('tone', { scale })]))).toEqual([
      { path: 'sections[0].criteria[0].scale.deductions[0].cap', found: '20', allowed: 'at least its points, 30' },
    ]);
  });

  test('refuses conditions, scales and fields nobody knows, and says which are known', () => {
    const input: unknown = JSON.parse(
      JSON.stringify(card([criterion('tone')]))
        .replace('"weight":1', '"weight":1,"wieght":2')
        .replace(
          '"allowsNotApplicable":true',
          '"allowsNotApplicable":true,"appliesWhen":{"channel":["fax"],"mood":["bad"]}',
        )
        .replace('"kind":"points"', '"kind":"stars"'),
    );
    expect(problemsOf(input)).toEqual([
      { path: 'sections[0].criteria[0].scale.kind', found: '"stars"', allowed: expect.stringContaining('pass_fail') },
      {
        path: 'sections[0].criteria[0].appliesWhen.channel[0]',
        found: '"fax"',
        allowed: 'chat, phone, email, social, form, platform',
      },
      {
        path: 'sections[0].criteria[0].appliesWhen.mood',
        found: '["bad"]',
        allowed: 'request_type, channel, severity, brand, platform',
      },
      { path: 'sections[0].criteria[0].wieght', found: '2', allowed: expect.stringContaining('weight') },
    ]);
  });

  test('names brands that are declared', () => {
    const conditional = card([criterion('tone', { appliesWhen: { brand: ['lumi', 'nobody'] } })]);
    expect(problemsOf(conditional)).toEqual([
      { path: 'sections[0].criteria[0].appliesWhen.brand[1]', found: '"nobody"', allowed: 'northpeak, lumi' },
    ]);
  });

  test('has three to five levels and every text in three languages', () => {
    const levels = ['1', '2', '3', '4', '5', '6'].map((word) => ({ 'zh-CN': word, 'zh-TW': word, en: word }));
    const many = card([criterion('tone', { scale: { kind: 'points', levels } })]);
    expect(problemsOf(many).map(({ allowed }) => allowed)).toEqual(['a list of 3 to 5 levels']);
    const silent = card([criterion('tone', { name: { 'zh-CN': '语气', 'zh-TW': ' ', en: 'Tone' } })]);
    expect(problemsOf(silent)).toEqual([
      { path: 'sections[0].criteria[0].name.zh-TW', found: '" "', allowed: 'a text that is not empty' },
    ]);
  });

  test('of a wrong form altogether is one problem', () => {
    for (const input of [null, 3, 'card', []]) expect(problemsOf(input)).toHaveLength(1);
  });
});

describe('a condition', () => {
  const conditional = criterion('tone', { appliesWhen: { channel: ['chat', 'phone'], severity: ['A'] } });

  test('holds when every field has one of the values listed', () => {
    expect(applies(conditional, anyCase)).toBe(true);
    expect(applies(conditional, { ...anyCase, channel: 'email' })).toBe(false);
    expect(applies(conditional, { ...anyCase, severity: 'B' })).toBe(false);
    expect(applies(criterion('tone'), anyCase)).toBe(true);
  });

  test('does not hold for a case that does not say', () => {
    expect(applies(conditional, { ...anyCase, severity: null })).toBe(false);
  });
});

describe('the default card', () => {
  test('is a valid card', () => {
    expect(readScorecard(defaultScorecard, [])).toEqual({ card: defaultScorecard, problems: [] });
  });

  test('has the seven criteria of good service, weighing 100, and four red lines that zero the review and weigh nothing', () => {
    const criteria = criteriaOf(defaultScorecard);
    const critical = criteria.filter((one) => one.critical === 'review');
    const weighed = criteria.filter((one) => one.critical === null);
    expect(weighed.map(({ id }) => id)).toEqual([
      'intake_complete',
      'empathy_tone',
      'promise_next_step',
      'rule_correct',
      'solution_fit',
      'timeliness',
      'closure_record',
    ]);
    expect(weighed.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
    expect(critical.map(({ id, weight }) => [id, weight])).toEqual([
      ['insult_blame', 0],
      ['false_rule', 0],
      ['data_exposed', 0],
      ['money_promise_broken', 0],
    ]);
    expect(canBeZeroed(defaultScorecard)).toBe(true);
  });

  test('is written in the characters of each script, in English without any', () => {
    const texts = (language: string) =>
      [...JSON.stringify(defaultScorecard).matchAll(new RegExp(`"${language}":"([^"]*)"`, 'g'))]
        .map((match) => match[1] ?? '')
        .join('');
    const foreign = (language: string, known: ReadonlySet<string>) =>
      [...texts(language)].filter((letter) => /\p{Script=Han}/u.test(letter) && !known.has(letter)).join('');
    expect(foreign('zh-CN', charactersOf('gb18030', 0xb0, 0xf7))).toBe('');
    expect(foreign('zh-TW', charactersOf('big5', 0xa4, 0xf9))).toBe('');
    expect(foreign('en', new Set('三包'))).toBe('');
  });
});
