verify-request = Report { $number } awaits verification
verify-request-notice = Report { $number } by { $author } awaits your verification.
verify-report = Report { $number }
verify-author = Author
verify-unit = Unit
verify-submitted = Submitted
verify-duplicates = This report may duplicate:
verify-duplicate = { $number } – { $author }: { $title } ({ $date })
verify-button-verify = Verify
verify-button-return = Return for completion
verify-button-reject = Do not verify
verify-button-evidence = Show evidence
verify-button-revoke = Revoke verification
verify-button-amend = Complete and send again
verify-button-queue = Waiting for verification
verify-outcome-submitted = Waiting for verification.
verify-outcome-withdrawn = The author has withdrawn the report.
verify-outcome-verified = Verified by { $name }, { $time }.
verify-outcome-returned = Returned for completion by { $name }, { $time }.
verify-outcome-rejected = Not verified, by { $name }, { $time }.
verify-outcome-revoked = Verification revoked by { $name }, { $time }.
verify-reason = Reason: { $reason }
verify-told-verified = { $name } has verified report { $number } “{ $title }”. Thank you.
verify-told-returned = Report { $number } “{ $title }” was returned by { $name } for completion.
verify-told-rejected = Report { $number } “{ $title }” was not verified by { $name }.
verify-told-revoked = { $name } has revoked the verification of report { $number } “{ $title }”. It does not count for now.
verify-told-disagree = If you see it differently, please speak with your unit head, or send feedback to the Standing Office of the Emulation and Commendation Council with /phananh.
verify-shared-verified = Report { $number } “{ $title }” by { $author }, to which you contributed, has been verified.
verify-shared-rejected = Report { $number } “{ $title }” by { $author }, to which you contributed, was not verified.
verify-shared-revoked = The verification of report { $number } “{ $title }” by { $author }, to which you contributed, has been revoked.
verify-evidence = Evidence of report { $number }
verify-evidence-coming = { $file } (still being fetched, please open it again in a few minutes)
verify-evidence-lost = { $file } (could not be fetched from the platform; the author may be asked to send it again)
verify-no-evidence = This report has no evidence attached.
verify-own = Nobody verifies their own report.
verify-not-yours = This report is not yours to verify.
verify-done-verified = { $name } already verified this report at { $time }.
verify-done-returned = { $name } already returned this report for completion at { $time }.
verify-done-rejected = { $name } already decided this report (not verified) at { $time }.
verify-done-revoked = { $name } revoked the verification of this report at { $time }.
verify-done-withdrawn = The author has withdrawn this report.
verify-done-submitted = The report has changed. Please look at its latest content.
verify-thanks = Report { $number } verified.
verify-revoke-not-yours = Only the person who verified can revoke this verification.
verify-title-return = Return report { $number } for completion
verify-title-reject = Do not verify report { $number }
verify-title-revoke = Revoke the verification of report { $number }
verify-reason-label = Reason
verify-ask-return = Please say what should be completed ({ $least } to { $most } characters). The author will read it.
verify-ask-reject = Please give the reason for not verifying ({ $least } to { $most } characters). The author will read it.
verify-ask-revoke = Please give the reason for revoking ({ $least } to { $most } characters). The author will read it.
verify-reason-words = The reason has to be written in words.
verify-reason-length = The reason needs { $least } to { $most } characters; yours has { $length }.
verify-committed-return = Report { $number } returned for completion. The author is told, with the reason.
verify-committed-reject = Report { $number } recorded as not verified. The author is told, with the reason.
verify-committed-revoke = Verification of report { $number } revoked. The author is told, with the reason.
queue-title = Waiting for your decision
queue-empty = Nothing is waiting for your decision.
queue-reports = { $count ->
    [one] { $count } report awaits
   *[other] { $count } reports await
 } verification; the oldest for { $days ->
    [one] { $days } day
   *[other] { $days } days
 }.
queue-enrolments = { $count ->
    [one] { $count } enrolment awaits
   *[other] { $count } enrolments await
 } confirmation.
queue-report = Report { $number } – { $author }: { $title } ({ $item })
queue-enrolment = Enrolment: { $name }, { $unit }
queue-open-report = Open report { $number } – { $author }
queue-open-enrolment = Open enrolment: { $name }
