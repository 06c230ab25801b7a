import type { types } from '@slack/bolt';

/** One message as Slack is given it. */
export interface SlackPage {
  /** Stands for the whole message in notifications and to screen readers; already escaped. */
  readonly text: string;
  readonly blocks: readonly types.KnownBlock[];
  /**
   * Stored bytes to upload before the message is posted. A picture appears under the blocks and over
   * the buttons; a file is alone in its page.
   */
  readonly media: {
    readonly sha256: string;
    readonly name: string;
    readonly mime: string;
    readonly as: 'image' | 'file';
    /** Of an image. */
    readonly alt: string | null;
  } | null;
}
