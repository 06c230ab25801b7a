unit-report-flow = Collective report
unit-report-flow-amend = Change collective report { $number }
unit-report-choose = For which unit do you file the collective report?
unit-report-none = You are not reporter, head or deputy of any unit, so you cannot file a collective report. To report a result of your own, type /report.
unit-report-not-yours = You are not appointed to file collective reports of this unit.
unit-report-no-signer = The unit has no head or deputy on the roster who could sign, so the report was not sent; please contact the Standing Office of the Council.
unit-report-button = File a collective report
report-whose-unit = Collective report of { $unit }.
report-whose-person = Entered for { $name }, { $unit }.
report-amend-unsigns = This report has been signed. Sending it again voids the signature, and it has to be signed again.
report-signed-by = Signed by
report-filed-by = Entered by
report-filed = entered by the reporter { $name }
report-status-unsigned = waiting for a signature
report-to-sign = The report was sent to { $names } to be signed, and goes on to verification after that.
report-to-sign-unreached = The report waits for the signature of { $names }, who is not connected yet and will see it when connected.
report-for-flow = Report entered for another
report-for-button = Enter a report for another
whom-report-title = For whom do you report?
whom-report-name = Full name
whom-report-ask = For whom do you enter a report? Please type the name of a person of your unit who does not use this system.
whom-report-words = Please type the name in letters, { $least } to { $most } characters.
whom-report-nobody = Nobody of this name was found in your unit; please type the name again.
whom-report-pick = Please choose the right person.
whom-report-pick-more = Several people have this name; please choose the right person or type the full name.
whom-hit = { $name } – { $unit }
report-for-taken = { $name } uses this system and reports in person.
report-for-none = You are not reporter, head or deputy of any unit, so you cannot enter reports for others.
report-for-not-yours = This person is not of a unit you report for, so you cannot enter the report.
report-for-self = To report a result of your own, please type /report.
report-for-enrolled = This person uses the system and reports in person; you cannot enter the report.
report-for-unknown = This person is no longer on the unit's roster; please search again.
report-confirmer = Confirmed by
report-confirmer-ask = Who confirms this result? Please give the name; it may be the person for whom you enter it.
report-confirmer-author = { $name } in person
report-confirmer-hint = It may be the person for whom you enter it.
report-confirmer-name = Please give the name of who confirms it, in letters.
report-confirmer-self = Who confirms has to be somebody else than who enters it; please give that person's name.
report-evidence-confirmation = Confirmed by: { $text }
report-co-author = The person for whom you enter the report is its author and need not be added here.
report-filed-changed = { $name } has changed report { $number } “{ $title }”, which you entered for { $author }. It waits for verification again.
report-filed-withdrawn = { $name } has withdrawn report { $number } “{ $title }”, which you entered for { $author }.
report-own-changed = { $name } has changed report { $number } “{ $title }”, entered for { $author }. It waits for verification again.
report-own-withdrawn = { $name } has withdrawn report { $number } “{ $title }”, entered for { $author }.
report-mine-own = Your reports
report-mine-unit = Collective reports you filed
report-mine-for = Reports you entered for others
report-mine-none-own = You have no reports yet.
report-mine-none-unit = You have not filed any collective report yet.
report-mine-none-for = You have not entered any report for others yet.
report-mine-of = { $line } ({ $whose })
report-part-unit = Collective reports ({ $count })
report-part-for = Reports for others ({ $count })
verify-compiler = Filed by
verify-button-sign = Sign
verify-signed = Report { $number } signed.
verify-sign-request = Collective report { $number } awaits your signature
verify-sign-notice = Collective report { $number } of { $unit } awaits your signature.
verify-unit-request = Collective report { $number } awaits verification
verify-unit-notice = Collective report { $number } of { $unit } awaits your verification.
verify-outcome-signed = Signed by { $name }, { $time }; waiting for verification.
verify-outcome-unsigned = Waiting for a signature.
verify-done-signed = { $name } already signed this report at { $time }.
verify-unsigned = This collective report has not been signed yet, so it cannot be verified.
verify-own-signed = You signed this report, so its verification is somebody else's.
verify-told-signed = { $name } has signed collective report { $number } “{ $title }”; it waits for verification.
verify-filed-verified = { $name } has verified report { $number } “{ $title }”, which you entered for { $author }.
verify-filed-returned = Report { $number } “{ $title }”, which you entered for { $author }, was returned by { $name } for completion.
verify-filed-rejected = Report { $number } “{ $title }”, which you entered for { $author }, was not verified by { $name }.
verify-filed-revoked = { $name } has revoked the verification of report { $number } “{ $title }”, which you entered for { $author }.
verify-unit-verified = { $name } has verified collective report { $number } “{ $title }” of { $unit }, which you signed.
verify-unit-returned = Collective report { $number } “{ $title }” of { $unit }, which you signed, was returned by { $name } for completion.
verify-unit-rejected = Collective report { $number } “{ $title }” of { $unit }, which you signed, was not verified by { $name }.
verify-unit-revoked = { $name } has revoked the verification of collective report { $number } “{ $title }” of { $unit }, which you signed.
queue-to-sign = { $count ->
    [one] { $count } collective report awaits
   *[other] { $count } collective reports await
 } a signature; the oldest for { $days ->
    [one] { $days } day
   *[other] { $days } days
 }.
queue-both = { $count } reports wait for you, { $sign } of them collective reports to sign; the oldest for { $days ->
    [one] { $days } day
   *[other] { $days } days
 }.
queue-unit-sign = To sign: collective report { $number } – { $unit }: { $title } ({ $item })
queue-unit-verify = To verify: collective report { $number } – { $unit }: { $title } ({ $item })
