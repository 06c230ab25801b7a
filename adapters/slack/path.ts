/** Where Slack is told to deliver: events, commands and interactions alike. */
export const EVENTS_PATH = '/slack/events';
