import { escaped } from './mrkdwn.ts';

const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;
const URL = /https?:\/\/[^\s<>]*[^\s<>.,;:!?)]/;
const DOMAIN = /(?:[a-z0-9-]+\.)+(?:vn|com|org|net|edu)\b(?:\/[^\s<>]*[^\s<>.,;:!?)])?/;
const LINKABLE = new RegExp(`(${MAIL.source})|(${URL.source})|(${DOMAIN.source})`, 'gi');

/**
 * What Slack's client makes of typed text: three characters escaped, addresses made links
 * (docs.slack.dev/messaging/formatting-message-text).
 */
export const asTyped = (text: string): string =>
  escaped(text.trim()).replace(LINKABLE, (whole, mail?: string, url?: string) => {
    if (mail !== undefined) return `<mailto:${mail}|${mail}>`;
    return url === undefined ? `<http://${whole}|${whole}>` : `<${url}>`;
  });
