/** The report form, opened and filled in. */
import type { Attachment, Form, FormField } from '../../src/chat/index.ts';
import type { ConversationOptions } from './conversation.ts';
import { startReporting } from './report-chat.ts';

export const startWithForms = (options: Partial<ConversationOptions> = {}) =>
  startReporting({ abilities: { forms: true }, ...options });

export const attached = (values: Partial<Attachment> = {}): Attachment => ({
  ref: 'r',
  kind: 'photo',
  name: 'anh.jpg',
  mime: 'image/jpeg',
  size: 1000,
  ...values,
});

/** What makes a report of the person and head of `report-chat.ts`. */
export const VALID = {
  item: 'cn.2',
  title: 'Biên soạn giáo trình',
  describe: 'Hoàn thành bản thảo 120 trang.',
  date: '2024-07-04',
  evidence: 'Quyết định 12/QĐ-HV\nhttps://hcma.vn/tin/1',
};

/** The fields of the open form, by id. */
export const fieldsOf = (form: Form | null): Record<string, FormField> =>
  Object.fromEntries((form?.fields ?? []).map((field) => [field.id, field]));
/** What stands in a field of it. */
export const valueIn = (form: Form | null, id: string): unknown => {
  const field = fieldsOf(form)[id];
  return field && 'value' in field ? field.value : undefined;
};
