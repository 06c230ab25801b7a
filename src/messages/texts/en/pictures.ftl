pic-alt-unit = Chart of { $unit }, { $period }: total points { $points }, people with verified reports { $participants }.
pic-alt-unit-placed = Chart of { $unit }, { $period }: place in the group { $place }, total points { $points }, people with verified reports { $participants }.
pic-alt-group = Chart of the group { $group }, { $period }: units with points { $units }, in the lead { $leader }.
pic-alt-empty = Chart of { $unit }, { $period }: no figures yet.
pic-alt-group-empty = Chart of the group { $group }, { $period }: no figures yet.
pic-period-week = week { $number }
pic-period-month = { $month }
pic-period-campaign = the campaign so far
pic-alt-digest = Chart. { $title }: participation { $rate }%, units taking part { $units } of { $of }.
pic-group = Comparison group: { $group }
pic-rate = Participation
pic-percent = { $n }%
pic-points-of-percent = { $n } pp
pic-same = unchanged
pic-participants = People taking part
pic-people = People with results
pic-unit-points = Points
pic-more-units =
    { $n ->
        [one] and 1 more unit
       *[other] and { $n } more units
    }
pic-more-groups =
    { $n ->
        [one] 1 more group is in the text and the workbook.
       *[other] { $n } more groups are in the text and the workbook.
    }
pic-scope-campaign = the Academy and the political schools
pic-scope-political_schools = the political schools
pic-scope-students = students
pic-scope-participation = people taking part, by unit
pic-digest-week = Summary of week { $number } – { $scope }
pic-digest-stage = Summary of { $name } – { $scope }
pic-active-units = Units taking part
pic-verified = Verified reports
pic-waiting = Reports waiting
pic-group-heading = Group: { $group }
pic-group-empty = No unit has points to be shown yet.
pic-participation = Participation by unit
pic-trend = Participation over the weeks
pic-week = W{ $number }
pic-show = Show as a picture
pic-asked = The picture is being drawn and will follow below.
pic-failed = The picture could not be drawn. The figures are at /bangxephang; please try again later.
