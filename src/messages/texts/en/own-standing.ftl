own-title-week = Your results – week { $number }
own-title-month = Your results – { $month }
own-title-campaign = Your results – the campaign so far
own-none = You have no verified reports in this period yet. Reports verified later still count in the week they were sent.
own-points = Total points
own-verified = Verified reports
own-place = Place in the unit
own-place-of = { $rank } of { $of } people with points
own-part = Your part of the unit's points
own-reports = Reports
own-week = Week
own-week-line = Week { $number } ({ $span })
own-more-weeks =
    { $n ->
        [one] and 1 earlier week
       *[other] and { $n } earlier weeks
    }
own-waiting =
    { $n ->
        [one] 1 of your reports is waiting for verification.
       *[other] { $n } of your reports are waiting for verification.
    }
own-returned =
    { $n ->
        [one] 1 of your reports was returned for completion; open it in “My reports” to send it again.
       *[other] { $n } of your reports were returned for completion; open them in “My reports” to send them again.
    }
own-shares =
    { $n ->
        [one] 1 report of somebody else waits for you to say whether you shared the work.
       *[other] { $n } reports of others wait for you to say whether you shared the work.
    }
own-thanks = Sincere thanks for taking part.
lb-show-own = My results
