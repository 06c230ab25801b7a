export-title = Documents
export-intro = Choose the document. The file comes to your private chat when it is made.
export-intro-all = Choose the document: of one unit, or of the whole campaign when no unit is named. The file comes to your private chat when it is made.
export-kind = Document
export-kind-ask = Which document do you need?
export-kind-document = Final report (Word)
export-kind-workbook = Ranking and figures (Excel)
export-scope = Scope
export-scope-ask = Of which unit? Choose or type its name.
export-scope-ask-all = Of the whole campaign or of one unit? Choose, or type a unit’s name or code.
export-campaign = The whole campaign
export-unit = Unit
export-unit-hint = The unit’s name or code.
export-unit-hint-all = The unit’s name or code; leave it empty for the whole campaign.
export-unit-none = No such unit was found. Please type its name or code again.
export-unit-choose = Please choose the unit.
export-unit-many = Several units fit; if yours is missing, please type more of its name.
export-unit-which = Several units fit, please type more: { $names }.
export-period = Time
export-period-ask = Figures of which time?
export-whole = whole campaign
export-press-button = Please choose one of the buttons.
export-early = The campaign begins on { $date }; there are documents from then on.
export-nothing = There are no figures of the unit in this time yet.
export-asked-document = The report is being made: { $of }, { $period }. The Word file will be sent here when it is ready.
export-asked-workbook = The figures are being put together: { $of }, { $period }. The Excel file will be sent here when it is ready.
export-done-document = Final report: { $of }, { $period }. Figures taken at { $at }. Number, date of signing and signature are left to whoever issues it.
export-done-workbook = Ranking and figures: { $of }, { $period }. Figures taken at { $at }.
export-failed = The document could not be made because of a fault. Please ask again later with /documents.
# Parts of file names, ASCII.
export-name-document = report
export-name-workbook = figures
export-name-campaign = campaign
export-name-whole = whole

admin-export = Documents and figures into files.
admin-export-final = Makes the final report (.docx) of the campaign and of each unit, with the ranking (.xlsx).
admin-export-digest = Writes the workbook (.xlsx) of one week’s digest.
admin-opt-export-folder = folder to write to; files of the same name are replaced
admin-opt-export-file = .xlsx file to write; a file of the same name is replaced
admin-opt-export-unit = code of a unit, when only its own is wanted
admin-opt-export-stage = id of a stage in the campaign file; without it the whole campaign
admin-opt-export-week = a day of the week, e.g. 05/07/2024; this week by default
admin-opt-export-scope = campaign, political_schools, students or participation
admin-export-progress = Making
admin-export-done = { $n ->
    [one] { $n } file
   *[other] { $n } files
  } written to { $folder }.
admin-export-written = { $file } is written.
admin-export-nothing = There are no figures of the unit in this time, or it has not begun.
export-stage-unknown = There is no stage { $stage }. Stages: { $known }.
export-scope-unknown = There is no scope { $scope }. Scopes: { $known }.
export-week-outside = The week { $week } is not the campaign’s, or has not begun.
