import type { CaseFile } from './case_file.ts';

/** What an agent should know before the next contact (DOMAIN: risk orders). */
export interface Risks {
  /** Refunds of this case and of the customer's others that started in the 90 days before it. */
  refunds: number;
  ownRefunds: number;
  isFrequent: boolean;
  /** Other cases of this customer that started within 7 days before or after. */
  repeatContacts: number;
}

const frequentRefunds = 3;

/** The risk signs of a case, among the cases that the principal may see; null where the customer is unknown. */
export function risksOf({ head, refunds, neighbours }: CaseFile): Risks | null {
  if (head.customer_id === null) return null;
  const ownRefunds = refunds.length;
  const all = ownRefunds + (neighbours[0]?.customer_refunds_90d ?? 0);
  return {
    refunds: all,
    ownRefunds,
    isFrequent: all >= frequentRefunds,
    repeatContacts: neighbours[0]?.customer_contacts_7d ?? 0,
  };
}
