platform-name = { $platform ->
    [telegram] Telegram
    [slack] Slack
    [playground] Playground
   *[other] { $platform }
}
account-title = Your accounts
account-line = { $platform }: { $name }, since { $date }
account-line-here = { $platform }: { $name }, since { $date } (in use)
account-line-unreachable = { $platform }: { $name }, since { $date } (cannot be written to at present)
account-to = Messages go to { $platform }; when that fails, to your other account.
account-to-unreachable = You chose to receive messages on { $platform }, but it cannot be written to at present, so they go to your other account.
account-to-last = Messages go to where you were last.
account-only-here = A second account can only be added from the one in use, with a code taken here.
account-button-add = Add an account
account-button-to = Receive messages on { $platform }
account-button-to-last = Receive messages where I was last
account-button-remove = Remove the { $platform } account
account-button-keep = Keep it
account-button-show = My accounts
account-set-to = Messages will go to { $platform }.
account-set-to-last = Messages will go to where you were last.
account-add = The code that adds an account of yours:
account-add-open = Open { $platform } and enrol with this code
account-add-type = On { $platform }: open a private chat with the bot and type this code.
account-add-note = The code serves once, within { $minutes } minutes. Please give it to nobody: whoever has it can act as you.
account-none-to-add = You already have an account everywhere the bot is in use.
account-remove-ask = Remove the { $platform } account ({ $name })? Your reports and drafts stay; that account receives nothing more and would have to enrol again.
account-removed = The { $platform } account is removed.
account-added = A { $platform } account has been added for you. If it was not you, please type /taikhoan and remove it at once.
account-was-removed = This account has been removed from the bot. To use it again, please type “start” and enrol.
account-outsider = This bot serves only the staff and students of { $organisation }; thank you for your understanding.
