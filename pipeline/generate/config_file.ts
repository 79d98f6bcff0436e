import { BRANDS } from './catalogue_data.ts';
import { REASONS } from './taxonomy.ts';
import { VENDORS } from './vendors.ts';

/** Writes the configuration that goes with the generated files, with comments for readers who want to change it. */
export function configText(): string {
  return `# Aftersight: generated sample. Everything below is invented.
timezone: Asia/Shanghai        # of instants without offset, and of days
data_dir: data                 # relative to this file: raw loads, snapshots, the store

brands:
${BRANDS.map((b) => `  - { id: ${b.id}, name: { zh-CN: ${b.zh}, zh-TW: ${b.zhTw}, en: ${b.en} } }`).join('\n')}

# Vendors without a calendar are always open: their contract promises day and night.
vendors:
${VENDORS.map((v) => `  - { id: ${v.id}, name: { zh-CN: ${v.zh}, zh-TW: ${v.zhTw}, en: ${v.en} }${calendarOf(v.calendar)} }`).join('\n')}

# An interval belongs to the day it starts on, so 13:00-02:00 ends in the next morning.
calendars:
  late_shift: { timezone: Asia/Shanghai, hours: { mon-fri: ["08:00-12:00", "13:00-02:00"], sat-sun: ["10:00-22:00"] }, holidays: cn }
  day_shift: { timezone: Asia/Shanghai, hours: { mon-sun: ["09:00-21:00"] }, holidays: ["2026-02-16", "2026-02-17", "2026-02-18"] }
  long_day: { timezone: Asia/Shanghai, hours: { mon-sun: ["09:00-23:00"] } }
  long_day_2025: { timezone: Asia/Shanghai, hours: { mon-sun: ["09:00-22:00"] } }

# Columns carry the canonical names, so kind files needs no mapping.
sources:
  - name: helpdesk
    kind: files
    tables:
      tickets: inbox/tickets*.csv
      messages: inbox/messages*.csv
      events: inbox/events*.csv
      refunds: inbox/refunds.csv
  - name: tmall_muyun          # the platform's own export: GB18030, without brand and platform, joined to tickets by order
    kind: files
    brand: muyun
    platform: tmall
    tables: { refunds: inbox/tmall-refunds*.csv }
  - name: shop
    kind: files
    tables: { sales: inbox/sales*.csv, products: inbox/products*.csv }

contracts:
${BRANDS.flatMap((b) => b.vendors.map(([vendor]) => contractOf(vendor, b.id))).join('\n')}

schedule: { run: "30 2 * * *", timezone: Asia/Shanghai }
value_tiers: { low: 0, high: 20000 }      # minor units: 200 yuan

# Tags of buyers, agents and warehouses match by id, name or synonym.
taxonomy:
  reasons:
${REASONS.map((r) => `    - { id: ${r.id}, name: { zh-CN: ${r.zh}, zh-TW: ${r.zhTw}, en: "${r.en}" }${r.parent ? `, parent: ${r.parent}` : ''}, synonyms: [${r.synonyms.join(', ')}] }`).join('\n')}
`;
}

function calendarOf(calendar: string | undefined): string {
  if (calendar === undefined) return '';
  return calendar === 'long_day'
    ? ', calendar: [{ from: 2025-01-01, use: long_day_2025 }, { from: 2026-01-01, use: long_day }]'
    : `, calendar: ${calendar}`;
}

function contractOf(vendor: string, brand: string): string {
  const targets =
    vendor === 'xiaolan'
      ? 'first_response: { within: 10m, clock: calendar, at_least: 90% }'
      : vendor === 'suda'
        ? 'first_response: { within: 5m, clock: business, at_least: 95% }'
        : 'first_response: { within: 10m, clock: business, at_least: 95% }';
  return `  - vendor: ${vendor}
    brand: ${brand}
    from: 2025-09-01
    targets: { ${targets}, resolution_24h: 95%, autonomous_completion: 85%, dispute_rate: { at_most: 1% } }`;
}
