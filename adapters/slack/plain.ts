/** Reading Slack's message text: back to what its writer typed. */

/** A user of Slack as message text refers to one; `|label` is old clients'. */
const USER = /<@([UW][A-Z0-9]+)(?:\|([^<>]*))?>/g;
const REFERENCE = /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g;

/** Users the text mentions, each once. */
export const mentionedIn = (text: string): string[] => [
  ...new Set([...text.matchAll(USER)].map(([, id = '']) => id)),
];

/** The text without the mention of this user that it begins with, or null when it begins otherwise. */
export function withoutMention(text: string, user: string): string | null {
  const match = /^\s*<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>[\s:,]*/.exec(text);
  return match && match[1] === user ? text.slice(match[0].length) : null;
}

/**
 * What was typed: references as their words, `&amp;`, `&lt;`, `&gt;` as characters
 * (docs.slack.dev/messaging/formatting-message-text#retrieving-messages).
 * @param nameOf a mentioned user's name, or null when it is not known
 */
export const plainText = (text: string, nameOf: (user: string) => string | null): string =>
  unescapeText(
    text.replace(REFERENCE, (_whole, sign: string, target: string, label?: string) =>
      words(sign, target, label, nameOf),
    ),
  );

function words(
  sign: string,
  target: string,
  label: string | undefined,
  nameOf: (user: string) => string | null,
): string {
  switch (sign) {
    case '@':
      return `@${nameOf(target) ?? (label || target)}`;
    case '#':
      return `#${label || target}`;
    case '!':
      return special(target, label);
    default:
      return link(target, label);
  }
}

/** `<!here>`, `<!subteam^S1|@group>`, `<!date^…|21 November>`. */
function special(target: string, label: string | undefined): string {
  if (label) return label;
  const [kind = target] = target.split('^');
  return `@${kind}`;
}

/** An address typed without "https://" or "mailto:" comes with itself as the label. */
function link(url: string, label: string | undefined): string {
  if (!label || label === url) return url;
  const bare = url.replace(/^(https?:\/\/|mailto:|tel:)/, '').replace(/\/$/, '');
  return label.replace(/\/$/, '') === bare ? label : `${label} (${url})`;
}

/** `&amp;` last: `&amp;lt;` is a typed `&lt;`. */
const unescapeText = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
