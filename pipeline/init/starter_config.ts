import type { Locale } from '#lib/i18n/locale.ts';
import { comments } from './comments.ts';

/** Writes the configuration a newcomer starts from, commented in a language; it loads as it is. */
export function starterConfig(locale: Locale): string {
  const say = comments[locale];
  const [size, quality, notAsDescribed, late, changedMind] = say.reasonNames;
  const zone = locale === 'zh-TW' ? 'Asia/Taipei' : 'Asia/Shanghai';
  return `${comment(say.top)}

timezone: ${zone} # ${say.timezone}
data_dir: data # ${say.dataDir}

${comment(say.brands)}
brands:
  - { id: my_brand, name: ${say.brandName} }

${comment(say.vendors)}
vendors:
  - { id: in_house, name: ${say.vendorName}, calendar: service_hours }

${comment(say.calendars)}
calendars:
  service_hours: { hours: { mon-fri: ['09:00-12:00', '13:00-22:00'], sat-sun: ['10:00-22:00'] } }

${comment(say.sources)}
sources:
  - name: helpdesk
    kind: files
    brand: my_brand # ${say.perSource}
    vendor: in_house
    # platform: tmall
    tables:
      tickets: inbox/tickets*
      messages: inbox/messages*
      events: inbox/events*
      refunds: inbox/refunds*
      products: inbox/products*
      sales: inbox/sales*
  # ${say.postgres}
  # - name: crm
  #   kind: postgres
  #   url: \${DATABASE_URL_CRM}
  #   adapter: files
  #   tables:
  #     tickets: { table: public.tickets, watermark: updated_at }

${comment(say.contracts)}
contracts:
  - vendor: in_house
    brand: my_brand
    from: 2026-01-01
    targets:
      first_response: { within: 10m, clock: business, at_least: 95% }
      resolution_24h: 95%
      dispute_rate: { at_most: 1% }

${comment(say.reasons)}
taxonomy:
  reasons:
    - { id: size, name: ${size}, synonyms: [尺码不对, 偏大, 偏小] }
    - { id: quality, name: ${quality}, synonyms: [破损, 开线, 掉色] }
    - { id: not_as_described, name: ${notAsDescribed}, synonyms: [色差, 与图片不符] }
    - { id: late, name: ${late}, synonyms: [快递慢, 一直不发货] }
    - { id: changed_mind, name: ${changedMind}, synonyms: [7天无理由, 不喜欢] }

${comment(say.web)}
# public_url: https://service.example.com
# proxy: { address_header: x-forwarded-for, hops: 1 }

${comment(say.signIn)}
# sign_in:
#   oidc:
#     issuer: https://login.example.com/realms/staff
#     client_id: aftersight
#     client_secret: \${AFTERSIGHT_OIDC_SECRET}
#     label: SSO
#     # new_accounts: { domains: [example.com], role: reviewer, brands: all, vendors: all }

${comment(say.mail)}
# mail: { from: 'Aftersight <aftersight@example.com>', smtp_url: '\${AFTERSIGHT_SMTP_URL}' }
`;
}

function comment(text: string): string {
  return text
    .split('\n')
    .map((line) => `# ${line}`)
    .join('\n');
}
