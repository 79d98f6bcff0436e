import type { Locale } from '#lib/i18n/locale.ts';
import type { View } from '#lib/server/view.ts';

declare global {
  namespace App {
    interface Locals {
      requestId: string;
      locale: Locale;
      theme: 'light' | 'dark' | null;
      view: View;
    }
    interface Error {
      message: string;
      requestId?: string;
      kind?: 'no_snapshot' | 'outdated' | 'not_found' | 'bad_request' | 'internal';
    }
  }
}

export {};
