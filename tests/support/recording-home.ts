/** People's own pages on a platform that exists only in the test. */
import type { HomeTab, Identity, Message } from '../../src/chat/index.ts';

type Published = Awaited<ReturnType<HomeTab['publish']>>;

/** What the platform makes of a page; undefined: takes it. May throw or never answer, as no adapter should. */
type Script = (
  user: string,
  page: Message,
) => Published | undefined | Promise<Published | undefined>;

export interface RecordingHome extends HomeTab {
  /** Pages the platform took, in order; of one account where one is named. */
  pages(user?: string): Message[];
  /** Users of whom a page was to be published, one for each call. */
  readonly calls: string[];
  script(next: Script): void;
  /** Resolves with the page that stands there as soon as it is one that `match` accepts. */
  shows(user: string, match: (page: Message) => boolean): Promise<Message>;
}

export function createRecordingHome(): RecordingHome {
  const taken: { user: string; page: Message }[] = [];
  const calls: string[] = [];
  const waiting = new Set<() => void>();
  let script: Script = () => undefined;
  const pages = (user?: string) =>
    taken.filter((each) => user === undefined || each.user === user).map(({ page }) => page);
  return {
    calls,
    pages,
    script(next) {
      script = next;
    },
    async publish({ user }: Identity, page) {
      calls.push(user);
      const answer = (await script(user, page)) ?? { outcome: 'published' };
      if (answer.outcome === 'published') taken.push({ user, page });
      for (const look of waiting) look();
      return answer;
    },
    shows: (user, match) =>
      new Promise((resolve) => {
        const look = (): void => {
          const page = pages(user).at(-1);
          if (!page || !match(page)) return;
          waiting.delete(look);
          resolve(page);
        };
        waiting.add(look);
        look();
      }),
  };
}
