import type { serve as Source } from '../zh-CN/serve.ts';

type Serve = typeof Source;

export const serve: Serve = {
  started: 'Aftersight: {{url}}',
  public: 'Browsers reach it at {{url}}, through a proxy.',
  data: 'Data as of {{asOf}}, snapshot {{snapshot}}.',
  noData: 'No data yet. In another terminal: {{command}}',
  firstRun: 'No data yet; the first run has just begun.',
  next: 'Next scheduled run: {{at}}.',
  stop: 'Ctrl-C stops it.',
  hostRefused:
    '--host {{host}}: other machines could reach this, and passwords must not travel in the clear.\n  → End TLS in a proxy, and write public_url: https://… and proxy: { address_header: x-forwarded-for } into aftersight.yaml;\n  → or leave --host out for this machine alone; or take plain HTTP with --insecure-http.',
  insecure:
    'no TLS: passwords and sessions travel in the clear, for whoever is on the way. Only for a network you trust.',
  portTaken: 'port {{port}} is in use; take another, as in --port {{other}}, or stop the program that has it',
  cannotListen: 'cannot listen on {{host}}, port {{port}}: {{why}}',
  building: 'Building the pages, once for these sources, in about half a minute …',
  built: 'Built the pages in {{duration}}.',
  buildFailed: 'The pages could not be built:\n{{output}}',
  notBuilt:
    'The pages are not built, and the development packages that build them are not installed.\n  → Run npm ci --include=dev and start again, or bring a build/ folder made elsewhere.',
  outdated:
    'build/ was made from other sources, and the development packages that could renew it are not installed; it is used as it is. npm ci --include=dev brings them.',
};
