moved-told = From { $date } you belong to { $to } (before to { $from }).
moved-told-reports = Reports already sent stay with the old unit, which verifies them; the new unit verifies new ones.
merged-room = On { $date }, { $from } becomes part of { $to }. This group gets the weekly results of { $to }; those of the weeks before stay as they are.
merged-leader = On { $date }, { $from } becomes part of { $to }.
merged-leader-kept = You hold the same role in { $to }; reports of { $from } that wait are verified by the head and deputies of { $to }.
merged-leader-ended = Your role in { $from } ends; reports that wait are verified by the head and deputies of { $to }.
