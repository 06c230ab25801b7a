import { jsons } from './checks.ts';
import { type Alive, applied, type Names, nothingAlive, withEmoji } from './mrkdwn.ts';
import type { Json, Stored, World } from './world.ts';

export interface ShownButton {
  readonly label: string;
  readonly actionId: string;
  readonly blockId: string;
  readonly value: string;
  readonly style: 'primary' | 'danger' | null;
}

/** Blocks as a reader sees them: formatting carried out, nothing escaped. */
export interface ShownBlocks extends Alive {
  /** Line by line; of a table, cells are parted by " | ". */
  readonly text: string;
  /** Labels, row by row. */
  readonly buttons: readonly (readonly string[])[];
  /** The same buttons with what they do. */
  readonly actions: readonly (readonly ShownButton[])[];
  readonly pictures: readonly {
    readonly alt: string;
    /** Null of a picture from elsewhere. */
    readonly bytes: Uint8Array | null;
  }[];
}

export interface Shown extends ShownBlocks {
  readonly ts: string;
  readonly channel: string;
  /** The `ts` of the message whose thread it is in. */
  readonly thread: string | null;
  /** What a notification and a screen reader say. */
  readonly notice: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly edited: boolean;
  /** Seen by one person alone. */
  readonly ephemeral: boolean;
  readonly metadata: Stored['metadata'];
}

const namesOf = (world: World): Names => ({
  user: (id) => world.users.get(id)?.name ?? id,
  channel: (id) => world.channels.get(id)?.name ?? id,
});

interface Reading {
  readonly world: World;
  readonly alive: Alive;
}

/** A message as everyone in its conversation, or the one it is for, sees it. */
export function shown(world: World, m: Stored): Shown {
  const alive = nothingAlive();
  const notice = applied(m.text, { names: namesOf(world), alive, formatted: m.mrkdwn });
  const blocks = shownBlocks(world, m.blocks);
  // Without blocks the text is what is read; with them its mentions ring all the same.
  const alone = m.blocks.length === 0;
  return {
    ...blocks,
    links: [...(alone ? alive.links : []), ...blocks.links],
    mentions: [...new Set([...alive.mentions, ...blocks.mentions])],
    alerts: [...new Set([...alive.alerts, ...blocks.alerts])],
    text: alone ? notice : blocks.text,
    ts: m.ts,
    channel: m.channel,
    thread: m.threadTs,
    notice,
    files: m.files.map(({ name, bytes }) => ({ name, bytes })),
    edited: m.edited !== null,
    ephemeral: m.ephemeralFor !== null,
    metadata: m.metadata,
  };
}

export function shownBlocks(world: World, blocks: readonly Json[]): ShownBlocks {
  const reading: Reading = { world, alive: nothingAlive() };
  const actions = blocks.map((block) => buttonRow(block)).filter((row) => row.length > 0);
  const lines = blocks.map((block) => blockText(block, reading));
  return {
    ...reading.alive,
    text: lines.filter((line) => line !== '').join('\n'),
    actions,
    buttons: actions.map((row) => row.map(({ label }) => label)),
    pictures: blocks
      .flatMap((block) => [block, ...jsons(block.elements), ...jsons([block.accessory])])
      .filter((each) => each.type === 'image')
      .map((each) => ({ alt: textOf(each.alt_text), bytes: pictureBytes(world, each) })),
  };
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const jsonOf = (value: unknown): Json => jsons([value])[0] ?? {};

function buttonRow(block: Json): ShownButton[] {
  const elements = block.type === 'actions' ? jsons(block.elements) : jsons([block.accessory]);
  return elements
    .filter((element) => element.type === 'button')
    .map((element) => ({
      label: plainText(element.text),
      actionId: textOf(element.action_id),
      blockId: textOf(block.block_id),
      value: textOf(element.value),
      style: element.style === 'primary' || element.style === 'danger' ? element.style : null,
    }));
}

function pictureBytes(world: World, image: Json): Uint8Array | null {
  return world.files.get(textOf(jsonOf(image.slack_file).id))?.bytes ?? null;
}

/** A plain text object; colons make emoji of names unless it says otherwise. */
export function plainText(object: unknown): string {
  const { text, emoji } = jsonOf(object);
  return emoji === false ? textOf(text) : withEmoji(textOf(text));
}

function anyText(object: Json, { world, alive }: Reading): string {
  if (object.type !== 'mrkdwn') return plainText(object);
  const text = textOf(object.text);
  // Unless it is verbatim, Slack makes links of bare addresses too.
  const bare = text.replace(/<[^>]*>/g, ' ').match(/https?:\/\/\S+/g) ?? [];
  if (object.verbatim !== true) alive.links.push(...bare);
  return applied(text, { names: namesOf(world), alive });
}

function blockText(block: Json, reading: Reading): string {
  const { type } = block;
  if (type === 'header') return plainText(block.text);
  if (type === 'section') {
    return [block.text, ...jsons(block.fields)]
      .map((each) => anyText(jsonOf(each), reading))
      .filter((each) => each !== '')
      .join('\n');
  }
  if (type === 'context') {
    const texts = jsons(block.elements).filter((each) => each.type !== 'image');
    return texts.map((each) => anyText(each, reading)).join(' ');
  }
  if (type === 'rich_text') return richText(block, reading);
  if (type === 'table') {
    const rows: unknown[] = Array.isArray(block.rows) ? block.rows : [];
    return rows
      .map((row) =>
        jsons(row)
          .map((each) => cellText(each, reading))
          .join(' | '),
      )
      .join('\n');
  }
  return type === 'markdown' ? textOf(block.text) : '';
}

const cellText = (cell: Json, reading: Reading): string =>
  cell.type === 'rich_text' ? richText(cell, reading) : textOf(cell.text);

function richText(block: Json, reading: Reading): string {
  return jsons(block.elements)
    .map((element) => {
      if (element.type !== 'rich_text_list') return inlineText(element, reading);
      const first = typeof element.offset === 'number' ? element.offset + 1 : 1;
      return jsons(element.elements)
        .map((item, i) => {
          const mark = element.style === 'ordered' ? `${first + i}.` : '•';
          return `${mark} ${inlineText(item, reading)}`;
        })
        .join('\n');
    })
    .join('\n');
}

const inlineText = (section: Json, reading: Reading): string =>
  jsons(section.elements)
    .map((element) => inline(element, reading))
    .join('');

function inline(element: Json, { world, alive }: Reading): string {
  const names = namesOf(world);
  switch (element.type) {
    case 'link':
      alive.links.push(textOf(element.url));
      return textOf(element.text) || textOf(element.url);
    case 'user':
      alive.mentions.push(textOf(element.user_id));
      return `@${names.user(textOf(element.user_id))}`;
    case 'channel':
      return `#${names.channel(textOf(element.channel_id))}`;
    case 'broadcast':
    case 'usergroup': {
      const name = `@${textOf(element.range) || textOf(element.usergroup_id)}`;
      alive.alerts.push(name);
      return name;
    }
    case 'emoji':
      return `⟨${textOf(element.name)}⟩`;
    case 'date':
      return textOf(element.fallback);
    default:
      return textOf(element.text);
  }
}

/** Everything of the bot's that ever rang at many people's, in any conversation. */
export const alertsOf = (world: World): string[] =>
  world.messages.filter((m) => m.user === world.botUserId).flatMap((m) => shown(world, m).alerts);
