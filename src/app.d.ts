import type { Locale } from '#lib/i18n/locale.ts';
import type { ParameterFault } from '#lib/i18n/parameter_fault.ts';
import type { View } from '#lib/server/view.ts';

declare global {
  namespace App {
    interface Locals {
      requestId: string;
      locale: Locale;
      theme: 'light' | 'dark' | null;
      /** Null for whoever is not signed in. */
      view: View | null;
      /** Set where a read of the answer was stopped. */
      isTooCostly?: boolean;
    }
    interface Error {
      message: string;
      requestId?: string;
      /** What is wrong with the address. */
      fault?: ParameterFault;
      kind?:
        | 'no_snapshot'
        | 'outdated'
        | 'not_found'
        | 'bad_request'
        | 'not_signed_in'
        | 'forbidden'
        | 'link_over'
        | 'busy'
        | 'too_costly'
        | 'internal';
    }
  }
}

export {};
