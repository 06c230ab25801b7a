import { slackCast } from '../support/slack-cast.ts';
import { twoWeeks } from './two-weeks-scenario.ts';

twoWeeks('in Slack', slackCast);
