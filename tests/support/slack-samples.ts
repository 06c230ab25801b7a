/** The samples as Slack is given them. */
import { paginate } from '../../adapters/slack/render.ts';
import { formView, homeView, noticeView } from '../../adapters/slack/views.ts';
import { windowWords } from '../../src/messages/slack.ts';
import { texts } from './conversation.ts';
import { type Sample, samples } from './sample-messages.ts';

export type SlackSample = { readonly name: string } & (
  | { readonly kind: 'message'; readonly pages: ReturnType<typeof paginate> }
  | {
      readonly kind: 'modal' | 'home';
      readonly view: ReturnType<typeof formView> | ReturnType<typeof homeView>;
    }
);

const DIRECT = 'D024BE91L';
const WORDS = windowWords(texts).vi;

function rendered(sample: Sample): SlackSample {
  const { name } = sample;
  switch (sample.kind) {
    case 'message':
      return { name, kind: 'message', pages: paginate(sample.message) };
    case 'form':
      return { name, kind: 'modal', view: formView(sample.form, DIRECT, WORDS) };
    case 'notice':
      return { name, kind: 'modal', view: noticeView(sample.text, WORDS) };
    case 'home':
      return { name, kind: 'home', view: homeView(sample.page) };
  }
}

export const slackSamples = async (): Promise<SlackSample[]> => (await samples()).map(rendered);
