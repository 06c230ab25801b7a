lb-title-week = Results of week { $number } – { $unit }
lb-title-month = Results of { $month } – { $unit }
lb-title-campaign = Results of the campaign so far – { $unit }
lb-group-title-week = Results of week { $number } – group: { $group }
lb-group-title-month = Results of { $month } – group: { $group }
lb-group-title-campaign = Results of the campaign so far – group: { $group }
lb-span = Monday to Sunday: { $span }
lb-span-month = The weeks whose Monday lies in the month: { $span }
lb-as-of = As of { $at }.
lb-group-label = Comparison group
lb-kind-research = research and teaching
lb-kind-support = advice and support
lb-bloc-academy = academy
lb-bloc-schools = political schools
lb-cluster = cluster { $name }
lb-cluster-none = no cluster yet
lb-group-all = all units
lb-place-label = Place in the group
lb-place = { $rank } of { $size }
lb-place-up =
    { $by ->
        [one] { $rank } of { $size } (▲ up 1 place since last week)
       *[other] { $rank } of { $size } (▲ up { $by } places since last week)
    }
lb-place-down =
    { $by ->
        [one] { $rank } of { $size } (▼ down 1 place since last week)
       *[other] { $rank } of { $size } (▼ down { $by } places since last week)
    }
lb-place-same = { $rank } of { $size } (unchanged since last week)
lb-points-label = Total points
lb-collective-label = Collective points
lb-score-label = Adjusted points per 100 people
lb-participants-label = People with verified reports
lb-participants = { $n } of { $of } ({ $percent }%)
lb-number = { $n }
lb-column-rank = No.
lb-column-name = Name
lb-column-unit = Unit
lb-column-points = Points
lb-column-score = Points/100 people
lb-more =
    { $n ->
        [one] and 1 more person
       *[other] and { $n } more people
    }
lb-small = The unit has fewer than { $n } people, so individual results are not shown.
lb-thanks = Sincere thanks to everyone who has taken part.
lb-empty-week = The unit has no verified report for this week yet. Results verified later still count in the week they were sent.
lb-empty-month = The unit has no verified reports in this month.
lb-empty-campaign = The unit has no verified report yet.
lb-corrections = Corrections to earlier weeks:
lb-corrections-threaded = Corrections to earlier weeks ({ $weeks }): see the replies under the board of each week.
lb-correction-title = Correction of week { $number } – { $unit }
lb-correction-both = Week { $number }: points from { $pointsBefore } to { $pointsAfter }, place from { $rankBefore } to { $rankAfter }.
lb-correction-points = Week { $number }: points from { $pointsBefore } to { $pointsAfter }.
lb-correction-collective = Week { $number }: collective points from { $pointsBefore } to { $pointsAfter }.
lb-correction-place = Week { $number }: place from { $rankBefore } to { $rankAfter }.
lb-note = Indicative figures, not the official assessment.
lb-own =
    { $verified ->
        [one] Your own result: { $points } points, 1 verified report.
       *[other] Your own result: { $points } points, { $verified } verified reports.
    }
lb-own-ranked =
    { $verified ->
        [one] Your own result: { $points } points, 1 verified report, place { $rank } in the unit.
       *[other] Your own result: { $points } points, { $verified } verified reports, place { $rank } in the unit.
    }
lb-own-none = You have no verified report in this period yet.
lb-group-empty = No unit of the group has verified reports with points yet.
lb-group-rule = Only units with points are listed.
lb-group-small =
    { $n ->
        [one] The figures of 1 unit with fewer than { $people } people are not shown.
       *[other] The figures of { $n } units with fewer than { $people } people are not shown.
    }
lb-this-week = This week
lb-last-week = Last week
lb-this-month = This month
lb-last-month = Last month
lb-campaign = Whole campaign
lb-show-unit = Show the unit
lb-show-group = Show the comparison group
lb-choose-group = Choose another group
lb-choose = Please choose the group to see.
lb-no-unit = You do not belong to a unit at present, so there is no unit board for you. If this is wrong, please contact your unit's focal officer.
lb-room-unlinked = This group is not linked to a unit yet. The unit's head or a deputy can link it by typing /lienket here.
