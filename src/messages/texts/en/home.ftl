home-title = Your page
home-guest = To take part, press the button below and follow the instructions in the bot's messages.
home-outsider = This bot is for the staff and students of { $organisation }.
home-week-ends = Reports sent by the end of { $date } count in week { $number }.
home-campaign-ends = The campaign takes reports until the end of { $date }.
home-waiting = Waiting for you
home-waiting-none = Nothing is waiting for you.
home-returned = Report { $number } was returned for completion: { $title }. Reason: { $reason }
home-returned-more =
    { $count ->
        [one] 1 more report was returned for completion.
       *[other] { $count } more reports were returned for completion.
    }
home-share = Report { $number } by { $author } names you as a co-author: { $title }
home-share-more =
    { $count ->
        [one] 1 more report names you as a co-author.
       *[other] { $count } more reports name you as a co-author.
    }
home-unit = Results of your unit
home-week = Week { $number }
home-week-now = Week { $number } so far
home-no-figure = –
home-open-report = Open report { $number }
home-amend = Complete report { $number }
home-answer = Answer about report { $number }
home-answered = The answer is in your private chat with the bot.
