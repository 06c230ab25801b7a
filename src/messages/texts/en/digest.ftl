digest-scope-campaign = the whole campaign
digest-scope-political_schools = the political schools
digest-scope-students = students
digest-scope-participation = participants by unit
digest-title-week = Summary for week { $number } – { $scope }
digest-title-running = Week { $number } so far – { $scope }
digest-title-stage = Summary of { $name } – { $scope }
digest-opening-council = To the Emulation and Commendation Council.
digest-opening-reader = Dear comrade.
digest-span-week = Monday to Sunday: { $span }
digest-span-stage = From { $from } to { $to }
digest-as-of = Figures taken at { $at }.
digest-recorded = Participants, points and places of published weeks stay as they were published; later changes are named under corrections.
digest-empty = No reports were sent in this period.
digest-number = { $n }
digest-of = { $n }/{ $of }
digest-people = { $n }/{ $of } people ({ $percent }%)
digest-participants = People with a verified report
digest-submitted = Reports sent
digest-verified = Verified
digest-returned = Returned for completion
digest-silent-units = Units without a report
digest-quiet-units = Units without participants
digest-up = { $shown } ▲ { $by }
digest-down = { $shown } ▼ { $by }
digest-same = { $shown } (unchanged)
digest-compared-week = ▲ more, ▼ fewer than in the week before; participation in percentage points.
digest-compared-stage = ▲ more, ▼ fewer than in the stage before; participation in percentage points.
digest-attention = To be attended to first
digest-no-attention = Nothing needs special attention.
digest-attention-audit = Random audit: { $n ->
    [one] 1 verified report needs
   *[other] { $n } verified reports need
  } clearing up; not checked yet: { $waiting }.
digest-attention-tickets = { $n ->
    [one] 1 feedback ticket is
   *[other] { $n } feedback tickets are
  } past the due date.
digest-attention-backlog = { $n ->
    [one] 1 report has
   *[other] { $n } reports have
  } waited more than 7 days, the oldest { $days }: { $units }.
digest-attention-falling = Participation fell by { $points } percentage points.
digest-attention-falling-units = Participation fell by { $points } percentage points, most in: { $units }.
digest-attention-silent = { $n ->
    [one] 1 unit still has
   *[other] { $n } units still have
  } no report: { $units }.
digest-attention-quiet = { $n ->
    [one] 1 unit still has no participants
   *[other] { $n } units still have no participants
  }: { $units }.
digest-attention-unreachable = { $n ->
    [one] 1 person has enrolled but
   *[other] { $n } people have enrolled but
  } cannot be reached now.
digest-and-more = and { $n } more
digest-leaders = Leading units of each group (points per 100 people; ▲ ▼ places)
digest-group = Group { $group }:
digest-leader = Place { $rank }: { $unit }, { $score } points
digest-more-units = { $n ->
    [one] and 1 more unit
   *[other] and { $n } more units
  }
digest-no-points = No unit has points yet.
digest-movement = Changes of place within the groups
digest-moved = { $unit } ({ $by ->
    [one] 1 place
   *[other] { $by } places
  })
digest-risen = ▲ Risen most: { $units }
digest-fallen = ▼ Fallen most: { $units }
digest-participation = Participants, by rate
digest-unit-people = { $unit }: { $n }/{ $of } ({ $percent }%)
digest-cohorts = By class and course
digest-cohort = { $cohort } ({ $unit }): { $n }/{ $of } ({ $percent }%)
digest-cohort-none = no class named
digest-cohorts-quiet = Nobody takes part yet: { $n }/{ $of } classes
digest-silent = Units without a report ({ $n }): { $units }.
digest-quiet = Units without participants ({ $n }): { $units }.
digest-backlog = Waiting to be verified: { $n ->
    [one] 1 report
   *[other] { $n } reports
  }, the oldest for { $days } days.
digest-backlog-most = Most in: { $units }.
digest-backlog-unit = { $unit } ({ $n })
digest-backlog-none = No reports wait to be verified.
digest-exemplars = Newly approved exemplars
digest-exemplar = { $name } ({ $unit }): { $title }
digest-exemplar-unit = { $unit }: { $title }
digest-more-exemplars = { $n ->
    [one] and 1 more exemplar
   *[other] and { $n } more exemplars
  }
digest-audit = Random audit: drawn { $drawn }, sound { $sound }, to be cleared up { $doubtful }, not checked yet { $waiting }.
digest-trend-rising = Trend over { $n } weeks: participation rose from { $from }% to { $to }%, highest { $best }% in week { $week }.
digest-trend-falling = Trend over { $n } weeks: participation fell from { $from }% to { $to }%, highest { $best }% in week { $week }.
digest-trend-steady = Trend over { $n } weeks: participation was the same at both ends (from { $from }% to { $to }%), highest { $best }% in week { $week }.
digest-corrections = Corrections of earlier weeks
digest-more-corrections = { $n ->
    [one] and 1 more correction
   *[other] and { $n } more corrections
  }
digest-following = The picture and the workbook are being prepared and will follow this message.
digest-note = Indicative figures, not the official assessment.
digest-files = { $title }: picture and workbook.
digest-file-campaign = summary-campaign
digest-file-political_schools = summary-political-schools
digest-file-students = summary-students
digest-file-participation = summary-participation
digest-files-failed = The picture and the workbook could not be prepared. Please type /tonghop and try again later.
digest-choose-scope = Please choose what you wish to see.
digest-choose-period = Please choose the period: { $scope }.
digest-button-scope-campaign = The whole campaign
digest-button-scope-political_schools = Political schools
digest-button-scope-students = Students
digest-button-scope-participation = Participants
digest-button-last = Last week (week { $number })
digest-button-now = This week so far (week { $number })
digest-button-all = The whole campaign
digest-button-other = Choose another period
digest-button-other-scope = Choose another scope
digest-not-begun = The campaign has not begun, so there are no figures yet.
overview-title = How { $unit } stands
overview-empty = Nobody is on the unit's list at present. If that is not right, please contact the standing office.
overview-waiting = Waiting to be verified
overview-waiting-value = { $n ->
    [one] 1 report
   *[other] { $n } reports
  }, the oldest for { $days } days
overview-waiting-none = none
overview-week = Participation this week
overview-campaign = Participation since the beginning
overview-people = { $n }/{ $of } people ({ $percent }%)
overview-unreported-week = No report this week
overview-unreported-campaign = No report since the beginning
overview-unreported = { $n ->
    [one] 1 person
   *[other] { $n } people
  }
overview-items = Items with reports (verified/sent)
overview-item = { $item }: { $verified }/{ $sent }
overview-more-items = { $n ->
    [one] and 1 more item
   *[other] and { $n } more items
  }
overview-no-items = The unit has no report yet.
overview-note = Participants are people with a verified report. Reporting is voluntary. Indicative figures, not the official assessment.
overview-button-queue = See the reports that wait
overview-button-week = Who has no report this week
overview-button-campaign = Who has no report since the beginning
overview-names-week = { $unit }: { $n ->
    [one] 1 person has
   *[other] { $n } people have
  } no report this week.
overview-names-campaign = { $unit }: { $n ->
    [one] 1 person has
   *[other] { $n } people have
  } no report since the beginning.
overview-names-none = { $unit }: everybody has a report.
overview-names-more = and { $n } more
overview-names-note = The list is for your own knowledge of the unit and is not posted in groups. Reporting is voluntary.
