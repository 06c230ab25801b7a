stage-open = { $stage }: until { $date }.
stage-closing = { $days ->
    [0] { $stage } ends today, { $date }.
    [one] { $stage }: one more day, until { $date }.
   *[other] { $stage }: { $days } more days, until { $date }.
}
stage-ending = The movement ended on { $date }. Reports of results within it are taken until { $until }.
stage-over = Reporting closed after { $date }.
stage-leave = You have an extension: you can send reports until { $date }.
admin-campaign-stage = { $name }: { $from } to { $to }
admin-campaign-dates = Reports are taken until { $reports }, pledges until { $pledges }.
