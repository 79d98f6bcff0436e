import { z } from 'zod';
import { isMetricId } from '#lib/metrics/registry.ts';

const instant = z.string().nullable();
const text = z.string().nullable();
const amount = z.number().nullable();
const caseKey = z.int();
const most = z.int();

export const keyRead = {
  name: 'case_key',
  parameters: z.object({ case_id: z.string() }),
  row: z.object({ case_key: caseKey }),
};

export const headRead = {
  name: 'case_head',
  parameters: z.object({ case_key: caseKey }),
  row: z.object({
    case_key: z.int(),
    case_id: z.string(),
    is_ticket: z.boolean(),
    is_flagged: z.boolean(),
    is_spam: z.boolean(),
    merged_into_key: z.int().nullable(),
    brand_id: z.string(),
    vendor_id: text,
    platform: text,
    channel: text,
    agent_id: text,
    severity: text,
    priority: z.int().nullable(),
    shop_id: text,
    customer_id: text,
    order_id: text,
    sku_id: text,
    request_type: text,
    status: text,
    reason_agent: text,
    reason_agent_text: text,
    reason_buyer: text,
    reason_warehouse: text,
    csat_score: z.int().nullable(),
    calendar: text,
    terms_id: z.int().nullable(),
    is_agent_started: z.boolean(),
    is_customer_started: z.boolean(),
    has_impossible_order: z.boolean(),
    messages: z.int(),
    agents: z.int(),
    transfers: z.int(),
    reopens: z.int(),
    refunds: z.int(),
    ordered_at: instant,
    opened_at: z.string(),
    closed_at: instant,
    csat_at: instant,
    start_at: z.string(),
    first_touch_at: instant,
    first_response_at: instant,
    solution_at: instant,
    first_completed_at: instant,
    first_reopened_at: instant,
    first_break_at: instant,
  }),
};

export const messagesRead = {
  name: 'case_messages',
  parameters: z.object({ case_key: caseKey, most, most_characters: z.int() }),
  row: z.object({
    message_id: z.string(),
    sent_at: z.string(),
    sender: z.enum(['customer', 'agent', 'bot', 'system', 'brand', 'platform']),
    agent_id: text,
    is_public: z.boolean(),
    is_automatic: z.boolean(),
    is_human: z.boolean(),
    content_type: text,
    body: text,
    characters: z.int(),
  }),
};

export const eventsRead = {
  name: 'case_events',
  parameters: z.object({ case_key: caseKey, most }),
  row: z.object({ happened_at: z.string(), kind: z.string(), actor: text, agent_id: text, detail: text }),
};

export const refundsRead = {
  name: 'case_refunds',
  parameters: z.object({ case_key: caseKey, most }),
  row: z.object({
    refund_key: z.int(),
    refund_id: z.string(),
    request_type: text,
    sku_id: text,
    status: text,
    phase: text,
    decided_by: text,
    goods_status: text,
    judged_for: text,
    is_instant: z.boolean().nullable(),
    region: text,
    currency: text,
    amount_applied_minor: amount,
    amount_refunded_minor: amount,
    reason_buyer: text,
    reason_buyer_text: text,
    reason_warehouse: text,
    reason_warehouse_text: text,
    tracking_no: text,
    has_impossible_order: z.boolean(),
    applied_at: z.string(),
    approved_at: instant,
    rejected_at: instant,
    buyer_shipped_at: instant,
    return_picked_up_at: instant,
    received_at: instant,
    inspected_at: instant,
    refunded_at: instant,
    closed_at: instant,
    deadline_at: instant,
    intercept_requested_at: instant,
    platform_intervened_at: instant,
    parcel_last_scan_at: instant,
    refund_calendar_seconds: amount,
    refund_business_seconds: amount,
    decide_calendar_seconds: amount,
    decide_business_seconds: amount,
    ship_calendar_seconds: amount,
    ship_business_seconds: amount,
    transit_calendar_seconds: amount,
    transit_business_seconds: amount,
    inspect_calendar_seconds: amount,
    inspect_business_seconds: amount,
    pay_calendar_seconds: amount,
    pay_business_seconds: amount,
    after_receipt_calendar_seconds: amount,
    after_receipt_business_seconds: amount,
  }),
};

export const roundsRead = {
  name: 'case_rounds',
  parameters: z.object({ case_key: caseKey, most }),
  row: z.object({
    round_number: z.int(),
    asked_at: z.string(),
    answered_at: instant,
    reply_calendar_seconds: amount,
    reply_business_seconds: amount,
  }),
};

export const kpisRead = {
  name: 'case_kpis',
  parameters: z.object({ case_key: caseKey }),
  row: z.object({
    metric: z.string().refine(isMetricId),
    item_key: z.int().nullable(),
    state: z.enum(['met', 'late', 'breached', 'pending', 'counted']),
    numerator: z.int(),
    denominator: z.int(),
    value: amount,
    value_business: amount,
  }),
};

export const termsRead = {
  name: 'case_terms',
  parameters: z.object({ terms_id: z.int() }),
  row: z.object({
    metric: z.string().refine(isMetricId),
    limit_seconds: amount,
    clock: z.enum(['calendar', 'business']),
  }),
};

export const productRead = {
  name: 'case_product',
  parameters: z.object({ brand_id: z.string(), sku_id: z.string() }),
  row: z.object({ title: text, category: text, attributes: text }),
};

export const hoursRead = {
  name: 'case_hours',
  parameters: z.object({ calendar: z.string(), from: z.string(), most }),
  row: z.object({ opens_at: z.string(), closes_at: z.string() }),
};

const links = { case_key: caseKey, brand_id: z.string(), customer_id: text, order_id: text };

export const linksRead = {
  name: 'case_links',
  parameters: z.object(links),
  row: z.object({ case_key: caseKey }),
};

export const neighboursRead = {
  name: 'case_neighbours',
  parameters: z.object({
    ...links,
    merged_into_key: z.int().nullable(),
    start_at: z.string(),
    /** Keys of cases as text, since reads take lists of texts. */
    found_keys: z.array(z.string()),
    least_key: caseKey,
    greatest_key: caseKey,
    most,
  }),
  row: z.object({
    case_id: z.string(),
    start_at: z.string(),
    request_type: text,
    status: text,
    brand_id: z.string(),
    vendor_id: text,
    platform: text,
    is_flagged: z.boolean(),
    is_ticket: z.boolean(),
    is_disputed: z.boolean(),
    refunds: z.int(),
    is_same_customer: z.boolean(),
    is_same_order: z.boolean(),
    is_merged_here: z.boolean(),
    takes_this_in: z.boolean(),
    customer_refunds_90d: z.int(),
    customer_contacts_7d: z.int(),
  }),
};

export const recordsRead = {
  name: 'case_records',
  parameters: z.object({ case_key: caseKey, most }),
  row: z.object({
    table_name: z.enum(['tickets', 'messages', 'events', 'refunds']),
    id: text,
    record: z.int(),
    source: z.string(),
    file: text,
    load_id: z.string(),
    loaded_at: z.string(),
    is_database: z.boolean(),
  }),
};

export const messageRecordRead = {
  name: 'message_record',
  parameters: z.object({ case_key: caseKey, message_id: z.string() }),
  row: z.object({ source: z.string(), load_id: z.string(), record: z.int() }),
};
