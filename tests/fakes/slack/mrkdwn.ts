/** What came alive in a text: by it, tests see that nothing a person typed did. */
export interface Alive {
  readonly links: string[];
  /** Ids of the people mentioned. */
  readonly mentions: string[];
  /** What rings at many people's: "@channel", "@here", "@everyone", groups. */
  readonly alerts: string[];
}

export const nothingAlive = (): Alive => ({ links: [], mentions: [], alerts: [] });

/** Names of people and channels by id. */
export interface Names {
  user(id: string): string;
  channel(id: string): string;
}

const unescaped = (text: string): string =>
  text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

export const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Emoji by name, as a text object with `emoji` shows them. */
export const withEmoji = (text: string): string =>
  text.replace(/:([a-z_+-][a-z0-9_+'-]*):/g, '⟨$1⟩');

/**
 * A text as a reader sees it (docs.slack.dev/messaging/formatting-message-text): mentions and links
 * by their names, formatting carried out, so that its marks are gone.
 */
export function applied(
  raw: string,
  { names, alive, formatted = true }: { names: Names; alive: Alive; formatted?: boolean },
): string {
  const said: string[] = [];
  // Put aside, so that an address with an underscore is no formatting.
  const aside = raw.replace(/<([^<>\n]+)>/g, (whole, inner: string) => {
    const shown = entity(inner, names, alive);
    if (shown === null) return whole;
    said.push(shown);
    return `\ue000${said.length - 1}\ue001`;
  });
  const text = formatted ? withEmoji(unformatted(aside)) : aside;
  return unescaped(text).replace(/\ue000(\d+)\ue001/g, (_, i: string) => said[Number(i)] ?? '');
}

/** What stands between `<` and `>`, or null when that is nothing. */
function entity(inner: string, names: Names, alive: Alive): string | null {
  const [target = '', label] = inner.split('|');
  if (/^@[UW]/.test(target)) {
    const id = target.slice(1);
    alive.mentions.push(id);
    return `@${names.user(id)}`;
  }
  if (/^#[CG]/.test(target)) return `#${names.channel(target.slice(1))}`;
  if (target.startsWith('!date^')) return unescaped(label ?? '');
  if (target.startsWith('!')) {
    const name = label ?? `@${target.slice(1)}`;
    alive.alerts.push(name);
    return name;
  }
  if (!/^(https?:|mailto:|tel:)/i.test(target)) return null;
  alive.links.push(unescaped(target));
  return unescaped(label ?? target);
}

/** Marks count where a word begins and ends, and on one line; a quote is marked by its first character. */
function unformatted(text: string): string {
  const quoteless = text.replace(/^(&gt;|>) ?/gm, '').replace(/```\n?([\s\S]+?)\n?```/g, '$1');
  const marked = /(^|[^\p{L}\p{N}])([*_~`])(?=\S)([^\n]*?\S)\2(?![\p{L}\p{N}])/gu;
  let result = quoteless;
  for (let before = ''; before !== result; ) {
    before = result;
    result = result.replace(marked, '$1$3');
  }
  return result;
}
