import type { overview as Source } from '../zh-CN/overview.ts';

export const overview: typeof Source = {
  title: 'Overview',
  attention: 'Things that need you: {{count}}',
  attentionNote: 'The weightiest of each kind first; each leads to its cases.',
  attentionNone: 'Things that need you',
  attentionEmpty:
    'Nothing needs you in this period: contract targets with enough cases are met and nothing left its expected range.',
  attentionUnknown:
    'Nothing counted in this period, so no target is met or missed. Try another period or fewer filters.',
  unmetTarget: '{{vendor}} × {{brand}}: {{metric}} {{value}}, target {{target}} not met',
  anomaly: '{{vendor}}: {{metric}} over the last 7 days is {{value}}, outside the expected {{low}}–{{high}}',
  surge: '{{sku}}: {{cases}} cases for “{{reason}}”, {{before}} in the period before',
  lostGoods: '{{refunds}} refunds paid without the goods coming back, {{money}} in all',
  quarantined: '{{rows}} records ({{share}}) did not pass and are in quarantine; no number counts them',
  see: 'See the cases',
  seeRows: 'See the records',
  others: 'Other KPIs',
  othersNote: '▼ lower is better. A value leads to its cases, a name to its definition.',
  trend: '{{metric}} by day',
  trendNote: 'Solid: this period; dotted: {{compared}}; band: 95% interval.',
  trendNoteAlone: 'Band: 95% interval.',
  vendors: '{{metric}} by vendor',
  brands: '{{metric}} by brand',
  comparisonNote:
    'Bars are 95% intervals, dashed ticks the contract target where contracts agree. Orange ▼: not met; grey and hollow: fewer than 30.',
  reasons: 'Why buyers return',
  reasonsNote: 'Cases begun in this period; ticks: {{compared}}.',
  reasonsNoteAlone: 'Cases begun in this period.',
  reasonsEmpty: 'No case of this period has a reason.',
  share: '{{share}}',
  of: '{{cases}} · {{share}}',
  change: 'Change',
  value: 'Value',
  noKeys: 'No contract is in force between the brands and vendors picked',
  pick: 'Another KPI',
};
