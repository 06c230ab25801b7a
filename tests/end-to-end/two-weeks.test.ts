import { telegramCast } from '../support/telegram-cast.ts';
import { twoWeeks } from './two-weeks-scenario.ts';

twoWeeks('in Telegram', telegramCast);
